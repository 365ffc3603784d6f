//! By how much the PBX's clock is ahead of ours, from calls that both sources told of and from when records come.

use model::At;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// Calls whose starts are compared: enough for a median that a few wrong joins do not move, few enough to follow a
/// clock that is put right within a day.
const PAIRS: usize = 15;
/// As many must agree before a clock counts as off.
const ENOUGH: usize = 3;
/// Starts are whole seconds rounded up, and a switch takes a moment to tell.
const AGREE_MS: i64 = 3_000;
/// Records whose arrival is looked at.
const ARRIVALS: usize = 20;
/// A record comes within a second of the call's end, but 30 to 60 s later at times: only a delay beyond that can be
/// the clock's.
const LATE_ANYWAY_MS: i64 = 90_000;
/// A record of a call that has yet to end shows a clock that is ahead, once it is more than this.
const EARLY_MS: i64 = 5_000;
/// Records that came long after their calls (a log, a buffer) say nothing about the clock; a clock an hour off does.
const FRESH_MS: i64 = 3 * 3_600_000;
/// A change smaller than this is not worth laying out calls anew.
const WORTH_MS: i64 = 2_000;
/// When records come varies by seconds.
const WORTH_BY_ARRIVAL_MS: i64 = 10_000;
/// The records that came soonest tell the same within this.
const SOONEST_AGREE_MS: i64 = 5_000;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct PbxClock {
    /// Start by the record minus start by DevLink3, and when that was by the PBX's clock.
    pairs: VecDeque<(i64, At)>,
    /// End by the record minus arrival, and that end.
    arrivals: VecDeque<(i64, At)>,
    ahead_ms: i64,
    /// Calls that the estimate rests on; 0 while there is none.
    rests_on: u32,
    told_ms: Option<i64>,
    /// The estimate holds for records from here on; what came before was told by another clock.
    since: Option<At>,
}

impl PbxClock {
    /// What to take off the times of records.
    pub(crate) fn ahead_ms(&self) -> i64 {
        self.ahead_ms
    }

    /// The estimate and how many calls it rests on.
    pub(crate) fn estimate(&self) -> Option<(i64, u32)> {
        (self.rests_on > 0).then_some((self.ahead_ms, self.rests_on))
    }

    /// From which start on, by the PBX's clock, records are told by the clock as it is now.
    pub(crate) fn holds_since(&self) -> At {
        self.since.unwrap_or(At(i64::MIN))
    }

    /// A record that began at `started_at` and the call that DevLink3 told began so far apart. Returns whether the
    /// estimate changed.
    pub(crate) fn compare(&mut self, started_at: At, ahead_ms: i64) -> bool {
        if self.pairs.len() == PAIRS {
            self.pairs.pop_front();
        }
        self.pairs.push_back((ahead_ms, started_at));
        self.estimate_anew()
    }

    /// A record came whose call ended at `ended_at` by the PBX's clock.
    pub(crate) fn arrive(&mut self, now: At, ended_at: At) -> bool {
        let early = ended_at - now;
        if early.abs() > FRESH_MS {
            return false;
        }
        if self.arrivals.len() == ARRIVALS {
            self.arrivals.pop_front();
        }
        self.arrivals.push_back((early, ended_at));
        self.pairs.is_empty() && self.estimate_anew()
    }

    /// Whether a clock that is so far off is news.
    pub(crate) fn is_news(&mut self, ahead_ms: i64) -> bool {
        let news = self.told_ms.is_none_or(|told| (told - ahead_ms).abs() > 10 * AGREE_MS);
        if news {
            self.told_ms = Some(ahead_ms);
        }
        news
    }

    fn estimate_anew(&mut self) -> bool {
        // Where nothing agrees the clock is taken to be as it was.
        let by_pairs = self.by_pairs();
        let worth_ms = if by_pairs.is_some() || self.rests_on == 0 { WORTH_MS } else { WORTH_BY_ARRIVAL_MS };
        let Some((ahead_ms, rests_on, oldest)) = by_pairs.or_else(|| self.by_arrivals()) else {
            return false;
        };
        // A clock that is right within the rounding of records needs no correction.
        let ahead_ms = if ahead_ms.abs() <= AGREE_MS { 0 } else { ahead_ms };
        self.rests_on = rests_on;
        let changed = (ahead_ms - self.ahead_ms).abs() >= worth_ms;
        if changed {
            // The first estimate holds for all that was told without one.
            self.since = self.since.map(|_| oldest).or(Some(At(i64::MIN)));
            self.ahead_ms = ahead_ms;
        }
        changed
    }

