//! Entries of the health list about what the sources say, in words. They name no callers.

use model::{At, Entry, SiteId};
use store::{HealthKind, HealthNote};

pub(crate) fn quarantine_note(entry: &Entry, reason: &str) -> HealthNote {
    let says = format!("An SMDR line could not be read and was set aside. {reason}");
    HealthNote { at: entry.at, site: Some(entry.site), kind: HealthKind::Quarantine, says }
}

/// What an event holds beyond what this version understands: kept, counted, and no reason to stop.
pub(crate) fn unknown_parts(summary: &devlink3::EventSummary) -> Option<&'static str> {
    if summary.unknown_tuples > 0 || summary.unknown_elements > 0 {
        return Some(
            "The PBX sends details of a kind that CallDoc does not know. They are kept in the journal.",
        );
    }
    (summary.lossy_texts > 0)
        .then_some("The PBX sent text with unreadable characters; they are shown as \u{fffd}.")
}

/// In whole minutes, so that the same trouble counts up in one entry.
pub(crate) fn clock_note(at: At, site: SiteId, ahead_ms: i64) -> HealthNote {
    let minutes = (ahead_ms.abs() + 30_000) / 60_000;
    let which = if ahead_ms > 0 { "ahead of" } else { "behind" };
    let says = format!(
        "The phone system's clock is about {minutes} minutes {which} this computer's. CallDoc takes that into account. \
         Set its time all the same, or its time zone in Settings > Phone system."
    );
    HealthNote { at, site: Some(site), kind: HealthKind::Protocol, says }
}

pub(crate) fn protocol_note(entry: &Entry, says: String) -> HealthNote {
    HealthNote { at: entry.at, site: Some(entry.site), kind: HealthKind::Protocol, says }
}
