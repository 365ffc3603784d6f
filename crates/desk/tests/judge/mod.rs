//! Holds what CallDoc concludes against the truth of a simulated office.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its own part")]

use correlate::{Engine, Output, Rules};
use model::fact::Fact;
use model::figures::{Figures, agents, agents_rung};
use model::{At, Call, CallId, Direction, Position, Said, SiteId};
use simulator::{Kind, Seen, Spoken, Truth};
use smdr::{Line, SiteClock};
use std::collections::{BTreeMap, HashSet};

pub const SITE: SiteId = SiteId(1);

/// Which sources are heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sources {
    Both,
    Devlink,
    Smdr,
}

impl Sources {
    fn hears(self, said: Said) -> bool {
        match said {
            Said::SmdrLines => self != Sources::Devlink,
            _ => self != Sources::Smdr,
        }
    }
}

/// The calls that CallDoc makes of what an office says, consultations and other parts included.
pub fn calls_of(spoken: &[Spoken], zone: &str, sources: Sources) -> BTreeMap<CallId, Call> {
    calls_of_run(spoken, zone, sources, None)
}

/// The same, with CallDoc started anew before the `restart`th thing that is said.
pub fn calls_with_restart(spoken: &[Spoken], zone: &str, restart: usize) -> BTreeMap<CallId, Call> {
    calls_of_run(spoken, zone, Sources::Both, Some(restart))
}

fn calls_of_run(
    spoken: &[Spoken],
    zone: &str,
    sources: Sources,
    restart: Option<usize>,
) -> BTreeMap<CallId, Call> {
    let mut engine = Engine::default();
    engine.set_rules(SITE, rules());
    let mut clock = SiteClock::new(zone).expect("a known zone");
    let mut seen = HashSet::new();
    let mut scratch = devlink3::Scratch::default();
    let mut calls = BTreeMap::new();
    let mut last = At(0);
    for (seq, said) in spoken.iter().enumerate().filter(|(_, said)| sources.hears(said.said)) {
        if restart == Some(seq) {
            engine = started_anew(&engine, &calls);
        }
        let seq = seq as i64 + 1;
        last = said.at;
        let mut index = 0;
        let tell = |engine: &mut Engine, index: u32, fact: &Fact<'_>| {
            engine.handle(said.at, SITE, Position { seq, index }, fact);
        };
        match said.said {
            Said::DevlinkEvent => {
                devlink3::facts(&said.bytes, &mut scratch, |fact| {
                    tell(&mut engine, index, &fact);
                    index += 1;
                })
                .expect("an event that can be read");
            }
            Said::DevlinkSnapshot => tell(&mut engine, 0, &Fact::SnapshotFollows),
            Said::DevlinkLost => tell(&mut engine, 0, &Fact::LinkLost),
            Said::SmdrLines => {
                clock.rows_came(said.at);
                smdr::facts(&said.bytes, &mut clock, |index, line| match line {
                    Line::Record(record) => {
                        if seen.insert(record.digest) {
                            tell(&mut engine, index, &Fact::Record(Box::new(record)));
                        }
                    }
                    Line::Complaint { reason, .. } => panic!("a row that cannot be read: {reason}"),
                    Line::Skipped => {}
                })
            }
            Said::HuntList => {
                for (number, _) in devlink3::Directory::parse(&said.bytes).entries {
                    engine.know_hunt_group(SITE, &number);
                }
            }
            Said::UserList | Said::DevlinkGap | Said::Decision => {}
        }
        hear(&mut engine, &mut calls);
    }
    engine.advance(last.plus_ms(60_000));
    hear(&mut engine, &mut calls);
    calls
}

fn rules() -> Rules {
    Rules { access_digits: vec!["9".to_owned()] }
}

/// What survives: the saved state, and the calls of the library that have ended.
fn started_anew(engine: &Engine, calls: &BTreeMap<CallId, Call>) -> Engine {
    let saved = serde_json::to_vec(&engine.save()).expect("the state can be written");
    let mut engine = Engine::restore(serde_json::from_slice(&saved).expect("and read"));
    engine.set_rules(SITE, rules());
    engine.recall(calls.values().filter(|call| !call.is_live()).cloned().collect());
    engine
}

fn hear(engine: &mut Engine, calls: &mut BTreeMap<CallId, Call>) {
    engine.drain(|output| match output {
        Output::Call(call) => {
            calls.insert(call.id, *call);
        }
        Output::Gone(id) => {
            calls.remove(&id);
        }
        Output::Agent(..) | Output::ClockDiffers(..) => {}
    });
}

