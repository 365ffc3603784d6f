//! The way from a stretch of a person's day to the call it was.

use crate::ipc::Asking;
use crate::state::call_at::{call_of, list_of, question};
use crate::state::{Office, use_office};
use contract::calls::{AskCalls, CallPage, CallRow};
use contract::people::Stretch;
use leptos::prelude::*;

/// Looks for the call and then goes to the list, opened at it. Of a person with several phones, one is asked after the
/// other.
#[derive(Clone, Copy)]
pub struct Finder {
    office: Office,
    asking: Asking<AskCalls>,
    wanted: StoredValue<Option<Wanted>>,
}

#[derive(Clone)]
struct Wanted {
    stretch: Stretch,
    /// Those not asked yet.
    extensions: Vec<String>,
    /// The one that is being asked.
    extension: String,
    /// The first of all, whose list is shown when no call is found.
    first: String,
}

impl Finder {
    pub fn new() -> Self {
        let office = use_office();
        let wanted = StoredValue::new(None);
        let asking = Asking::new();
        let finder = Self { office, asking, wanted };
        let _ = asking.on_answer(move |(_, page): (AskCalls, CallPage)| finder.found(&page.rows));
        // What the list says of the same trouble is better than staying where one is without a word.
        Effect::new(move |_| {
            if asking.failure.with(Option::is_some) {
                finder.give_up();
            }
        });
        finder
    }

    pub fn go(self, extensions: Vec<String>, stretch: Stretch) {
        let mut extensions = extensions.into_iter();
        let Some(first) = extensions.next() else { return };
        let request = question(&first, stretch);
        let extensions = extensions.collect();
        self.wanted.set_value(Some(Wanted { stretch, extensions, extension: first.clone(), first }));
        self.asking.ask(request);
    }

    fn found(self, rows: &[CallRow]) {
        let Some(mut wanted) = self.wanted.get_value() else { return };
        if let Some(row) = call_of(rows, wanted.stretch) {
            return self.show(&wanted.extension, wanted.stretch, Some(row));
        }
        if wanted.extensions.is_empty() {
            return self.give_up();
        }
        wanted.extension = wanted.extensions.remove(0);
        let request = question(&wanted.extension, wanted.stretch);
        self.wanted.set_value(Some(wanted));
        self.asking.ask_soon(request);
    }

    fn give_up(self) {
        if let Some(wanted) = self.wanted.get_value() {
            self.show(&wanted.first, wanted.stretch, None);
        }
    }

    fn show(self, extension: &str, stretch: Stretch, call: Option<&CallRow>) {
        self.wanted.set_value(None);
        let offset_ms = self.office.offset_ms(stretch.from_ms);
        self.office.show_calls(list_of(extension, stretch, call, offset_ms));
        if let Some(row) = call {
            self.office.calls.selected.set(Some(row.id.clone()));
            self.office.calls.opened.set(Some(row.id.clone()));
        }
    }
}

impl Default for Finder {
    fn default() -> Self {
        Self::new()
    }
}
