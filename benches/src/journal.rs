//! Events through the desk: committed to the journal on disk, interpreted, calls written.

use crate::office::payloads;
use crate::table::{RUNS, Table, spread};
use contract::sites::{SaveSite, Site};
use desk::{Answer, Clock, Desk, Opening, RunOnlyKeychain, Start};
use model::{Said, SiteId};
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

const CALLS: usize = 20_000;

pub(crate) async fn measure(table: &mut Table) -> anyhow::Result<()> {
    let payloads = payloads(CALLS);
    let (mut ours, mut peers) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let folder = tempfile::tempdir()?;
        let desk = open(folder.path()).await?;
        let site = quiet_site(&desk).await?;
        let begun = Instant::now();
        for payload in &payloads {
            desk.said(site, Said::DevlinkEvent, payload.clone()).await.map_err(told)?;
        }
        desk.settle().await.map_err(told)?;
        ours.push(payloads.len() as f64 / begun.elapsed().as_secs_f64());
        desk.close().await.map_err(told)?;
        peers.push(sqlite3_inserts(&payloads)?);
    }
    let ((ours, least, most), (peer, ..)) = (spread(ours), spread(peers));
    table.row(
        "Events through journal, engine and tables, on disk",
        format!("{ours:.0} events/s ({least:.0} to {most:.0})"),
        "50,000 events/s",
        "sqlite3 inserting the same blobs into a bare table, 1,000 a transaction",
        format!("{:.2}", ours / peer),
    );
    Ok(())
}

pub(crate) async fn open(folder: &Path) -> anyhow::Result<Desk> {
    let opening = Opening {
        library: folder.to_owned(),
        demo: false,
        keychain: Arc::new(RunOnlyKeychain::default()),
        holder: "bench".to_owned(),
        sources: Start::Nothing,
        clock: Arc::new(Clock::System),
        spoken: desk::Language::English,
    };
    Desk::open(opening).await.map_err(told)
}

pub(crate) async fn quiet_site(desk: &Desk) -> anyhow::Result<SiteId> {
    let site = Site { name: "Bench".to_owned(), time_zone: "UTC".to_owned(), ..Site::default() };
    let save = SaveSite { site, password: None, forget_fingerprint: false };
    Ok(SiteId(desk.answer(save).await.map_err(told)?.site.id))
}

pub(crate) fn told(failure: contract::Failure) -> anyhow::Error {
    anyhow::anyhow!("{} {}", failure.message, failure.detail.unwrap_or_default())
}

fn sqlite3_inserts(payloads: &[Vec<u8>]) -> anyhow::Result<f64> {
    let folder = tempfile::tempdir()?;
    let mut script = String::from(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;\nCREATE TABLE journal (seq INTEGER PRIMARY KEY, bytes BLOB);\n",
    );
    for chunk in payloads.chunks(1_000) {
        script.push_str("BEGIN;\n");
        for payload in chunk {
            script.push_str("INSERT INTO journal(bytes) VALUES (x'");
            for byte in payload {
                write!(script, "{byte:02x}")?;
            }
            script.push_str("');\n");
        }
        script.push_str("COMMIT;\n");
    }
    let file = folder.path().join("script.sql");
    std::fs::write(&file, script)?;
    let begun = Instant::now();
    let status = Command::new("sqlite3")
        .arg(folder.path().join("peer.sqlite3"))
        .stdin(std::fs::File::open(&file)?)
        .stdout(Stdio::null())
        .status()?;
    anyhow::ensure!(status.success(), "sqlite3 failed");
    Ok(payloads.len() as f64 / begun.elapsed().as_secs_f64())
}
