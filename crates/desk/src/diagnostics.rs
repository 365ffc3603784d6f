//! What a person can send to whoever helps: versions, health, settings and the last logs, in one file. It holds no number,
//! no name, no address and no secret, and it is shown whole before it is saved: what is saved is what was shown.

use crate::answer::Answer;
use crate::desk::Desk;
use crate::health::gathered;
use crate::keeping::off_thread;
use crate::logs::redact::redact;
use crate::trouble::{failure_of_store, invalid};
use contract::Failure;
use contract::health::{DiagnosticsFile, DiagnosticsPreview, HealthReport, PrepareDiagnostics};
use model::At;
use serde_json::{Value, json};
use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use zip::write::SimpleFileOptions;

/// Of the logs: some days, and little enough to be shown.
const LOG_BYTES: u64 = 512 << 10;

/// The name that is offered.
pub const FILE_NAME: &str = "calldoc-diagnostics.zip";

/// The bundle that was shown last.
#[derive(Default)]
pub(crate) struct Shown(Mutex<DiagnosticsPreview>);

impl Answer<PrepareDiagnostics> for Desk {
    async fn answer(&self, _ask: PrepareDiagnostics) -> Result<DiagnosticsPreview, Failure> {
        self.settle().await?;
        let files = bundle(self).await?;
        Ok(self.diagnostics().show(files))
    }
}

impl Shown {
    pub(crate) fn show(&self, files: Vec<DiagnosticsFile>) -> DiagnosticsPreview {
        let mut shown = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *shown = DiagnosticsPreview { bundle: shown.bundle + 1, files };
        shown.clone()
    }

    pub(crate) async fn save(&self, bundle: u64, place: &Path) -> Result<(), Failure> {
        let files = {
            let shown = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if shown.bundle != bundle || shown.files.is_empty() {
                return Err(invalid(
                    "This bundle was put together anew meanwhile. Look at it again, then save it.",
                ));
            }
            shown.files.clone()
        };
        let place = place.to_owned();
        let written = off_thread(move || std::fs::write(place, zipped(&files)?)).await?;
        written.map_err(|why| invalid(format!("The bundle could not be saved there: {why}.")))
    }
}

impl Desk {
    /// Saves a bundle as it was shown, in the place of a file that is there.
    pub async fn save_diagnostics(&self, bundle: u64, place: &Path) -> Result<(), Failure> {
        self.diagnostics().save(bundle, place).await
    }
}

/// Of a library that could not be opened: what is known without it.
pub(crate) async fn without_library(
    library: &Path,
    failure: &Failure,
    now: At,
) -> Result<Vec<DiagnosticsFile>, Failure> {
    let versions = json!({
        "calldoc": env!("CARGO_PKG_VERSION"),
        "knows_library_format": store::Library::form(),
        "system": std::env::consts::OS,
        "processor": std::env::consts::ARCH,
        "written_ms": now.0,
    });
    let trouble = json!({
        "code": failure.code,
        "says": without_hosts(&failure.message),
        "detail": failure.detail.as_deref().map(without_hosts),
    });
    let mut files = vec![
        file("versions.json", "Versions of CallDoc and of the system.", pretty(&versions)),
        file("trouble.json", "Why the library could not be opened.", pretty(&trouble)),
    ];
    files.extend(last_logs(library).await?);
    Ok(files)
}

fn file(name: &str, says: &str, text: String) -> DiagnosticsFile {
    DiagnosticsFile { name: name.to_owned(), says: says.to_owned(), text }
}

async fn last_logs(library: &Path) -> Result<Vec<DiagnosticsFile>, Failure> {
    let folder = crate::logs::folder(library);
    let logs = off_thread(move || crate::logs::tail(&folder, LOG_BYTES)).await?;
    Ok(logs
        .into_iter()
        .map(|(name, text)| {
            // Written without them already; a file that somebody else put there is not trusted.
            let text: String = text.lines().map(|line| stamped(line) + "\n").collect();
            file(&format!("logs/{name}"), "The last that CallDoc noted of itself.", text)
        })
        .collect())
}

async fn bundle(desk: &Desk) -> Result<Vec<DiagnosticsFile>, Failure> {
    let report = gathered(desk).await?;
    let versions = json!({
        "calldoc": report.version,
        "library_format": report.format,
        "system": std::env::consts::OS,
        "processor": std::env::consts::ARCH,
        "written_ms": report.now_ms,
        "demo": desk.is_demo(),
    });
    let mut files = vec![
        file(
            "versions.json",
            "Versions of CallDoc, of the library's format and of the system.",
            pretty(&versions),
        ),
        file(
            "health.json",
            "What the health page shows, without the names of your sites, folders and sources.",
            pretty(&health(&report)),
        ),
        file(
            "settings.json",
            "Which sources there are and how they are set, without names, addresses, users or passwords.",
            pretty(&settings(desk).await?),
        ),
    ];
    files.extend(last_logs(desk.library().root()).await?);
    Ok(files)
}

