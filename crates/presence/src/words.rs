//! Calls and sources in a few words, as they fit into a menu or a notification.

use contract::calls::{CallRow, Named, Outcome};
use contract::links::Source;
use model::{Direction, EventKind};

/// The outside party: the name that is known, or the number, or what is missing of both.
pub(crate) fn outside(row: &CallRow) -> String {
    let number = row.shown_number.as_ref().or(row.number.as_ref());
    match (row.name.as_ref().filter(|name| !name.is_empty()), number) {
        (Some(name), _) => name.clone(),
        (None, Some(number)) => number.clone(),
        (None, None) if row.withheld => "Withheld number".to_owned(),
        (None, None) => "Unknown number".to_owned(),
    }
}

/// Who of the office is, or was, on it: the one that talks, else the group, else the one that rings.
pub(crate) fn inside(row: &CallRow) -> Option<String> {
    row.talked.last().or_else(|| row.groups.last()).or_else(|| row.rung.last()).map(named)
}

pub(crate) fn group(row: &CallRow) -> Option<String> {
    row.groups.last().map(named)
}

/// `Keller GmbH → Ann Keller, talking`
pub(crate) fn live_line(row: &CallRow) -> String {
    let (outside, state) = (outside(row), state(row));
    match (inside(row), row.direction) {
        (Some(inside), Direction::Inbound | Direction::Internal) => format!("{outside} → {inside}, {state}"),
        (Some(inside), Direction::Outbound) => format!("{outside} ← {inside}, {state}"),
        (None, _) => format!("{outside}, {state}"),
    }
}

/// `0:45`
pub(crate) fn length(ms: i64) -> String {
    let seconds = ms.max(0) / 1_000;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

pub(crate) fn source(source: Source) -> &'static str {
    match source {
        Source::Devlink3 => "DevLink3",
        Source::Smdr => "SMDR",
        Source::Recordings => "Recordings",
    }
}

fn state(row: &CallRow) -> &'static str {
    let Outcome::Live { state } = row.outcome else { return "ending" };
    match state {
        EventKind::AutoAttendant => "in the auto attendant",
        EventKind::Queue => "in the queue",
        EventKind::Ringing => "ringing",
        EventKind::Dialing => "being dialled",
        EventKind::Talking | EventKind::Listen => "talking",
        EventKind::Hold | EventKind::TransferHold => "on hold",
        EventKind::Park => "parked",
        EventKind::Transfer => "being transferred",
        EventKind::Conference => "in a conference",
        EventKind::Voicemail => "in voicemail",
        EventKind::Overflow => "in overflow",
        EventKind::Busy => "busy",
        EventKind::Callback => "being called back",
    }
}

fn named(who: &Named) -> String {
    who.name.clone().filter(|name| !name.is_empty()).unwrap_or_else(|| who.number.clone())
}

#[cfg(test)]
pub(crate) fn row(id: &str, outcome: Outcome, ended_ms: Option<i64>) -> CallRow {
    CallRow {
        id: id.to_owned(),
        site: 1,
        direction: Direction::Inbound,
        started_ms: 0,
        start_known: true,
        answered_ms: None,
        ended_ms,
        number: Some("0123456789".to_owned()),
        shown_number: None,
        name: None,
        withheld: false,
        talked: Vec::new(),
        rung: Vec::new(),
        groups: vec![Named { number: "200".to_owned(), name: Some("Sales".to_owned()) }],
        outcome,
        emergency: false,
        recordings: 0,
        notes: 0,
        tags: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_in_a_menu_says_who_and_what() {
        let mut call = row("1", Outcome::Live { state: EventKind::Talking }, None);
        call.name = Some("Keller GmbH".to_owned());
        assert_eq!(live_line(&call), "Keller GmbH → Sales, talking", "the group until somebody talks");
        call.talked = vec![Named { number: "201".to_owned(), name: None }];
        call.direction = Direction::Outbound;
        assert_eq!(live_line(&call), "Keller GmbH ← 201, talking", "a number where there is no name");
    }

    #[test]
    fn a_caller_without_number_is_not_an_empty_line() {
        let mut call = row("1", Outcome::Busy, Some(1));
        call.number = None;
        assert_eq!(outside(&call), "Unknown number", "nothing is known of it");
        call.withheld = true;
        assert_eq!(outside(&call), "Withheld number", "it was withheld");
        assert_eq!(length(65_400), "1:05", "seconds have two digits");
    }
}
