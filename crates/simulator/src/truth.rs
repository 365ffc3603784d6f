//! The truth about a call that was played: what CallDoc should make of it, by the words of docs/metrics.md and from the
//! script alone.

use crate::office::OFFICE_NAME;
use crate::script::{PlannedEvent, Script};
use contract::published::{Call, Event, Related};
use jiff::tz::TimeZone;
use model::{At, Direction, EventKind, SourceKind};

/// What the sources really said of a call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) by_devlink: bool,
    /// At least one of the call's own rows.
    pub(crate) by_smdr: bool,
}

impl Told {
    fn sources(self) -> Vec<SourceKind> {
        let devlink = self.by_devlink.then_some(SourceKind::Devlink3);
        devlink.into_iter().chain(self.by_smdr.then_some(SourceKind::Smdr)).collect()
    }
}

/// The call of `script`, whose steps went out at `times`. Its id is the simulator's own.
pub(crate) fn published(script: &Script, times: &[At], zone: &TimeZone, told: Told) -> Call {
    let view = View { script, times, zone };
    let (started_at, ended_at) = (view.at(0), view.at(script.over));
    let answered_at = script.main_events().find(|event| event.kind == EventKind::Talking);
    let answered = script.main_events().any(|event| is_with_person(event.kind));
    let last = script.main_events().last().map(|event| event.kind);
    let served = last
        .is_some_and(|kind| is_with_person(kind) || matches!(kind, EventKind::Voicemail | EventKind::Listen));
    let abandoned = script.direction == Direction::Inbound && !served;
    let waits = |kind| matches!(kind, EventKind::Hold | EventKind::TransferHold | EventKind::Park);
    Call {
        id: id_of(script.serial),
        site: OFFICE_NAME.to_owned(),
        direction: script.direction,
        started_at: rfc3339(started_at, zone),
        answered_at: answered_at.map(|event| rfc3339(view.at(event.from), zone)),
        ended_at: Some(rfc3339(ended_at, zone)),
        answered,
        abandoned,
        abandoned_on_hold: abandoned && answered && last.is_some_and(waits),
        voicemail: script.main_events().any(|event| event.kind == EventKind::Voicemail),
        emergency: script.emergency,
        external_number: script.external_number.clone(),
        external_name: script.external_name.clone(),
        dialed_number: Some(script.dialled.clone()),
        agents: once(
            script.events.iter().filter(|event| is_with_person(event.kind)).map(|event| &event.agent),
        ),
        agents_rung: once(
            script.events.iter().filter(|event| event.kind == EventKind::Ringing).map(|event| &event.agent),
        ),
        groups: once(script.events.iter().map(|event| &event.group)),
        talk_s: view.sum_s(|kind| kind == EventKind::Talking),
        ring_s: view.sum_s(|kind| kind == EventKind::Ringing),
        hold_s: view.sum_s(|kind| matches!(kind, EventKind::Hold | EventKind::TransferHold)),
        queue_s: view.sum_s(|kind| kind == EventKind::Queue),
        park_s: view.sum_s(|kind| kind == EventKind::Park),
        total_s: seconds(ended_at.ms_since(started_at)),
        events: script.events.iter().map(|event| view.event(event)).collect(),
        related: related(script),
        smdr: script.records.iter().take(usize::from(told.by_smdr)).map(|record| record.id).collect(),
        sources: told.sources(),
        matched: None,
        recordings: Vec::new(),
        notes: Vec::new(),
        tags: Vec::new(),
    }
}

/// With the offset of the office's zone, to the millisecond.
pub(crate) fn rfc3339(at: At, zone: &TimeZone) -> String {
    local(at, zone).strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
}

pub(crate) fn local(at: At, zone: &TimeZone) -> jiff::Zoned {
    jiff::Timestamp::from_millisecond(at.0).unwrap_or_default().to_zoned(zone.clone())
}

struct View<'a> {
    script: &'a Script,
    times: &'a [At],
    zone: &'a TimeZone,
}

impl View<'_> {
    fn at(&self, step: usize) -> At {
        self.times.get(step).or(self.times.last()).copied().unwrap_or_default()
    }

    fn length_s(&self, event: &PlannedEvent) -> f64 {
        seconds(self.at(event.to).ms_since(self.at(event.from)))
    }

    /// Over the main events; whole milliseconds, so that the parts of a call add up to it.
    fn sum_s(&self, counts: impl Fn(EventKind) -> bool) -> f64 {
        let lengths = self.script.main_events().filter(|event| counts(event.kind));
        seconds(lengths.map(|event| self.at(event.to).ms_since(self.at(event.from))).sum())
    }

    fn event(&self, event: &PlannedEvent) -> Event {
        Event {
            kind: event.kind,
            started_at: rfc3339(self.at(event.from), self.zone),
            duration_s: self.length_s(event),
            agent: event.agent.clone(),
            group: event.group.clone(),
            party: event.party.clone(),
            device: None,
            cause: event.cause.map(|cause| cause.to_string()),
        }
    }
}

/// Voicemail and auto attendant are no person.
fn is_with_person(kind: EventKind) -> bool {
    matches!(kind, EventKind::Talking | EventKind::Conference)
}

/// A related call has one or more records; it is what it began as.
fn related(script: &Script) -> Vec<Related> {
    let mut related: Vec<Related> = Vec::new();
    for record in &script.records {
        let id = id_of(record.serial);
        if let Some(relation) = record.relation
            && related.iter().all(|known| known.id != id)
        {
            related.push(Related { id, relation });
        }
    }
    related
}

fn id_of(serial: u64) -> String {
    format!("sim-{serial}")
}

fn once<'a>(names: impl Iterator<Item = &'a Option<String>>) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for name in names.flatten() {
        if !seen.contains(name) {
            seen.push(name.clone());
        }
    }
    seen
}

fn seconds(ms: i64) -> f64 {
    ms as f64 / 1000.0
}
