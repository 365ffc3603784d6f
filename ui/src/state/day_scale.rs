//! Which part of a day is drawn, and where an instant stands in it. Lengths are pixels of the drawing; the zone is given
//! as a function from an instant to its offset, as in [`super::range`].

const HOUR_MS: i64 = 3_600_000;
/// Less than this would make a walk to the kettle look like a morning.
const LEAST_HOURS: i64 = 8;
/// An ordinary office day: where hours are added to a short scale, these come first.
const OPENS_AT: i64 = 8;
const CLOSES_AT: i64 = 18;

/// The part of the day from left to right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scale {
    pub from_ms: i64,
    pub to_ms: i64,
}

/// A day and what went on in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayBounds {
    pub from_ms: i64,
    pub to_ms: i64,
    /// First and last call.
    pub busy: Option<(i64, i64)>,
    /// Now, where it is a part of the day.
    pub now_ms: Option<i64>,
}

impl Scale {
    /// Whole hours of the office's clock around everything that matters, at least [`LEAST_HOURS`] of them unless the
    /// day itself has less.
    pub fn of(day: DayBounds, offset_ms: impl Fn(i64) -> i64) -> Self {
        let hour_of = |at_ms: i64| {
            (at_ms + offset_ms(at_ms) - day.from_ms - offset_ms(day.from_ms)).div_euclid(HOUR_MS)
        };
        let (mut from_ms, mut to_ms) = (i64::MAX, i64::MIN);
        for at_ms in day.busy.into_iter().flat_map(|(first, last)| [first, last]).chain(day.now_ms) {
            let at_ms = at_ms.clamp(day.from_ms, day.to_ms);
            from_ms = from_ms.min(hour_before(at_ms, &offset_ms));
            to_ms = to_ms.max(hour_before(at_ms, &offset_ms));
            if to_ms < at_ms {
                to_ms = hour_after(to_ms, &offset_ms);
            }
        }
        if from_ms > to_ms {
            from_ms = hour_before(day.from_ms + OPENS_AT * HOUR_MS, &offset_ms);
            to_ms = hour_before(day.from_ms + CLOSES_AT * HOUR_MS, &offset_ms);
        }
        // The day that is going on keeps its scale until the office closes.
        while day.now_ms.is_some() && to_ms < day.to_ms && hour_of(to_ms) < CLOSES_AT {
            to_ms = hour_after(to_ms, &offset_ms);
        }
        from_ms = from_ms.max(day.from_ms);
        to_ms = to_ms.min(day.to_ms);
        while to_ms - from_ms < LEAST_HOURS * HOUR_MS && (from_ms > day.from_ms || to_ms < day.to_ms) {
            let (may_end_later, may_begin_earlier) = (to_ms < day.to_ms, from_ms > day.from_ms);
            let ends_early = hour_of(to_ms) < CLOSES_AT;
            let begins_late = hour_of(from_ms) > OPENS_AT;
            if may_end_later && (ends_early || !(begins_late && may_begin_earlier)) {
                to_ms = hour_after(to_ms, &offset_ms).min(day.to_ms);
            } else {
                from_ms = hour_before(from_ms - 1, &offset_ms).max(day.from_ms);
            }
        }
        Self { from_ms, to_ms }
    }

    /// Every full hour within, the last border left out. On the day the clocks go back, one hour stands there twice.
    pub fn hours(&self, offset_ms: impl Fn(i64) -> i64) -> Vec<i64> {
        let mut hours = Vec::new();
        let mut at_ms = self.from_ms;
        while at_ms < self.to_ms {
            hours.push(at_ms);
            at_ms = hour_after(at_ms, &offset_ms);
        }
        hours
    }

    /// Where an instant stands in a drawing of `width_px`; outside of it when the instant is outside.
    #[allow(clippy::cast_precision_loss)]
    pub fn x(&self, at_ms: i64, width_px: f64) -> f64 {
        (at_ms - self.from_ms) as f64 * width_px / self.length_ms() as f64
    }

    /// How long one pixel lasts: what is drawn need not be drawn anew before.
    #[allow(clippy::cast_possible_truncation)]
    pub fn ms_per_px(&self, width_px: f64) -> i64 {
        #[allow(clippy::cast_precision_loss)]
        let ms = self.length_ms() as f64 / width_px.max(1.0);
        (ms as i64).max(1)
    }

    pub fn length_ms(&self) -> i64 {
        (self.to_ms - self.from_ms).max(1)
    }
}

/// Of so many hours, which carry their name when each name needs `name_px`.
pub fn named_every(hours: usize, width_px: f64, name_px: f64) -> usize {
    #[allow(clippy::cast_precision_loss)]
    let fits = |every: &usize| hours.div_ceil(*every) as f64 * name_px <= width_px;
    [1, 2, 3, 4, 6].into_iter().find(fits).unwrap_or(12)
}

/// The full hour at or before.
fn hour_before(at_ms: i64, offset_ms: &impl Fn(i64) -> i64) -> i64 {
    at_ms - (at_ms + offset_ms(at_ms)).rem_euclid(HOUR_MS)
}

