//! The events of a call in progress: main events follow each other without gap or overlap, others stand beside them.

use crate::reading::Stage;
use model::fact::CAUSE_TRANSFER;
use model::{At, Event, EventKind};

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
        EventKind::Ringing => ring(events, now, main, stage),
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
    let Some(index) = events.iter().rposition(|event| is_ringing(event, extension)) else { return false };
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

pub(crate) fn held_by_since(events: &[Event], extension: &str, since: At) -> bool {
    events.iter().any(|event| {
        matches!(event.kind, EventKind::Hold | EventKind::TransferHold)
            && event.agent.as_deref() == Some(extension)
            && event.ended_at.is_none_or(|ended| ended >= since)
    })
}

/// Now ringing: those that rang before go on, those that stopped end, new ones begin. The first keeps the main event.
fn ring(events: &mut Vec<Event>, now: At, main: usize, stage: &Stage<'_>) -> bool {
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
                && event.kind == EventKind::Ringing
                && event.agent.as_deref().is_some_and(|agent| !stage.agents.contains(&agent))
        })
        .collect();
    for agent in &stage.agents {
        if !events.iter().any(|event| is_ringing(event, agent)) {
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

/// Ends one phone's ringing. When it carried the main event, the next phone that rings carries it on.
fn retire(events: &mut Vec<Event>, now: At, index: usize) {
    events[index].ended_at = Some(now);
    if events[index].beside {
        return;
    }
    let next = events
        .iter()
        .position(|event| event.ended_at.is_none() && event.beside && event.kind == EventKind::Ringing);
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

fn is_ringing(event: &Event, extension: &str) -> bool {
    event.ended_at.is_none() && event.kind == EventKind::Ringing && event.agent.as_deref() == Some(extension)
}

fn text(value: &Option<String>) -> &str {
    value.as_deref().unwrap_or_default()
}
