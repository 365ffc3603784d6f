//! The text beside an exported recording, for people: in the language of the window.

use super::deed::{hex, length};
use super::exporting::silencing_of;
use crate::desk::Desk;
use crate::trouble::failure_of_store;
use contract::Failure;
use model::Direction;
use std::fmt::Write;
use store::{Files, Recording, VersionWhy};
use words::Language;

impl Desk {
    /// What is known of a recording, and what was exported of it as `file`.
    pub(super) async fn facts_text(
        &self,
        recording: &Recording,
        files: &Files,
        span_ms: Option<(i64, i64)>,
        file: &str,
        sha256: &str,
    ) -> Result<String, Failure> {
        let tongue = self.spoken();
        let (site, zone) = self.site_name_and_zone(recording.site);
        let versions = self.reader().versions(recording.id).await.map_err(failure_of_store)?;
        let people = self.people_of(recording).await?;
        let mut text = format!("{file}\n\n");
        let mut line = |what: &str, says: &str| {
            if !says.is_empty() {
                // Writing into a string cannot fail.
                let _ = writeln!(text, "{what}: {}", says.replace(['\r', '\n'], " "));
            }
        };
        line(tongue.say("Recorded"), &format!("{}, {site}", zone.rfc3339(recording.started_at)));
        line(tongue.say("Length"), &length(recording.length_ms));
        let whole = || tongue.say("all of it").to_owned();
        line(tongue.say("Exported"), &span_ms.map_or_else(whole, |span| spans(tongue, &[span])));
        line(tongue.say("With"), &people.join(", "));
        let outside = [recording.name.as_deref(), recording.number.as_deref()];
        line(tongue.say("Outside party"), &outside.into_iter().flatten().collect::<Vec<_>>().join(", "));
        line(tongue.say("Direction"), recording.direction.map_or("", |of| direction(tongue, of)));
        line(tongue.say("Group"), recording.group.as_deref().unwrap_or_default());
        line(tongue.say("Call"), &recording.call.map(|call| call.to_text()).unwrap_or_default());
        line(tongue.say("Recording"), &recording.id.0.to_string());
        let came = format!("{} ({})", recording.says.file_name, recording.original_format);
        line(tongue.say("File as it came"), &came);
        for version in versions.iter().filter(|version| version.why == VersionWhy::Silenced) {
            let (silenced, why) = silencing_of(version.detail.as_deref());
            let silenced = spans(tongue, &silenced);
            line(tongue.say("Silenced"), &format!("{silenced}: {why}, {}", zone.rfc3339(version.at)));
        }
        line(tongue.say("SHA-256 of this sound file"), sha256);
        line(tongue.say("SHA-256 of the stored file"), &hex(&files.stored_sha256));
        line(tongue.say("SHA-256 of the original"), &hex(&recording.original_sha256));
        let now = zone.rfc3339(self.clock().now());
        let by = tongue.fill("{when} by {who}", &[("when", &now), ("who", self.keeping().who())]);
        line(tongue.say("Exported at"), &by);
        Ok(text)
    }
}

fn spans(tongue: Language, spans_ms: &[(i64, i64)]) -> String {
    let spans = spans_ms
        .iter()
        .map(|(from, to)| tongue.fill("{from} to {to}", &[("from", &length(*from)), ("to", &length(*to))]));
    spans.collect::<Vec<_>>().join(", ")
}

fn direction(tongue: Language, direction: Direction) -> &'static str {
    match direction {
        Direction::Inbound => tongue.say("inbound"),
        Direction::Outbound => tongue.say("outbound"),
        Direction::Internal => tongue.say("internal"),
    }
}