    fn by_pairs(&self) -> Option<(i64, u32, At)> {
        let mut sorted: Vec<i64> = self.pairs.iter().map(|(pair, _)| *pair).collect();
        sorted.sort_unstable();
        let median = *sorted.get(sorted.len() / 2)?;
        let agreeing = || self.pairs.iter().filter(|(pair, _)| (pair - median).abs() <= AGREE_MS);
        let agree = agreeing().count();
        let oldest = agreeing().map(|(_, at)| *at).min()?;
        (agree >= ENOUGH && agree * 2 > sorted.len()).then_some((median, agree as u32, oldest))
    }

    /// The records that came soonest tell: nothing can come before it ended.
    fn by_arrivals(&self) -> Option<(i64, u32, At)> {
        if self.arrivals.len() < ARRIVALS {
            return None;
        }
        let mut sorted: Vec<(i64, At)> = self.arrivals.iter().copied().collect();
        sorted.sort_unstable_by(|a, b| b.cmp(a));
        let soonest = &sorted[..ARRIVALS / 4];
        let (first, last) = (soonest.first()?.0, soonest.last()?.0);
        let middle = soonest.get(soonest.len() / 2)?.0;
        let oldest = soonest.iter().map(|(_, at)| *at).min()?;
        // Once it was found to be off, it may also be found to be right.
        let off = first >= EARLY_MS || first <= -LATE_ANYWAY_MS || self.ahead_ms != 0;
        (first - last <= SOONEST_AGREE_MS && off).then_some((middle, soonest.len() as u32, oldest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_calls_that_agree_set_the_clock_and_a_wrong_join_does_not_move_it() {
        let mut clock = PbxClock::default();
        assert!(!clock.compare(At(0), 215_000) && !clock.compare(At(0), 215_900), "two calls are no proof");
        assert!(clock.compare(At(0), 215_400), "three are");
        assert_eq!(clock.ahead_ms(), 215_400, "the median");
        assert!(!clock.compare(At(0), -3_600_000), "one that is far off changes nothing");
        assert_eq!(clock.estimate(), Some((215_400, 3)), "and is not counted");
    }

    #[test]
    fn a_clock_that_is_right_is_left_alone() {
        let mut clock = PbxClock::default();
        for ahead in [400, 900, 100, 1_200] {
            assert!(!clock.compare(At(0), ahead), "records round to seconds");
        }
        assert_eq!(clock.ahead_ms(), 0, "nothing to correct");
    }

    #[test]
    fn a_clock_that_is_put_right_is_followed() {
        let mut clock = PbxClock::default();
        for _ in 0..PAIRS {
            clock.compare(At(0), 240_000);
        }
        for _ in 0..8 {
            clock.compare(At(0), 500);
        }
        assert_eq!(clock.ahead_ms(), 0, "most of the last calls say so");
    }

    #[test]
    fn without_devlink3_records_that_come_before_their_call_ended_tell() {
        let mut clock = PbxClock::default();
        for second in 0..ARRIVALS as i64 {
            let now = At::from_seconds(1_000 * second);
            let delay = if second % 3 == 0 { 40_000 } else { 500 };
            clock.arrive(now, now.plus_ms(180_000 - delay));
        }
        assert_eq!(clock.ahead_ms(), 179_500, "three minutes ahead, less what the record took");
    }

    #[test]
    fn records_that_come_half_a_minute_late_do_not_prove_a_clock_wrong() {
        let mut clock = PbxClock::default();
        for second in 0..2 * ARRIVALS as i64 {
            let now = At::from_seconds(1_000 * second);
            clock.arrive(now, now.plus_ms(-45_000));
        }
        assert_eq!(clock.estimate(), None, "that is how some switches are");
    }
}
