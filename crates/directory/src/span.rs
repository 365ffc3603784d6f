//! Stretches of time that may have no limit at either end.

use model::At;

/// From one instant on, up to and not including another. `None`: without limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub from: Option<At>,
    pub to: Option<At>,
}

impl Span {
    pub const ALWAYS: Span = Span { from: None, to: None };

    pub fn contains(self, at: At) -> bool {
        self.from.is_none_or(|from| from <= at) && self.to.is_none_or(|to| at < to)
    }

    pub fn overlaps(self, other: Span) -> bool {
        !self.both(other).is_empty()
    }

    /// Nothing is within it.
    pub fn is_empty(self) -> bool {
        matches!((self.from, self.to), (Some(from), Some(to)) if to <= from)
    }

    /// The time that is in both.
    pub fn both(self, other: Span) -> Span {
        let to = match (self.to, other.to) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        Span { from: self.from.max(other.from), to }
    }

    /// What is left of it without the other, in order.
    pub fn without(self, other: Span) -> impl Iterator<Item = Span> {
        let before = other.from.map(|from| self.both(Span { from: None, to: Some(from) }));
        let after = other.to.map(|to| self.both(Span { from: Some(to), to: None }));
        // Where the two do not meet, nothing is taken away.
        let parts = if self.overlaps(other) { [before, after] } else { [Some(self), None] };
        parts.into_iter().flatten().filter(|span| !span.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::Span;
    use model::At;
    use proptest::prelude::*;

    fn spans() -> impl Strategy<Value = Span> {
        let limit = || proptest::option::of((0_i64..20).prop_map(At));
        (limit(), limit()).prop_map(|(from, to)| Span { from, to })
    }

    proptest! {
        #[test]
        fn an_instant_is_left_when_it_was_there_and_was_not_taken_away(a in spans(), b in spans(), at in -5_i64..25) {
            let at = At(at);
            let left: Vec<Span> = a.without(b).collect();
            let times = left.iter().filter(|span| span.contains(at)).count();
            prop_assert_eq!(times, usize::from(a.contains(at) && !b.contains(at)), "{:?} without {:?}", a, b);
            prop_assert_eq!(a.both(b).contains(at), a.contains(at) && b.contains(at), "in both");
        }

        #[test]
        fn two_overlap_when_some_instant_is_in_both(a in spans(), b in spans()) {
            let shared = (-5..25).map(At).any(|at| a.contains(at) && b.contains(at));
            prop_assert_eq!(a.overlaps(b), shared, "{:?} and {:?}", a, b);
        }
    }
}
