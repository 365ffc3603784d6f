//! The SMDR side of a tape: when which rows come, and which never do.

use super::Neighbour;
use super::settings::Neighbours;
use crate::dice::Dice;
use crate::row;
use crate::script::{RecordPlan, Script};
use jiff::tz::TimeZone;
use model::At;

/// Rows come 30 to 60 s after the call's end at times.
const SLOW: (u64, u64) = (30_000, 60_000);
const SLOW_ONE_IN: u64 = 10;
const LATE: (u64, u64) = (60_000, 20 * 60_000);
const OVERTAKEN: (u64, u64) = (20_000, 180_000);
const AGAIN: (u64, u64) = (2_000, 600_000);
/// Between the rows of a record that come one by one.
const ROW_BY_ROW: (u64, u64) = (10, 400);
/// By which the last row is before the others when they come in the wrong order.
const AHEAD: (u64, u64) = (200, 15_000);

pub(super) struct Press {
    zone: TimeZone,
    clock_ahead_ms: i64,
    neighbours: Neighbours,
    dice: Dice,
    /// Rows that come in here are lost.
    lost: Vec<(At, At)>,
}

/// Whole lines, and when they come.
pub(super) struct Print {
    pub(super) at: At,
    pub(super) bytes: Vec<u8>,
}

impl Press {
    pub(super) fn new(zone: TimeZone, clock_ahead_ms: i64, neighbours: Neighbours, dice: Dice) -> Self {
        Self { zone, clock_ahead_ms, neighbours, dice, lost: Vec::new() }
    }

    pub(super) fn lose(&mut self, from: At, to: At) {
        self.lost.retain(|(_, until)| *until > from);
        self.lost.push((from, to));
    }

    pub(super) fn is_lost(&self, at: At) -> bool {
        self.lost.iter().any(|(from, to)| (*from..*to).contains(&at))
    }

    /// A record is complete at `at`.
    pub(super) fn print(
        &mut self,
        script: &Script,
        record: &RecordPlan,
        times: &[At],
        at: At,
    ) -> (Vec<Print>, Option<Neighbour>) {
        let by_its_clock: Vec<At> = times.iter().map(|at| at.plus_ms(self.clock_ahead_ms)).collect();
        let rows = row::rows(record, &by_its_clock, &self.zone);
        let usual = if self.dice.one_in(SLOW_ONE_IN) { self.ms(SLOW) } else { whole(script.row_delay_ms) };
        let due = at.plus_ms(usual);
        if self.dice.chance(self.neighbours.rows_late) {
            let late = self.ms(LATE);
            return (self.in_order(rows, at.plus_ms(late)), Some(Neighbour::RowsLate));
        }
        if self.dice.chance(self.neighbours.rows_out_of_order) {
            return (self.out_of_order(rows, due), Some(Neighbour::RowsOutOfOrder));
        }
        if self.dice.chance(self.neighbours.rows_twice) {
            let again = due.plus_ms(self.ms(AGAIN));
            let mut prints = self.in_order(rows.clone(), due);
            prints.extend(self.in_order(rows, again));
            return (prints, Some(Neighbour::RowsTwice));
        }
        (self.in_order(rows, due), None)
    }

    /// At once, or one by one.
    fn in_order(&mut self, rows: Vec<Vec<u8>>, due: At) -> Vec<Print> {
        if self.dice.one_in(2) {
            return vec![Print { at: due, bytes: rows.concat() }];
        }
        let mut at = due;
        rows.into_iter()
            .map(|bytes| {
                let print = Print { at, bytes };
                at = at.plus_ms(self.ms(ROW_BY_ROW));
                print
            })
            .collect()
    }

    fn out_of_order(&mut self, mut rows: Vec<Vec<u8>>, due: At) -> Vec<Print> {
        match rows.pop() {
            Some(last) if !rows.is_empty() => {
                let mut prints = vec![Print { at: due, bytes: last }];
                let ahead = self.ms(AHEAD);
                prints.extend(self.in_order(rows, due.plus_ms(ahead)));
                prints
            }
            Some(only) => vec![Print { at: due.plus_ms(self.ms(OVERTAKEN)), bytes: only }],
            None => Vec::new(),
        }
    }

    fn ms(&mut self, (low, high): (u64, u64)) -> i64 {
        whole(self.dice.between(low, high))
    }
}

fn whole(ms: u64) -> i64 {
    i64::try_from(ms).unwrap_or(i64::MAX)
}
