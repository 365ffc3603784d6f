//! The recordings list with its question and its answer; kept while one looks at other screens.

use super::recording_filter::{Part, RecordingQuery};
use super::recording_list::{PAGE, RecordingList};
use super::selection::Selection;
use crate::ipc::Asking;
use contract::recordings::{AskRecordingTotals, AskRecordings, RecordingFilter};
use leptos::prelude::*;

/// As many rows as the desk gives for one question.
const MOST_AT_ONCE: u32 = 500;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RecordingsTab {
    #[default]
    List,
    Scores,
}

#[derive(Clone, Copy)]
pub struct Recordings {
    pub tab: RwSignal<RecordingsTab>,
    pub query: RwSignal<RecordingQuery>,
    pub list: RwSignal<RecordingList>,
    /// The first page has come since the query was last changed.
    pub known: RwSignal<bool>,
    /// Which row the keys act on.
    pub selected: RwSignal<Option<String>>,
    pub opened: RwSignal<Option<String>>,
    pub chosen: RwSignal<Selection>,
    pub page: Asking<AskRecordings>,
    pub totals: Asking<AskRecordingTotals>,
    /// The filter of the last first page, in instants.
    asked: StoredValue<RecordingFilter>,
}

impl Recordings {
    pub fn new() -> Self {
        let list = RwSignal::new(RecordingList::default());
        let known = RwSignal::new(false);
        let page = Asking::new().on_answer(move |(request, page): (AskRecordings, _)| {
            list.update(|list| match request.after {
                None => list.begin(page),
                Some(_) => list.append(page),
            });
            // Told only when it turns known: each further page would otherwise scroll back to the selected row.
            if !known.get_untracked() {
                known.set(true);
            }
        });
        Self {
            tab: RwSignal::new(RecordingsTab::default()),
            query: RwSignal::new(RecordingQuery::default()),
            list,
            known,
            selected: RwSignal::new(None),
            opened: RwSignal::new(None),
            chosen: RwSignal::new(Selection::default()),
            page,
            totals: Asking::new(),
            asked: StoredValue::new(RecordingFilter::default()),
        }
    }

    /// Asks for the first page and for the totals of a query, whose filter is given in instants.
    pub fn ask(self, query: &RecordingQuery, filter: RecordingFilter) {
        self.asked.set_value(filter.clone());
        self.page.ask(AskRecordings { filter: filter.clone(), sort: query.sort, after: None, limit: PAGE });
        self.totals.ask(AskRecordingTotals { filter });
    }

    /// Asks for the page after the last row, unless one is on its way or the end is reached.
    pub fn ask_more(self) {
        if self.page.busy.get_untracked() || self.page.failure.with_untracked(Option::is_some) {
            return;
        }
        let Some(after) = self.list.with_untracked(|list| list.next().map(str::to_owned)) else { return };
        let sort = self.query.with_untracked(|query| query.sort);
        self.page.ask(AskRecordings {
            filter: self.asked.get_value(),
            sort,
            after: Some(after),
            limit: PAGE,
        });
    }

    /// Asks for the rows that are there once more: something changed.
    pub fn refresh(self) {
        let rows = self.list.with_untracked(|list| list.rows().len());
        let limit = u32::try_from(rows).unwrap_or(MOST_AT_ONCE).clamp(PAGE, MOST_AT_ONCE);
        let sort = self.query.with_untracked(|query| query.sort);
        let filter = self.asked.get_value();
        self.page.ask_soon(AskRecordings { filter: filter.clone(), sort, after: None, limit });
        self.totals.ask_soon(AskRecordingTotals { filter });
    }

    /// Shows the recordings of another query from its top.
    pub fn show(self, query: RecordingQuery) {
        if self.query.with_untracked(|known| *known == query) {
            return;
        }
        self.opened.set(None);
        self.selected.set(None);
        self.chosen.update(Selection::clear);
        self.known.set(false);
        self.query.set(query);
    }

    pub fn remove_part(self, part: Part) {
        let query = self.query.with_untracked(|query| query.without(part));
        self.show(query);
    }

    /// Changes one thing of the filter and shows what it leaves.
    pub fn filter(self, with: impl FnOnce(&mut RecordingFilter)) {
        let mut query = self.query.get_untracked();
        with(&mut query.filter);
        self.show(query);
    }

    pub fn open(self, id: &str) {
        self.selected.set(Some(id.to_owned()));
        self.opened.set(Some(id.to_owned()));
    }

    /// Ids in the order of the list.
    pub fn ids(self) -> Vec<String> {
        self.list.with_untracked(RecordingList::ids)
    }

    /// What an action is about: the chosen rows, or else the one the keys are on.
    pub fn meant(self) -> Vec<String> {
        let order = self.ids();
        let chosen = self.chosen.with_untracked(|chosen| chosen.in_order(&order));
        if chosen.is_empty() { self.selected.get_untracked().into_iter().collect() } else { chosen }
    }
}

impl Default for Recordings {
    fn default() -> Self {
        Self::new()
    }
}