/// Every way in which the calls are not the truth, a line each.
pub fn complaints(calls: &BTreeMap<CallId, Call>, truth: &[Truth], sources: Sources) -> Vec<String> {
    let mut found = Vec::new();
    let mut left: Vec<&Call> = calls.values().filter(|call| call.is_counted()).collect();
    left.sort_by_key(|call| call.started_at);
    for call in calls.values() {
        found.extend(main_events_follow(call));
    }
    let heard: Vec<&Truth> = truth.iter().filter(|truth| can_be_known(truth, sources)).collect();
    for truth in &heard {
        match take_nearest(&mut left, truth, sources) {
            Some(call) => found.extend(differences(call, truth, sources)),
            None => found.push(format!("missing: {}", told(truth))),
        }
    }
    // What the sources showed only in part may be there, once.
    for truth in truth.iter().filter(|truth| !can_be_known(truth, sources)) {
        take_nearest(&mut left, truth, sources);
    }
    // A part of a call whose own rows were lost, or are still to come, has nothing to be part of.
    left.retain(|call| !is_part_of_lost(call, truth));
    found.extend(left.iter().map(|call| {
        let records: Vec<u64> = call.basis.records.iter().map(|record| record.call_id).collect();
        format!(
            "counted and not true: {} {:?} {:?} from {} records {records:?}",
            call.id.to_text(),
            call.direction,
            call.external_number,
            call.started_at.0
        )
    }));
    found
}

fn can_be_known(truth: &Truth, sources: Sources) -> bool {
    let told = |wanted| truth.call.sources.contains(&wanted);
    match sources {
        Sources::Both => !truth.call.sources.is_empty(),
        // Of a call out of the office the gap may have left no more than that a phone was lifted.
        Sources::Devlink => {
            let lifted = truth.seen == Seen::DevlinkGap && truth.call.direction != Direction::Inbound;
            told(model::SourceKind::Devlink3) && !lifted
        }
        Sources::Smdr => told(model::SourceKind::Smdr) && truth.seen != Seen::InProgressAtStop,
    }
}

fn take_nearest<'c>(left: &mut Vec<&'c Call>, truth: &Truth, sources: Sources) -> Option<&'c Call> {
    let started_at = instant(&truth.call.started_at);
    let apart = |call: &Call| {
        let from = (call.started_at - started_at).abs();
        let was_there = call.started_at >= started_at
            && truth.call.ended_at.as_deref().is_none_or(|ended| call.started_at <= instant(ended));
        if !call.start_known && was_there { 0 } else { from }
    };
    let farthest = if sources == Sources::Smdr { 600_000 } else { 2_500 };
    let number = |call: &Call| {
        call.external_number.is_none()
            || truth.call.external_number.is_none()
            || call.external_number == truth.call.external_number
    };
    let by_record = |call: &Call| {
        call.basis.records.iter().any(|record| truth.call.smdr.contains(&record.call_id))
            && apart(call) < 3_600_000
    };
    let place = left
        .iter()
        .enumerate()
        .filter(|(_, call)| call.direction == truth.call.direction)
        .filter(|(_, call)| by_record(call) || (apart(call) <= farthest && number(call)))
        .min_by_key(|(_, call)| {
            (!by_record(call), call.external_number != truth.call.external_number, apart(call))
        })
        .map(|(place, _)| place)?;
    Some(left.remove(place))
}

