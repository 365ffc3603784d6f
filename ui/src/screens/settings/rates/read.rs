//! Rates from a file or from what is pasted: what was read and what was not, before it goes into the form.

use super::draft::{RatesForm, Spot};
use crate::ipc::Asking;
use crate::parts::dialog::Dialog;
use crate::parts::file_text::FileButton;
use crate::parts::notice::Failed;
use crate::screens::settings::marked::marked;
use crate::words::{fill, heard, plural, say};
use contract::rates::{BadLine, RatesRead, ReadRates};
use leptos::prelude::*;
use std::time::Duration;

const TYPING_PAUSE: Duration = Duration::from_millis(300);

#[component]
pub fn ReadDialog(form: RatesForm, reading: RwSignal<bool>) -> impl IntoView {
    view! {
        <Dialog open=reading label=say("Read rates") testid="rates-read-dialog" class="import">
            <ReadBody form reading />
        </Dialog>
    }
}

#[component]
fn ReadBody(form: RatesForm, reading: RwSignal<bool>) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let unread = RwSignal::new(None::<String>);
    let read = Asking::<ReadRates>::new();
    let look = move |now: String| {
        text.set(now);
        unread.set(None);
        let typed = text.get_untracked();
        set_timeout(
            move || {
                let latest = text.try_with_untracked(|text| *text == typed) == Some(true);
                match (latest, typed.trim().is_empty()) {
                    (true, true) => read.forget(),
                    (true, false) => read.ask(ReadRates { text: typed }),
                    (false, _) => {}
                }
            },
            TYPING_PAUSE,
        );
    };
    let file = Callback::new(move |file: Result<String, String>| match file {
        Ok(file) => look(file),
        Err(says) => unread.set(Some(says)),
    });
    let count =
        Memo::new(move |_| read.answer.with(|found| found.as_ref().map_or(0, |found| found.rates.len())));
    let nothing = move || count.get() == 0 || read.busy.get();
    let take = move |instead: Instead| {
        if instead == Instead::OfAll {
            form.rates.set(Vec::new());
        }
        read.answer.with_untracked(|found| {
            if let Some(found) = found {
                form.add_rates(&found.rates);
            }
        });
        form.forgive(Spot::Rates);
        reading.set(false);
    };
    let again = Callback::new(move |()| read.again());
    view! {
        <h2>{say("Read rates")}</h2>
        <p class="mute">
            {marked(say("A first line with headings: {prefix}, {label}, {band}, {per_minute}, {connect_fee}, {minimum}, {minimum_seconds}, {step_seconds}. Amounts as decimals of the currency. Nothing is stored before you save the table."), |heading| view! { <b>{heading}</b> }.into_any())}
        </p>
        <div class="import-source">
            <textarea
                rows="6"
                spellcheck="false"
                placeholder="prefix;label;per_minute;connect_fee;step_seconds\n+49;Germany, landline;0.0190;0;60"
                aria-label=say("Text of the file")
                data-testid="rates-text"
                prop:value=text
                on:input=move |event| look(event_target_value(&event))
            ></textarea>
            <FileButton words=say("Choose a file …") testid="rates-file" read=file />
        </div>
        {move || unread.get().map(|says| view! { <p class="complaint" role="alert">{says}</p> })}
        {move || read.failure.get().map(|failure| view! { <Failed failure again /> })}
        {move || read.answer.get().map(|found| view! { <WasRead found /> })}
        <div class="buttons">
            <button type="button" class="btn primary" data-testid="rates-add-read" disabled=nothing on:click=move |_| take(Instead::OfNone)>
                {move || plural(count.get() as u64, "Add {count} rate", "Add {count} rates")}
            </button>
            <button type="button" class="btn" data-testid="rates-replace" disabled=nothing on:click=move |_| take(Instead::OfAll)>
                {say("Replace all rates")}
            </button>
            <button type="button" class="btn quiet" on:click=move |_| reading.set(false)>{say("Cancel")}</button>
        </div>
    }
}

/// Instead of what the rates that were read stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Instead {
    OfNone,
    OfAll,
}

#[component]
fn WasRead(found: RatesRead) -> impl IntoView {
    let good = plural(found.rates.len() as u64, "{count} rate was read", "{count} rates were read");
    let says = match found.bad.len() {
        0 => format!("{good}."),
        1 => fill("{read}; 1 line is left out:", &[("read", &good)]),
        bad => fill("{read}; {bad} lines are left out:", &[("read", &good), ("bad", &bad.to_string())]),
    };
    view! {
        <div class="preview-head"><p role="status" data-testid="rates-read-says">{says}</p></div>
        {(!found.bad.is_empty())
            .then(|| view! { <ol class="preview">{found.bad.into_iter().map(bad_line).collect_view()}</ol> })}
    }
}

fn bad_line(line: BadLine) -> impl IntoView {
    view! {
        <li class="preview-line bad" data-testid="rates-bad-line">
            <span class="faint n">{line.line}</span>
            <code>{line.text}</code>
            <span class="verdict">{say("left out")}</span>
            <span class="preview-says">{heard(line.says)}</span>
        </li>
    }
}
