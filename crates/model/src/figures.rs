//! The figures of one call, by the definitions of docs/metrics.md. Every screen, report and command that shows a
//! figure takes it from here.

use crate::{At, Call, Direction, Ending, Event, EventKind};
use serde::{Deserialize, Serialize};

/// Lengths in milliseconds. A living call is measured up to `now`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    pub answered_at: Option<At>,
    pub total_ms: i64,
    pub talk_ms: i64,
    pub ring_ms: i64,
    /// Hold and transfer hold.
    pub hold_ms: i64,
    pub queue_ms: i64,
    pub park_ms: i64,
    /// Everything the caller lived through but talking, voicemail and dialing.
    pub wait_ms: i64,
    /// From arrival to the first talking.
    pub time_to_answer_ms: Option<i64>,
    pub answered: bool,
    pub abandoned: bool,
    pub abandoned_on_hold: bool,
    pub voicemail: bool,
    /// The last main event.
    pub last_kind: Option<EventKind>,
}

impl Figures {
    pub fn of(call: &Call, now: At) -> Self {
        let until = call.ended_at.unwrap_or(now);
        let mut figures = Figures { total_ms: until.ms_since(call.started_at), ..Figures::default() };
        for event in call.events.iter().filter(|event| !event.beside) {
            figures.add(event, until);
        }
        figures.time_to_answer_ms =
            figures.answered_at.filter(|_| call.start_known).map(|at| at.ms_since(call.started_at));
        figures.judge_ending(call);
        figures
    }

    fn add(&mut self, event: &Event, until: At) {
        let length = event.ended_at.unwrap_or(until).ms_since(event.started_at);
        self.last_kind = Some(event.kind);
        match event.kind {
            EventKind::Talking => {
                self.talk_ms += length;
                self.answered = true;
                self.answered_at = self.answered_at.or(Some(event.started_at));
            }
            EventKind::Ringing => self.ring_ms += length,
            EventKind::Hold | EventKind::TransferHold => self.hold_ms += length,
            EventKind::Queue => self.queue_ms += length,
            EventKind::Park => self.park_ms += length,
            EventKind::Voicemail => self.voicemail = true,
            EventKind::AutoAttendant
            | EventKind::Dialing
            | EventKind::Transfer
            | EventKind::Conference
            | EventKind::Overflow
            | EventKind::Busy
            | EventKind::Listen
            | EventKind::Callback => {}
        }
        if !matches!(
            event.kind,
            EventKind::Talking | EventKind::Conference | EventKind::Voicemail | EventKind::Dialing
        ) {
            self.wait_ms += length;
        }
    }

    /// A call whose end was not seen is not called abandoned: nobody knows.
    fn judge_ending(&mut self, call: &Call) {
        let over_and_seen = call.ended_at.is_some() && call.ending != Some(Ending::Unseen);
        let served = matches!(
            self.last_kind,
            Some(EventKind::Talking | EventKind::Conference | EventKind::Voicemail | EventKind::Listen)
        );
        self.abandoned = call.direction == Direction::Inbound && over_and_seen && !served;
        self.abandoned_on_hold = self.abandoned
            && self.answered
            && matches!(self.last_kind, Some(EventKind::Hold | EventKind::TransferHold | EventKind::Park));
    }
}

/// Extensions that talked, in a conference too, in order, each once.
pub fn agents(call: &Call) -> Vec<&str> {
    in_order(
        call.events
            .iter()
            .filter(|event| matches!(event.kind, EventKind::Talking | EventKind::Conference))
            .filter_map(|event| event.agent.as_deref()),
    )
}

/// Extensions that rang, in order, each once.
pub fn agents_rung(call: &Call) -> Vec<&str> {
    in_order(
        call.events
            .iter()
            .filter(|event| event.kind == EventKind::Ringing)
            .filter_map(|event| event.agent.as_deref()),
    )
}

/// Extensions that rang and never talked. Nobody misses an outbound call.
pub fn missed_by(call: &Call) -> Vec<&str> {
    if call.direction == Direction::Outbound {
        return Vec::new();
    }
    let talked = agents(call);
    agents_rung(call).into_iter().filter(|extension| !talked.contains(extension)).collect()
}

/// Hunt groups the call saw, in order, each once.
pub fn groups(call: &Call) -> Vec<&str> {
    in_order(call.events.iter().filter_map(|event| event.group.as_deref()))
}

fn in_order<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = Vec::new();
    for name in names {
        if !seen.contains(&name) {
            seen.push(name);
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(kind: EventKind, from: i64, to: i64, agent: &str) -> Event {
        Event {
            kind,
            started_at: At::from_seconds(from),
            ended_at: Some(At::from_seconds(to)),
            agent: (!agent.is_empty()).then(|| agent.to_owned()),
            ..Event::default()
        }
    }

    fn call(events: Vec<Event>) -> Call {
        Call {
            started_at: At(0),
            start_known: true,
            ended_at: events.last().and_then(|last| last.ended_at),
            events,
            ..Call::default()
        }
    }

    #[test]
    fn a_caller_who_hangs_up_in_the_queue_has_abandoned() {
        let figures = Figures::of(&call(vec![event(EventKind::Queue, 0, 22, "")]), At(0));
        assert!(figures.abandoned, "the last event is neither talking nor voicemail");
        assert!(!figures.abandoned_on_hold, "nobody had answered");
        assert_eq!(figures.wait_ms, 22_000, "waiting is queueing");
    }

    #[test]
    fn hanging_up_on_hold_is_answered_and_abandoned() {
        let events = vec![
            event(EventKind::Ringing, 0, 5, "204"),
            event(EventKind::Talking, 5, 60, "204"),
            event(EventKind::Hold, 60, 90, "204"),
        ];
        let figures = Figures::of(&call(events), At(0));
        assert!(
            figures.answered && figures.abandoned && figures.abandoned_on_hold,
            "shown apart as abandoned on hold"
        );
        assert_eq!(figures.time_to_answer_ms, Some(5_000), "rang five seconds");
        assert_eq!((figures.talk_ms, figures.hold_ms), (55_000, 30_000), "each second is counted once");
    }

    #[test]
    fn phones_that_ring_beside_each_other_ring_once_in_the_sum() {
        let mut second = event(EventKind::Ringing, 0, 8, "207");
        second.beside = true;
        let call = call(vec![
            event(EventKind::Ringing, 0, 8, "204"),
            second,
            event(EventKind::Talking, 8, 20, "207"),
        ]);
        assert_eq!(Figures::of(&call, At(0)).ring_ms, 8_000, "the caller waited eight seconds, not sixteen");
        assert_eq!(agents_rung(&call), ["204", "207"], "both phones rang");
        assert_eq!(missed_by(&call), ["204"], "it stays a miss when a colleague answers");
    }

    #[test]
    fn a_call_whose_end_nobody_saw_is_not_called_abandoned() {
        let mut unseen = call(vec![event(EventKind::Ringing, 0, 8, "204")]);
        unseen.ending = Some(Ending::Unseen);
        assert!(!Figures::of(&unseen, At(0)).abandoned, "the link was down: what happened is not known");
    }
}
