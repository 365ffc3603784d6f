//! The PBX connects to us.

use super::backoff::Backoff;
use super::conversation::{End, Ended, Patience, receive};
use super::intake::Standing;
use super::post::{NobodyListens, Post};
use super::{Disturbance, State, Stop, stopped};
use crate::settings::Settings;
use crate::trouble::Trouble;
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};
use tokio::task::{Id, JoinError, JoinSet};
use tokio::time::{Instant, sleep_until};

/// A PBX uses one connection; the rest is room for old ones that are not known to be dead yet, and for strangers.
const MAX_CONNECTIONS: usize = 16;

/// Where anybody may come, a connection without a row gives its place free after this.
const STRANGERS_STAY: Duration = Duration::from_secs(60);

/// Whoever waits longer than this for a place is told of: a crowd that comes at once after a standstill is served by then.
const WAITS_UNTOLD: Duration = Duration::from_secs(2);

/// The system is out of sockets or memory: give it time.
const AFTER_FAILED_ACCEPT: Duration = Duration::from_millis(500);

pub(super) async fn run(address: SocketAddr, only_from: Option<IpAddr>, post: Post, mut stop: Stop) {
    let place = Settings::Listen { address: address.ip(), port: address.port(), only_from }.to_string();
    let Ok(Some(listener)) = bind(address, &place, &post, &mut stop).await else {
        return;
    };
    let on = listener.local_addr().unwrap_or(address);
    let house = House {
        on,
        only_from: only_from.map(|ip| ip.to_canonical()),
        post,
        guests: JoinSet::new(),
        pbxs: HashMap::new(),
        waiting: None,
    };
    // That nobody takes reports any more ends the collector, as stopping it does.
    let _ = house.serve(listener, stop).await;
}

/// Tries until the port is ours; `None` when stopped.
async fn bind(
    address: SocketAddr,
    place: &str,
    post: &Post,
    stop: &mut Stop,
) -> Result<Option<TcpListener>, NobodyListens> {
    let mut backoff = Backoff::new();
    loop {
        let trouble = match TcpListener::bind(address).await {
            Ok(listener) => return Ok(Some(listener)),
            Err(error) => Trouble::of_listening(&error),
        };
        let place = place.to_owned();
        if trouble.needs_a_person() {
            post.state(State::Failed { place, trouble }).await?;
            stopped(stop).await;
            return Ok(None);
        }
        let delay = backoff.next_delay();
        post.state(State::Waiting { place, trouble, retry_seconds: super::connect::whole_seconds(delay) })
            .await?;
        tokio::select! {
            () = stopped(stop) => return Ok(None),
            () = tokio::time::sleep(delay) => {}
        }
    }
}

struct House {
    on: SocketAddr,
    only_from: Option<IpAddr>,
    post: Post,
    guests: JoinSet<Result<Ended, NobodyListens>>,
    /// Connections that have sent a row.
    pbxs: HashMap<Id, SocketAddr>,
    /// All places are taken: the next one waits for one, and the others behind it in the system's queue. None is turned
    /// away, because the rows it brings were acknowledged already.
    waiting: Option<Waiting>,
}

struct Waiting {
    stream: TcpStream,
    peer: SocketAddr,
    /// When it is told of; none once it was.
    told_at: Option<Instant>,
}

