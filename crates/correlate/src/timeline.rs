//! The events of a call in progress: main events follow each other without gap or overlap, others stand beside them.

use crate::reading::Stage;
use model::fact::CAUSE_TRANSFER;
use model::{At, Event, EventKind};

/// The new party shows within this of the one that left.
const HANDED_OVER_MS: i64 = 1_000;

/// Makes the events say that `stage` is the case from `now` on. Returns whether anything changed.
pub(crate) fn apply(events: &mut Vec<Event>, now: At, stage: &Stage<'_>) -> bool {
    let Some(main) = open_main(events) else {
        push_stage(events, now, stage);
        return true;
    };
    let same = events[main].kind == stage.kind && text(&events[main].group) == stage.group;
    if !same {
        close_all(events, now);
        push_stage(events, now, stage);
        return true;
    }
    match stage.kind {
        EventKind::Ringing | EventKind::Conference => gather(events, now, main, stage),
        _ if text(&events[main].agent) == stage.agents.first().copied().unwrap_or_default() => false,
        _ => {
            close_all(events, now);
            push_stage(events, now, stage);
            true
        }
    }
}

/// Ends everything that lasts. A stretch of no length about nobody says nothing and goes.
pub(crate) fn close_all(events: &mut Vec<Event>, at: At) {
    for event in events.iter_mut().filter(|event| event.ended_at.is_none()) {
        event.ended_at = Some(at.max(event.started_at));
    }
    events.retain(|event| {
        event.beside
            || event.agent.is_some()
            || event.group.is_some()
            || event.ended_at != Some(event.started_at)
    });
}

/// One phone stops ringing while the call goes on.
pub(crate) fn stop_ringing(events: &mut Vec<Event>, now: At, extension: &str, note: Option<&str>) -> bool {
    let Some(index) = events.iter().rposition(|event| lasts(event, EventKind::Ringing, extension)) else {
        return false;
    };
    if let Some(note) = note {
        events[index].note = Some(note.to_owned());
    }
    let others: Vec<String> = events
        .iter()
        .filter(|event| event.ended_at.is_none() && event.kind == EventKind::Ringing)
        .filter_map(|event| event.agent.clone())
        .filter(|agent| agent != extension)
        .collect();
    if others.is_empty() {
        return note.is_some();
    }
    retire(events, now, index);
    true
}

/// `extension` gave the call away: its hold was made in order to transfer.
pub(crate) fn mark_transfer(events: &mut Vec<Event>, now: At, extension: &str) {
    let hold =
        events.iter_mut().rev().find(|event| !event.beside && event.agent.as_deref() == Some(extension));
    if let Some(event) = hold {
        if event.kind == EventKind::Hold {
            event.kind = EventKind::TransferHold;
        }
        event.cause = Some(CAUSE_TRANSFER);
    }
    let ringing = events.iter().rfind(|event| !event.beside && event.ended_at.is_none());
    let party = ringing
        .filter(|event| event.agent.as_deref() != Some(extension))
        .and_then(|event| event.agent.clone());
    let mark = Event {
        kind: EventKind::Transfer,
        started_at: now,
        ended_at: Some(now),
        beside: true,
        agent: Some(extension.to_owned()),
        party,
        cause: Some(CAUSE_TRANSFER),
        ..Event::default()
    };
    // Before what the transfer led to, where that came first.
    let place =
        events.iter().position(|event| event.ended_at.is_none() && event.agent.as_deref() != Some(extension));
    events.insert(place.unwrap_or(events.len()), mark);
}

/// Who talked or held last before the call became a conference.
pub(crate) fn maker(events: &[Event]) -> Option<String> {
    let before = events.iter().rfind(|event| !event.beside && event.kind != EventKind::Conference)?;
    before.agent.clone()
}

/// Who the last main event with a person is about.
pub(crate) fn last_agent(events: &[Event]) -> Option<String> {
    events.iter().rev().filter(|event| !event.beside).find_map(|event| event.agent.clone())
}

