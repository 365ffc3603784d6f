//! Stands between the PBX and the collector on DevLink3, and knows what the collector's kernel acknowledged.

use devlink3::frame::Decoder;
use devlink3::message::Response;
use faulty::acknowledged::unacknowledged;
use model::{Entry, Said};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Mutex, watch};
use tokio::task::JoinSet;

const READ_BYTES: usize = 16 * 1024;
/// A killed collector's connections end at once; a PBX's kernel would wait far longer.
const LAST_BYTES_WITHIN: Duration = Duration::from_secs(10);

/// What one connection carried from the PBX to the collector, as whole journal entries.
#[derive(Debug, Default)]
pub(crate) struct Conversation {
    /// Connections in the order in which they were made.
    number: u64,
    /// Wholly acknowledged by TCP, in order.
    pub(crate) acknowledged: Vec<(Said, Vec<u8>)>,
    /// Sent after that, and never acknowledged.
    pub(crate) unacknowledged: Vec<(Said, Vec<u8>)>,
}

pub(crate) struct Relay {
    addr: SocketAddr,
    pbx: watch::Sender<SocketAddr>,
    carried: Arc<Mutex<JoinSet<Conversation>>>,
}

impl Relay {
    pub(crate) async fn start(pbx: SocketAddr) -> anyhow::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let addr = listener.local_addr()?;
        let carried = Arc::new(Mutex::new(JoinSet::new()));
        let starting = Arc::clone(&carried);
        let (pbx, now) = watch::channel(pbx);
        tokio::spawn(async move {
            let mut number = 0;
            while let Ok((collector, _)) = listener.accept().await {
                number += 1;
                let to = *now.borrow();
                let carrying = async move { Conversation { number, ..carry(collector, to).await } };
                starting.lock().await.spawn(carrying);
            }
        });
        Ok(Self { addr, pbx, carried })
    }

    /// Where the collector finds the PBX.
    pub(crate) fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// The next connections go to another PBX.
    pub(crate) fn point_to(&self, pbx: SocketAddr) {
        self.pbx.send_replace(pbx);
    }

    /// Of a collector that is dead: all its connections, those with events in the order of their beginning.
    pub(crate) async fn conversations(&self) -> Vec<Conversation> {
        let mut carried = self.carried.lock().await;
        let mut all: Vec<Conversation> = Vec::new();
        while let Some(ended) = carried.join_next().await {
            all.extend(ended.into_iter().filter(|ended| !ended.acknowledged.is_empty()));
        }
        all.sort_by_key(|conversation| conversation.number);
        all
    }
}

async fn carry(collector: TcpStream, pbx: SocketAddr) -> Conversation {
    let Ok(pbx) = TcpStream::connect(pbx).await else {
        return Conversation::default();
    };
    // Both matter only for speed.
    let _ = (collector.set_nodelay(true), pbx.set_nodelay(true));
    let (mut from_pbx, mut to_pbx) = pbx.into_split();
    let (mut from_collector, mut to_collector) = collector.into_split();
    let mut sent = Vec::new();
    let down = async {
        let mut bytes = vec![0; READ_BYTES];
        while let Ok(count @ 1..) = from_pbx.read(&mut bytes).await {
            // A part of what fails may have gone out: written byte by count, so that it is known which.
            let mut rest = &bytes[..count];
            while !rest.is_empty() {
                match to_collector.write(rest).await {
                    Ok(written) => {
                        sent.extend_from_slice(&rest[..written]);
                        rest = &rest[written..];
                    }
                    Err(_) => return,
                }
            }
        }
    };
    let up = async {
        // Ends with the collector, which is what ends the connection to the PBX.
        let _ = tokio::io::copy(&mut from_collector, &mut to_pbx).await;
    };
    tokio::select! {
        () = down => {}
        () = up => {}
    }
    let _ = to_pbx.shutdown().await;
    let Ok(socket) = to_collector.reunite(from_collector) else {
        return Conversation::default();
    };
    let open = still_open(&socket).await;
    Conversation::cut(&sent, sent.len().saturating_sub(open))
}

/// Bytes that will not be acknowledged any more: nobody is there.
async fn still_open(socket: &TcpStream) -> usize {
    let asked = async {
        let mut last = u64::MAX;
        loop {
            let now = unacknowledged(socket).unwrap_or(0);
            if now == 0 || now == last {
                return now;
            }
            last = now;
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let open = tokio::time::timeout(LAST_BYTES_WITHIN, asked).await.unwrap_or(0);
    usize::try_from(open).unwrap_or(0)
}

impl Conversation {
    /// Whether these entries are what was sent first, to the letter.
    pub(crate) fn begins_with(&self, entries: &[&Entry]) -> bool {
        let mut sent = self.acknowledged.iter().chain(&self.unacknowledged);
        entries.iter().all(|entry| {
            sent.next().is_some_and(|(said, bytes)| *said == entry.said && *bytes == entry.bytes)
        })
    }

    fn cut(sent: &[u8], acknowledged: usize) -> Self {
        let mut conversation = Self::default();
        let mut decoder = Decoder::default();
        decoder.push(sent);
        while let Ok(Some(payload)) = decoder.next_payload() {
            let payload = payload.to_vec();
            let said = match Response::decode(&payload) {
                Ok(Response::Event(_)) => Said::DevlinkEvent,
                Ok(Response::Events { .. }) => Said::DevlinkSnapshot,
                _ => continue,
            };
            let end = sent.len() - decoder.pending_bytes();
            if end <= acknowledged {
                conversation.acknowledged.push((said, payload));
            } else {
                conversation.unacknowledged.push((said, payload));
            }
        }
        conversation
    }
}
