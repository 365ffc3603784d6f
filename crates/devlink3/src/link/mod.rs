//! The driver: keeps a link to one PBX, over TCP or TLS, and reports what comes of it. All decisions are the session's;
//! here are sockets, time and reconnecting.

pub(crate) mod connect;
mod drive;

pub(crate) use drive::now;

use crate::flags::Flags;
use crate::login::Credentials;
use crate::password::Password;
use crate::pin::Fingerprint;
use crate::session::Notice;
use crate::state::LinkState;
use crate::trouble::Trouble;
use model::Said;
use std::fmt;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

/// How a PBX is reached, and as whom.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Name or address.
    pub host: String,
    pub port: u16,
    pub transport: Transport,
    pub user: String,
    pub password: Password,
    /// The certificate to insist on; `None` trusts the first one seen and reports it.
    pub pinned: Option<Fingerprint>,
    pub flags: Flags,
    /// Told to the PBX, for instance `CallDoc 1.0`.
    pub application: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    Tcp,
    Tls,
}

/// What a link tells desk, in order.
#[derive(Clone, PartialEq, Eq)]
pub enum Report {
    /// To be committed before anything is concluded from it. After each [`Said::DevlinkSnapshot`] that opened a
    /// connection comes exactly one [`Said::DevlinkLost`] when the link ends.
    Journal {
        said: Said,
        bytes: Vec<u8>,
    },
    State(LinkState),
    /// The certificate that was trusted because none was pinned: to be stored and passed in next time.
    Fingerprint(Fingerprint),
    /// Something amiss that the link survives, for the health list.
    Noted(Notice),
    /// Given up until a person acts. Nothing comes after it.
    Stopped(Trouble),
}

/// A running link. Dropping it ends the link as [`Link::stop`] does, without waiting for it.
#[derive(Debug)]
pub struct Link {
    stop: watch::Sender<()>,
    task: JoinHandle<()>,
}

impl Link {
    /// Starts the link on the current tokio runtime. Reports wait while the channel is full, and with them the PBX:
    /// nothing is dropped and nothing piles up here.
    pub fn start(settings: Settings, reports: mpsc::Sender<Report>) -> Self {
        let (stop, stopped) = watch::channel(());
        let task = tokio::spawn(drive::keep(settings, reports, stopped));
        Self { stop, task }
    }

    /// Closes the connection and waits until the last report was delivered (or its receiver is gone).
    pub async fn stop(self) {
        let Self { stop, task } = self;
        drop(stop);
        if let Err(error) = task.await {
            tracing::error!(%error, "the link's task ended badly");
        }
    }

    /// True once the link has given up or was stopped.
    pub fn is_over(&self) -> bool {
        self.task.is_finished()
    }
}

impl Settings {
    pub(crate) fn credentials(&self) -> Credentials {
        Credentials {
            user: self.user.clone(),
            password: self.password.clone(),
            application: self.application.clone(),
            transport: self.transport,
        }
    }
}

/// Bytes are told by their number only: they hold callers.
impl fmt::Debug for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Report::Journal { said, bytes } => write!(out, "Journal({said:?}, {} bytes)", bytes.len()),
            Report::State(state) => write!(out, "State({state:?})"),
            Report::Fingerprint(fingerprint) => write!(out, "Fingerprint({fingerprint})"),
            Report::Noted(notice) => write!(out, "Noted({notice:?})"),
            Report::Stopped(trouble) => write!(out, "Stopped({trouble:?})"),
        }
    }
}
