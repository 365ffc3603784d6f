//! Most at once: a sweep along the time, over spans that may go on past midnight.

use super::axis::Kind;
use super::rows::Rows;
use rustc_hash::FxHashMap;

/// One span of time of a call in a row's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) from_ms: i64,
    pub(crate) to_ms: i64,
    /// Ids of its values; of an interval 0, because that changes on the way.
    pub(crate) ids: (u32, u32),
}

/// The highest level of each row.
#[derive(Debug)]
pub(crate) struct Peaks {
    to_ms: i64,
    /// Beginnings of intervals that are still to come, the next one last; the first one is that of the time.
    borders: Vec<i64>,
    /// Of each axis that is an interval, the one that the sweep is in.
    now: [Option<u32>; 2],
    /// The time has begun.
    is_in_time: bool,
    /// Known, and not begun yet.
    coming: Vec<Span>,
    /// When those end that have begun, and of which level they are, from `ended` on in order. Those of a day are put in
    /// order at once: that takes less time than a heap.
    ends: Vec<(i64, u32)>,
    ended: usize,
    /// Levels that something may go on in, as long as a border is to come.
    going: Vec<u32>,
    /// Of each pair of values, where both are asked for.
    pairs: FxHashMap<(u32, u32), u32>,
    levels: Vec<Level>,
    highest: Vec<i64>,
}

