//! The calls behind a figure of a report: a list like that of the calls, reached from the table and left again.

use super::call_list::{CallList, PAGE};
use crate::ipc::Asking;
use contract::reports::AskReportCalls;
use leptos::prelude::*;
use model::report::{Definition, Key, Measure, Period};

/// A figure that one looks behind.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What its row stands for, in words; empty for the totals.
    pub row: Vec<String>,
    /// `Missed 14`; `None` where all calls of the row are shown.
    pub figure: Option<String>,
    pub definition: Definition,
    pub period: Period,
    pub key: Vec<Key>,
    pub measure: Option<Measure>,
}

#[derive(Clone, Copy)]
pub struct Behind {
    /// `None`: the table itself is shown.
    pub figure: RwSignal<Option<Figure>>,
    pub list: RwSignal<CallList>,
    /// The first page has come.
    pub known: RwSignal<bool>,
    pub selected: RwSignal<Option<String>>,
    pub opened: RwSignal<Option<String>>,
    pub page: Asking<AskReportCalls>,
}

impl Behind {
    pub fn new() -> Self {
        let list = RwSignal::new(CallList::default());
        let known = RwSignal::new(false);
        let page = Asking::new().on_answer(move |(request, page): (AskReportCalls, _)| {
            list.update(|list| match request.after {
                None => list.begin(page),
                Some(_) => list.append(page),
            });
            if !known.get_untracked() {
                known.set(true);
            }
        });
        Self {
            figure: RwSignal::new(None),
            list,
            known,
            selected: RwSignal::new(None),
            opened: RwSignal::new(None),
            page,
        }
    }

    pub fn show(self, figure: Figure) {
        self.forget();
        self.page.ask(asking(&figure, None));
        self.figure.set(Some(figure));
    }

    /// Back to the table.
    pub fn close(self) {
        if self.figure.with_untracked(Option::is_some) {
            self.forget();
            self.figure.set(None);
        }
    }

    /// Asks for the page after the last row, unless one is on its way or the end is reached.
    pub fn ask_more(self) {
        if self.page.busy.get_untracked() || self.page.failure.with_untracked(Option::is_some) {
            return;
        }
        let Some(after) = self.list.with_untracked(|list| list.next().map(str::to_owned)) else { return };
        if let Some(figure) = self.figure.get_untracked() {
            self.page.ask(asking(&figure, Some(after)));
        }
    }

    fn forget(self) {
        self.page.forget();
        self.list.set(CallList::default());
        self.known.set(false);
        self.selected.set(None);
        self.opened.set(None);
    }
}

impl Default for Behind {
    fn default() -> Self {
        Self::new()
    }
}

fn asking(figure: &Figure, after: Option<String>) -> AskReportCalls {
    AskReportCalls {
        definition: figure.definition.clone(),
        period: figure.period,
        key: figure.key.clone(),
        measure: figure.measure,
        after,
        limit: PAGE,
    }
}
