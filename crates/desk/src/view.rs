//! A call as the window shows it.

use crate::names::Names;
use crate::zones::Zone;
use contract::calls::{CallRow, EventLine, Outcome, RelatedCall, Span};
use contract::health::HealthKind;
use contract::live::LiveCall;
use model::fact::{CAUSE_NORMAL, CAUSE_TRANSFER};
use model::figures::{Figures, agents, agents_rung, groups};
use model::{At, Call, Direction, Ending, Event, EventKind, Relation};

pub(crate) fn row(call: &Call, names: &Names, now: At) -> CallRow {
    let figures = Figures::of(call, now);
    let (site, at) = (call.site, call.started_at);
    let caller = call.caller_extension.as_deref();
    let (number, name) = match call.direction {
        Direction::Internal => {
            (caller.map(str::to_owned), caller.and_then(|caller| names.extension_at(site, caller, at).name))
        }
        Direction::Inbound | Direction::Outbound => {
            (call.external_number.clone(), call.external_name.clone())
        }
    };
    CallRow {
        id: call.id.to_text(),
        site: site.0,
        direction: call.direction,
        started_ms: call.started_at.0,
        start_known: call.start_known,
        answered_ms: figures.answered_at.map(|at| at.0),
        ended_ms: call.ended_at.map(|at| at.0),
        number,
        shown_number: names.written(site, call.external_e164.as_deref()),
        name,
        withheld: call.withheld,
        talked: agents(call).into_iter().map(|agent| names.extension_at(site, agent, at)).collect(),
        rung: agents_rung(call).into_iter().map(|agent| names.extension_at(site, agent, at)).collect(),
        groups: groups(call).into_iter().map(|group| names.group_at(site, group, at)).collect(),
        outcome: outcome(call, &figures),
        emergency: call.emergency,
        recordings: 0,
        notes: 0,
        tags: Vec::new(),
    }
}

pub(crate) fn live_call(call: &Call, names: &Names, now: At) -> LiveCall {
    LiveCall { row: row(call, names, now), spans: spans(call, names) }
}

pub(crate) fn spans(call: &Call, names: &Names) -> Vec<Span> {
    let main = call.events.iter().filter(|event| !event.beside);
    main.map(|event| Span {
        kind: event.kind,
        started_ms: event.started_at.0,
        ended_ms: event.ended_at.map(|at| at.0),
        agent: event.agent.as_deref().map(|agent| names.extension_at(call.site, agent, call.started_at)),
        group: event.group.as_deref().map(|group| names.group_at(call.site, group, call.started_at)),
    })
    .collect()
}

pub(crate) fn event_lines(call: &Call, names: &Names) -> Vec<EventLine> {
    call.events.iter().map(|event| event_line(event, call, names)).collect()
}

/// `others` are those of the related calls that are in the library.
pub(crate) fn related(call: &Call, others: &[Call], names: &Names, zone: &Zone, now: At) -> Vec<RelatedCall> {
    call.related
        .iter()
        .map(|related| {
            let other = others.iter().find(|other| other.id == related.id);
            let says = other.map(|other| in_a_few_words(other, related.relation, names, zone, now));
            RelatedCall { id: related.id.to_text(), relation: related.relation, says }
        })
        .collect()
}

/// "10:43:02, Ann Keller asked Ben Ortiz, 0:21"
fn in_a_few_words(call: &Call, relation: Relation, names: &Names, zone: &Zone, now: At) -> String {
    let row = row(call, names, now);
    let caller = call.caller_extension.as_deref().map(|caller| {
        let caller = names.extension_at(call.site, caller, call.started_at);
        caller.name.unwrap_or(caller.number)
    });
    let outside = row.name.clone().or(row.shown_number.clone()).or(row.number.clone());
    let inside = row.talked.iter().chain(&row.rung);
    let mut inside = inside.map(|who| who.name.clone().unwrap_or_else(|| who.number.clone()));
    let begun = zone.clock_time(call.started_at, now);
    let seconds = call.ended_at.unwrap_or(now).ms_since(call.started_at) / 1_000;
    let length = format!("{}:{:02}", seconds / 60, seconds % 60);
    // Whole sentences, so that each can be said in another language.
    match relation {
        Relation::Consultation => {
            let asked = match call.direction {
                Direction::Internal => inside.find(|who| Some(who) != caller.as_ref()),
                Direction::Inbound | Direction::Outbound => outside,
            };
            match (caller, asked) {
                (Some(caller), Some(asked)) => format!("{begun}, {caller} asked {asked}, {length}"),
                (Some(caller), None) => format!("{begun}, {caller} asked somebody, {length}"),
                (None, Some(asked)) => format!("{begun}, somebody asked {asked}, {length}"),
                (None, None) => format!("{begun}, somebody asked somebody, {length}"),
            }
        }
        Relation::Twin => match outside {
            Some(outside) => format!("{begun}, the mobile twin {outside}, {length}"),
            None => format!("{begun}, the mobile twin, {length}"),
        },
        Relation::Conference | Relation::ConsultationOf | Relation::TwinOf | Relation::ConferenceOf => {
            let inside = inside.next().or(caller);
            match (outside.filter(|_| call.direction != Direction::Internal), inside) {
                (Some(outside), Some(inside)) => format!("{begun}, {outside} and {inside}, {length}"),
                (Some(one), None) | (None, Some(one)) => format!("{begun}, {one}, {length}"),
                (None, None) => format!("{begun}, somebody, {length}"),
            }
        }
    }
}

