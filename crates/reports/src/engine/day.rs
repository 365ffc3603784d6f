//! A leaf as a report sees it: which calls and parts count, with everything that is the same for all figures.

use super::conditions::Test;
use super::cost::DayCosts;
use super::flags;
use super::formula::Source;
use super::holders::Holders;
use super::look::Look;
use super::marks::Marks;
use super::parts::Parts;
use crate::leaf::{Column, Leaf};
use model::CallId;
use model::report::Scope;
use std::borrow::Cow;
use std::ops::Range;

/// One billionth: shares are summed as whole numbers.
pub(crate) const BILLION: f64 = 1e9;

pub(crate) struct Day<'d> {
    pub(crate) look: &'d Look,
    pub(crate) leaf: &'d Leaf,
    pub(crate) marks: &'d Marks,
    /// Calls within the time, those of the days before that peaks need too.
    pub(crate) range: Range<usize>,
    pub(crate) ok: Vec<bool>,
    /// Of each part, where some may not count.
    pub(crate) part_ok: Option<Vec<bool>>,
    pub(crate) flags: Vec<u64>,
    pub(crate) holders: Option<Holders<'d>>,
    pub(crate) parts: Parts<'d>,
    pub(crate) costs: DayCosts,
}

/// What is counted: calls, or parts in them, in the order of their calls.
#[derive(Clone, Debug, Default)]
pub(crate) struct Units {
    pub(crate) calls: Vec<u32>,
    /// Places among the day's parts; none where calls are counted.
    pub(crate) parts: Vec<u32>,
    pub(crate) flags: Vec<u64>,
}

impl Units {
    /// In the order of `places`, which may name one several times.
    pub(crate) fn at(&self, places: &[u32]) -> Units {
        let pick = |from: &[u32]| -> Vec<u32> {
            if from.is_empty() {
                Vec::new()
            } else {
                places.iter().map(|place| from[*place as usize]).collect()
            }
        };
        Units {
            calls: pick(&self.calls),
            parts: pick(&self.parts),
            flags: places.iter().map(|place| self.flags[*place as usize]).collect(),
        }
    }

    /// Each call once, with what any of its parts is.
    pub(crate) fn once(&self) -> Cow<'_, Units> {
        if self.parts.is_empty() {
            return Cow::Borrowed(self);
        }
        let mut once = Units::default();
        for (call, flags) in self.calls.iter().zip(&self.flags) {
            if once.calls.last() == Some(call) {
                if let Some(last) = once.flags.last_mut() {
                    *last |= flags;
                }
                continue;
            }
            once.calls.push(*call);
            once.flags.push(*flags);
        }
        Cow::Owned(once)
    }
}

impl<'d> Day<'d> {
    pub(crate) fn new(look: &'d Look, leaf: &'d Leaf, marks: &'d Marks) -> Self {
        let plan = &look.plan;
        let starts = leaf.numbers(Column::Start);
        let place = |at_ms: i64| starts.partition_point(|start| leaf.from_ms() + start < at_ms);
        let range = place(look.lead_ms)..place(look.stretch.to.0);
        let holders = (leaf.has().contains(Column::Extension))
            .then(|| Holders::of(look.office.book.as_ref(), leaf, Column::Extension));
        let mut ok = vec![false; leaf.calls()];
        ok[range.clone()].fill(true);
        let mut day = Self {
            look,
            leaf,
            marks,
            range,
            ok,
            part_ok: None,
            flags: flags::of_calls(leaf, marks, plan.service, plan.flags),
            parts: Parts::of(leaf, plan.scope, holders.as_ref()),
            holders,
            costs: DayCosts::default(),
        };
        for test in 0..plan.tests.len() {
            day.narrow(test);
        }
        if plan.needs().cost {
            day.costs = DayCosts::of(&mut day);
        }
        day
    }

    /// Everything that counts, in the order of calls.
    pub(crate) fn units(&self) -> Units {
        let mut units = Units::default();
        match self.look.plan.scope {
            Scope::Call => {
                for call in self.range.clone().filter(|call| self.ok[*call]) {
                    units.calls.push(call as u32);
                    units.flags.push(self.flags[call]);
                }
            }
            Scope::Person => self.add_parts(&mut units, Column::PersonBits),
            Scope::Group => self.add_parts(&mut units, Column::GroupBits),
        }
        for test in &self.look.plan.tests {
            if let Test::Counted { flags, source } = test {
                units = self.counted(units, *flags, *source);
            }
        }
        units
    }

    fn add_parts(&self, units: &mut Units, bits: Column) {
        let bits = self.parts.numbers(bits);
        let mut part = 0_usize;
        for (call, count) in self.parts.counts.iter().enumerate() {
            let end = part + *count as usize;
            if self.ok[call] {
                for place in part..end {
                    if self.part_ok.as_ref().is_none_or(|ok| ok[place]) {
                        units.calls.push(call as u32);
                        units.parts.push(place as u32);
                        units.flags.push(self.flags[call] | flags::of_part(bits[place]));
                    }
                }
            }
            part = end;
        }
    }

    fn counted(&self, units: Units, wanted: u64, source: Option<Source>) -> Units {
        let values = source.map(|source| self.values(source));
        let places = match source {
            Some(Source::Part(_)) => &units.parts,
            _ => &units.calls,
        };
        let counts = |unit: &u32| {
            let unit = *unit as usize;
            let has = values.as_ref().is_none_or(|values| values[places[unit] as usize] > 0);
            units.flags[unit] & wanted != 0 && has
        };
        let kept: Vec<u32> = (0..units.calls.len() as u32).filter(counts).collect();
        units.at(&kept)
    }

    /// By call, or by part where the source is of parts.
    pub(crate) fn values(&self, source: Source) -> Cow<'_, [i64]> {
        let of_ids = |value: &dyn Fn(CallId) -> i64| {
            let ids = self.leaf.numbers(Column::Id).iter();
            Cow::Owned(ids.map(|id| value(CallId(*id))).collect())
        };
        match source {
            Source::Call(column) => Cow::Borrowed(self.leaf.numbers(column)),
            Source::Part(column) => Cow::Borrowed(self.parts.numbers(column)),
            Source::StartedAt => {
                let starts = self.leaf.numbers(Column::Start).iter();
                Cow::Owned(starts.map(|start| self.leaf.from_ms() + start).collect())
            }
            Source::Recordings => of_ids(&|id| i64::from(self.marks.recorded(id).recordings)),
            Source::RecordedMs => of_ids(&|id| self.marks.recorded(id).length_ms),
            Source::Scorecards => of_ids(&|id| i64::from(self.marks.scored(id).scorecards)),
            Source::WithPoints => of_ids(&|id| i64::from(self.marks.scored(id).with_points)),
            Source::PointShares => of_ids(&|id| (self.marks.scored(id).shares * BILLION).round() as i64),
        }
    }

    pub(crate) fn started_at_ms(&self, call: usize) -> i64 {
        self.leaf.from_ms() + self.leaf.numbers(Column::Start)[call]
    }
}
