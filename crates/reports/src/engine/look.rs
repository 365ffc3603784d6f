//! How a report looks at each day: its time, its windows of time and its tests, ready for any leaf.

use super::conditions::Test;
use super::day::Day;
use super::marks::Marks;
use super::office::Office;
use super::plan::Plan;
use crate::calendar::{Calendar, Stretch, weekday};
use crate::hours::Opening;
use crate::leaf::{DAY_MS, Leaf};
use crate::steps::Steps;
use model::At;
use model::report::Condition;
use std::sync::Arc;

const MINUTE_MS: i64 = 60_000;

/// A leaf was read without a column that the report needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a day was read without what the report asks for")]
pub struct Unread;

pub(crate) struct Look {
    pub(crate) plan: Arc<Plan>,
    pub(crate) office: Arc<Office>,
    pub(crate) calendar: Calendar,
    pub(crate) stretch: Stretch,
    /// Calls that began from here on are looked at.
    pub(crate) lead_ms: i64,
    /// For each of the plan's tests that is a window of time.
    windows: Vec<Option<Steps<bool>>>,
    pub(crate) opening: Option<Opening>,
}

impl Look {
    pub(crate) fn new(plan: Arc<Plan>, office: Arc<Office>, stretch: Stretch) -> Self {
        let calendar = Calendar::new(office.zone.clone());
        let lead_ms = stretch.from.0 - plan.lead_in_days() * DAY_MS;
        let wide = Stretch { from: At(lead_ms), to: stretch.to };
        let windows = plan.tests.iter().map(|test| window(&calendar, wide, test)).collect();
        let opens = plan.tests.iter().any(|test| matches!(test, Test::Open(_)));
        let opening = opens.then(|| Opening::of(&calendar, &office.hours, wide));
        Self { plan, office, calendar, stretch, lead_ms, windows, opening }
    }

    /// `None`: nothing of the time is in the leaf.
    pub(crate) fn day<'d>(&'d self, leaf: &'d Leaf, marks: &'d Marks) -> Option<Day<'d>> {
        let outside = leaf.from_ms() >= self.stretch.to.0 || leaf.from_ms() + DAY_MS <= self.lead_ms;
        if outside { None } else { Some(Day::new(self, leaf, marks)) }
    }

    pub(crate) fn window(&self, test: usize) -> Option<&Steps<bool>> {
        self.windows[test].as_ref()
    }
}

fn window(calendar: &Calendar, stretch: Stretch, test: &Test) -> Option<Steps<bool>> {
    match test {
        Test::Is(Condition::TimeOfDay { from_minute, to_minute }) => {
            let (from, to) = (i64::from(*from_minute) * MINUTE_MS, i64::from(*to_minute) * MINUTE_MS);
            let to = if to < from { to + DAY_MS } else { to };
            Some(calendar.wall_clock(stretch.from, stretch.to, |_| vec![(from, to)]))
        }
        Test::Is(Condition::DaysOfWeek { days }) => {
            Some(calendar.wall_clock(stretch.from, stretch.to, |day| {
                let is_one = days.iter().any(|wanted| usize::from(*wanted) == weekday(day) + 1);
                if is_one { vec![(0, DAY_MS)] } else { Vec::new() }
            }))
        }
        Test::Is(_) | Test::Text { .. } | Test::Open(_) | Test::Counted { .. } => None,
    }
}
