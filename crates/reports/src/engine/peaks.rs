//! Most at once: a sweep along the time, over spans that may go on past midnight.

use super::axis::Kind;
use super::rows::Rows;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// One span of time of a call in a row's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    pub(crate) from_ms: i64,
    pub(crate) to_ms: i64,
    /// Ids of its values; of an interval 0, because that changes on the way.
    pub(crate) ids: (u32, u32),
}

/// The highest level of each row.
#[derive(Debug)]
pub(crate) struct Peaks {
    from_ms: i64,
    to_ms: i64,
    /// Ends of intervals that are still to come, the next one last.
    borders: Vec<i64>,
    /// Of each axis that is an interval, the one that the sweep is in.
    now: [Option<u32>; 2],
    /// Known, and not begun yet.
    coming: Vec<Span>,
    /// Ends and values of those that go on.
    going: BinaryHeap<Reverse<(i64, u32)>>,
    /// Of each pair of values, where both are asked for.
    pairs: FxHashMap<(u32, u32), u32>,
    levels: Vec<Level>,
    highest: Vec<i64>,
}

/// How many go on of the same values.
#[derive(Clone, Copy, Debug)]
struct Level {
    ids: (u32, u32),
    going: i64,
}

impl Peaks {
    /// Over a time; the intervals are those of the rows.
    pub(crate) fn new(rows: &Rows, from_ms: i64, to_ms: i64) -> Self {
        let mut borders = vec![from_ms];
        for axis in &rows.axes {
            if let Kind::Interval(buckets) = &axis.kind {
                borders.extend(buckets.steps.borders(from_ms, to_ms));
            }
        }
        borders.sort_unstable();
        borders.dedup();
        borders.reverse();
        Self {
            from_ms,
            to_ms,
            borders,
            now: bucket_at(rows, from_ms),
            coming: Vec::new(),
            going: BinaryHeap::new(),
            pairs: FxHashMap::default(),
            levels: Vec::new(),
            highest: Vec::new(),
        }
    }

    /// Spans of calls that began before `until_ms`; none that begins before it may come later. Those of no length are
    /// at no moment.
    pub(crate) fn add(&mut self, rows: &mut Rows, spans: impl IntoIterator<Item = Span>, until_ms: i64) {
        self.coming.extend(spans.into_iter().filter(|span| span.from_ms < span.to_ms));
        self.coming.sort_unstable();
        let known = self.coming.partition_point(|span| span.from_ms < until_ms.min(self.to_ms));
        let rest = self.coming.split_off(known);
        for span in std::mem::replace(&mut self.coming, rest) {
            self.go_to(rows, span.from_ms);
            self.end_until(span.from_ms);
            let level = self.level(rows, span.ids);
            self.going.push(Reverse((span.to_ms, level)));
            self.levels[level as usize].going += 1;
            if span.from_ms >= self.from_ms {
                self.note(rows, level);
            }
        }
    }

    /// To the end of the time.
    pub(crate) fn finish(&mut self, rows: &mut Rows) {
        self.add(rows, [], self.to_ms);
        self.go_to(rows, self.to_ms);
    }

    /// The higher of both; `slots`: where each row of the other is here.
    pub(crate) fn merge(&mut self, other: &Peaks, slots: &[u32]) {
        for (highest, slot) in other.highest.iter().zip(slots) {
            let slot = *slot as usize;
            if self.highest.len() <= slot {
                self.highest.resize(slot + 1, 0);
            }
            self.highest[slot] = self.highest[slot].max(*highest);
        }
    }

    pub(crate) fn of(&self, row: usize) -> i64 {
        self.highest.get(row).copied().unwrap_or(0)
    }

    /// At each border, what goes on is at once in the next interval too.
    fn go_to(&mut self, rows: &mut Rows, at_ms: i64) {
        while let Some(border) = self.borders.last().copied().filter(|border| *border <= at_ms) {
            self.borders.pop();
            self.end_until(border);
            self.now = bucket_at(rows, border);
            let going: Vec<u32> = self.going.iter().map(|Reverse((_, level))| *level).collect();
            for level in going {
                self.note(rows, level);
            }
        }
    }

    fn end_until(&mut self, at_ms: i64) {
        while let Some(Reverse((end_ms, level))) = self.going.peek().copied() {
            if end_ms > at_ms {
                return;
            }
            self.going.pop();
            self.levels[level as usize].going -= 1;
        }
    }

    /// Where the level of values is kept. An interval's id is 0, so of one axis with values its id tells all.
    fn level(&mut self, rows: &Rows, ids: (u32, u32)) -> u32 {
        let place = match rows.axes.len() {
            0 | 1 => ids.0,
            _ if self.now[0].is_some() => ids.1,
            _ if self.now[1].is_some() => ids.0,
            _ => {
                let next = self.pairs.len() as u32;
                *self.pairs.entry(ids).or_insert(next)
            }
        };
        if self.levels.len() <= place as usize {
            self.levels.resize(place as usize + 1, Level { ids: (0, 0), going: 0 });
        }
        self.levels[place as usize].ids = ids;
        place
    }

    fn note(&mut self, rows: &mut Rows, level: u32) {
        let level = self.levels[level as usize];
        let (a, b) = (self.now[0].unwrap_or(level.ids.0), self.now[1].unwrap_or(level.ids.1));
        let slot = rows.slot(a, b) as usize;
        if self.highest.len() <= slot {
            self.highest.resize(slot + 1, 0);
        }
        if self.highest[slot] == 0 {
            rows.see(&[slot as u32]);
        }
        self.highest[slot] = self.highest[slot].max(level.going);
    }
}

fn bucket_at(rows: &Rows, at_ms: i64) -> [Option<u32>; 2] {
    let bucket = |place: usize| match rows.axes.get(place).map(|axis| &axis.kind) {
        Some(Kind::Interval(buckets)) => Some(buckets.steps.at(at_ms)),
        Some(Kind::Named(_)) | None => None,
    };
    [bucket(0), bucket(1)]
}

/// Makes spans of one call that touch or overlap one: for totals a call is there once.
pub(crate) fn join(spans: &mut Vec<(i64, i64)>) {
    spans.sort_unstable();
    spans.dedup_by(|next, span| {
        let touches = next.0 <= span.1;
        if touches {
            span.1 = span.1.max(next.1);
        }
        touches
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(from_ms: i64, to_ms: i64) -> Span {
        Span { from_ms, to_ms, ids: (0, 0) }
    }

    #[test]
    fn a_call_that_ends_as_another_begins_is_not_there_with_it() {
        let mut rows = Rows::new(Vec::new());
        let mut peaks = Peaks::new(&rows, 0, 100);
        peaks.add(&mut rows, [span(10, 20), span(20, 30), span(25, 26), span(26, 26)], 50);
        peaks.finish(&mut rows);
        assert_eq!(peaks.of(0), 2, "20 to 30 with 25 to 26");
    }

    #[test]
    fn what_began_before_the_time_counts_when_it_still_goes_on() {
        let mut rows = Rows::new(Vec::new());
        let mut peaks = Peaks::new(&rows, 50, 100);
        peaks.add(&mut rows, [span(10, 40), span(20, 60), span(30, 60), span(35, 45)], 50);
        peaks.add(&mut rows, [span(70, 80), span(120, 130)], 100);
        peaks.finish(&mut rows);
        assert_eq!(peaks.of(0), 2, "two of the four are there at the beginning");
    }
}
