//! The DevLink3 side: takes connections and lets each converse on a task of its own.

mod conversation;
mod login;
mod tls;

pub(crate) use tls::Certified;

use crate::stage::Cue;
use devlink3::message::EventsResult;
use devlink3::{Flag, Flags, Password};
use login::Desk;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};

/// An IP Office node takes so many DevLink3 connections.
const MAX_LOGGED_IN: usize = 3;
/// Connections that have not logged in count too here: a port scan must not cost memory.
const MAX_CONNECTIONS: usize = 32;

/// After a connection that could not be taken.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// What every conversation knows.
#[derive(Debug)]
pub(crate) struct Pbx {
    pub(crate) user: Option<String>,
    pub(crate) password: Option<Password>,
    pub(crate) refuse_events: Option<EventsResult>,
    pub(crate) unknown_flags: Vec<Flag>,
    pub(crate) refused_flags: Flags,
    pub(crate) user_list: Vec<u8>,
    pub(crate) hunt_list: Vec<u8>,
    pub(crate) stage: mpsc::Sender<Cue>,
    /// Grows when every connection is to be cut.
    pub(crate) cuts: watch::Receiver<u64>,
    pub(crate) logins: Desk,
    connections: AtomicUsize,
    next_connection: AtomicU64,
}

/// What [`Pbx::new`] is made of.
pub(crate) struct Making {
    pub(crate) settings: crate::settings::Settings,
    pub(crate) user_list: Vec<u8>,
    pub(crate) hunt_list: Vec<u8>,
    pub(crate) stage: mpsc::Sender<Cue>,
    pub(crate) cuts: watch::Receiver<u64>,
}

impl Pbx {
    pub(crate) fn new(making: Making) -> Self {
        let Making { settings, user_list, hunt_list, stage, cuts } = making;
        let faults = settings.faults;
        Self {
            user: settings.user,
            password: settings.password,
            refuse_events: faults.refuse_events,
            unknown_flags: faults.unknown_flags,
            refused_flags: faults.refused_flags.into_iter().fold(Flags::NONE, Flags::with),
            user_list,
            hunt_list,
            stage,
            cuts,
            logins: Desk::new(MAX_LOGGED_IN, faults.refuse_logins),
            connections: AtomicUsize::new(0),
            next_connection: AtomicU64::new(1),
        }
    }
}

/// Takes connections until the task is aborted.
pub(crate) async fn listen(pbx: Arc<Pbx>, listener: TcpListener, certified: Option<Certified>) {
    let mut conversations = tokio::task::JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let Ok((stream, _)) = accepted else {
                    // Out of file descriptors, mostly: someone may close one meanwhile.
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                    continue;
                };
                if pbx.connections.load(Ordering::Relaxed) >= MAX_CONNECTIONS {
                    continue;
                }
                pbx.connections.fetch_add(1, Ordering::Relaxed);
                conversations.spawn(take(Arc::clone(&pbx), stream, certified.clone()));
            }
            Some(_) = conversations.join_next() => {
                pbx.connections.fetch_sub(1, Ordering::Relaxed);
            }
        }
    }
}

async fn take(pbx: Arc<Pbx>, stream: TcpStream, certified: Option<Certified>) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "small packets may wait");
    }
    let connection = pbx.next_connection.fetch_add(1, Ordering::Relaxed);
    match certified {
        None => conversation::hold(pbx, stream, connection).await,
        Some(certified) => match certified.accept(stream).await {
            Ok(stream) => conversation::hold(pbx, stream, connection).await,
            Err(error) => tracing::debug!(%error, "a client went away during the TLS handshake"),
        },
    }
}
