//! What a person would say: lengths, outcomes, parties. Words only; dates and the person's locale are in `clock`.

use crate::words::{fill, say};
use contract::calls::{CallRow, Named, Outcome};
use model::{AgentState, Direction, EventKind};

/// `3:41`, `1:02:05`.
pub fn length(ms: i64) -> String {
    let seconds = ms.max(0) / 1_000;
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// `14 s`, `1 min 15 s`, `2 h 5 min`.
pub fn spoken_length(ms: i64) -> String {
    // Whole seconds that have passed, as `length` counts them.
    let seconds = ms.max(0) / 1_000;
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes, seconds) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, 0) => format!("{minutes} min"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, 0, _) => format!("{hours} h"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

/// Arrow and word.
pub fn direction(direction: Direction) -> (&'static str, &'static str) {
    match direction {
        Direction::Inbound => ("↙", say("in")),
        Direction::Outbound => ("↗", say("out")),
        Direction::Internal => ("↔", say("internal")),
    }
}

pub fn outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Live { state } => fill("{state} now", &[("state", running_state(*state))]),
        Outcome::Answered { after_ms: None | Some(0), transferred: false } => say("Answered").to_owned(),
        Outcome::Answered { after_ms: None | Some(0), transferred: true } => {
            say("Answered, transferred").to_owned()
        }
        Outcome::Answered { after_ms: Some(ms), transferred: false } => {
            fill("Answered after {length}", &[("length", &spoken_length(*ms))])
        }
        Outcome::Answered { after_ms: Some(ms), transferred: true } => {
            fill("Answered in {length}, transferred", &[("length", &spoken_length(*ms))])
        }
        Outcome::Abandoned { after_ms, during } => abandoned(*after_ms, *during),
        Outcome::Voicemail { length_ms } => {
            fill("Voicemail, {length}", &[("length", &spoken_length(*length_ms))])
        }
        Outcome::NoAnswer => say("No answer").to_owned(),
        Outcome::Busy => say("Busy").to_owned(),
        Outcome::Unseen => say("Ended unseen").to_owned(),
    }
}

fn abandoned(after_ms: i64, during: EventKind) -> String {
    let length = spoken_length(after_ms);
    match during {
        EventKind::Queue => fill("Abandoned, {length} in queue", &[("length", &length)]),
        EventKind::Ringing => fill("Abandoned, rang {length}", &[("length", &length)]),
        EventKind::Hold | EventKind::TransferHold => {
            fill("Abandoned on hold, {length}", &[("length", &length)])
        }
        EventKind::Park => fill("Abandoned while parked, {length}", &[("length", &length)]),
        EventKind::AutoAttendant => fill("Abandoned, {length} in the menu", &[("length", &length)]),
        EventKind::Dialing
        | EventKind::Talking
        | EventKind::Transfer
        | EventKind::Conference
        | EventKind::Voicemail
        | EventKind::Overflow
        | EventKind::Busy
        | EventKind::Listen
        | EventKind::Callback => fill("Abandoned after {length}", &[("length", &length)]),
    }
}

/// How an outcome is set, beside its words.
pub fn outcome_class(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Live { .. } => "tag live",
        Outcome::Abandoned { .. } => "tag bad",
        Outcome::Voicemail { .. } => "tag vm",
        Outcome::Answered { .. } | Outcome::NoAnswer | Outcome::Busy | Outcome::Unseen => "tag",
    }
}

/// What a call is doing now.
pub fn running_state(kind: EventKind) -> &'static str {
    match kind {
        EventKind::AutoAttendant => say("In the menu"),
        EventKind::Queue => say("Waiting"),
        EventKind::Ringing => say("Ringing"),
        EventKind::Dialing => say("Dialing"),
        EventKind::Talking => say("Talking"),
        EventKind::Hold => say("On hold"),
        EventKind::TransferHold => say("On hold for transfer"),
        EventKind::Park => say("Parked"),
        EventKind::Transfer => say("Being transferred"),
        EventKind::Conference => say("In conference"),
        EventKind::Voicemail => say("Leaving a message"),
        EventKind::Overflow => say("Overflowing"),
        EventKind::Busy => say("Busy"),
        EventKind::Listen => say("Listened to"),
        EventKind::Callback => say("Called back"),
    }
}

