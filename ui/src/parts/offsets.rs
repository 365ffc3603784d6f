//! What a zone's clock shows more than UTC, for many instants of few days: the browser takes long over each answer.

use contract::about::ZoneClock;
use std::collections::HashMap;

const DAY_MS: i64 = 86_400_000;

/// No zone moves its clock twice within a day: where a day of UTC begins and ends with the same offset, it holds all day.
#[derive(Default)]
pub struct Offsets {
    /// As the desk said.
    told: Option<ZoneClock>,
    /// By days of UTC; `None` for a day on which the clock is moved.
    days: HashMap<i64, Option<i64>>,
}

impl Offsets {
    pub fn tell(&mut self, clock: ZoneClock) {
        self.told = Some(clock);
    }

    /// `ask` gives the offset at one instant; it is asked twice for a day, and on days with a change once more.
    pub fn at(&mut self, at_ms: i64, ask: impl Fn(i64) -> i64) -> i64 {
        if let Some(told) = self.told.filter(|told| (told.from_ms..told.until_ms).contains(&at_ms)) {
            return told.offset_ms;
        }
        let day = at_ms.div_euclid(DAY_MS);
        let all_day = self.days.entry(day).or_insert_with(|| {
            let first = ask(day * DAY_MS);
            (ask((day + 1) * DAY_MS) == first).then_some(first)
        });
        all_day.unwrap_or_else(|| ask(at_ms))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    const HOUR_MS: i64 = 3_600_000;

    #[test]
    fn many_instants_of_a_day_are_answered_by_two() {
        let asked = Cell::new(0);
        let ask = |_| {
            asked.set(asked.get() + 1);
            -5 * HOUR_MS
        };
        let mut offsets = Offsets::default();
        for quarter in 0..96 {
            assert_eq!(offsets.at(quarter * HOUR_MS / 4, ask), -5 * HOUR_MS);
        }
        assert_eq!(asked.get(), 2, "the day's two ends");
    }

    #[test]
    fn what_the_desk_told_is_not_asked() {
        let mut offsets = Offsets::default();
        offsets.tell(ZoneClock { offset_ms: HOUR_MS, from_ms: 0, until_ms: DAY_MS });
        let asked = |_| 2 * HOUR_MS;
        assert_eq!(offsets.at(0, asked), HOUR_MS, "from its first instant");
        assert_eq!(offsets.at(DAY_MS - 1, asked), HOUR_MS, "to its last");
        assert_eq!(offsets.at(DAY_MS, asked), 2 * HOUR_MS, "and no longer");
    }

    #[test]
    fn a_day_on_which_the_clock_is_moved_is_asked_instant_by_instant() {
        let moved_ms = 3 * DAY_MS + HOUR_MS;
        let ask = |at_ms| if at_ms < moved_ms { HOUR_MS } else { 2 * HOUR_MS };
        let mut offsets = Offsets::default();
        for at_ms in [moved_ms - 1, moved_ms, moved_ms + DAY_MS, moved_ms - DAY_MS, moved_ms - 1] {
            assert_eq!(offsets.at(at_ms, ask), ask(at_ms), "at {at_ms}");
        }
    }

    #[test]
    fn a_change_at_the_very_end_of_a_day_does_not_reach_into_it() {
        let ask = |at_ms| if at_ms < DAY_MS { 0 } else { HOUR_MS };
        let mut offsets = Offsets::default();
        assert_eq!(offsets.at(DAY_MS - 1, ask), 0);
        assert_eq!(offsets.at(DAY_MS, ask), HOUR_MS);
    }

    #[test]
    fn instants_before_1970_have_a_day_as_well() {
        let ask = |at_ms| if at_ms < -HOUR_MS { 0 } else { HOUR_MS };
        let mut offsets = Offsets::default();
        assert_eq!(offsets.at(-2 * HOUR_MS, ask), 0);
        assert_eq!(offsets.at(-1, ask), HOUR_MS);
    }
}
