//! A report that somebody shared, taken in from its file.

use crate::ipc::Asking;
use crate::parts::file_text::FileButton;
use crate::state::use_office;
use crate::words::{heard, say};
use contract::reports::{AskReports, OwnReport, ReadReport};
use leptos::prelude::*;

#[component]
pub fn TakeIn() -> impl IntoView {
    let reports = use_office().reports;
    let unread = RwSignal::new(None::<String>);
    let read = Asking::<ReadReport>::new().on_answer(move |(_, own): (ReadReport, OwnReport)| {
        unread.set(None);
        // It is looked at before it is kept: its name may be taken here.
        reports.build(own.definition);
        if own.id != 0 {
            reports.list.ask(AskReports {});
        }
    });
    let take = Callback::new(move |file: Result<String, String>| match file {
        Ok(text) => {
            unread.set(None);
            read.forget();
            read.ask(ReadReport { text });
        }
        Err(says) => unread.set(Some(says)),
    });
    let wrong = move || unread.get().or_else(|| read.failure.get().map(|failure| heard(failure.message)));
    view! {
        {move || wrong().map(|says| view! { <p class="complaint" role="alert" data-testid="report-unread">{says}</p> })}
        <FileButton words=say("Take in a shared report …") testid="report-file" read=take accept=".json,.txt,application/json,text/plain" />
    }
}
