//! A report being reckoned: it takes one day after the other.

use super::axis::{Axis, Kind};
use super::cells::Cells;
use super::cost::Costs;
use super::day::{Day, Units};
use super::distinct::Distinct;
use super::flags::{CHANNELLED, NUMBERED};
use super::look::{Look, Unread};
use super::marks::Marks;
use super::office::Office;
use super::peaks::Peaks;
use super::plan::Plan;
use super::rows::{Placed, Rows};
use super::spans::{self, Of};
use super::states::States;
use crate::calendar::Stretch;
use crate::leaf::{Column, DAY_MS, Leaf, StateChange};
use std::sync::Arc;

/// Takes leaves with [`Run::take`] and becomes a table with [`Run::finish`].
///
/// A run takes its leaves the oldest first, those of [`Plan::lead_in_days`] before the time included. Where
/// [`Plan::is_parallel`], several runs can share the days out among them ([`Run::from_day`]) and be merged afterwards.
pub struct Run {
    pub(crate) look: Look,
    pub(crate) rows: Rows,
    pub(crate) cells: Cells,
    pub(crate) numbers: Option<Distinct>,
    pub(crate) channels: Option<Distinct>,
    pub(crate) costs: Option<Costs>,
    pub(crate) calls_at_once: Option<Sweep>,
    pub(crate) queue_at_once: Option<Sweep>,
    pub(crate) states: Option<States>,
    pub(crate) made_of: u64,
    first_day: i64,
}

/// The peaks of one kind: of each row, and over everything.
pub(crate) struct Sweep {
    of: Of,
    is_split: bool,
    by_row: Peaks,
    /// `None`: the highest of all rows, because nothing but time splits the calls among them.
    total: Option<Peaks>,
    no_rows: Rows,
}

impl Run {
    pub fn new(plan: &Arc<Plan>, office: &Arc<Office>, stretch: Stretch) -> Self {
        let look = Look::new(plan.clone(), office.clone(), stretch);
        let axes = plan.by.iter().map(|by| Axis::new(&look.calendar, stretch, *by)).collect();
        let rows = Rows::new(axes);
        let sweep = |is: bool, of: Of| is.then(|| Sweep::new(&rows, of, stretch));
        Self {
            cells: Cells::new(plan.sums.clone()),
            numbers: plan.has_numbers().then(Distinct::default),
            channels: plan.has_channels().then(Distinct::default),
            costs: plan.needs().cost.then(Costs::default),
            calls_at_once: sweep(plan.has_peak_of_calls(), Of::Calls),
            queue_at_once: sweep(plan.has_peak_of_queue(), Of::Queue),
            states: plan.needs().states.then(|| States::new(&look, &rows)),
            made_of: 0,
            first_day: i64::MIN,
            rows,
            look,
        }
    }

    /// For a run that has the days from here on, and another those before. Leaves of [`Plan::lead_in_days`] before them are
    /// taken here too: only their calls that still go on are looked at.
    pub fn from_day(self, first_day: i64) -> Self {
        Self { first_day, ..self }
    }

    /// The states in which phones go into the time, where [`super::Needs::states`]; `at` of each is left unread.
    pub fn begin_states(&mut self, states: &[StateChange]) {
        let Some(own) = &mut self.states else { return };
        states.iter().for_each(|state| own.begin(state));
    }

    /// One day. Of `marks`, those of its calls have to be there.
    pub fn take(&mut self, leaf: &Leaf, marks: &Marks) -> Result<(), Unread> {
        if !self.look.plan.columns().is_within(leaf.has()) {
            return Err(Unread);
        }
        if let Some(states) = &mut self.states {
            states.take(&self.look, &mut self.rows, leaf);
        }
        let Some(day) = self.look.day(leaf, marks) else { return Ok(()) };
        let mut units = day.units();
        let mut placed = self.rows.place(&day, &units);
        for sweep in [&mut self.calls_at_once, &mut self.queue_at_once].into_iter().flatten() {
            sweep.take(&day, &mut self.rows, &units, &placed);
        }
        if leaf.day() < self.first_day {
            return Ok(());
        }
        let from_ms = self.look.stretch.from.0;
        if leaf.from_ms() < from_ms {
            let inside = |unit: &u32| day.started_at_ms(units.calls[*unit as usize] as usize) >= from_ms;
            let places: Vec<u32> = (0..units.calls.len() as u32).filter(inside).collect();
            units = units.at(&places);
            placed = self.rows.place(&day, &units);
        }
        self.rows.see(&placed.slots);
        let once = units.once();
        self.made_of += units.calls.len() as u64;
        self.cells.add(&day, &units, &once, &placed, self.rows.len());
        let repeated = placed.units.as_ref().unwrap_or(&units);
        if let Some(numbers) = &mut self.numbers {
            numbers.add(&day, Column::Outside, NUMBERED, repeated, &placed.slots);
        }
        if let Some(channels) = &mut self.channels {
            channels.add(&day, Column::Trunk, CHANNELLED, repeated, &placed.slots);
        }
        if let Some(costs) = &mut self.costs {
            costs.add_rows(&day.costs, &repeated.calls, &placed.slots);
            costs.add_total(&day.costs, &once.calls);
        }
        Ok(())
    }

