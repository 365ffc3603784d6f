//! Several rows of a list, chosen as people are used to: a click, with Ctrl one more, with Shift all between.

use std::collections::HashSet;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    chosen: HashSet<String>,
    /// Where a range begins.
    anchor: Option<String>,
}

impl Selection {
    pub fn len(&self) -> usize {
        self.chosen.len()
    }

    pub fn is_empty(&self) -> bool {
        self.chosen.is_empty()
    }

    pub fn has(&self, id: &str) -> bool {
        self.chosen.contains(id)
    }

    /// One more, or one less.
    pub fn turn(&mut self, id: &str) {
        if !self.chosen.remove(id) {
            self.chosen.insert(id.to_owned());
        }
        self.anchor = Some(id.to_owned());
    }

    /// Everything from where the last choice was to `id`, in the order of the list; `from` stands in for a first choice.
    pub fn reach(&mut self, id: &str, from: Option<&str>, order: &[String]) {
        let anchor = self.anchor.clone().or_else(|| from.map(str::to_owned));
        let at = |id: &str| order.iter().position(|known| known == id);
        let Some(to) = at(id) else { return };
        let begin = anchor.as_deref().and_then(at).unwrap_or(to);
        self.chosen.extend(order[begin.min(to)..=begin.max(to)].iter().cloned());
        self.anchor = anchor.or_else(|| Some(id.to_owned()));
    }

    pub fn all(&mut self, order: &[String]) {
        self.chosen = order.iter().cloned().collect();
    }

    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// The chosen ones in the order of the list; those that are not listed any more are left out.
    pub fn in_order(&self, order: &[String]) -> Vec<String> {
        order.iter().filter(|id| self.chosen.contains(*id)).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> Vec<String> {
        ["a", "b", "c", "d"].map(str::to_owned).to_vec()
    }

    #[test]
    fn shift_chooses_all_between_in_either_direction() {
        let mut chosen = Selection::default();
        chosen.turn("c");
        chosen.reach("a", None, &list());
        assert_eq!(chosen.in_order(&list()), ["a", "b", "c"], "upwards");
        chosen.reach("d", None, &list());
        assert_eq!(chosen.len(), 4, "the same beginning reaches downwards as well");
    }

    #[test]
    fn the_first_range_begins_at_the_row_the_keys_are_on() {
        let mut chosen = Selection::default();
        chosen.reach("c", Some("b"), &list());
        assert_eq!(chosen.in_order(&list()), ["b", "c"], "from the row that was looked at");
        let mut alone = Selection::default();
        alone.reach("c", None, &list());
        assert_eq!(alone.in_order(&list()), ["c"], "without one, the row itself");
    }

    #[test]
    fn choosing_twice_lets_go() {
        let mut chosen = Selection::default();
        chosen.turn("a");
        chosen.turn("a");
        assert!(chosen.is_empty(), "nothing is chosen");
    }

    #[test]
    fn what_left_the_list_is_not_acted_on() {
        let mut chosen = Selection::default();
        chosen.turn("x");
        chosen.turn("b");
        assert_eq!(chosen.in_order(&list()), ["b"], "x is not in the list");
    }
}
