//! When which calls are made in an office that runs live.
//!
//! Everything here is planned time (milliseconds since the opening, at speed 1) and comes from the seed alone.

use crate::kind::Kind;
use crate::office::Office;
use crate::planner::Planner;
use crate::script::Script;
use crate::settings::Pace;

/// How far a call is put off when nothing is free for it.
const PUT_OFF_MS: u64 = 500;
/// Calls at once at the lively pace: enough to see, few enough to follow.
const LIVELY_AT_ONCE: usize = 5;
/// Between the starts of two calls at the lively pace: with calls of half a minute, four at once.
const LIVELY_GAP_MS: (u64, u64) = (4_500, 8_500);
const FIRST_CALL_MS: u64 = 500;
const HOUR_MS: f64 = 3_600_000.0;
/// How the calls of a day fall on its hours: about a thousand, with some at night.
pub(crate) const CALLS_BY_HOUR: [u32; 24] =
    [18, 14, 16, 12, 6, 6, 12, 36, 86, 122, 130, 104, 54, 70, 100, 90, 62, 26, 14, 8, 6, 5, 8, 18];
/// What a newcomer sees first at the lively pace.
const LIVELY_OPENING: [Kind; 6] = [
    Kind::InboundDirect,
    Kind::InboundGroup,
    Kind::OutboundAccessDigit,
    Kind::HoldResume,
    Kind::Queued,
    Kind::AbandonedRinging,
];

/// A call and when it starts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Planned {
    pub(crate) start_ms: u64,
    pub(crate) script: Script,
}

/// The calls of a running office, one after the other.
#[derive(Clone, Debug)]
pub(crate) struct Schedule {
    planner: Planner,
    pace: Pace,
    /// Asked for by name, taken in turn; empty: drawn by weight.
    kinds: Vec<Kind>,
    drawn: Vec<Kind>,
    next_ms: u64,
    made: usize,
    /// Ends of calls in progress.
    ends_ms: Vec<u64>,
}

impl Schedule {
    pub(crate) fn new(planner: Planner, pace: Pace, kinds: Vec<Kind>) -> Self {
        // Most offices have one node, and most clients ask for one.
        let drawn = Kind::ALL.into_iter().filter(|kind| !kind.crosses_nodes()).collect();
        Self { planner, pace, kinds, drawn, next_ms: FIRST_CALL_MS, made: 0, ends_ms: Vec::new() }
    }

    pub(crate) fn office(&self) -> &Office {
        &self.planner.office
    }

    pub(crate) fn next_call(&mut self) -> Planned {
        let kind = self.next_kind();
        let mut start_ms = self.when_few_enough(self.next_ms);
        let script = loop {
            match self.planner.call(kind, start_ms) {
                Some(script) => break script,
                None => start_ms += PUT_OFF_MS,
            }
        };
        self.made += 1;
        self.ends_ms.push(start_ms + script.length_ms());
        self.next_ms = start_ms + self.gap_ms(start_ms);
        Planned { start_ms, script }
    }

    fn next_kind(&mut self) -> Kind {
        if !self.kinds.is_empty() {
            return self.kinds[self.made % self.kinds.len()];
        }
        match self.pace {
            Pace::Lively if self.made < LIVELY_OPENING.len() => LIVELY_OPENING[self.made],
            Pace::Lively | Pace::CallsPerHour(_) | Pace::Day { .. } => self.planner.dice().kind(&self.drawn),
        }
    }

    fn gap_ms(&mut self, after_ms: u64) -> u64 {
        match self.pace {
            Pace::Lively => self.planner.dice().between(LIVELY_GAP_MS.0, LIVELY_GAP_MS.1),
            Pace::CallsPerHour(calls) => self.planner.dice().gap(HOUR_MS / calls) as u64,
            Pace::Day { calls, from_hour } => {
                let hour = usize::from(from_hour) + (after_ms as f64 / HOUR_MS) as usize;
                let share =
                    f64::from(CALLS_BY_HOUR[hour % 24]) / f64::from(CALLS_BY_HOUR.iter().sum::<u32>());
                self.planner.dice().gap(HOUR_MS / (calls * share)) as u64
            }
        }
    }