/// The instant at the beginning of a line is no number of somebody.
fn stamped(line: &str) -> String {
    match line.split_once(' ') {
        Some((at, rest)) if at.parse::<jiff::Timestamp>().is_ok() => format!("{at} {}", redact(rest)),
        _ => redact(line),
    }
}

/// Sites, sources and pools are told apart by their place in the list.
fn health(report: &HealthReport) -> Value {
    let sources: Vec<Value> = report
        .sources
        .iter()
        .map(|source| {
            json!({
                "source": source.source, "state": source.state, "says": without_hosts(&source.says),
                "last_event_ms": source.last_event_ms,
            })
        })
        .collect();
    let findings: Vec<Value> = report
        .findings
        .iter()
        .map(|found| {
            // What follows the colon, or stands before it, is a name that people gave.
            let about = match found.about.rsplit_once(": ") {
                Some(("pool", _)) => "pool",
                Some((_, what)) => what,
                None if found.about.starts_with("recordings from") => "recordings from a source",
                None => &found.about,
            };
            json!({ "about": about, "verdict": found.verdict, "says": without_hosts(&found.says) })
        })
        .collect();
    let troubles: Vec<Value> = report
        .troubles
        .iter()
        .map(|trouble| {
            json!({
                "kind": trouble.entry.kind, "says": without_hosts(&trouble.entry.says), "times": trouble.entry.times,
                "first_ms": trouble.entry.first_ms, "last_ms": trouble.entry.last_ms,
            })
        })
        .collect();
    json!({
        "sources": sources,
        "queues": report.queues.iter().map(|queue| json!({ "name": queue.name, "waiting": queue.waiting })).collect::<Vec<_>>(),
        "sizes": report.sizes,
        "findings": findings,
        "troubles": troubles,
    })
}

async fn settings(desk: &Desk) -> Result<Value, Failure> {
    let sites: Vec<Value> = {
        let now = desk.board().now();
        let sites = now.active_sites().map(|site| {
            let settings = &site.settings;
            json!({
                "time_zone": settings.time_zone,
                "country": settings.country,
                "access_digits": !settings.access_digits.is_empty(),
                "devlink3": settings.devlink.as_ref().map(|link| json!({
                    "port": link.port.to_string(),
                    "tls": format!("{:?}", link.transport),
                    "password": site.password,
                })),
                "smdr": settings.smdr.as_ref().map(|smdr| json!({
                    "mode": match smdr.mode {
                        store::SmdrMode::Listen => "listen",
                        store::SmdrMode::Connect => "connect",
                    },
                    "port": smdr.port.to_string(),
                })),
            })
        });
        sites.collect()
    };
    let pools = desk.reader().pools().await.map_err(failure_of_store)?;
    let sources = desk.reader().intake_sources().await.map_err(failure_of_store)?;
    let rules = desk.reader().retention_rules().await.map_err(failure_of_store)?;
    Ok(json!({
        "sites": sites,
        "pools": pools.iter().map(|pool| json!({
            "own": pool.folder.is_empty(), "max_bytes": pool.max_bytes, "min_free_bytes": pool.min_free_bytes,
        })).collect::<Vec<_>>(),
        "recording_sources": sources.iter().filter(|source| source.removed_at.is_none()).map(|source| json!({
            "kind": match source.place {
                store::IntakePlace::Folder { .. } => "folder",
                store::IntakePlace::Sftp { .. } => "sftp",
            },
            "every_seconds": source.every_seconds, "enabled": source.enabled,
        })).collect::<Vec<_>>(),
        "retention_rules": rules.iter().map(|rule| json!({ "keep_days": rule.keep_days })).collect::<Vec<_>>(),
        "encoding": desk.encoding().await?,
    }))
}

/// In a bundle that leaves the house, machines are not told by their addresses either.
fn without_hosts(text: &str) -> String {
    let words = redact(text);
    let words: Vec<&str> = words
        .split(' ')
        .map(|word| {
            let bare = word.trim_matches(|letter: char| !letter.is_ascii_alphanumeric());
            let host = bare.split(':').next().unwrap_or(bare);
            let is_host = host.parse::<std::net::IpAddr>().is_ok()
                || (host.matches('.').count() > 1
                    && host.chars().all(|letter| letter.is_ascii_alphanumeric() || ".-".contains(letter)));
            if is_host { "(host)" } else { word }
        })
        .collect();
    words.join(" ")
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

fn zipped(files: &[DiagnosticsFile]) -> std::io::Result<Vec<u8>> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for file in files {
        zip.start_file(&file.name, SimpleFileOptions::default()).map_err(std::io::Error::other)?;
        zip.write_all(file.text.as_bytes())?;
    }
    Ok(zip.finish().map_err(std::io::Error::other)?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machines_are_not_told_by_their_addresses() {
        let says = without_hosts("Connected to 192.168.42.1. Records from pbx.office.example:1150 come.");
        assert_eq!(says, "Connected to (host) Records from (host) come.", "neither by number nor by name");
    }
}
