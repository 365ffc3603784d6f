//! The truth about a call that was played: what CallDoc should make of it.

use crate::office::OFFICE_NAME;
use crate::script::Script;
use contract::published;
use jiff::tz::TimeZone;
use model::figures::{self, Figures};
use model::{At, Call, Event, SourceKind};

/// The call of `script`, whose steps went out at `times` and that `sources` told of. Its id is the simulator's own.
pub(crate) fn published(
    script: &Script,
    times: &[At],
    zone: &TimeZone,
    sources: Vec<SourceKind>,
) -> published::Call {
    let call = call(script, times);
    let end = call.ended_at.unwrap_or(call.started_at);
    let figures = Figures::of(&call, end);
    let text = |at: At| rfc3339(at, zone);
    published::Call {
        id: format!("sim-{}", script.record_id),
        site: OFFICE_NAME.to_owned(),
        direction: call.direction,
        started_at: text(call.started_at),
        answered_at: figures.answered_at.map(text),
        ended_at: call.ended_at.map(text),
        answered: figures.answered,
        abandoned: figures.abandoned,
        abandoned_on_hold: figures.abandoned_on_hold,
        voicemail: figures.voicemail,
        emergency: call.emergency,
        agents: owned(figures::agents(&call)),
        agents_rung: owned(figures::agents_rung(&call)),
        groups: owned(figures::groups(&call)),
        talk_s: seconds(figures.talk_ms),
        ring_s: seconds(figures.ring_ms),
        hold_s: seconds(figures.hold_ms),
        queue_s: seconds(figures.queue_ms),
        park_s: seconds(figures.park_ms),
        total_s: seconds(figures.total_ms),
        events: call.events.iter().map(|event| published_event(event, end, zone)).collect(),
        related: Vec::new(),
        smdr: if sources.contains(&SourceKind::Smdr) { vec![script.record_id] } else { Vec::new() },
        sources,
        matched: None,
        recordings: Vec::new(),
        notes: Vec::new(),
        tags: Vec::new(),
        external_number: call.external_number,
        external_name: call.external_name,
        dialed_number: call.dialed_number,
    }
}

/// The same in the field's own nouns.
pub(crate) fn call(script: &Script, times: &[At]) -> Call {
    let at = |step: usize| times.get(step).or(times.last()).copied().unwrap_or_default();
    let caller_extension = script
        .events
        .first()
        .filter(|_| script.direction != model::Direction::Inbound)
        .and_then(|event| event.agent.clone());
    Call {
        direction: script.direction,
        started_at: at(0),
        start_known: true,
        ended_at: times.last().copied(),
        external_number: script.external_number.clone(),
        external_name: script.external_name.clone(),
        withheld: script.direction == model::Direction::Inbound && script.external_number.is_none(),
        dialed_number: Some(script.dialled.clone()),
        caller_extension,
        trunk: script.trunk.clone(),
        ending: Some(script.ending),
        events: script
            .events
            .iter()
            .map(|planned| Event {
                kind: planned.kind,
                started_at: at(planned.from),
                ended_at: Some(at(planned.to)),
                beside: planned.beside,
                agent: planned.agent.clone(),
                group: planned.group.clone(),
                party: planned.party.clone(),
                device: None,
                cause: planned.cause,
                note: None,
            })
            .collect(),
        ..Call::default()
    }
}

/// With the offset of the office's zone, to the millisecond.
pub(crate) fn rfc3339(at: At, zone: &TimeZone) -> String {
    local(at, zone).strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
}

pub(crate) fn local(at: At, zone: &TimeZone) -> jiff::Zoned {
    jiff::Timestamp::from_millisecond(at.0).unwrap_or_default().to_zoned(zone.clone())
}

fn published_event(event: &Event, end: At, zone: &TimeZone) -> published::Event {
    published::Event {
        kind: event.kind,
        started_at: rfc3339(event.started_at, zone),
        duration_s: seconds(event.ended_at.unwrap_or(end).ms_since(event.started_at)),
        agent: event.agent.clone(),
        group: event.group.clone(),
        party: event.party.clone(),
        device: event.device.clone(),
        cause: event.cause.map(|cause| cause.to_string()),
    }
}

fn seconds(ms: i64) -> f64 {
    ms as f64 / 1000.0
}

fn owned(names: Vec<&str>) -> Vec<String> {
    names.into_iter().map(str::to_owned).collect()
}
