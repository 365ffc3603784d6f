//! The call list with its question, its answer and what pushes bring; kept while one looks at other screens.

use super::call_list::{CallList, PAGE, Reading};
use super::filter::{CallQuery, Part};
use crate::ipc::Asking;
use contract::calls::{AskCalls, AskTotals, CallFilter, CallRow};
use leptos::prelude::*;

/// As many rows as the desk gives for one question.
const MOST_AT_ONCE: u32 = 500;

#[derive(Clone, Copy)]
pub struct Calls {
    pub query: RwSignal<CallQuery>,
    pub list: RwSignal<CallList>,
    /// The first page has come since the query was last changed.
    pub known: RwSignal<bool>,
    /// Which row the keys act on.
    pub selected: RwSignal<Option<String>>,
    /// Which call is opened.
    pub opened: RwSignal<Option<String>>,
    /// Counts what pushes said about the opened call: its details are asked for again.
    pub opened_changed: RwSignal<u32>,
    /// The opened call went into another one: its row stays until it is closed.
    leaving: RwSignal<Option<String>>,
    pub reading: RwSignal<Reading>,
    pub page: Asking<AskCalls>,
    pub totals: Asking<AskTotals>,
    /// The filter of the last first page, in instants.
    asked: StoredValue<CallFilter>,
}

impl Calls {
    pub fn new() -> Self {
        let list = RwSignal::new(CallList::default());
        let known = RwSignal::new(false);
        let page = Asking::new()
            .on_sent(move |request: AskCalls| {
                if request.after.is_none() {
                    list.update(CallList::asked);
                }
            })
            .on_answer(move |(request, page): (AskCalls, _)| {
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
            query: RwSignal::new(CallQuery::default()),
            list,
            known,
            selected: RwSignal::new(None),
            opened: RwSignal::new(None),
            opened_changed: RwSignal::new(0),
            leaving: RwSignal::new(None),
            reading: RwSignal::new(Reading::AtTheTop),
            page,
            totals: Asking::new(),
            asked: StoredValue::new(CallFilter::default()),
        }
    }

    /// Asks for the first page and for the totals of a query, whose filter is given in instants.
    pub fn ask(self, query: &CallQuery, filter: CallFilter) {
        self.asked.set_value(filter.clone());
        self.page.ask(AskCalls { filter: filter.clone(), sort: query.sort, after: None, limit: PAGE });
        self.totals.ask(AskTotals { filter });
    }

    /// Asks for the page after the last row, unless one is on its way or the end is reached.
    pub fn ask_more(self) {
        if self.page.busy.get_untracked() || self.page.failure.with_untracked(Option::is_some) {
            return;
        }
        let Some(after) = self.list.with_untracked(|list| list.next().map(str::to_owned)) else { return };
        let sort = self.query.with_untracked(|query| query.sort);
        let filter = self.asked.get_value();
        self.page.ask(AskCalls { filter, sort, after: Some(after), limit: PAGE });
    }

    /// Asks for the rows that are there once more, after something changed that no push may tell of.
    pub fn refresh(self) {
        let rows = self.list.with_untracked(|list| list.rows().len());
        let limit = u32::try_from(rows).unwrap_or(MOST_AT_ONCE).clamp(PAGE, MOST_AT_ONCE);
        let sort = self.query.with_untracked(|query| query.sort);
        let filter = self.asked.get_value();
        self.page.ask(AskCalls { filter: filter.clone(), sort, after: None, limit });
        self.totals.ask(AskTotals { filter });
    }

    pub fn ask_totals_soon(self) {
        self.totals.ask_soon(AskTotals { filter: self.asked.get_value() });
    }

    /// Shows the calls of another query from its top.
    pub fn show(self, query: CallQuery) {
        if self.query.with_untracked(|known| *known == query) {
            return;
        }
        self.opened.set(None);
        self.selected.set(None);
        self.reading.set(Reading::AtTheTop);
        self.known.set(false);
        self.query.set(query);
    }

    pub fn remove_part(self, part: Part) {
        let query = self.query.with_untracked(|query| query.without(part));
        self.show(query);
    }

    /// What a push says of a call.
    pub fn heard(self, row: &CallRow) {
        let asked = self.asked.get_value();
        let admits = self.query.with_untracked(|query| query.admits(row, &asked));
        // Under an opened call nothing moves, or a click would land beside what it was meant for.
        let reads_a_call = self.opened.with_untracked(Option::is_some);
        let reading = if reads_a_call { Reading::FurtherDown } else { self.reading.get_untracked() };
        self.list.update(|list| list.take(row.clone(), admits, reading));
        self.note_change(&row.id);
    }

    pub fn gone(self, id: &str) {
        // Whoever just decided that has yet to be answered, and the answer says which call to show in its place.
        if self.opened.with_untracked(|opened| opened.as_deref() == Some(id)) {
            self.leaving.set(Some(id.to_owned()));
            return;
        }
        self.list.update(|list| list.remove(id));
    }

    /// The opened call is closed.
    pub fn closed(self, id: &str) {
        if self.leaving.with_untracked(|leaving| leaving.as_deref() == Some(id)) {
            self.leaving.set(None);
            self.list.update(|list| list.remove(id));
        }
    }

    fn note_change(self, id: &str) {
        if self.opened.with_untracked(|opened| opened.as_deref() == Some(id)) {
            self.opened_changed.update(|count| *count += 1);
        }
    }
}

impl Default for Calls {
    fn default() -> Self {
        Self::new()
    }
}
