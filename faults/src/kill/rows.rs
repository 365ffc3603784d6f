//! The PBX's SMDR sender, which knows what the collector's kernel acknowledged. It does as IP Office does: connects for
//! each new row, and keeps what found nobody for the next one; it has no way to know what was read.

use faulty::acknowledged::unacknowledged;
use std::collections::VecDeque;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Mutex, mpsc};

/// IP Office's default number of buffered records.
const BUFFERED_ROWS: usize = 500;
/// A kernel on the same computer acknowledges at once, or never.
const ACKNOWLEDGED_WITHIN: Duration = Duration::from_secs(1);

/// Rows that went out on one connection, in order.
#[derive(Debug)]
pub(crate) struct Delivery {
    pub(crate) rows: Vec<Vec<u8>>,
    /// The first so many were wholly acknowledged by TCP.
    pub(crate) acknowledged: usize,
}

pub(crate) struct Rows {
    receiver: SocketAddr,
    /// Held while a delivery is under way.
    deliveries: Arc<Mutex<Vec<Delivery>>>,
}

impl Rows {
    /// Gives also where the office sends its rows to.
    pub(crate) async fn start() -> anyhow::Result<(Self, SocketAddr)> {
        let office = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let addr = office.local_addr()?;
        let receiver = crate::program::port_to_keep()?;
        let deliveries = Arc::new(Mutex::new(Vec::new()));
        let (rows, waiting) = mpsc::unbounded_channel();
        tokio::spawn(take(office, rows));
        tokio::spawn(send(waiting, receiver, Arc::clone(&deliveries)));
        Ok((Self { receiver, deliveries }, addr))
    }

    /// Where the collector has to listen.
    pub(crate) fn receiver(&self) -> SocketAddr {
        self.receiver
    }

    /// What went out since this was asked last. After a kill, nothing is under way any more.
    pub(crate) async fn deliveries(&self) -> Vec<Delivery> {
        std::mem::take(&mut *self.deliveries.lock().await)
    }
}

async fn take(office: TcpListener, rows: mpsc::UnboundedSender<Vec<u8>>) {
    while let Ok((stream, _)) = office.accept().await {
        let mut lines = BufReader::new(stream);
        let mut row = Vec::new();
        while let Ok(1..) = lines.read_until(b'\n', &mut row).await {
            if rows.send(std::mem::take(&mut row)).is_err() {
                return;
            }
        }
    }
}

async fn send(
    mut waiting: mpsc::UnboundedReceiver<Vec<u8>>,
    receiver: SocketAddr,
    deliveries: Arc<Mutex<Vec<Delivery>>>,
) {
    let mut buffer: VecDeque<Vec<u8>> = VecDeque::new();
    while let Some(row) = waiting.recv().await {
        buffer.push_back(row);
        while buffer.len() > BUFFERED_ROWS {
            buffer.pop_front();
        }
        let mut deliveries = deliveries.lock().await;
        let Ok(stream) = TcpStream::connect(receiver).await else {
            continue;
        };
        let (delivery, taken) = deliver(stream, Vec::from(buffer.clone())).await;
        if taken == Taken::All {
            buffer.clear();
        }
        deliveries.push(delivery);
    }
}

/// As the sender sees it.
#[derive(PartialEq, Eq)]
enum Taken {
    All,
    NotAll,
}

async fn deliver(mut stream: TcpStream, rows: Vec<Vec<u8>>) -> (Delivery, Taken) {
    let bytes = rows.concat();
    let mut written = 0;
    while written < bytes.len() {
        match stream.write(&bytes[written..]).await {
            Ok(count) => written += count,
            Err(_) => break,
        }
    }
    let taken = if written == bytes.len() { Taken::All } else { Taken::NotAll };
    let acknowledged = written.saturating_sub(settled(&stream).await);
    // A collector that is gone takes no end of the stream.
    let _ = stream.shutdown().await;
    let ends = rows.iter().scan(0, |end, row| {
        *end += row.len();
        Some(*end)
    });
    let acknowledged = ends.take_while(|end| *end <= acknowledged).count();
    (Delivery { rows, acknowledged }, taken)
}

/// Bytes that stay unacknowledged.
async fn settled(stream: &TcpStream) -> usize {
    let asked = async {
        loop {
            match unacknowledged(stream) {
                Ok(0) | Err(_) => return 0,
                Ok(_) => tokio::time::sleep(Duration::from_millis(5)).await,
            }
        }
    };
    match tokio::time::timeout(ACKNOWLEDGED_WITHIN, asked).await {
        Ok(open) => open,
        Err(_) => usize::try_from(unacknowledged(stream).unwrap_or(0)).unwrap_or(0),
    }
}
