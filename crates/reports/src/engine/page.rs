//! The calls behind a figure, or of a detail report: a page of them, the newest first.

use super::axis::Axis;
use super::look::{Look, Unread};
use super::marks::Marks;
use super::office::Office;
use super::plan::Plan;
use crate::calendar::Stretch;
use crate::leaf::{Column, Leaf};
use model::report::Key;
use model::{At, CallId};
use std::sync::Arc;

/// Takes leaves from the newest back, until it is full.
pub struct Page {
    look: Look,
    axes: Vec<Axis>,
    /// Ids of the row's values; `None`: no call can be in such a row.
    wanted: Option<Vec<u32>>,
    after: Option<(At, CallId)>,
    limit: usize,
    calls: Vec<(At, CallId)>,
}

impl Page {
    /// Calls of the row that `key` names, as a [`model::report::Row`] has it; empty: of the whole report. `after` is the
    /// last call of the page before.
    pub fn new(
        plan: &Arc<Plan>,
        office: &Arc<Office>,
        stretch: Stretch,
        key: &[Key],
        after: Option<(At, CallId)>,
        limit: usize,
    ) -> Self {
        let look = Look::new(plan.clone(), office.clone(), stretch);
        let by = if key.is_empty() { &[][..] } else { plan.by.as_slice() };
        let mut axes: Vec<Axis> = by.iter().map(|by| Axis::new(&look.calendar, stretch, *by)).collect();
        let wanted = if key.len() == axes.len() {
            axes.iter_mut().zip(key).map(|(axis, key)| axis.id_of(key)).collect()
        } else {
            None
        };
        Self { look, axes, wanted, after, limit, calls: Vec::new() }
    }

    /// Whether the page is full: no more leaves are needed.
    pub fn take(&mut self, leaf: &Leaf, marks: &Marks) -> Result<bool, Unread> {
        if !self.look.plan.columns_of_page().is_within(leaf.has()) {
            return Err(Unread);
        }
        let Some(wanted) = &self.wanted else { return Ok(true) };
        if self.calls.len() >= self.limit {
            return Ok(true);
        }
        let Some(day) = self.look.day(leaf, marks) else { return Ok(false) };
        let mut units = day.units();
        for (axis, wanted) in self.axes.iter_mut().zip(wanted) {
            let (places, ids) = match axis.tagged(&day, &units) {
                Some(tagged) => tagged,
                None => ((0..units.calls.len() as u32).collect(), axis.ids(&day, &units)),
            };
            let kept: Vec<u32> =
                places.into_iter().zip(ids).filter(|(_, id)| id == wanted).map(|(place, _)| place).collect();
            units = units.at(&kept);
        }
        let ids = leaf.numbers(Column::Id);
        for call in units.once().calls.iter().rev() {
            let found = (At(day.started_at_ms(*call as usize)), CallId(ids[*call as usize]));
            let is_in_time = found.0 >= self.look.stretch.from;
            if !is_in_time || self.after.is_some_and(|after| found >= after) {
                continue;
            }
            self.calls.push(found);
            if self.calls.len() >= self.limit {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Each call once, the newest first. The last one is the next page's `after`, where this page is full.
    pub fn into_calls(self) -> Vec<(At, CallId)> {
        self.calls
    }
}