impl House {
    async fn serve(mut self, listener: TcpListener, mut stop: Stop) -> Result<(), NobodyListens> {
        self.post.state(State::Listening { on: self.on }).await?;
        let (proofs, mut proven) = mpsc::channel(MAX_CONNECTIONS);
        loop {
            let told_at = self.waiting.as_ref().and_then(|waiting| waiting.told_at);
            tokio::select! {
                () = stopped(&mut stop) => break,
                () = sleep_until(told_at.unwrap_or_else(Instant::now)), if told_at.is_some() => {
                    self.tell_of_crowd().await?;
                }
                Some((id, peer)) = proven.recv() => self.pbx_spoke(id, peer).await?,
                Some(ended) = self.guests.join_next_with_id() => {
                    // A guest told of its row before it left, and must not be taken for connected afterwards.
                    while let Ok((id, peer)) = proven.try_recv() {
                        self.pbx_spoke(id, peer).await?;
                    }
                    self.guest_left(ended).await?;
                    if let Some(Waiting { stream, peer, .. }) = self.waiting.take() {
                        self.admit(stream, peer, &proofs, &stop).await?;
                    }
                }
                accepted = listener.accept(), if self.waiting.is_none() => match accepted {
                    Ok((stream, peer)) => self.admit(stream, peer, &proofs, &stop).await?,
                    Err(error) => {
                        tracing::warn!(%error, "a connection could not be accepted");
                        tokio::time::sleep(AFTER_FAILED_ACCEPT).await;
                    }
                },
            }
        }
        drop((listener, proven));
        while self.guests.join_next().await.is_some() {}
        Ok(())
    }

    async fn admit(
        &mut self,
        stream: TcpStream,
        peer: SocketAddr,
        proofs: &mpsc::Sender<(Id, SocketAddr)>,
        stop: &Stop,
    ) -> Result<(), NobodyListens> {
        let ip = peer.ip().to_canonical();
        if self.only_from.is_some_and(|only| only != ip) {
            return self.post.complaint(ip, Disturbance::NotAllowed, &[]).await;
        }
        if self.guests.len() >= MAX_CONNECTIONS {
            self.waiting = Some(Waiting { stream, peer, told_at: Some(Instant::now() + WAITS_UNTOLD) });
            return Ok(());
        }
        let patience = match self.only_from {
            Some(_) => Patience::Unlimited,
            None => Patience::UntilRow(STRANGERS_STAY),
        };
        let (post, proofs, stop) = (self.post.clone(), proofs.clone(), stop.clone());
        self.guests.spawn(visit(stream, peer, patience, post, stop, proofs));
        Ok(())
    }

    async fn tell_of_crowd(&mut self) -> Result<(), NobodyListens> {
        let Some(waiting) = &mut self.waiting else { return Ok(()) };
        waiting.told_at = None;
        let ip = waiting.peer.ip().to_canonical();
        self.post.complaint(ip, Disturbance::TooMany, &[]).await
    }

    async fn pbx_spoke(&mut self, id: Id, peer: SocketAddr) -> Result<(), NobodyListens> {
        self.pbxs.insert(id, peer);
        if self.pbxs.len() > 1 {
            return Ok(());
        }
        self.post.state(State::Connected { peer }).await
    }

    async fn guest_left(
        &mut self,
        ended: Result<(Id, Result<Ended, NobodyListens>), JoinError>,
    ) -> Result<(), NobodyListens> {
        let id = match ended {
            Ok((id, ended)) => {
                ended?;
                id
            }
            Err(error) => {
                tracing::error!(%error, "reading a connection failed");
                error.id()
            }
        };
        if self.pbxs.remove(&id).is_none() {
            return Ok(());
        }
        let state = match self.pbxs.values().next() {
            Some(peer) => State::Connected { peer: *peer },
            None => State::Listening { on: self.on },
        };
        self.post.state(state).await
    }
}

async fn visit(
    stream: TcpStream,
    peer: SocketAddr,
    patience: Patience,
    post: Post,
    mut stop: Stop,
    proofs: mpsc::Sender<(Id, SocketAddr)>,
) -> Result<Ended, NobodyListens> {
    let ip = peer.ip().to_canonical();
    let (proven, proof) = oneshot::channel();
    let reading = receive(stream, ip, patience, &post, &mut stop, proven);
    let telling = async {
        if let (Ok(()), Some(id)) = (proof.await, tokio::task::try_id()) {
            // The house is gone only when the collector ends.
            let _ = proofs.send((id, SocketAddr::new(ip, peer.port()))).await;
        }
    };
    let (ended, ()) = tokio::join!(reading, telling);
    let ended = ended?;
    let said_nothing = ended.standing == Standing::Silent && matches!(ended.how, End::Closed | End::Broken);
    if said_nothing {
        post.complaint(ip, Disturbance::Silent, &[]).await?;
    }
    Ok(ended)
}