/// How many go on of the same values.
#[derive(Clone, Copy, Debug, Default)]
struct Level {
    ids: (u32, u32),
    going: i64,
    /// Since the last border.
    highest: i64,
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
            to_ms,
            borders,
            now: bucket_at(rows, from_ms),
            is_in_time: false,
            coming: Vec::new(),
            ends: Vec::new(),
            ended: 0,
            going: Vec::new(),
            pairs: FxHashMap::default(),
            levels: Vec::new(),
            highest: Vec::new(),
        }
    }

    /// Spans of calls that began before `until_ms`; none that begins before it may come later. Those of no length are
    /// at no moment.
    pub(crate) fn add(&mut self, rows: &mut Rows, spans: Vec<Span>, until_ms: i64) {
        let mut begun = spans;
        begun.retain(|span| span.from_ms < span.to_ms);
        begun.append(&mut self.coming);
        begun.sort_unstable_by_key(|span| span.from_ms);
        self.coming = begun.split_off(begun.partition_point(|span| span.from_ms < until_ms.min(self.to_ms)));
        self.ends.drain(..self.ended);
        self.ended = 0;
        self.ends.reserve(begun.len());
        let mut begins = Vec::with_capacity(begun.len());
        for span in begun {
            let level = self.level(rows, span.ids);
            begins.push((span.from_ms, level));
            self.ends.push((span.to_ms, level));
        }
        // What has not begun yet ends after what begins before it: it is not reached too early.
        self.ends.sort_unstable_by_key(|(end_ms, _)| *end_ms);
        let mut rest = begins.as_slice();
        while let Some((last_ms, _)) = rest.last() {
            let border = self.borders.last().copied().filter(|border| border <= last_ms);
            let before =
                border.map_or(rest.len(), |at_ms| rest.partition_point(|(from_ms, _)| *from_ms < at_ms));
            let (now, later) = rest.split_at(before);
            self.sweep(now);
            self.note_all(rows, now);
            if let Some(border) = border {
                self.cross(rows, border);
            }
            rest = later;
        }
    }

    /// To the end of the time.
    pub(crate) fn finish(&mut self, rows: &mut Rows) {
        self.add(rows, Vec::new(), self.to_ms);
        while let Some(border) = self.borders.last().copied() {
            self.cross(rows, border);
        }
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

    /// Of all rows.
    pub(crate) fn highest(&self) -> i64 {
        self.highest.iter().copied().max().unwrap_or(0)
    }

    /// Along beginnings within one interval. Whether a beginning or an end is next is anybody's guess: no branch asks.
    fn sweep(&mut self, begins: &[(i64, u32)]) {
        let (mut begin, mut end) = (0, self.ended);
        while let Some((from_ms, begins)) = begins.get(begin) {
            let (end_ms, ends) = self.ends.get(end).copied().unwrap_or((i64::MAX, 0));
            let is_end = end_ms <= *from_ms;
            let level = &mut self.levels[if is_end { ends } else { *begins } as usize];
            level.going += 1 - 2 * i64::from(is_end);
            level.highest = level.highest.max(level.going);
            begin += usize::from(!is_end);
            end += usize::from(is_end);
        }
        self.ended = end;
    }

    /// What the levels rose to in the interval: each once where they are few.
    fn note_all(&mut self, rows: &mut Rows, begins: &[(i64, u32)]) {
        let are_few = self.levels.len() <= begins.len();
        if are_few {
            self.going.clear();
            self.going.extend(0..self.levels.len() as u32);
        } else if !self.borders.is_empty() {
            self.going.extend(begins.iter().map(|(_, level)| *level));
        }
        if !self.is_in_time {
            return;
        }
        if are_few {
            let rose = |level: &u32| self.levels[*level as usize].highest > 0;
            let levels: Vec<u32> = (0..self.levels.len() as u32).filter(rose).collect();
            levels.into_iter().for_each(|level| self.note(rows, level));
        } else {
            begins.iter().for_each(|(_, level)| self.note(rows, *level));
        }
    }

    /// What goes on at a border is at once in the next interval too.
    fn cross(&mut self, rows: &mut Rows, border: i64) {
        self.borders.pop();
        while let Some((_, level)) = self.ends.get(self.ended).filter(|(end_ms, _)| *end_ms <= border) {
            self.levels[*level as usize].going -= 1;
            self.ended += 1;
        }
        self.is_in_time = true;
        self.now = bucket_at(rows, border);
        let mut going = std::mem::take(&mut self.going);
        going.sort_unstable();
        going.dedup();
        going.retain(|level| {
            let of = &mut self.levels[*level as usize];
            of.highest = of.going;
            let goes_on = of.going > 0;
            if goes_on {
                self.note(rows, *level);
            }
            goes_on
        });
        self.going = going;
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
            self.levels.resize(place as usize + 1, Level::default());
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
        let highest = &mut self.highest[slot];
        if *highest == 0 {
            rows.see(&[slot as u32]);
        }
        *highest = level.highest.max(*highest);
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
        peaks.add(&mut rows, vec![span(10, 20), span(20, 30), span(25, 26), span(26, 26)], 50);
        peaks.finish(&mut rows);
        assert_eq!(peaks.of(0), 2, "20 to 30 with 25 to 26");
    }

    /// Made anew for each instant at which something begins, by counting.
    #[test]
    fn a_sweep_finds_what_counting_at_each_beginning_finds() {
        let spans: Vec<Span> = (0..400_i64).map(|n| span(n * 7 % 300, n * 7 % 300 + n * 13 % 40)).collect();
        let mut rows = Rows::new(Vec::new());
        let mut peaks = Peaks::new(&rows, 0, 400);
        for day in 0..4 {
            let of_day = |span: &&Span| span.from_ms / 100 == day;
            peaks.add(&mut rows, spans.iter().filter(of_day).copied().collect(), (day + 1) * 100);
        }
        peaks.finish(&mut rows);
        let at = |at_ms: i64| spans.iter().filter(|span| span.from_ms <= at_ms && at_ms < span.to_ms).count();
        assert_eq!(peaks.of(0), (0..400).map(at).max().unwrap_or(0) as i64, "over four days");
    }

    #[test]
    fn what_began_before_the_time_counts_when_it_still_goes_on() {
        let mut rows = Rows::new(Vec::new());
        let mut peaks = Peaks::new(&rows, 50, 100);
        peaks.add(&mut rows, vec![span(10, 40), span(20, 60), span(30, 60), span(35, 45)], 50);
        peaks.add(&mut rows, vec![span(70, 80), span(120, 130)], 100);
        peaks.finish(&mut rows);
        assert_eq!(peaks.of(0), 2, "two of the four are there at the beginning");
    }
}