pub fn agent_state(state: AgentState) -> &'static str {
    match state {
        AgentState::Unknown => say("unknown"),
        AgentState::Idle => say("free"),
        AgentState::Dialing => say("dialing"),
        AgentState::Ringing => say("ringing"),
        AgentState::Talking => say("talking"),
        AgentState::Hold => say("holds a call"),
        AgentState::Parked => say("call parked"),
        AgentState::AfterCallWork => say("after-call work"),
        AgentState::DoNotDisturb => say("do not disturb"),
        AgentState::LoggedOut => say("logged out"),
    }
}

/// Name over number, as far as they are known.
pub fn party(row: &CallRow) -> (String, Option<String>) {
    match (&row.name, shown_number(row)) {
        (Some(name), number) => (name.clone(), number.map(str::to_owned)),
        (None, Some(number)) => (number.to_owned(), None),
        (None, None) if row.withheld => (say("withheld").to_owned(), None),
        (None, None) => (say("unknown").to_owned(), None),
    }
}

/// The number as people of the site's country write it, or else as the phone system does.
pub fn shown_number(row: &CallRow) -> Option<&str> {
    row.shown_number.as_deref().or(row.number.as_deref())
}

pub fn named(named: &Named) -> &str {
    named.name.as_deref().unwrap_or(&named.number)
}

/// `204 Ann Keller`
pub fn number_and_name(named: &Named) -> String {
    match &named.name {
        Some(name) => format!("{} {name}", named.number),
        None => named.number.clone(),
    }
}

/// `89 %`: a share of 0 to 1 in whole percent.
pub fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_as_on_a_phone() {
        for (ms, text) in
            [(0, "0:00"), (4_999, "0:04"), (221_000, "3:41"), (3_725_000, "1:02:05"), (-5, "0:00")]
        {
            assert_eq!(length(ms), text, "{ms} ms");
        }
    }

    #[test]
    fn lengths_are_spoken_as_people_say_them() {
        for (ms, text) in [
            (14_000, "14 s"),
            (13_600, "13 s"),
            (60_000, "1 min"),
            (75_000, "1 min 15 s"),
            (7_500_000, "2 h 5 min"),
        ] {
            assert_eq!(spoken_length(ms), text, "{ms} ms");
        }
    }

    #[test]
    fn outcomes_say_what_a_person_would_say() {
        let expected = [
            (Outcome::Answered { after_ms: Some(14_000), transferred: false }, "Answered after 14 s"),
            (Outcome::Answered { after_ms: Some(9_000), transferred: true }, "Answered in 9 s, transferred"),
            (Outcome::Answered { after_ms: None, transferred: false }, "Answered"),
            (Outcome::Abandoned { after_ms: 22_000, during: EventKind::Queue }, "Abandoned, 22 s in queue"),
            (Outcome::Abandoned { after_ms: 22_000, during: EventKind::Hold }, "Abandoned on hold, 22 s"),
            (Outcome::Voicemail { length_ms: 31_000 }, "Voicemail, 31 s"),
            (Outcome::NoAnswer, "No answer"),
            (Outcome::Live { state: EventKind::Talking }, "Talking now"),
        ];
        for (given, words) in expected {
            assert_eq!(outcome(&given), words, "{given:?}");
        }
    }

    #[test]
    fn a_number_is_shown_as_people_write_it() {
        let mut row = crate::state::call_list::tests::row("a", 0);
        row.number = Some("+498955501432".into());
        row.shown_number = Some("089 55501432".into());
        assert_eq!(party(&row), ("089 55501432".to_owned(), None), "not as the world dials it");
        row.shown_number = None;
        assert_eq!(party(&row).0, "+498955501432", "where the country is not known, as it came");
    }

    #[test]
    fn a_withheld_number_is_called_so() {
        let mut row = crate::state::call_list::tests::row("a", 0);
        row.number = None;
        row.withheld = true;
        assert_eq!(party(&row), ("withheld".to_owned(), None), "the caller chose not to show it");
        row.name = Some("Meier".into());
        assert_eq!(party(&row).0, "Meier", "a name that is known is shown");
    }
}
