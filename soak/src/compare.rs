//! What CallDoc made of the day against the truth: call by call, and as figures of the office, its people and groups.

use crate::verdict::Bounds;
use contract::published::{Call, Event};
use model::{Direction, EventKind};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// In real seconds: what the office's clock and the collector's may be apart at the two ends of a stretch, on a machine with
/// other work.
pub(crate) const A_MOMENT_S: f64 = 0.25;

/// Everything that was compared. Empty lists of differences are what is wanted.
#[derive(Clone, Debug, Default)]
pub struct Compared {
    pub true_calls: usize,
    /// Calls that are missing, too many, or not as they were: a line each.
    pub calls: Vec<String>,
    /// How many counts there are.
    pub counted: usize,
    /// Those that differ: a line each.
    pub counts: Vec<String>,
    pub lengths: Vec<Length>,
    /// Of the office, for the table: what, in truth, made of it.
    pub office: Vec<(String, u64, u64)>,
}

/// A sum of lengths of time, in real seconds.
#[derive(Clone, Debug, PartialEq)]
pub struct Length {
    pub of: String,
    pub true_s: f64,
    pub made_s: f64,
    /// How many calls it is the sum of.
    pub calls: u64,
}

impl Length {
    pub fn off_s(&self) -> f64 {
        (self.made_s - self.true_s).abs()
    }

    /// Whether it is off by more than a moment and `s_a_call` for each call.
    pub fn is_off(&self, s_a_call: f64) -> bool {
        self.off_s() > A_MOMENT_S + s_a_call * self.calls as f64
    }
}

/// Counts and sums by what they are of, for instance "person 201: missed".
#[derive(Clone, Debug, Default)]
pub(crate) struct Figures {
    pub(crate) counts: BTreeMap<String, u64>,
    pub(crate) lengths: BTreeMap<String, Sum>,
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sum {
    pub(crate) seconds: f64,
    pub(crate) calls: u64,
}

/// `in_reports` holds those figures that reports were asked for.
pub(crate) fn compare(truth: &[Call], made: &[Call], in_reports: &Figures) -> Compared {
    let (right, ours) = (figures(truth), figures(made));
    let mut compared =
        Compared { true_calls: truth.len(), calls: differing(truth, made), ..Compared::default() };
    compared.compare("in the calls", &right, &ours);
    let mut asked = right.clone();
    asked.counts.retain(|name, _| in_reports.counts.contains_key(name) || is_reported(name));
    asked.lengths.retain(|name, _| in_reports.lengths.contains_key(name) || is_reported(name));
    compared.compare("in a report", &asked, in_reports);
    let of_office = right.counts.iter().filter(|(name, _)| !name.contains(':'));
    let ours = |name: &String| ours.counts.get(name).copied().unwrap_or(0);
    compared.office = of_office.map(|(name, count)| (name.clone(), *count, ours(name))).collect();
    compared
}

/// A report that left somebody out would otherwise not be seen.
fn is_reported(name: &str) -> bool {
    name.starts_with("person ") || (name.starts_with("group ") && name.ends_with(": talk"))
}

impl Compared {
    /// Whether everything is as it was, within the bounds.
    pub fn is_true(&self, bounds: &Bounds) -> bool {
        let off = |length: &Length| length.is_off(bounds.length_s_a_call);
        self.calls.is_empty() && self.counts.is_empty() && !self.lengths.iter().any(off)
    }

