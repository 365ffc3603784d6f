//! What changes from time to time: which hour, which day, open or closed. Looked up once for a time, then walked along.

/// A value from each instant (in milliseconds) until the next.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Steps<T> {
    starts: Vec<i64>,
    values: Vec<T>,
}

impl<T: Copy + PartialEq> Steps<T> {
    /// `value` at all times.
    pub(crate) fn always(value: T) -> Self {
        Self { starts: vec![i64::MIN], values: vec![value] }
    }

    /// From an instant on that is not before the last one.
    pub(crate) fn push(&mut self, from_ms: i64, value: T) {
        if self.starts.len() > 1 && self.starts.last() == Some(&from_ms) {
            self.starts.pop();
            self.values.pop();
        }
        if self.values.last() != Some(&value) {
            self.starts.push(from_ms);
            self.values.push(value);
        }
    }

    pub(crate) fn at(&self, at_ms: i64) -> T {
        self.values[self.place(at_ms)]
    }

    /// Instants within a time at which the value changes; `from_ms` itself is none.
    pub(crate) fn borders(&self, from_ms: i64, to_ms: i64) -> impl Iterator<Item = i64> {
        let inside = self.starts.iter().copied();
        inside.filter(move |start| *start > from_ms && *start < to_ms)
    }

    /// The values at ascending times after `base_ms`.
    pub(crate) fn walk(&self, base_ms: i64, times: &[i64], mut with: impl FnMut(usize, T)) {
        let Some(first) = times.first() else { return };
        let mut place = self.place(base_ms + first);
        let mut next = self.next(place, base_ms);
        for (index, time) in times.iter().enumerate() {
            while *time >= next {
                place += 1;
                next = self.next(place, base_ms);
            }
            with(index, self.values[place]);
        }
    }

    fn next(&self, place: usize, base_ms: i64) -> i64 {
        self.starts.get(place + 1).map_or(i64::MAX, |start| start.saturating_sub(base_ms))
    }

    fn place(&self, at_ms: i64) -> usize {
        self.starts.partition_point(|start| *start <= at_ms).saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walking_along_gives_what_looking_up_gives() {
        let mut steps = Steps::always(0);
        for (from, value) in [(10, 1), (20, 2), (20, 3), (30, 3), (40, 4)] {
            steps.push(from, value);
        }
        let times: Vec<i64> = (0..50).collect();
        let mut walked = Vec::new();
        steps.walk(0, &times, |_, value| walked.push(value));
        let looked_up: Vec<i32> = times.iter().map(|time| steps.at(*time)).collect();
        assert_eq!(walked, looked_up, "the same at each time");
        assert_eq!(steps.at(25), 3, "of two at one instant the later holds");
        assert_eq!(steps.borders(10, 40).collect::<Vec<_>>(), [20], "where it changes, ends left out");
    }
}
