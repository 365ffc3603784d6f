//! What goes on now, kept up by pushes.
//!
//! The answer to a question and the pushes take different ways, so an answer may be older than a push that came before
//! it. Pushes replace what was known under their id, so those heard since the question was asked are simply applied
//! once more on top of the answer.

use contract::Push;
use contract::calls::Span;
use contract::live::{Live, LiveCall, Person};
use model::EventKind;
use std::collections::VecDeque;

/// More pushes than this while one question is answered means that something is very wrong; the oldest are let go, and
/// the next push of the same call or person puts it right.
const MOST_REMEMBERED: usize = 4_096;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LiveState {
    pub live: Live,
    /// False until the first answer.
    pub known: bool,
    since_asked: Option<VecDeque<Push>>,
}

impl LiveState {
    /// Call this when the question is sent.
    pub fn asked(&mut self) {
        self.since_asked = Some(VecDeque::new());
    }

    pub fn answered(&mut self, live: Live) {
        self.live = live;
        self.known = true;
        self.count_waiting();
        for push in self.since_asked.take().unwrap_or_default() {
            self.apply(&push);
        }
    }

    pub fn heard(&mut self, push: &Push) {
        if let Some(heard) = &mut self.since_asked {
            if heard.len() == MOST_REMEMBERED {
                heard.pop_front();
            }
            heard.push_back(push.clone());
        }
        self.apply(push);
    }

    pub fn call(&self, id: &str) -> Option<&LiveCall> {
        self.live.calls.iter().find(|call| call.row.id == id)
    }

    pub fn person(&self, site: i64, extension: &str) -> Option<&Person> {
        self.live.people.iter().find(|person| person.site == site && person.extension == extension)
    }

    pub fn has_extension(&self, number: &str) -> bool {
        self.live.people.iter().any(|person| person.extension == number)
    }

    /// The name of an extension or a group, where one is known.
    pub fn name_of(&self, number: &str) -> Option<String> {
        let person = self.live.people.iter().find(|person| person.extension == number);
        let group = self.live.groups.iter().find(|group| group.number == number);
        person.and_then(|person| person.name.clone()).or_else(|| group.and_then(|group| group.name.clone()))
    }

    fn apply(&mut self, push: &Push) {
        match push {
            Push::Call(call) => {
                self.put_call(call);
                self.count_waiting();
            }
            Push::CallGone { id } => {
                self.live.calls.retain(|call| call.row.id != *id);
                self.count_waiting();
            }
            Push::Person(person) => self.put_person(person),
            Push::FiguresChanged
            | Push::Lamp(_)
            | Push::Health(_)
            | Push::SettingsChanged
            | Push::ReportProgress(_)
            | Push::SchedulesChanged
            | Push::BackupProgress(_)
            | Push::BackupsChanged
            | Push::Lock(_)
            | Push::Player(_)
            | Push::Position { .. }
            | Push::RecordingsChanged
            | Push::Intake(_)
            | Push::Verifying { .. }
            | Push::Computer(_)
            | Push::GoTo(_)
            | Push::AskAgain => {}
        }
    }

    /// Who waits in a group follows from the calls: in the queue, or while the group's phones ring.
    fn count_waiting(&mut self) {
        for group in &mut self.live.groups {
            let is_of_group =
                |span: &Span| span.group.as_ref().is_some_and(|named| named.number == group.number);
            let since =
                self.live.calls.iter().filter(|call| call.row.site == group.site).filter_map(|call| {
                    let last = call.spans.last().filter(|last| is_of_group(last))?;
                    let waits = matches!(last.kind, EventKind::Queue | EventKind::Ringing);
                    call.spans.iter().find(|span| waits && is_of_group(span)).map(|span| span.started_ms)
                });
            let since: Vec<i64> = since.collect();
            group.waiting = u32::try_from(since.len()).unwrap_or(u32::MAX);
            group.longest_since_ms = since.into_iter().min();
        }
    }

    fn put_call(&mut self, call: &LiveCall) {
        let at = self.live.calls.iter().position(|known| known.row.id == call.row.id);
        match (at, call.row.ended_ms) {
            (Some(at), Some(_)) => drop(self.live.calls.remove(at)),
            (None, Some(_)) => {}
            (Some(at), None) => self.live.calls[at] = call.clone(),
            (None, None) => {
                let started_ms = call.row.started_ms;
                let at = self.live.calls.partition_point(|known| known.row.started_ms <= started_ms);
                self.live.calls.insert(at, call.clone());
            }
        }
    }

