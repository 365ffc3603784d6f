//! The rows of the call list: pages as they come, and calls that pushes bring.

use super::filter::Admits;
use contract::calls::{CallPage, CallRow};
use std::collections::{HashSet, VecDeque};

/// Rows one asks for at a time: a few screens' worth.
pub const PAGE: u32 = 100;

/// Who scrolls further than this is better served by a filter, and the page's memory stays bounded.
const MOST_ROWS: usize = 20_000;

/// Calls pushed while a page is asked for; beyond this the oldest are let go and show up with the next page.
const MOST_REMEMBERED: usize = 4_096;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallList {
    rows: Vec<Listed>,
    next: Option<String>,
    /// Calls that belong at the top, held back while one reads further down.
    held_back: Vec<CallRow>,
    /// Calls of which only the desk knows whether they belong.
    uncertain: HashSet<String>,
    since_asked: Option<VecDeque<(CallRow, Admits)>>,
    revisions: u64,
}

/// A row and how often it has changed: what is drawn is drawn anew when the revision is another.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub row: CallRow,
    pub revision: u64,
}

/// Where in the list one is reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    AtTheTop,
    FurtherDown,
}

impl CallList {
    pub fn rows(&self) -> &[Listed] {
        &self.rows
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
        self.rows.iter().position(|listed| listed.row.id == id)
    }

    /// New calls that wait behind the button.
    pub fn new_calls(&self) -> usize {
        self.held_back.len() + self.uncertain.len()
    }

    /// True when the held back calls can be shown without asking.
    pub fn knows_its_new_calls(&self) -> bool {
        self.uncertain.is_empty()
    }

    /// Call this when the first page is asked for.
    pub fn asked(&mut self) {
        self.since_asked = Some(VecDeque::new());
    }

    /// The first page: everything before is forgotten, but not what was pushed since it was asked for.
    pub fn begin(&mut self, page: CallPage) {
        let pushed = self.since_asked.take().unwrap_or_default();
        self.rows.clear();
        self.held_back.clear();
        self.uncertain.clear();
        self.append(page);
        for (row, admits) in pushed {
            self.take(row, admits, Reading::AtTheTop);
        }
    }

    /// A further page. Calls that stand in the list already keep their row.
    pub fn append(&mut self, page: CallPage) {
        let known: HashSet<String> = self.rows.iter().map(|listed| listed.row.id.clone()).collect();
        for row in page.rows {
            if !known.contains(&row.id) {
                let listed = self.listed(row);
                self.rows.push(listed);
            }
        }
        self.next = page.next;
    }

    /// A pushed call: it replaces its row, comes in at the top, or is counted until one asks for it.
    pub fn take(&mut self, row: CallRow, admits: Admits, reading: Reading) {
        if let Some(since_asked) = &mut self.since_asked {
            if since_asked.len() == MOST_REMEMBERED {
                since_asked.pop_front();
            }
            since_asked.push_back((row.clone(), admits));
        }
        if let Some(at) = self.index_of(&row.id) {
            self.rows[at] = self.listed(row);
            return;
        }
        if let Some(held) = self.held_back.iter_mut().find(|held| held.id == row.id) {
            *held = row;
            return;
        }
        match (admits, reading) {
            (Admits::No, _) => {}
            (Admits::Perhaps, _) => {
                self.uncertain.insert(row.id);
            }
            (Admits::Yes, Reading::AtTheTop) => self.insert(row),
            (Admits::Yes, Reading::FurtherDown) => self.held_back.push(row),
        }
    }

    /// Lets the held back calls in.
    pub fn show_held_back(&mut self) {
        for row in std::mem::take(&mut self.held_back) {
            self.insert(row);
        }
    }

    /// The call became part of another one.
    pub fn remove(&mut self, id: &str) {
        self.rows.retain(|listed| listed.row.id != id);
        self.held_back.retain(|row| row.id != id);
        self.uncertain.remove(id);
    }

    /// Newest first. A call older than everything listed belongs to a page that has not been asked for.
    fn insert(&mut self, row: CallRow) {
        let at = self.rows.partition_point(|listed| listed.row.started_ms > row.started_ms);
        if at == self.rows.len() && self.next.is_some() {
            return;
        }
        let listed = self.listed(row);
        self.rows.insert(at, listed);
    }

