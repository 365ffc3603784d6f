//! The way out for reports, shared by the connections of a collector.

use super::throttle::Throttle;
use super::{Disturbance, Report, State};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::mpsc;
use tokio::time::Instant;

#[derive(Clone, Debug)]
pub(super) struct Post {
    reports: mpsc::Sender<Report>,
    throttle: Arc<Mutex<Throttle>>,
}

/// Nobody takes reports any more: the collector ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct NobodyListens;

/// Enough to tell what it was.
const SAMPLE_BYTES: usize = 256;

impl Post {
    pub(super) fn new(reports: mpsc::Sender<Report>) -> Self {
        Self { reports, throttle: Arc::default() }
    }

    pub(super) async fn lines(&self, lines: Vec<u8>) -> Result<(), NobodyListens> {
        if lines.is_empty() {
            return Ok(());
        }
        self.send(Report::Lines(lines)).await
    }

    pub(super) async fn state(&self, state: State) -> Result<(), NobodyListens> {
        tracing::info!(says = state.sentence(), "SMDR link");
        self.send(Report::State(state)).await
    }

    pub(super) async fn complaint(
        &self,
        peer: IpAddr,
        reason: Disturbance,
        sample: &[u8],
    ) -> Result<(), NobodyListens> {
        let is_news = {
            let mut throttle = self.throttle.lock().unwrap_or_else(PoisonError::into_inner);
            throttle.is_news(peer, reason, Instant::now())
        };
        if !is_news {
            tracing::debug!(%peer, ?reason, "a stranger again");
            return Ok(());
        }
        let sample = sample[..sample.len().min(SAMPLE_BYTES)].to_vec();
        self.send(Report::Complaint { peer, reason, sample }).await
    }

    async fn send(&self, report: Report) -> Result<(), NobodyListens> {
        self.reports.send(report).await.map_err(|_| NobodyListens)
    }
}
