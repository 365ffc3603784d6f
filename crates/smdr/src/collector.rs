//! The tokio driver: accepts the PBX, or connects to it, and reports whole lines as they come. One collector serves one
//! site; several sites are several collectors.
//!
//! It reads no records. It looks at a line only to tell a PBX from a port scan, and after a connection has shown that
//! it speaks SMDR everything it sends is passed on, readable or not.

mod backoff;
mod connect;
mod conversation;
mod intake;
mod listen;
mod post;
mod throttle;

use crate::settings::Settings;
use crate::trouble::Trouble;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

pub(crate) use connect::dial;
pub(crate) use intake::{GoOn, Intake};

/// What a collector has to say, in order of happening for each connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// One or more whole lines as received, line ends included, to be journalled before anything else. At most 24 KiB.
    Lines(Vec<u8>),
    State(State),
    /// Somebody or something that is no PBX.
    Complaint {
        peer: IpAddr,
        reason: Disturbance,
        sample: Vec<u8>,
    },
}

/// How the link stands. [`State::sentence`] says it in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Listen: ready, no PBX connected. A PBX that connects for each record is seldom seen connected: all is well.
    Listening { on: SocketAddr },
    /// Connect: trying.
    Connecting { to: String },
    /// A PBX is connected. Listen: and has sent a record.
    Connected { peer: SocketAddr },
    /// Trying again by itself after so many seconds. `place` is the port or the PBX's address.
    Waiting { place: String, trouble: Trouble, retry_seconds: u64 },
    /// Given up until a person acts.
    Failed { place: String, trouble: Trouble },
}

/// What a stranger did. Each is reported at most once in ten minutes for an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Disturbance {
    /// Its address is not the one that may deliver.
    NotAllowed,
    /// It connected and closed without a word, as port scans do.
    Silent,
    /// It connected, sent no record and kept the line; it was cut off.
    Idle,
    /// It speaks TLS.
    Tls,
    /// It speaks HTTP.
    Http,
    /// It sends something else that is no SMDR.
    Garbage,
    /// All places are taken, and it waits for one.
    TooMany,
}

/// A running collector. Dropping it ends it as well, without waiting.
#[derive(Debug)]
pub struct Collector {
    stop: watch::Sender<()>,
    task: JoinHandle<()>,
}

/// Ends when its sender is gone.
type Stop = watch::Receiver<()>;

/// How long an orderly end may take; the receiver of reports may have stopped reading.
const STOP_WITHIN: Duration = Duration::from_secs(2);

impl Collector {
    /// Starts on the current tokio runtime (and panics without one). `reports` is bounded: while it is full nothing is
    /// read from the sockets, and the PBX keeps its records.
    pub fn start(settings: Settings, reports: mpsc::Sender<Report>) -> Self {
        let (stop, stopped) = watch::channel(());
        let post = post::Post::new(reports);
        let task = match settings {
            Settings::Listen { address, port, only_from } => {
                tokio::spawn(listen::run(SocketAddr::new(address, port), only_from, post, stopped))
            }
            Settings::Connect { host, port } => tokio::spawn(connect::run(host, port, post, stopped)),
        };
        Self { stop, task }
    }

    /// Ends all connections, reports what had come of an unfinished line, and gives the port free.
    pub async fn stop(mut self) {
        drop(self.stop);
        if tokio::time::timeout(STOP_WITHIN, &mut self.task).await.is_err() {
            self.task.abort();
            // The port is free only when the task is gone; that it was aborted is known.
            let _ = self.task.await;
        }
    }
}

async fn stopped(stop: &mut Stop) {
    while stop.changed().await.is_ok() {}
}
