//! A call as the command line prints it.

use crate::zones::Zone;
use contract::published;
use model::figures::{Figures, agents, agents_rung, groups};
use model::{At, Call};

/// What the library has beside a call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Written {
    /// Ids, in order of time.
    pub(crate) recordings: Vec<String>,
    pub(crate) notes: Vec<String>,
    pub(crate) tags: Vec<String>,
}

/// A call and what the library has beside it.
pub(crate) fn whole_call(
    call: &Call,
    written: Written,
    site_name: &str,
    zone: &Zone,
    now: At,
) -> published::Call {
    let mut published = self::call(call, site_name, zone, now);
    published.recordings = written.recordings;
    published.notes = written.notes;
    published.tags.extend(written.tags);
    published
}

/// A call by itself.
pub fn call(call: &Call, site_name: &str, zone: &Zone, now: At) -> published::Call {
    let figures = Figures::of(call, now);
    let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
    published::Call {
        id: call.id.to_text(),
        site: site_name.to_owned(),
        direction: call.direction,
        started_at: zone.rfc3339(call.started_at),
        answered_at: figures.answered_at.map(|at| zone.rfc3339(at)),
        ended_at: call.ended_at.map(|at| zone.rfc3339(at)),
        answered: figures.answered,
        abandoned: figures.abandoned,
        abandoned_on_hold: figures.abandoned_on_hold,
        voicemail: figures.voicemail,
        emergency: call.emergency,
        external_number: call.external_number.clone(),
        external_name: call.external_name.clone(),
        dialed_number: call.dialed_number.clone(),
        agents: owned(agents(call)),
        agents_rung: owned(agents_rung(call)),
        groups: owned(groups(call)),
        talk_s: seconds(figures.talk_ms),
        ring_s: seconds(figures.ring_ms),
        hold_s: seconds(figures.hold_ms),
        queue_s: seconds(figures.queue_ms),
        park_s: seconds(figures.park_ms),
        total_s: seconds(figures.total_ms),
        events: events(call, zone, now),
        related: call
            .related
            .iter()
            .map(|related| published::Related { id: related.id.to_text(), relation: related.relation })
            .collect(),
        sources: call.sources(),
        smdr: record_ids(call),
        matched: call.basis.matched.map(|matched| published::Match {
            method: matched.method,
            confidence: f64::from(matched.confidence),
        }),
        recordings: Vec::new(),
        notes: Vec::new(),
        tags: call.tag.iter().cloned().collect(),
    }
}

fn events(call: &Call, zone: &Zone, now: At) -> Vec<published::Event> {
    let until = call.ended_at.unwrap_or(now);
    call.events
        .iter()
        .map(|event| published::Event {
            kind: event.kind,
            started_at: zone.rfc3339(event.started_at),
            duration_s: seconds(event.ended_at.unwrap_or(until).ms_since(event.started_at)),
            agent: event.agent.clone(),
            group: event.group.clone(),
            party: event.party.clone(),
            device: event.device.clone(),
            cause: event.note.clone().or_else(|| event.cause.map(|cause| cause.to_string())),
        })
        .collect()
}

fn record_ids(call: &Call) -> Vec<u64> {
    let mut ids: Vec<u64> = call.basis.records.iter().map(|record| record.call_id).collect();
    ids.dedup();
    ids
}

fn seconds(ms: i64) -> f64 {
    ms as f64 / 1000.0
}