    fn when_few_enough(&mut self, mut at_ms: u64) -> u64 {
        self.ends_ms.retain(|end_ms| *end_ms > at_ms);
        match self.pace {
            Pace::CallsPerHour(_) | Pace::Day { .. } => {}
            Pace::Lively => {
                self.ends_ms.sort_unstable();
                while self.ends_ms.len() >= LIVELY_AT_ONCE {
                    at_ms = at_ms.max(self.ends_ms.remove(0));
                }
            }
        }
        at_ms
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lengths::Lengths;
    use crate::office::Size;
    use crate::settings::LegFields;
    use std::collections::BTreeMap;

    fn schedule(seed: u64, pace: Pace) -> Schedule {
        let lengths = if pace == Pace::Lively { Lengths::Lively } else { Lengths::Office };
        Schedule::new(Planner::new(Size::Small, seed, lengths, 1.0, LegFields::Mostly), pace, Vec::new())
    }

    #[test]
    fn the_same_seed_plans_the_same_calls() {
        let calls = |seed| {
            let mut schedule = schedule(seed, Pace::Lively);
            (0..60).map(|_| schedule.next_call()).collect::<Vec<_>>()
        };
        assert_eq!(calls(11), calls(11), "to the millisecond and the last id");
        assert_ne!(calls(11), calls(12), "another seed is another day");
    }

    #[test]
    fn a_phone_and_a_channel_serve_one_call_at_a_time() {
        for pace in [Pace::Lively, Pace::CallsPerHour(240.0)] {
            let mut schedule = schedule(4, pace);
            let mut phones: BTreeMap<usize, u64> = BTreeMap::new();
            let mut channels: BTreeMap<usize, u64> = BTreeMap::new();
            for _ in 0..400 {
                let Planned { start_ms, script } = schedule.next_call();
                for phone in &script.phones {
                    let busy_until = phones.insert(phone.place, start_ms + phone.until_ms).unwrap_or(0);
                    assert!(busy_until <= start_ms, "phone {} was taken, {pace:?}", phone.place);
                }
                for channel in &script.channels {
                    let busy_until = channels.insert(*channel, start_ms + script.length_ms()).unwrap_or(0);
                    assert!(busy_until <= start_ms, "channel {channel} was taken, {pace:?}");
                }
            }
        }
    }

    #[test]
    fn a_newcomer_sees_calls_ring_be_answered_and_end_within_a_minute() {
        for seed in 0..20 {
            let mut schedule = schedule(seed, Pace::Lively);
            let calls: Vec<Planned> = (0..40).map(|_| schedule.next_call()).collect();
            let ended = calls.iter().filter(|call| call.start_ms + call.script.length_ms() < 60_000).count();
            assert!(ended >= 3, "seed {seed}: {ended} calls ended in the first minute");
            let at_once = |at_ms: u64| {
                calls
                    .iter()
                    .filter(|call| (call.start_ms..call.start_ms + call.script.length_ms()).contains(&at_ms))
                    .count()
            };
            let mean = (30..150).map(|second| at_once(second * 1000)).sum::<usize>() as f64 / 120.0;
            assert!((2.5..=5.0).contains(&mean), "seed {seed}: {mean} calls at once");
        }
    }

    #[test]
    fn kinds_asked_for_by_name_come_in_turn() {
        let planner = Planner::new(Size::Small, 1, Lengths::Lively, 1.0, LegFields::Never);
        let kinds = vec![Kind::Voicemail, Kind::InternalAnswered];
        let mut schedule = Schedule::new(planner, Pace::Lively, kinds.clone());
        let made: Vec<Kind> = (0..4).map(|_| schedule.next_call().script.kind).collect();
        assert_eq!(made, [kinds.clone(), kinds].concat(), "over and over");
    }
}
