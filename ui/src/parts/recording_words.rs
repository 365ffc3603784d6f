//! What is said of a recording: whose it is, how it was matched, whether it can be heard.

use super::clock::number;
use super::words::named;
use contract::recordings::{RecordingRow, RecordingState};
use model::RecordingMatch;

/// Name over number, as far as they are known.
pub fn party(row: &RecordingRow) -> (String, Option<String>) {
    let number = row.shown_number.clone().or_else(|| row.number.clone());
    match (&row.name, number) {
        (Some(name), number) => (name.clone(), number),
        (None, Some(number)) => (number, None),
        (None, None) if row.call.is_some() => ("withheld".to_owned(), None),
        (None, None) => ("unknown".to_owned(), None),
    }
}

/// `Ann Keller, Ben Ortiz`
pub fn people(row: &RecordingRow) -> String {
    row.people.iter().map(named).collect::<Vec<_>>().join(", ")
}

/// How it came to its call, in a word or two.
pub fn matched(row: &RecordingRow) -> String {
    match row.matched {
        RecordingMatch::None => "no call".to_owned(),
        RecordingMatch::CallId | RecordingMatch::Score => {
            row.confidence.map_or_else(|| "matched".to_owned(), sure)
        }
        RecordingMatch::ByHand => "by hand".to_owned(),
        RecordingMatch::NoneByHand => "none".to_owned(),
    }
}

/// The same as a sentence.
pub fn matched_says(row: &RecordingRow) -> String {
    let sure = row.confidence.map(|confidence| format!(" ({})", sure(confidence))).unwrap_or_default();
    match row.matched {
        RecordingMatch::None => "It belongs to no call that CallDoc knows".to_owned(),
        RecordingMatch::CallId => format!("Matched by the call id in its name or its side file{sure}"),
        RecordingMatch::Score => format!("Matched by time, extension and number{sure}"),
        RecordingMatch::ByHand => "Matched by hand; CallDoc does not change it".to_owned(),
        RecordingMatch::NoneByHand => {
            "Said by hand to belong to no call; CallDoc does not change it".to_owned()
        }
    }
}

/// Why it cannot be heard; `None` when it can.
pub fn trouble(state: RecordingState) -> Option<(&'static str, &'static str)> {
    match state {
        RecordingState::Good => None,
        RecordingState::Missing => Some((
            "file missing",
            "Its file is not where it was put. Is the disk with the recordings connected?",
        )),
        RecordingState::Changed => {
            Some(("file changed", "Its file is not what was put there: something else has written to it."))
        }
        RecordingState::Locked => {
            Some(("locked", "It is encrypted, and its key is not in this computer's keychain."))
        }
    }
}

/// `38 KB`, `4.2 MB`, `118 GB`: as disks are labelled, in thousands.
#[allow(clippy::cast_precision_loss)]
pub fn bytes(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["bytes", "KB", "MB", "GB", "TB"];
    let mut value = bytes as f64;
    let mut unit = 0;
    while value >= 999.5 && unit + 1 < UNITS.len() {
        value /= 1_000.0;
        unit += 1;
    }
    if unit > 0 && value < 9.95 {
        format!("{value:.1} {}", UNITS[unit])
    } else {
        format!("{value:.0} {}", UNITS[unit])
    }
}

/// `3 recordings`
pub fn counted_recordings(count: u64) -> String {
    super::words::counted(count, "recording", "recordings")
}

/// `41,230 recordings`, written as the person's system groups digits.
pub fn many_recordings(count: u64) -> String {
    match count {
        1 => "1 recording".to_owned(),
        many => format!("{} recordings", number(many)),
    }
}

/// `97 % sure`; what rounds to all of it is `certain`.
pub fn sure(confidence: f32) -> String {
    let percent = (confidence * 100.0).round();
    if percent >= 100.0 { "certain".to_owned() } else { format!("{percent:.0} % sure") }
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
