//! Brings SMDR rows to their receiver as the PBX does: it connects for each new row. What does not get through waits in
//! a buffer and goes only with a later new row. In listen mode whoever connects collects the buffer and what follows.

use crate::summary::RowCounts;
use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};

/// IP Office's default number of buffered records.
const BUFFERED_ROWS: usize = 500;
/// A receiver that does not take a connection or the rows in this time gets them with a later one.
const PATIENCE: Duration = Duration::from_secs(3);

/// Counts shared with the summary.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts(Arc<Mutex<RowCounts>>);

impl Counts {
    pub(crate) fn now(&self) -> RowCounts {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, counts: RowCounts) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = counts;
    }
}

/// Rows that wait.
#[derive(Debug)]
struct Buffer {
    rows: VecDeque<Vec<u8>>,
    counts: RowCounts,
    shared: Counts,
}

/// Sends every row to the address that `target` holds at that time, until there are no more rows.
pub(crate) async fn send(
    mut rows: mpsc::UnboundedReceiver<Vec<u8>>,
    target: watch::Receiver<Option<SocketAddr>>,
    shared: Counts,
) {
    let mut buffer = Buffer::new(shared);
    while let Some(row) = rows.recv().await {
        buffer.push(row);
        let Some(addr) = *target.borrow() else {
            continue;
        };
        match tokio::time::timeout(PATIENCE, deliver(addr, &buffer.bytes())).await {
            Ok(Ok(())) => buffer.delivered(),
            Ok(Err(error)) => tracing::debug!(%error, "an SMDR row waits for the next one"),
            Err(_) => tracing::debug!("the SMDR receiver does not answer: the row waits for the next one"),
        }
    }
}

/// Lets one receiver at a time collect rows.
pub(crate) async fn serve(mut rows: mpsc::UnboundedReceiver<Vec<u8>>, listener: TcpListener, shared: Counts) {
    let mut buffer = Buffer::new(shared);
    let mut receiver: Option<TcpStream> = None;
    loop {
        tokio::select! {
            row = rows.recv() => match row {
                Some(row) => buffer.push(row),
                None => return,
            },
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    receiver = Some(stream);
                }
            }
        }
        let Some(stream) = &mut receiver else {
            continue;
        };
        match tokio::time::timeout(PATIENCE, stream.write_all(&buffer.bytes())).await {
            Ok(Ok(())) => buffer.delivered(),
            Ok(Err(_)) | Err(_) => receiver = None,
        }
    }
}

async fn deliver(addr: SocketAddr, bytes: &[u8]) -> std::io::Result<()> {
    let mut stream = TcpStream::connect(addr).await?;
    stream.write_all(bytes).await?;
    stream.shutdown().await
}

impl Buffer {
    fn new(shared: Counts) -> Self {
        Self { rows: VecDeque::new(), counts: RowCounts::default(), shared }
    }

    fn push(&mut self, row: Vec<u8>) {
        if self.rows.len() == BUFFERED_ROWS {
            self.rows.pop_front();
            self.counts.dropped += 1;
        }
        self.rows.push_back(row);
        self.tell();
    }

    fn bytes(&self) -> Vec<u8> {
        self.rows.iter().flatten().copied().collect()
    }

    fn delivered(&mut self) {
        self.counts.delivered += self.rows.len() as u64;
        self.rows.clear();
        self.tell();
    }

    fn tell(&mut self) {
        self.counts.buffered = self.rows.len() as u64;
        self.shared.set(self.counts);
    }
}