/// The PBX tells that somebody gave the call away before it tells to whom.
pub(crate) fn name_receiver(events: &mut [Event]) {
    let Some(main) = events.iter().rposition(|event| !event.beside) else { return };
    let receiver = events[main].agent.clone().or_else(|| events[main].party.clone());
    let started_at = events[main].started_at;
    let mark = events.iter_mut().rfind(|event| event.kind == EventKind::Transfer && event.party.is_none());
    if let Some(mark) = mark.filter(|mark| started_at.ms_since(mark.started_at) <= HANDED_OVER_MS) {
        mark.party = receiver.filter(|receiver| mark.agent.as_ref() != Some(receiver));
    }
}

pub(crate) fn held_by_since(events: &[Event], extension: &str, since: At) -> bool {
    events.iter().any(|event| {
        matches!(event.kind, EventKind::Hold | EventKind::TransferHold)
            && event.agent.as_deref() == Some(extension)
            && event.ended_at.is_none_or(|ended| ended >= since)
    })
}

/// Now ringing, or in the conference: those that were before go on, those that stopped end, new ones begin. The first
/// keeps the main event.
fn gather(events: &mut Vec<Event>, now: At, main: usize, stage: &Stage<'_>) -> bool {
    if stage.agents.is_empty() {
        return false;
    }
    let mut changed = false;
    if events[main].agent.is_none() {
        events[main].agent = Some(stage.agents[0].to_owned());
        changed = true;
    }
    let stopped: Vec<usize> = (0..events.len())
        .filter(|&index| {
            let event = &events[index];
            event.ended_at.is_none()
                && event.kind == stage.kind
                && event.agent.as_deref().is_some_and(|agent| !stage.agents.contains(&agent))
        })
        .collect();
    for agent in &stage.agents {
        if !events.iter().any(|event| lasts(event, stage.kind, agent)) {
            events.push(event(now, stage, Some(agent), Beside::Yes));
            changed = true;
        }
    }
    for index in stopped {
        retire(events, now, index);
        changed = true;
    }
    changed
}

/// Ends one person's part. When it carried the main event, the next person carries it on.
fn retire(events: &mut Vec<Event>, now: At, index: usize) {
    events[index].ended_at = Some(now);
    if events[index].beside {
        return;
    }
    let next = events
        .iter()
        .position(|event| event.ended_at.is_none() && event.beside && event.kind == events[index].kind);
    let Some(next) = next else { return };
    if events[next].started_at == now {
        events[next].beside = false;
        return;
    }
    let carried = Event { beside: false, started_at: now, ..events[next].clone() };
    events[next].ended_at = Some(now);
    events.push(carried);
}

fn push_stage(events: &mut Vec<Event>, now: At, stage: &Stage<'_>) {
    let mut agents = stage.agents.iter();
    events.push(event(now, stage, agents.next(), Beside::No));
    events.extend(agents.map(|agent| event(now, stage, Some(agent), Beside::Yes)));
    if stage.kind == EventKind::Talking && stage.agents.len() == 2 {
        let last = events.len();
        events[last - 2].party = Some(stage.agents[1].to_owned());
        events[last - 1].party = Some(stage.agents[0].to_owned());
    }
}

enum Beside {
    Yes,
    No,
}

fn event(now: At, stage: &Stage<'_>, agent: Option<&&str>, beside: Beside) -> Event {
    let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Event {
        kind: stage.kind,
        started_at: now,
        beside: matches!(beside, Beside::Yes),
        agent: agent.map(|agent| (*agent).to_owned()),
        group: filled(stage.group),
        party: filled(stage.party),
        device: filled(stage.device),
        ..Event::default()
    }
}

fn open_main(events: &[Event]) -> Option<usize> {
    events.iter().rposition(|event| !event.beside && event.ended_at.is_none())
}

fn lasts(event: &Event, kind: EventKind, extension: &str) -> bool {
    event.ended_at.is_none() && event.kind == kind && event.agent.as_deref() == Some(extension)
}

fn text(value: &Option<String>) -> &str {
    value.as_deref().unwrap_or_default()
}