/// The full hour after. Zones whose clocks jump by half an hour have one that is shorter or longer.
fn hour_after(at_ms: i64, offset_ms: &impl Fn(i64) -> i64) -> i64 {
    let next_ms = hour_before(at_ms + HOUR_MS, offset_ms);
    if next_ms > at_ms { next_ms } else { hour_before(next_ms + 2 * HOUR_MS, offset_ms) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE_MS: i64 = 60_000;
    /// Summer time of 2026 began in Berlin on 29 March at 01:00 UTC.
    const SPRING_MS: i64 = 1_774_746_000_000;
    /// It ended on 25 October at 01:00 UTC.
    const AUTUMN_MS: i64 = 1_792_890_000_000;

    fn berlin(at_ms: i64) -> i64 {
        if (SPRING_MS..AUTUMN_MS).contains(&at_ms) { 2 * HOUR_MS } else { HOUR_MS }
    }

    /// Midnight before the clocks change, and the midnight after.
    fn spring() -> (i64, i64) {
        (SPRING_MS - 2 * HOUR_MS, SPRING_MS + 21 * HOUR_MS)
    }

    fn autumn() -> (i64, i64) {
        (AUTUMN_MS - 3 * HOUR_MS, AUTUMN_MS + 22 * HOUR_MS)
    }

    /// By UTC, from midnight, in minutes.
    fn plain(busy: Option<(i64, i64)>, now: Option<i64>) -> (i64, i64) {
        let busy = busy.map(|(first, last)| (first * MINUTE_MS, last * MINUTE_MS));
        let now_ms = now.map(|minutes| minutes * MINUTE_MS);
        let day = DayBounds { from_ms: 0, to_ms: 24 * HOUR_MS, busy, now_ms };
        let scale = Scale::of(day, |_| 0);
        (scale.from_ms / HOUR_MS, scale.to_ms / HOUR_MS)
    }

    #[test]
    fn the_part_that_matters_is_rounded_outwards_to_hours() {
        assert_eq!(plain(Some((7 * 60 + 50, 18 * 60 + 5)), None), (7, 19), "no call is cut off");
        assert_eq!(plain(Some((8 * 60, 17 * 60)), None), (8, 17), "full hours stay as they are");
    }

    #[test]
    fn a_short_day_is_widened_to_eight_hours_of_an_office_day() {
        assert_eq!(plain(Some((9 * 60 + 10, 9 * 60 + 50)), None), (9, 17), "the day is still to come");
        assert_eq!(plain(Some((17 * 60 + 10, 17 * 60 + 20)), None), (10, 18), "the day lies behind");
        assert_eq!(plain(Some((23 * 60, 23 * 60 + 5)), None), (16, 24), "not beyond midnight");
        assert_eq!(plain(Some((10, 20)), None), (0, 8), "not before midnight");
        assert_eq!(plain(None, None), (8, 18), "without calls it is an ordinary day");
    }

    #[test]
    fn now_is_always_on_the_scale_of_today() {
        assert_eq!(plain(Some((9 * 60, 10 * 60)), Some(20 * 60 + 30)), (9, 21), "late in the evening");
        assert_eq!(plain(None, Some(6 * 60 + 30)), (6, 18), "before the first call");
        assert_eq!(plain(Some((9 * 60, 10 * 60)), Some(10 * 60)), (9, 18), "until the office closes");
    }

    #[test]
    fn the_day_the_clocks_go_forward_has_twenty_three_hours() {
        let (from_ms, to_ms) = spring();
        let busy = Some((from_ms, to_ms));
        let scale = Scale::of(DayBounds { from_ms, to_ms, busy, now_ms: None }, berlin);
        let hours = scale.hours(berlin);
        assert_eq!((scale.from_ms, scale.to_ms), (from_ms, to_ms), "the whole day");
        assert_eq!(hours.len(), 23, "two o'clock does not come");
        let shown: Vec<i64> =
            hours.iter().map(|at_ms| (at_ms + berlin(*at_ms)) / HOUR_MS % 24).take(4).collect();
        assert_eq!(shown, [0, 1, 3, 4], "as the office's clock shows them");
    }

    #[test]
    fn the_day_the_clocks_go_back_has_twenty_five_hours() {
        let (from_ms, to_ms) = autumn();
        let busy = Some((from_ms + HOUR_MS, to_ms - 1));
        let scale = Scale::of(DayBounds { from_ms, to_ms, busy, now_ms: None }, berlin);
        let shown: Vec<i64> =
            scale.hours(berlin).iter().map(|at_ms| (at_ms + berlin(*at_ms)) / HOUR_MS % 24).take(4).collect();
        assert_eq!(shown, [1, 2, 2, 3], "two o'clock comes twice");
        assert_eq!(scale.length_ms() / HOUR_MS, 24, "from one o'clock on it is a full day");
        assert!((scale.x(to_ms, 960.0) - 960.0).abs() < 1e-9, "the end stands at the end");
    }

    #[test]
    fn hours_of_a_zone_half_an_hour_beside_begin_where_its_clock_says() {
        let india = |_| 5 * HOUR_MS + HOUR_MS / 2;
        let from_ms = -india(0);
        let busy = Some((from_ms + 9 * HOUR_MS + MINUTE_MS, from_ms + 17 * HOUR_MS + MINUTE_MS));
        let day = DayBounds { from_ms, to_ms: from_ms + 24 * HOUR_MS, busy, now_ms: None };
        let scale = Scale::of(day, india);
        assert_eq!((scale.from_ms - from_ms) / HOUR_MS, 9, "nine o'clock there");
        assert_eq!(scale.length_ms() / HOUR_MS, 9, "nine to six");
    }

    #[test]
    fn names_of_hours_are_thinned_out_where_they_would_touch() {
        assert_eq!(named_every(10, 640.0, 48.0), 1, "an office day has room for each");
        assert_eq!(named_every(24, 640.0, 48.0), 2, "a whole day for every second");
        assert_eq!(named_every(25, 300.0, 48.0), 6, "a narrow window for a few");
    }
}
