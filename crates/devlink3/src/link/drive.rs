//! The loop: connect, let the session speak, report, wait, again.

use super::{Report, Settings, connect};
use crate::backoff::{Backoff, STEADY};
use crate::session::{Input, Output, Session};
use crate::state::LinkState;
use crate::trouble::{Retry, SLOW_RETRY, Trouble};
use connect::{STEP_WITHIN, Stream};
use model::Said;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep, sleep_until, timeout};

/// One read of the socket. An event has some 500 bytes; a snapshot of a busy office fits in a few reads.
const READ_BYTES: usize = 16 * 1024;

/// After a deadline, how long is listened for what the system has for us already.
const HEARD_WITHIN: Duration = Duration::from_millis(50);

/// How long the receiver may take for the reports of a link that was stopped.
const LAST_REPORTS_WITHIN: Duration = Duration::from_secs(5);

/// Nobody wants the reports any more.
struct ReceiverGone;

/// Runs until a person must act, the link is stopped, or nobody listens.
pub(super) async fn keep(
    settings: Settings,
    reports: mpsc::Sender<Report>,
    mut stopped: watch::Receiver<()>,
) {
    let mut driver = Driver { settings, reports, backoff: Backoff::default(), granted: false };
    let over = tokio::select! {
        // Being dropped in the middle of a report loses nothing that was committed: it was not handed over yet.
        over = driver.run() => over,
        _ = stopped.changed() => driver.stopped_here().await,
    };
    if over.is_err() {
        tracing::debug!("the link's reports are no longer wanted");
    }
}

struct Driver {
    settings: Settings,
    reports: mpsc::Sender<Report>,
    backoff: Backoff,
    /// A snapshot was reported and its `DevlinkLost` not yet.
    granted: bool,
}

impl Driver {
    async fn run(&mut self) -> Result<(), ReceiverGone> {
        loop {
            self.report(Report::State(LinkState::Connecting)).await?;
            let trouble = self.connection().await?;
            self.lost(&trouble).await?;
            let retry_after = match trouble.retry() {
                Retry::Backoff => self.backoff.next_delay(fastrand::f64()),
                Retry::Slow => SLOW_RETRY,
                Retry::Never => {
                    tracing::warn!(%trouble, "DevLink3 link stopped until somebody acts");
                    return self.report(Report::Stopped(trouble)).await;
                }
            };
            tracing::info!(%trouble, retry_seconds = retry_after.as_secs(), "DevLink3 link is down");
            self.report(Report::State(LinkState::Down { trouble, retry_after })).await?;
            sleep(retry_after).await;
        }
    }

    /// One connection from beginning to end; why it ended.
    async fn connection(&mut self) -> Result<Trouble, ReceiverGone> {
        let Settings { host, port, transport, pinned, .. } = &self.settings;
        let (stream, shown) = match connect::open(host, *port, *transport, *pinned).await {
            Ok(opened) => opened,
            Err(trouble) => return Ok(trouble),
        };
        if let Some(shown) = shown
            && pinned.is_none()
        {
            // Within this run the first one is insisted on even if desk cannot store it.
            self.settings.pinned = Some(shown);
            self.report(Report::Fingerprint(shown)).await?;
        }
        let mut session = Session::new(now(), self.settings.credentials(), self.settings.flags);
        let trouble = self.converse(stream, &mut session).await?;
        if session.granted_at().is_some_and(|at| now().saturating_duration_since(at) >= STEADY) {
            self.backoff.reset();
        }
        Ok(trouble)
    }

    async fn converse(&mut self, mut stream: Stream, session: &mut Session) -> Result<Trouble, ReceiverGone> {
        let mut buffer = vec![0; READ_BYTES];
        loop {
            if let Some(trouble) = self.carry_out(&mut stream, session).await? {
                return Ok(trouble);
            }
            let deadline = session.next_deadline().map(Instant::from_std);
            let read = tokio::select! {
                biased;
                // Reading comes first: bytes that wait while desk is slow prove that the PBX is alive.
                read = stream.read(&mut buffer) => Some(read),
                // A process that stood still wakes to its timers, and learns only then what came meanwhile: before the link
                // is taken for silent, or written to, what waits is read.
                () = sleep_until_some(deadline) => timeout(HEARD_WITHIN, stream.read(&mut buffer)).await.ok(),
            };
            match read {
                None => session.handle(now(), Input::Tick),
                Some(Ok(0)) => session.handle(now(), Input::Closed),
                Some(Ok(count)) => session.handle(now(), Input::Received(&buffer[..count])),
                Some(Err(error)) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
                    session.handle(now(), Input::Closed);
                }
                Some(Err(error)) => return Ok(connect::trouble_of(&error)),
            }
        }
    }

    /// Everything the session wants done, in order.
    async fn carry_out(
        &mut self,
        stream: &mut Stream,
        session: &mut Session,
    ) -> Result<Option<Trouble>, ReceiverGone> {
        while let Some(output) = session.next_output() {
            match output {
                Output::Send(bytes) => {
                    let during = session.during();
                    match timeout(STEP_WITHIN, send(stream, &zeroize::Zeroizing::new(bytes))).await {
                        Ok(Ok(())) => {}
                        Ok(Err(error)) => return Ok(Some(connect::trouble_of(&error))),
                        Err(_) => return Ok(Some(Trouble::NoAnswer { during })),
                    }
                }
                Output::Journal { said, bytes } => {
                    self.report(Report::Journal { said, bytes }).await?;
                    self.granted |= said == Said::DevlinkSnapshot;
                }
                Output::State(state) => self.report(Report::State(state)).await?,
                Output::Noted(notice) => self.report(Report::Noted(notice)).await?,
                Output::Close(trouble) => {
                    // The peer may be gone already; there is nothing left to save.
                    let _ = timeout(Duration::from_secs(1), stream.shutdown()).await;
                    return Ok(Some(trouble));
                }
            }
        }
        Ok(None)
    }

    /// A link that was granted events has lost them from here on.
    async fn lost(&mut self, trouble: &Trouble) -> Result<(), ReceiverGone> {
        if !self.granted {
            return Ok(());
        }
        let bytes = trouble.to_string().into_bytes();
        self.report(Report::Journal { said: Said::DevlinkLost, bytes }).await?;
        // Only now: a stop while the report waits would else lose it.
        self.granted = false;
        Ok(())
    }

    async fn stopped_here(&mut self) -> Result<(), ReceiverGone> {
        let last = self.lost(&Trouble::StoppedHere);
        timeout(LAST_REPORTS_WITHIN, last).await.unwrap_or(Err(ReceiverGone))
    }

    async fn report(&self, report: Report) -> Result<(), ReceiverGone> {
        self.reports.send(report).await.map_err(|_| ReceiverGone)
    }
}

async fn send(stream: &mut Stream, bytes: &[u8]) -> std::io::Result<()> {
    stream.write_all(bytes).await?;
    stream.flush().await
}

async fn sleep_until_some(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => sleep_until(deadline).await,
        None => std::future::pending().await,
    }
}

/// The monotonic clock is asked here only; everything below the driver takes it as a parameter.
pub(crate) fn now() -> std::time::Instant {
    Instant::now().into_std()
}