    fn listed(&mut self, row: CallRow) -> Listed {
        self.revisions += 1;
        Listed { row, revision: self.revisions }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use contract::calls::Outcome;
    use model::{Direction, EventKind};

    pub(crate) fn row(id: &str, started_ms: i64) -> CallRow {
        CallRow {
            id: id.into(),
            site: 1,
            direction: Direction::Inbound,
            started_ms,
            start_known: true,
            answered_ms: None,
            ended_ms: None,
            number: Some("+4917155501".into()),
            shown_number: None,
            name: None,
            withheld: false,
            talked: Vec::new(),
            rung: Vec::new(),
            groups: Vec::new(),
            outcome: Outcome::Live { state: EventKind::Ringing },
            emergency: false,
            recordings: 0,
            notes: 0,
            tags: Vec::new(),
        }
    }

    fn page(rows: &[(&str, i64)], next: Option<&str>) -> CallPage {
        CallPage { rows: rows.iter().map(|(id, at)| row(id, *at)).collect(), next: next.map(str::to_owned) }
    }

    fn ids(list: &CallList) -> Vec<&str> {
        list.rows().iter().map(|listed| listed.row.id.as_str()).collect()
    }

    #[test]
    fn a_new_call_comes_in_at_the_top_while_one_reads_there() {
        let mut list = CallList::default();
        list.begin(page(&[("b", 20), ("a", 10)], None));
        list.take(row("c", 30), Admits::Yes, Reading::AtTheTop);
        assert_eq!(ids(&list), ["c", "b", "a"], "newest first");
        assert_eq!(list.new_calls(), 0, "nothing waits");
    }

    #[test]
    fn a_new_call_waits_while_one_reads_further_down() {
        let mut list = CallList::default();
        list.begin(page(&[("a", 10)], Some("cursor")));
        list.take(row("b", 20), Admits::Yes, Reading::FurtherDown);
        list.take(row("b", 20), Admits::Yes, Reading::FurtherDown);
        assert_eq!((ids(&list), list.new_calls()), (vec!["a"], 1), "the rows under the eye do not jump");
        list.show_held_back();
        assert_eq!((ids(&list), list.new_calls()), (vec!["b", "a"], 0), "asked for, it is there");
    }

    #[test]
    fn a_changed_call_keeps_its_place_and_gets_a_new_revision() {
        let mut list = CallList::default();
        list.begin(page(&[("b", 20), ("a", 10)], None));
        let before = list.rows()[1].revision;
        let mut ended = row("a", 10);
        ended.ended_ms = Some(99);
        list.take(ended, Admits::Perhaps, Reading::FurtherDown);
        assert_eq!(ids(&list), ["b", "a"], "the order is that of beginnings");
        assert_eq!(list.rows()[1].row.ended_ms, Some(99), "the row shows the end");
        assert_ne!(list.rows()[1].revision, before, "it is drawn anew");
    }

    #[test]
    fn calls_only_the_desk_can_judge_are_counted_once_each() {
        let mut list = CallList::default();
        list.begin(page(&[], None));
        for id in ["x", "x", "y"] {
            list.take(row(id, 30), Admits::Perhaps, Reading::AtTheTop);
        }
        assert_eq!((list.rows().len(), list.new_calls()), (0, 2), "two calls, none shown unasked");
        assert!(!list.knows_its_new_calls(), "showing them takes a question");
    }

    #[test]
    fn a_call_pushed_while_the_page_was_asked_for_is_not_lost() {
        let mut list = CallList::default();
        list.asked();
        list.take(row("b", 20), Admits::Yes, Reading::AtTheTop);
        list.begin(page(&[("a", 10)], None));
        assert_eq!(ids(&list), ["b", "a"], "the page was read before the call began");
    }

    #[test]
    fn pages_join_without_doubles() {
        let mut list = CallList::default();
        list.begin(page(&[("c", 30), ("b", 20)], Some("cursor")));
        list.append(page(&[("b", 20), ("a", 10)], None));
        assert_eq!(ids(&list), ["c", "b", "a"], "a call at the seam stands once");
        assert_eq!(list.next(), None, "the end is reached");
    }

    #[test]
    fn an_old_call_is_left_to_its_page() {
        let mut list = CallList::default();
        list.begin(page(&[("b", 20)], Some("cursor")));
        list.take(row("a", 10), Admits::Yes, Reading::AtTheTop);
        assert_eq!(ids(&list), ["b"], "it stands on a page that was not asked for yet");
    }
}