    /// Adds what another run of the same plan, office and time has taken. Only where [`Plan::is_parallel`].
    pub fn merge(&mut self, mut other: Run) {
        // What goes on over the border between two runs both have seen; each saw at most as many at once as there were.
        self.settle();
        other.settle();
        let slots = self.rows.merge(&other.rows);
        for (own, theirs) in
            [(&mut self.calls_at_once, other.calls_at_once), (&mut self.queue_at_once, other.queue_at_once)]
        {
            if let (Some(own), Some(theirs)) = (own, theirs) {
                own.by_row.merge(&theirs.by_row, &slots);
                if let (Some(own), Some(theirs)) = (&mut own.total, &theirs.total) {
                    own.merge(theirs, &[0]);
                }
            }
        }
        self.cells.merge(other.cells, &slots, self.rows.len());
        if let (Some(own), Some(theirs)) = (&mut self.numbers, other.numbers) {
            own.merge(theirs, &slots);
        }
        if let (Some(own), Some(theirs)) = (&mut self.channels, other.channels) {
            own.merge(theirs, &slots);
        }
        if let (Some(own), Some(theirs)) = (&mut self.costs, other.costs) {
            own.merge(theirs, &slots);
        }
        self.made_of += other.made_of;
    }

    /// What goes on is over: ends of sweeps.
    pub(crate) fn settle(&mut self) {
        for sweep in [&mut self.calls_at_once, &mut self.queue_at_once].into_iter().flatten() {
            sweep.by_row.finish(&mut self.rows);
            if let Some(total) = &mut sweep.total {
                total.finish(&mut sweep.no_rows);
            }
        }
        if let Some(states) = &mut self.states {
            states.finish(&self.look, &mut self.rows);
        }
    }
}

impl Sweep {
    /// Of a row, or of the totals.
    pub(crate) fn of(&self, row: Option<usize>) -> i64 {
        match (row, &self.total) {
            (Some(row), _) if self.is_split => self.by_row.of(row),
            (_, Some(total)) => total.of(0),
            (_, None) => self.by_row.highest(),
        }
    }

    fn new(rows: &Rows, of: Of, stretch: Stretch) -> Self {
        let no_rows = Rows::new(Vec::new());
        let is_split = !rows.axes.is_empty();
        // A call is one span, but it may be in several stretches of a queue that overlap: in all, those are one.
        let of_time = rows.axes.iter().all(|axis| matches!(axis.kind, Kind::Interval(_)));
        let is_highest_row = is_split && of_time && of == Of::Calls;
        Self {
            of,
            is_split,
            by_row: Peaks::new(rows, stretch.from.0, stretch.to.0),
            total: (!is_highest_row).then(|| Peaks::new(&no_rows, stretch.from.0, stretch.to.0)),
            no_rows,
        }
    }

    fn take(&mut self, day: &Day<'_>, rows: &mut Rows, units: &Units, placed: &Placed) {
        let until_ms = day.leaf.from_ms() + DAY_MS;
        if let Some(total) = &mut self.total {
            total.add(&mut self.no_rows, spans::of_calls(day, self.of, units), until_ms);
        }
        // Where there is one row, it is the total.
        if !self.is_split {
            return;
        }
        // An interval's id changes on the way.
        let ids: Vec<&[u32]> = (rows.axes.iter().zip(&placed.ids))
            .map(|(axis, ids)| match axis.kind {
                Kind::Interval(_) => &[],
                Kind::Named(_) => ids.as_slice(),
            })
            .collect();
        let spans = spans::of_units(day, self.of, placed.units.as_ref().unwrap_or(units), &ids);
        self.by_row.add(rows, spans, until_ms);
    }
}
