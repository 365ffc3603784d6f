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

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::AsyncReadExt;

    async fn read_all(listener: &TcpListener) -> Vec<u8> {
        let (mut stream, _) = listener.accept().await.expect("the sender connects");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.expect("and closes");
        bytes
    }

    #[tokio::test]
    async fn buffered_rows_go_with_the_next_new_one() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback");
        let addr = listener.local_addr().expect("it is bound");
        let (rows, receiver) = mpsc::unbounded_channel();
        let (target, targets) = watch::channel(None);
        let counts = Counts::default();
        let sender = tokio::spawn(send(receiver, targets, counts.clone()));
        rows.send(b"first\r\n".to_vec()).expect("the sender lives");
        while counts.now().buffered == 0 {
            tokio::task::yield_now().await;
        }
        target.send_replace(Some(addr));
        rows.send(b"second\r\n".to_vec()).expect("the sender lives");
        assert_eq!(read_all(&listener).await, b"first\r\nsecond\r\n", "the gap closes with the next call");
        drop(rows);
        sender.await.expect("it ends with the rows");
        let expected = RowCounts { delivered: 2, buffered: 0, dropped: 0 };
        assert_eq!(counts.now(), expected, "both arrived");
    }

    #[test]
    fn a_full_buffer_drops_its_oldest_row() {
        let mut buffer = Buffer::new(Counts::default());
        for number in 0..=BUFFERED_ROWS {
            buffer.push(format!("{number}\r\n").into_bytes());
        }
        assert!(buffer.bytes().starts_with(b"1\r\n"), "row 0 is gone");
        assert_eq!(buffer.shared.now().dropped, 1, "and counted");
    }

    #[tokio::test]
    async fn in_listen_mode_whoever_connects_collects_the_buffer() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback");
        let addr = listener.local_addr().expect("it is bound");
        let (rows, receiver) = mpsc::unbounded_channel();
        rows.send(b"before\r\n".to_vec()).expect("the channel is open");
        let sender = tokio::spawn(serve(receiver, listener, Counts::default()));
        let mut stream = TcpStream::connect(addr).await.expect("it listens");
        let mut bytes = [0; 8];
        stream.read_exact(&mut bytes).await.expect("the buffered row");
        assert_eq!(&bytes, b"before\r\n", "what waited comes first");
        rows.send(b"after.\r\n".to_vec()).expect("the server lives");
        stream.read_exact(&mut bytes).await.expect("the new row");
        assert_eq!(&bytes, b"after.\r\n", "new rows follow on the same connection");
        drop(rows);
        sender.await.expect("it ends with the rows");
    }
}