    fn put_person(&mut self, person: &Person) {
        let same = |known: &Person| known.site == person.site && known.extension == person.extension;
        match self.live.people.iter().position(same) {
            Some(at) => self.live.people[at] = person.clone(),
            None => {
                let at = self.live.people.partition_point(|known| order(known) <= order(person));
                self.live.people.insert(at, person.clone());
            }
        }
    }
}

/// By name; those without one by extension, after the others.
fn order(person: &Person) -> (bool, String, &str) {
    let name = person.name.as_deref().unwrap_or_default().to_lowercase();
    (person.name.is_none(), name, &person.extension)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::call_list::tests::row;
    use contract::live::GroupNow;
    use model::AgentState;

    fn call(id: &str, started_ms: i64, ended_ms: Option<i64>) -> LiveCall {
        let mut row = row(id, started_ms);
        row.ended_ms = ended_ms;
        LiveCall { row, spans: Vec::new() }
    }

    fn person(extension: &str, name: &str, state: AgentState) -> Person {
        Person { site: 1, extension: extension.into(), name: Some(name.into()), state, since_ms: 0 }
    }

    fn ids(state: &LiveState) -> Vec<&str> {
        state.live.calls.iter().map(|call| call.row.id.as_str()).collect()
    }

    #[test]
    fn a_call_appears_changes_and_leaves_by_push() {
        let mut state = LiveState::default();
        state.heard(&Push::Call(call("b", 2, None)));
        state.heard(&Push::Call(call("a", 1, None)));
        assert_eq!(ids(&state), ["a", "b"], "the longest-lived stands first");
        state.heard(&Push::Call(call("a", 1, Some(9))));
        assert_eq!(ids(&state), ["b"], "a call that ended is no longer live");
        state.heard(&Push::CallGone { id: "b".into() });
        assert!(ids(&state).is_empty(), "it became part of another call");
    }

    #[test]
    fn an_answer_older_than_a_push_does_not_undo_it() {
        let mut state = LiveState::default();
        state.asked();
        state.heard(&Push::Call(call("a", 1, Some(5))));
        state.heard(&Push::Call(call("b", 2, None)));
        state.answered(Live { calls: vec![call("a", 1, None)], ..Live::default() });
        assert_eq!(ids(&state), ["b"], "a ended and b began after the answer was made");
    }

    #[test]
    fn a_person_keeps_their_place_when_their_state_changes() {
        let mut state = LiveState::default();
        state.heard(&Push::Person(person("207", "Ben", AgentState::Idle)));
        state.heard(&Push::Person(person("204", "Ann", AgentState::Idle)));
        state.heard(&Push::Person(person("204", "Ann", AgentState::Talking)));
        let people: Vec<_> = state.live.people.iter().map(|p| (p.extension.as_str(), p.state)).collect();
        assert_eq!(
            people,
            [("204", AgentState::Talking), ("207", AgentState::Idle)],
            "by name, each once, with the latest state"
        );
    }

    #[test]
    fn who_waits_in_a_group_follows_the_calls_as_they_are_pushed() {
        let mut state = LiveState::default();
        let group = GroupNow {
            site: 1,
            number: "301".to_owned(),
            name: None,
            waiting: 0,
            longest_since_ms: None,
            answered_today: 0,
            abandoned_today: 0,
            service_level: None,
        };
        state.answered(Live { groups: vec![group], ..Live::default() });
        let span = |kind, started_ms| Span {
            kind,
            started_ms,
            ended_ms: None,
            agent: None,
            group: Some(contract::calls::Named { number: "301".to_owned(), name: None }),
        };
        let mut waiting = call("a", 10, None);
        waiting.row.site = 1;
        waiting.spans = vec![span(EventKind::Queue, 10), span(EventKind::Ringing, 30)];
        state.heard(&Push::Call(waiting.clone()));
        assert_eq!(
            (state.live.groups[0].waiting, state.live.groups[0].longest_since_ms),
            (1, Some(10)),
            "since the queue"
        );
        waiting.spans.push(span(EventKind::Talking, 40));
        state.heard(&Push::Call(waiting));
        assert_eq!(state.live.groups[0].waiting, 0, "who talks waits no more");
    }
}
