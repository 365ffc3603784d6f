//! Reads one connection to its end.

use super::intake::{GoOn, Intake, Standing};
use super::post::{NobodyListens, Post};
use super::{Disturbance, Stop, stopped};
use socket2::{SockRef, TcpKeepalive};
use std::net::IpAddr;
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::sync::oneshot;

/// How long a connection may be without having sent a row.
#[derive(Clone, Copy, Debug)]
pub(super) enum Patience {
    /// We chose the peer.
    Unlimited,
    /// Anybody may come.
    UntilRow(Duration),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Stopped,
    Closed,
    Broken,
    /// Cut off by us.
    NotSmdr,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ended {
    pub(super) how: End,
    pub(super) standing: Standing,
}

/// Rows are short; this takes a buffer of some hundred records in a few reads. With an unfinished line before it a
/// report stays under 24 KiB, and its lines under what one journal entry may hold.
const READ_BYTES: usize = 16 * 1024;

/// Sends what comes to `post`; `proven` is told at the first row.
pub(super) async fn receive(
    mut stream: TcpStream,
    peer: IpAddr,
    patience: Patience,
    post: &Post,
    stop: &mut Stop,
    proven: oneshot::Sender<()>,
) -> Result<Ended, NobodyListens> {
    keep_alive(&stream);
    let mut intake = Intake::default();
    let mut proven = Some(proven);
    let mut buffer = vec![0; READ_BYTES];
    let deadline = patience_ends(patience);
    tokio::pin!(deadline);
    let how = loop {
        let read = tokio::select! {
            biased;
            () = stopped(stop) => break End::Stopped,
            read = stream.read(&mut buffer) => read,
            () = &mut deadline, if intake.standing() != Standing::Pbx => {
                post.complaint(peer, Disturbance::Idle, intake.head()).await?;
                break End::NotSmdr;
            }
        };
        let taken = match read {
            Ok(0) => break End::Closed,
            Ok(length) => intake.take(&buffer[..length]),
            Err(error) => {
                tracing::debug!(%peer, %error, "SMDR connection broke");
                break End::Broken;
            }
        };
        if let Some(disturbance) = taken.disturbance {
            post.complaint(peer, disturbance, intake.head()).await?;
        }
        post.lines(taken.lines).await?;
        if intake.standing() == Standing::Pbx
            && let Some(proven) = proven.take()
        {
            // Whoever does not want to know has dropped the other end.
            let _ = proven.send(());
        }
        if taken.go_on == GoOn::Close {
            break End::NotSmdr;
        }
    };
    let last = intake.finish();
    if let Some(disturbance) = last.disturbance {
        post.complaint(peer, disturbance, intake.head()).await?;
    }
    post.lines(last.lines).await?;
    Ok(Ended { how, standing: intake.standing() })
}

async fn patience_ends(patience: Patience) {
    match patience {
        Patience::Unlimited => std::future::pending().await,
        Patience::UntilRow(length) => tokio::time::sleep(length).await,
    }
}

/// A PBX that lost its power never says so. SMDR is silent by night, so silence alone is no sign; the system's
/// keep-alive asks the PBX's own TCP, and a dead connection ends within two minutes.
fn keep_alive(stream: &TcpStream) {
    let times = TcpKeepalive::new().with_time(Duration::from_secs(60)).with_interval(Duration::from_secs(10));
    if let Err(error) = SockRef::from(stream).set_tcp_keepalive(&times) {
        tracing::debug!(%error, "no TCP keep-alive on this system");
    }
}
