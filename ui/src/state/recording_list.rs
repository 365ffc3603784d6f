//! The rows of the recordings list: pages as they come.

use contract::recordings::{RecordingPage, RecordingRow};
use std::collections::HashSet;

/// Rows one asks for at a time: a few screens' worth.
pub const PAGE: u32 = 100;

/// Who scrolls further than this is better served by a filter, and the page's memory stays bounded.
const MOST_ROWS: usize = 20_000;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecordingList {
    rows: Vec<RecordingRow>,
    next: Option<String>,
    /// Counts the first pages: a row is drawn anew when what is known of it is newer.
    revision: u64,
}

impl RecordingList {
    pub fn rows(&self) -> &[RecordingRow] {
        &self.rows
    }

    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Where the next page begins; `None` at the end, or when more rows would not be bearable.
    pub fn next(&self) -> Option<&str> {
        self.next.as_deref().filter(|_| !self.is_cut_off())
    }

    /// There is more than the list takes.
    pub fn is_cut_off(&self) -> bool {
        self.next.is_some() && self.rows.len() >= MOST_ROWS
    }

    pub fn index_of(&self, id: &str) -> Option<usize> {
        self.rows.iter().position(|row| row.id == id)
    }

    pub fn row(&self, id: &str) -> Option<&RecordingRow> {
        self.rows.iter().find(|row| row.id == id)
    }

    pub fn ids(&self) -> Vec<String> {
        self.rows.iter().map(|row| row.id.clone()).collect()
    }

    /// The first page: everything before is forgotten. Nothing is told anew when nothing is new.
    pub fn begin(&mut self, page: RecordingPage) {
        if self.rows == page.rows {
            self.next = page.next;
            return;
        }
        self.revision += 1;
        self.rows.clear();
        self.append(page);
    }

    /// A further page. Recordings that stand in the list already keep their row.
    pub fn append(&mut self, page: RecordingPage) {
        let known: HashSet<String> = self.ids().into_iter().collect();
        self.rows.extend(page.rows.into_iter().filter(|row| !known.contains(&row.id)));
        self.next = page.next;
    }

    /// A row of which more is known now.
    pub fn put(&mut self, row: RecordingRow) {
        if let Some(known) = self.rows.iter_mut().find(|known| known.id == row.id && **known != row) {
            *known = row;
            self.revision += 1;
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use contract::recordings::RecordingState;
    use model::RecordingMatch;

    pub(crate) fn row(id: &str) -> RecordingRow {
        RecordingRow {
            id: id.into(),
            site: 1,
            started_ms: 1_000,
            length_ms: 60_000,
            channels: 1,
            call: None,
            direction: None,
            number: None,
            shown_number: None,
            name: None,
            people: Vec::new(),
            group: None,
            matched: RecordingMatch::None,
            confidence: None,
            tags: Vec::new(),
            notes: 0,
            score: None,
            held: false,
            trashed_ms: None,
            state: RecordingState::Good,
        }
    }

    fn page(ids: &[&str], next: Option<&str>) -> RecordingPage {
        RecordingPage { rows: ids.iter().map(|id| row(id)).collect(), next: next.map(str::to_owned) }
    }

    #[test]
    fn pages_join_without_doubles() {
        let mut list = RecordingList::default();
        list.begin(page(&["a", "b"], Some("cursor")));
        list.append(page(&["b", "c"], None));
        assert_eq!(list.ids(), ["a", "b", "c"], "a recording at the seam stands once");
        assert_eq!(list.next(), None, "the end is reached");
    }

    #[test]
    fn rows_are_drawn_anew_only_when_something_changed() {
        let mut list = RecordingList::default();
        list.begin(page(&["a"], None));
        let before = list.revision();
        list.begin(page(&["a"], None));
        list.put(row("a"));
        assert_eq!(list.revision(), before, "nothing is new");
        list.put(RecordingRow { notes: 1, ..row("a") });
        assert_eq!(list.revision(), before + 1, "it has a note now");
    }
}
