//! What the library itself tells of how it goes: the last word of each source, work that waits, troubles of the last days.

use super::{DAY_MS, TROUBLED_DAYS};
use crate::doctor::finding;
use crate::heard::said_by;
use crate::zones::Zone;
use contract::health::{Finding, Queue, Verdict};
use contract::links::Source;
use model::At;
use std::path::Path;
use store::{Reader, Site, Waiting};

/// A source that said nothing for longer than a long weekend is worth a look.
const SILENT_MS: i64 = 4 * DAY_MS;

/// More entries than this behind is more than a moment's work.
const BEHIND: u64 = 10_000;

/// Troubles that are counted at most.
const TROUBLES_MAX: u32 = 2_000;

/// The findings that both the health page and the terminal show. Nothing is tried here.
pub(crate) async fn of_library<'s>(
    reader: &Reader,
    library: &Path,
    now: At,
    sites: impl Iterator<Item = &'s Site>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for site in sites {
        findings.extend(last_words(reader, site, now).await);
    }
    match reader.waiting().await {
        Ok(waiting) => findings.push(of_waiting(&waiting)),
        Err(error) => findings.push(finding("work that waits", Verdict::Bad, &error.to_string(), "")),
    }
    findings.push(troubles(reader, now).await);
    let bytes = crate::logs::size_bytes(&crate::logs::folder(library));
    let says = format!("{:.1} MB of logs, without numbers, names or passwords.", bytes as f64 / 1e6);
    findings.push(finding("logs", Verdict::Good, &says, ""));
    findings
}

/// Work that waits, by name; what is nothing to wait for is left out.
pub(crate) fn queues(waiting: &Waiting) -> Vec<Queue> {
    let all = [
        (
            "Journal entries to read",
            waiting.journal_entries,
            "What the sources said is safe in the journal; the tables of calls follow.",
        ),
        (
            "Recordings on their way in",
            waiting.recordings_coming,
            "They are copied, made smaller and matched to their calls.",
        ),
        (
            "Recordings that were refused",
            waiting.recordings_refused,
            "Files that could not be read. The Recordings screen says why, and tries them again.",
        ),
        (
            "Recordings whose tags are rewritten",
            waiting.tags_due,
            "Their calls became better known; the stored files are told so, a few at a time.",
        ),
        ("Files to remove", waiting.files_to_remove, "They are removed as soon as nobody listens to them."),
        (
            "Days to reckon for reports",
            waiting.report_days,
            "Figures of days on which something changed are made anew when a report asks for them.",
        ),
        (
            "Reports to send again",
            waiting.reports_to_send,
            "The mail server did not take them; they are tried again.",
        ),
    ];
    all.into_iter()
        .map(|(name, waiting, says)| Queue { name: name.to_owned(), waiting, says: says.to_owned() })
        .collect()
}

fn of_waiting(waiting: &Waiting) -> Finding {
    let says: Vec<String> = queues(waiting)
        .into_iter()
        .filter(|queue| queue.waiting > 0)
        .map(|queue| format!("{}: {}", queue.name.to_lowercase(), queue.waiting))
        .collect();
    let says =
        if says.is_empty() { "Nothing waits.".to_owned() } else { format!("Waiting: {}.", says.join(", ")) };
    let (verdict, advice) = match waiting {
        waiting if waiting.journal_entries > BEHIND => (
            Verdict::Warning,
            "The calls are behind what the sources said. Leave CallDoc open until it has caught up; look at the disk if it does not.",
        ),
        waiting if waiting.recordings_refused > 0 => {
            (Verdict::Warning, "Open Recordings: it says why files were refused, and tries them again.")
        }
        _ => (Verdict::Good, ""),
    };
    finding("work that waits", verdict, &says, advice)
}

async fn last_words(reader: &Reader, site: &Site, now: At) -> Vec<Finding> {
    let zone = Zone::named(&site.time_zone);
    let sources =
        [("DevLink3", site.devlink.is_some(), Source::Devlink3), ("SMDR", site.smdr.is_some(), Source::Smdr)];
    let mut findings = Vec::new();
    for (name, _, source) in sources.into_iter().filter(|(_, is_set_up, _)| *is_set_up) {
        let about = format!("{}: {name}, last event", site.name);
        findings.push(match reader.last_said(site.id, &said_by(source)).await {
            Ok(Some(at)) if now.ms_since(at) > SILENT_MS => {
                let says = format!("Nothing came since {}.", zone.clock_time(at, now));
                finding(&about, Verdict::Warning, &says, "Make a call, and look whether it comes. If not, test the connection in Settings > Phone system.")
            }
            Ok(Some(at)) => finding(&about, Verdict::Good, &format!("{}.", zone.clock_time(at, now)), ""),
            Ok(None) => finding(
                &about,
                Verdict::Warning,
                "Nothing came yet.",
                "Make a call, and look whether it comes. If not, test the connection in Settings > Phone system.",
            ),
            Err(error) => finding(&about, Verdict::Bad, &error.to_string(), ""),
        });
    }
    findings
}

async fn troubles(reader: &Reader, now: At) -> Finding {
    let about = "the last 7 days";
    let entries = match reader.health(TROUBLES_MAX).await {
        Ok(entries) => entries,
        Err(error) => return finding(about, Verdict::Bad, &error.to_string(), ""),
    };
    let since = now.plus_ms(-TROUBLED_DAYS * DAY_MS);
    let recent: Vec<_> = entries.into_iter().filter(|entry| entry.last_at >= since).collect();
    let Some(latest) = recent.first() else {
        return finding(about, Verdict::Good, "Nothing went wrong.", "");
    };
    let count = match recent.len() {
        1 => "1 kind of trouble".to_owned(),
        several => format!("{several} kinds of trouble"),
    };
    let says = format!("{count}. The latest: {}", latest.says);
    finding(about, Verdict::Warning, &says, super::advice::advice(latest.kind, &latest.says))
}