    fn compare(&mut self, place: &str, right: &Figures, ours: &Figures) {
        let names: BTreeSet<&String> = right.counts.keys().chain(ours.counts.keys()).collect();
        self.counted += names.len();
        for name in names {
            let count = |figures: &Figures| figures.counts.get(name).copied().unwrap_or(0);
            if count(right) != count(ours) {
                self.counts.push(format!("{name}: {} {place}, {} in truth", count(ours), count(right)));
            }
        }
        let names: BTreeSet<&String> = right.lengths.keys().chain(ours.lengths.keys()).collect();
        self.lengths.extend(names.into_iter().map(|name| {
            let sum = |figures: &Figures| figures.lengths.get(name).copied().unwrap_or_default();
            let (right, ours) = (sum(right), sum(ours));
            Length {
                of: format!("{name}, {place}"),
                true_s: right.seconds,
                made_s: ours.seconds,
                calls: right.calls.max(ours.calls),
            }
        }));
    }
}

/// By the call's own SMDR record, which never comes twice in a day.
fn differing(truth: &[Call], made: &[Call]) -> Vec<String> {
    let mut by_record: HashMap<u64, &Call> = HashMap::new();
    for call in made {
        by_record.extend(call.smdr.iter().map(|record| (*record, call)));
    }
    let mut known = BTreeSet::new();
    let mut found = Vec::new();
    for true_call in truth {
        let Some(call) = true_call.smdr.iter().find_map(|record| by_record.get(record)) else {
            found.push(format!("missing: {} {}", true_call.id, told(true_call)));
            continue;
        };
        known.insert(&call.id);
        if told(call) != told(true_call) || !last_as_long(call, true_call) {
            found.push(format!(
                "{} is {} {:?}, in truth {} {} {:?}",
                call.id,
                told(call),
                lengths(call),
                true_call.id,
                told(true_call),
                lengths(true_call)
            ));
        }
    }
    let more = made.iter().filter(|call| !known.contains(&call.id));
    found.extend(more.map(|call| format!("not in truth: {} {} {:?}", call.id, told(call), call.smdr)));
    found
}

/// Whether the same stretches of a call last as long, together, in both. At fifty times the usual speed steps of a call fall into
/// one commit of the journal, which has one time: such stretches have no length and no order.
fn last_as_long(call: &Call, true_call: &Call) -> bool {
    let (made, right) = (lengths(call), lengths(true_call));
    let names: BTreeSet<&String> = made.keys().chain(right.keys()).collect();
    let length = |of: &BTreeMap<String, f64>, name: &String| of.get(name).copied().unwrap_or(0.0);
    names.into_iter().all(|name| (length(&made, name) - length(&right, name)).abs() <= A_MOMENT_S)
}

/// By what, whose and in which group.
fn lengths(call: &Call) -> BTreeMap<String, f64> {
    let mut lengths: BTreeMap<String, f64> = BTreeMap::new();
    for happened in &call.events {
        *lengths.entry(event(happened)).or_default() += happened.duration_s;
    }
    lengths
}

/// Everything about a call but its times.
fn told(call: &Call) -> String {
    format!(
        "{:?} answered {} abandoned {} on hold {} voicemail {} from {:?} {:?} to {:?}, agents {:?} rung {:?} groups {:?}",
        call.direction,
        call.answered,
        call.abandoned,
        call.abandoned_on_hold,
        call.voicemail,
        call.external_number,
        call.external_name,
        call.dialed_number,
        call.agents,
        sorted(&call.agents_rung),
        call.groups
    )
}

fn event(event: &Event) -> String {
    let who = [&event.agent, &event.group].map(|name| name.as_deref().unwrap_or("-"));
    format!("{}({})", event.kind.word(), who.join(" "))
}

/// Several phones that ring at once have no order.
fn sorted(names: &[String]) -> Vec<&String> {
    let mut names: Vec<&String> = names.iter().collect();
    names.sort();
    names
}

pub(crate) fn figures(calls: &[Call]) -> Figures {
    let mut figures = Figures::default();
    for call in calls {
        figures.add(call);
    }
    figures
}

impl Figures {
    fn add(&mut self, call: &Call) {
        let direction = match call.direction {
            Direction::Inbound => "inbound",
            Direction::Outbound => "outbound",
            Direction::Internal => "internal",
        };
        let is = [
            ("calls", true),
            (direction, true),
            ("answered", call.answered),
            ("abandoned", call.abandoned),
            ("abandoned on hold", call.abandoned_on_hold),
            ("voicemail", call.voicemail),
            ("emergency", call.emergency),
        ];
        for (name, _) in is.iter().filter(|(_, is)| *is) {
            self.count((*name).to_owned());
        }
        let lengths = [
            ("talk", call.talk_s),
            ("ring", call.ring_s),
            ("hold", call.hold_s),
            ("queue", call.queue_s),
            ("park", call.park_s),
            ("total", call.total_s),
        ];
        for (name, seconds) in lengths {
            self.length(name.to_owned(), seconds);
        }
        for person in &call.agents {
            self.count(format!("person {person}: answered"));
            let own = |event: &&Event| event.agent.as_ref() == Some(person) && is_talk(event.kind);
            self.length(format!("person {person}: talk"), seconds(call.events.iter().filter(own)));
        }
        let missed = call.agents_rung.iter().filter(|person| !call.agents.contains(person));
        for person in missed.filter(|_| call.direction != Direction::Outbound) {
            self.count(format!("person {person}: missed"));
        }
        for group in &call.groups {
            self.count(format!("group {group}: calls"));
            self.length(format!("group {group}: talk"), call.talk_s);
        }
    }

    fn count(&mut self, name: String) {
        *self.counts.entry(name).or_default() += 1;
    }

    fn length(&mut self, name: String, seconds: f64) {
        let sum = self.lengths.entry(name).or_default();
        sum.seconds += seconds;
        sum.calls += u64::from(seconds > 0.0);
    }
}

fn is_talk(kind: EventKind) -> bool {
    matches!(kind, EventKind::Talking | EventKind::Conference)
}

fn seconds<'e>(events: impl Iterator<Item = &'e Event>) -> f64 {
    events.map(|event| event.duration_s).sum()
}