fn differences(call: &Call, truth: &Truth, sources: Sources) -> Vec<String> {
    let mut found = Vec::new();
    let figures = Figures::of(call, call.ended_at.unwrap_or_default());
    let mut differ = |what: &str, ours: String, theirs: String| {
        if ours != theirs {
            found.push(format!("{what}: {ours} is not {theirs}: {}", told(truth)));
        }
    };
    let whole = match truth.seen {
        Seen::Whole => true,
        // Each gap is one of the other source.
        Seen::DevlinkGap => sources == Sources::Smdr,
        Seen::SmdrGap => sources != Sources::Smdr,
        Seen::InProgressAtStart | Seen::InProgressAtStop => false,
    };
    let known_by_smdr = call.basis.devlink_facts == 0;
    differ("outside number", text(&call.external_number), text(&truth.call.external_number));
    if !whole {
        return found;
    }
    let (can_tell_abandoned, can_tell_voicemail) = match truth.kind {
        // A record tells how long a call was held, not when.
        Kind::AbandonedHold => (!known_by_smdr, true),
        // A voicemail channel with nothing after it is a message or a menu.
        Kind::AutoAttendantAbandoned => (!known_by_smdr, !known_by_smdr),
        _ => (true, true),
    };
    differ("answered", figures.answered.to_string(), truth.call.answered.to_string());
    if can_tell_abandoned {
        differ("abandoned", figures.abandoned.to_string(), truth.call.abandoned.to_string());
    }
    if can_tell_voicemail {
        differ("voicemail", figures.voicemail.to_string(), truth.call.voicemail.to_string());
    }
    differ("agents", agents(call).join(" "), truth.call.agents.join(" "));
    if !known_by_smdr {
        differ("emergency", call.emergency.to_string(), truth.call.emergency.to_string());
        differ("rung", sorted(&agents_rung(call)), sorted(&truth.call.agents_rung));
        differ(
            "abandoned on hold",
            figures.abandoned_on_hold.to_string(),
            truth.call.abandoned_on_hold.to_string(),
        );
        if sources == Sources::Both && truth.seen == Seen::Whole {
            differ(
                "related",
                relations(call.related.iter().map(|related| related.relation)),
                relations(truth.call.related.iter().map(|related| related.relation)),
            );
        }
    }
    // Records are whole seconds; when one comes says what the clock is only to a few.
    let apart = (call.started_at - instant(&truth.call.started_at)).abs();
    if apart > if known_by_smdr { 5_000 } else { 1_000 } {
        found.push(format!("begins {apart} ms off: {}", told(truth)));
    }
    // Each record rounds each length up by less than a second.
    let slack = if known_by_smdr { 1.0 + 4.0 * call.basis.records.len() as f64 } else { 1.0 };
    let mut lengths =
        vec![("total", figures.total_ms, truth.call.total_s), ("talk", figures.talk_ms, truth.call.talk_s)];
    if !known_by_smdr {
        lengths.extend([
            ("ring", figures.ring_ms, truth.call.ring_s),
            ("hold", figures.hold_ms, truth.call.hold_s),
            ("queue", figures.queue_ms, truth.call.queue_s),
            ("park", figures.park_ms, truth.call.park_s),
        ]);
    }
    for (what, ours, theirs) in lengths {
        let ours = ours as f64 / 1000.0;
        if (ours - theirs).abs() > slack {
            found.push(format!("{what}: {ours} s is not {theirs} s: {}", told(truth)));
        }
    }
    found
}

fn lacks_rows(truth: &Truth) -> bool {
    matches!(truth.seen, Seen::SmdrGap | Seen::InProgressAtStop)
}

fn is_part_of_lost(call: &Call, truth: &[Truth]) -> bool {
    let people: Vec<&str> = call
        .events
        .iter()
        .filter_map(|event| event.agent.as_deref())
        .chain(call.caller_extension.as_deref())
        .collect();
    call.basis.devlink_facts == 0
        && truth.iter().filter(|truth| lacks_rows(truth) && !truth.call.related.is_empty()).any(|truth| {
            let (from, to) = (instant(&truth.call.started_at), truth.call.ended_at.as_deref().map(instant));
            call.started_at.plus_ms(3_000) >= from
                && to.is_none_or(|to| call.started_at <= to)
                && people.iter().any(|person| truth.call.agents.iter().any(|agent| agent == person))
        })
}

/// Every moment of a call belongs to exactly one main event.
pub fn main_events_follow(call: &Call) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = call.started_at;
    for event in call.events.iter().filter(|event| !event.beside) {
        if event.started_at != at {
            found.push(format!(
                "{}: {:?} begins {} ms off",
                call.id.to_text(),
                event.kind,
                event.started_at - at
            ));
        }
        at = event.ended_at.unwrap_or(event.started_at);
    }
    if let Some(ended_at) = call.ended_at
        && ended_at != at
    {
        found.push(format!(
            "{}: the last event ends {} ms before the call",
            call.id.to_text(),
            ended_at - at
        ));
    }
    found
}

fn told(truth: &Truth) -> String {
    let call = &truth.call;
    format!(
        "{} {} {:?} {:?} from {} to {:?}, {:?} {:?}, records {:?}",
        call.id,
        truth.kind.word(),
        call.direction,
        call.external_number,
        call.started_at,
        call.ended_at,
        truth.seen,
        truth.neighbour,
        call.smdr
    )
}

fn text(value: &Option<String>) -> String {
    value.clone().unwrap_or_default()
}

/// In what ways other calls belong to it. How many legs a conference has is told differently by the two sources.
fn relations(relations: impl Iterator<Item = model::Relation>) -> String {
    let mut words: Vec<String> = relations.map(|relation| format!("{relation:?}")).collect();
    words.sort_unstable();
    words.dedup();
    words.join(" ")
}

fn sorted(names: &[impl AsRef<str>]) -> String {
    let mut names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    names.sort_unstable();
    names.join(" ")
}

fn instant(rfc3339: &str) -> At {
    let timestamp: jiff::Timestamp = rfc3339.parse().expect("an instant");
    At(timestamp.as_millisecond())
}

/// Which way a call went, for messages.
pub fn word(direction: Direction) -> &'static str {
    match direction {
        Direction::Inbound => "inbound",
        Direction::Outbound => "outbound",
        Direction::Internal => "internal",
    }
}
