//! The health page: sources as their lamps show them, and everything else as the terminal tells it.

use super::advice::advice;
use super::standing::{of_library, queues};
use super::{DAY_MS, TROUBLED_DAYS};
use crate::answer::Answer;
use crate::desk::Desk;
use crate::doctor::{Tried, disk, finding, keychain, recordings};
use crate::keeping::off_thread;
use crate::trouble::failure_of_store;
use crate::view;
use contract::Failure;
use contract::health::{
    AskHealthReport, Depth, Finding, HealthEntry, HealthReport, Sizes, SourceHealth, Trouble, Verdict,
};
use contract::links::{LinkState, Source};
use std::path::Path;
use store::Site;

/// Troubles that are shown at most.
const SHOWN: u32 = 200;

impl Answer<AskHealthReport> for Desk {
    async fn answer(&self, ask: AskHealthReport) -> Result<HealthReport, Failure> {
        self.settle().await?;
        let mut report = gathered(self).await?;
        if ask.depth == Depth::Thorough {
            report.findings.insert(0, whole(self).await?);
        }
        Ok(report)
    }
}

/// What is known without trying anything or reading the whole library.
pub(crate) async fn gathered(desk: &Desk) -> Result<HealthReport, Failure> {
    let now = desk.clock().now();
    let library = desk.library().root().to_owned();
    let waiting = desk.reader().waiting().await.map_err(failure_of_store)?;
    let sites: Vec<Site> = desk.board().now().active_sites().map(|site| site.settings.clone()).collect();
    let mut findings = vec![disk(&library), keychain(desk.keychain().state())];
    let sources = sources(desk).await?;
    findings.extend(sources.iter().map(of_source));
    findings.extend(of_library(desk.reader(), &library, now, sites.iter()).await);
    findings.extend(recordings::examine(desk.reader(), &library, Tried::ByThemselves).await);
    findings.push(recordings::audio().await);
    Ok(HealthReport {
        now_ms: now.0,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        format: desk.reader().format(),
        sources,
        queues: queues(&waiting),
        sizes: sizes(desk, &library).await?,
        findings,
        troubles: troubles(desk).await?,
    })
}

async fn sources(desk: &Desk) -> Result<Vec<SourceHealth>, Failure> {
    let lamps = desk.lamps().await?;
    let set_up = lamps.into_iter().filter(|lamp| lamp.state != LinkState::Off);
    Ok(set_up
        .map(|lamp| SourceHealth {
            site_name: lamp.site_name,
            source: lamp.source,
            state: lamp.state,
            says: lamp.says,
            advice: lamp.advice,
            last_event_ms: lamp.last_event_ms,
        })
        .collect())
}

fn of_source(source: &SourceHealth) -> Finding {
    let name = match source.source {
        Source::Devlink3 => "DevLink3",
        Source::Smdr => "SMDR",
        Source::Recordings => "Recordings",
    };
    let verdict = match source.state {
        LinkState::Off | LinkState::Connecting | LinkState::Up => Verdict::Good,
        LinkState::Degraded | LinkState::Down => Verdict::Warning,
        LinkState::Stopped => Verdict::Bad,
    };
    let advice = source.advice.as_deref().unwrap_or_default();
    finding(&format!("{}: {name}", source.site_name), verdict, &source.says, advice)
}

async fn sizes(desk: &Desk, library: &Path) -> Result<Sizes, Failure> {
    let stored = desk.reader().stored_sizes().await.map_err(failure_of_store)?;
    let folder = library.to_owned();
    let (logs_bytes, free_bytes) = off_thread(move || {
        (crate::logs::size_bytes(&crate::logs::folder(&folder)), fs4::available_space(&folder).ok())
    })
    .await?;
    Ok(Sizes {
        database_bytes: stored.database_bytes,
        journal_entries: stored.journal_entries,
        recordings: stored.recordings,
        recordings_bytes: stored.recordings_bytes,
        logs_bytes,
        free_bytes,
    })
}

async fn troubles(desk: &Desk) -> Result<Vec<Trouble>, Failure> {
    let since = desk.clock().now().plus_ms(-TROUBLED_DAYS * DAY_MS);
    let entries = desk.reader().health(SHOWN).await.map_err(failure_of_store)?;
    let now = desk.board().now();
    let recent = entries.into_iter().filter(|entry| entry.last_at >= since).map(|entry| Trouble {
        advice: advice(entry.kind, &entry.says).to_owned(),
        entry: HealthEntry {
            first_ms: entry.first_at.0,
            last_ms: entry.last_at.0,
            times: entry.times,
            site_name: entry.site.map(|site| now.site_name(site)),
            kind: view::health_kind(entry.kind),
            says: entry.says,
        },
    });
    Ok(recent.collect())
}

/// Every page of the database is read.
async fn whole(desk: &Desk) -> Result<Finding, Failure> {
    let complaints = desk.reader().integrity_check().await.map_err(failure_of_store)?;
    if complaints.is_empty() {
        return Ok(finding("library", Verdict::Good, "The library is whole.", ""));
    }
    Ok(Finding {
        about: "library".to_owned(),
        verdict: Verdict::Bad,
        says: "The library is damaged.".to_owned(),
        advice: complaints,
    })
}
