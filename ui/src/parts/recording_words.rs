//! What is said of a recording: whose it is, how it was matched, whether it can be heard.

use super::clock::number;
use super::words::named;
use crate::words::{fill, plural, say};
use contract::recordings::{RecordingRow, RecordingState};
use model::RecordingMatch;

/// Name over number, as far as they are known.
pub fn party(row: &RecordingRow) -> (String, Option<String>) {
    let number = row.shown_number.clone().or_else(|| row.number.clone());
    match (&row.name, number) {
        (Some(name), number) => (name.clone(), number),
        (None, Some(number)) => (number, None),
        (None, None) if row.call.is_some() => (say("withheld").to_owned(), None),
        (None, None) => (say("unknown").to_owned(), None),
    }
}

/// `Ann Keller, Ben Ortiz`
pub fn people(row: &RecordingRow) -> String {
    row.people.iter().map(named).collect::<Vec<_>>().join(", ")
}

/// How it came to its call, in a word or two.
pub fn matched(row: &RecordingRow) -> String {
    match row.matched {
        RecordingMatch::None => say("no call").to_owned(),
        RecordingMatch::CallId | RecordingMatch::Score => {
            row.confidence.map_or_else(|| say("matched").to_owned(), sure)
        }
        RecordingMatch::ByHand => say("by hand").to_owned(),
        RecordingMatch::NoneByHand => say("none").to_owned(),
    }
}

/// The same as a sentence.
pub fn matched_says(row: &RecordingRow) -> String {
    let by = match row.matched {
        RecordingMatch::None => return say("It belongs to no call that CallDoc knows").to_owned(),
        RecordingMatch::CallId => say("Matched by the call id in its name or its side file"),
        RecordingMatch::Score => say("Matched by time, extension and number"),
        RecordingMatch::ByHand => return say("Matched by hand; CallDoc does not change it").to_owned(),
        RecordingMatch::NoneByHand => {
            return say("Said by hand to belong to no call; CallDoc does not change it").to_owned();
        }
    };
    row.confidence.map_or_else(|| by.to_owned(), |confidence| format!("{by} ({})", sure(confidence)))
}

/// Why it cannot be heard; `None` when it can.
pub fn trouble(state: RecordingState) -> Option<(&'static str, &'static str)> {
    match state {
        RecordingState::Good => None,
        RecordingState::Missing => Some((
            say("file missing"),
            say("Its file is not where it was put. Is the disk with the recordings connected?"),
        )),
        RecordingState::Changed => Some((
            say("file changed"),
            say("Its file is not what was put there: something else has written to it."),
        )),
        RecordingState::Locked => {
            Some((say("locked"), say("It is encrypted, and its key is not in this computer's keychain.")))
        }
    }
}

/// `38 KB`, `4.2 MB`, `118 GB`: as disks are labelled, in thousands.
#[allow(clippy::cast_precision_loss)]
pub fn bytes(bytes: u64) -> String {
    let units = [say("bytes"), "KB", "MB", "GB", "TB"];
    let mut value = bytes as f64;
    let mut unit = 0;
    while value >= 999.5 && unit + 1 < units.len() {
        value /= 1_000.0;
        unit += 1;
    }
    if unit > 0 && value < 9.95 {
        format!("{value:.1} {}", units[unit])
    } else {
        format!("{value:.0} {}", units[unit])
    }
}

/// `3 recordings`
pub fn counted_recordings(count: u64) -> String {
    plural(count, "{count} recording", "{count} recordings")
}

/// `41,230 recordings`, written as the person's system groups digits.
pub fn many_recordings(count: u64) -> String {
    match count {
        1 => say("1 recording").to_owned(),
        many => fill("{count} recordings", &[("count", &number(many))]),
    }
}

/// `97 % sure`; what rounds to all of it is `certain`.
pub fn sure(confidence: f32) -> String {
    let percent = (confidence * 100.0).round();
    if percent >= 100.0 {
        say("certain").to_owned()
    } else {
        fill("{percent} % sure", &[("percent", &format!("{percent:.0}"))])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::recording_list::tests::row;

    #[test]
    fn a_match_says_how_it_was_made_and_how_sure_it_is() {
        let mut recording = row("a");
        assert_eq!(matched(&recording), "no call", "plainly");
        recording.matched = RecordingMatch::Score;
        recording.confidence = Some(0.968);
        assert_eq!(matched(&recording), "97 % sure", "whole percents are enough");
        recording.matched = RecordingMatch::CallId;
        recording.confidence = Some(1.0);
        assert_eq!(matched(&recording), "certain", "a word for all of it");
        recording.matched = RecordingMatch::ByHand;
        assert_eq!(matched(&recording), "by hand", "a person is not asked how sure they were");
    }

    #[test]
    fn sizes_are_written_as_on_disks() {
        for (size, text) in [
            (0, "0 bytes"),
            (38_200, "38 KB"),
            (4_240_000, "4.2 MB"),
            (118_000_000_000, "118 GB"),
            (999_900, "1.0 MB"),
        ] {
            assert_eq!(bytes(size), text, "{size} bytes");
        }
    }

    #[test]
    fn someone_of_whom_nothing_is_known_is_unknown() {
        let mut recording = row("a");
        assert_eq!(party(&recording).0, "unknown", "neither file nor call says who");
        recording.call = Some("c".into());
        assert_eq!(party(&recording).0, "withheld", "the call says that it was not told");
        recording.name = Some("Meier".into());
        recording.number = Some("089".into());
        assert_eq!(party(&recording), ("Meier".to_owned(), Some("089".to_owned())), "name over number");
    }
}