/// What became of the call.
pub(crate) fn outcome(call: &Call, figures: &Figures) -> Outcome {
    let last = figures.last_kind;
    if call.ended_at.is_none() {
        return Outcome::Live { state: last.unwrap_or_default() };
    }
    if figures.abandoned {
        return Outcome::Abandoned { after_ms: figures.total_ms, during: last.unwrap_or_default() };
    }
    if figures.answered {
        let transferred = call.events.iter().any(|event| event.kind == EventKind::Transfer);
        return Outcome::Answered { after_ms: figures.time_to_answer_ms, transferred };
    }
    if figures.voicemail {
        let voicemail =
            call.events.iter().filter(|event| event.kind == EventKind::Voicemail && !event.beside);
        let length_ms = voicemail.filter_map(|event| Some(event.ended_at?.ms_since(event.started_at))).sum();
        return Outcome::Voicemail { length_ms };
    }
    if call.ending == Some(Ending::Unseen) {
        return Outcome::Unseen;
    }
    let busy = call
        .events
        .iter()
        .any(|event| event.kind == EventKind::Busy || event.note.as_deref() == Some("busy"));
    if busy { Outcome::Busy } else { Outcome::NoAnswer }
}

fn event_line(event: &Event, call: &Call, names: &Names) -> EventLine {
    let (site, at) = (call.site, call.started_at);
    EventLine {
        kind: event.kind,
        started_ms: event.started_at.0,
        ended_ms: event.ended_at.map(|at| at.0),
        beside: event.beside,
        agent: event.agent.as_deref().map(|agent| names.extension_at(site, agent, at)),
        group: event.group.as_deref().map(|group| names.group_at(site, group, at)),
        party: event.party.as_deref().map(|party| names.either_at(site, party, at)),
        device: event.device.clone(),
        cause: cause_in_words(event),
    }
}

/// Ordinary ends say nothing; the others say what the PBX said.
pub(crate) fn cause_in_words(event: &Event) -> Option<String> {
    if let Some(note) = event.note.as_deref() {
        return Some(match note {
            "dnd" => "do not disturb".to_owned(),
            "reject" | "refused" => "refused the call".to_owned(),
            other => other.to_owned(),
        });
    }
    Some(match event.cause? {
        CAUSE_NORMAL | 0 => return None,
        CAUSE_TRANSFER => "transferred".to_owned(),
        1 => "number not in use".to_owned(),
        17 => "busy".to_owned(),
        18 | 19 => "no answer".to_owned(),
        21 => "rejected".to_owned(),
        27 => "destination out of order".to_owned(),
        28 => "number incomplete".to_owned(),
        34 | 42 | 44 => "no line free".to_owned(),
        38 => "network out of order".to_owned(),
        other => format!("cause {other}"),
    })
}

pub(crate) fn health_kind(kind: store::HealthKind) -> HealthKind {
    match kind {
        store::HealthKind::Link => HealthKind::Link,
        store::HealthKind::Quarantine => HealthKind::Quarantine,
        store::HealthKind::Protocol => HealthKind::Protocol,
        store::HealthKind::Gap => HealthKind::Gap,
        store::HealthKind::Keychain => HealthKind::Keychain,
        store::HealthKind::Library => HealthKind::Library,
    }
}
