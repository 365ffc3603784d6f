//! We connect to the PBX.

use super::backoff::Backoff;
use super::conversation::{End, Patience, receive};
use super::intake::Standing;
use super::post::{NobodyListens, Post};
use super::{State, Stop, stopped};
use crate::settings::Settings;
use crate::trouble::Trouble;
use std::io::{Error, ErrorKind};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::time::Instant;

/// Longer than a slow link over a VPN needs, shorter than a person waits.
const CONNECT_WITHIN: Duration = Duration::from_secs(10);

/// A connection that held this long was a good one, even without a call.
const GOOD_AFTER: Duration = Duration::from_secs(60);

pub(super) async fn run(host: String, port: u16, post: Post, mut stop: Stop) {
    let mut line = Line {
        place: Settings::Connect { host: host.clone(), port }.to_string(),
        backoff: Backoff::new(),
        post,
    };
    loop {
        let trouble = tokio::select! {
            () = stopped(&mut stop) => return,
            dialled = line.dial(&host, port) => match dialled {
                Ok(Ok(stream)) => Ok(stream),
                Ok(Err(trouble)) => Err(trouble),
                Err(NobodyListens) => return,
            },
        };
        let trouble = match trouble {
            Ok(stream) => line.hold(stream, &mut stop).await,
            Err(trouble) => Ok(Some(trouble)),
        };
        let Ok(Some(trouble)) = trouble else {
            return;
        };
        let delay = line.backoff.next_delay();
        let (place, retry_seconds) = (line.place.clone(), whole_seconds(delay));
        if line.post.state(State::Waiting { place, trouble, retry_seconds }).await.is_err() {
            return;
        }
        tokio::select! {
            () = stopped(&mut stop) => return,
            () = tokio::time::sleep(delay) => {}
        }
    }
}

/// A TCP connection within ten seconds, or why not.
pub(crate) async fn dial(host: &str, port: u16) -> Result<TcpStream, Trouble> {
    match tokio::time::timeout(CONNECT_WITHIN, dial_each(host, port)).await {
        Ok(dialled) => dialled,
        Err(_) => Err(Trouble::NoAnswer),
    }
}

/// Shown to people, who would wonder at "in 0 seconds".
pub(super) fn whole_seconds(delay: Duration) -> u64 {
    delay.as_secs().max(1)
}

async fn dial_each(host: &str, port: u16) -> Result<TcpStream, Trouble> {
    let addresses = tokio::net::lookup_host((host, port)).await.map_err(|_| Trouble::UnknownName)?;
    let mut last = Trouble::UnknownName;
    for address in addresses {
        match TcpStream::connect(address).await {
            Ok(stream) => return Ok(stream),
            Err(error) => last = Trouble::of_connecting(&error),
        }
    }
    Err(last)
}

struct Line {
    place: String,
    backoff: Backoff,
    post: Post,
}

impl Line {
    async fn dial(&self, host: &str, port: u16) -> Result<Result<TcpStream, Trouble>, NobodyListens> {
        self.post.state(State::Connecting { to: self.place.clone() }).await?;
        Ok(dial(host, port).await)
    }

    /// Reads to the end of the connection; `None` when stopped. The back-off starts again only after a row or a while:
    /// a PBX that takes connections and drops them must not be hammered.
    async fn hold(&mut self, stream: TcpStream, stop: &mut Stop) -> Result<Option<Trouble>, NobodyListens> {
        let peer = match stream.peer_addr() {
            Ok(peer) => peer,
            Err(error) => return Ok(Some(gone_at_once(&error))),
        };
        self.post.state(State::Connected { peer }).await?;
        let since = Instant::now();
        let (proven, _) = oneshot::channel();
        let ended = receive(stream, peer.ip(), Patience::Unlimited, &self.post, stop, proven).await?;
        if ended.standing == Standing::Pbx || since.elapsed() >= GOOD_AFTER {
            self.backoff.reset();
        }
        Ok(match ended.how {
            End::Stopped => None,
            End::Closed => Some(Trouble::Closed),
            End::Broken => Some(Trouble::Broken),
            End::NotSmdr => Some(Trouble::NotSmdr),
        })
    }
}

fn gone_at_once(error: &Error) -> Trouble {
    match error.kind() {
        ErrorKind::NotConnected => Trouble::Closed,
        _ => Trouble::of_connecting(error),
    }
}
