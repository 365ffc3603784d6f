//! People from a file: what each line would do is shown before anything is taken in.

use super::screen::Book;
use crate::ipc::Asking;
use crate::parts::dialog::Dialog;
use crate::parts::directory_words::{preview as preview_words, taken_in, verdict, verdict_class};
use crate::parts::file_text::FileButton;
use crate::parts::notice::Failed;
use crate::screens::settings::marked::marked;
use crate::words::{heard, plural, say};
use contract::directory::{ImportPeople, LineVerdict, PeoplePreview, PreviewLine, PreviewPeople};
use leptos::prelude::*;
use std::time::Duration;

const TYPING_PAUSE: Duration = Duration::from_millis(300);

#[component]
pub fn ImportDialog(book: Book) -> impl IntoView {
    view! {
        <Dialog open=book.importing label=say("Take in people from a file") testid="directory-import-dialog" class="import">
            <ImportBody book />
        </Dialog>
    }
}

#[component]
fn ImportBody(book: Book) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let unread = RwSignal::new(None::<String>);
    let preview = Asking::<PreviewPeople>::new();
    let import = Asking::<ImportPeople>::new().on_answer(move |(_, done): (ImportPeople, PeoplePreview)| {
        book.importing.set(false);
        book.changed(taken_in(&done));
    });
    let look = move |now: String| {
        text.set(now);
        unread.set(None);
        let typed = text.get_untracked();
        set_timeout(
            move || {
                let latest = text.try_with_untracked(|text| *text == typed) == Some(true);
                match (latest, typed.trim().is_empty()) {
                    (true, true) => preview.forget(),
                    (true, false) => preview.ask(PreviewPeople { text: typed }),
                    (false, _) => {}
                }
            },
            TYPING_PAUSE,
        );
    };
    let read = Callback::new(move |file: Result<String, String>| match file {
        Ok(file) => look(file),
        Err(says) => unread.set(Some(says)),
    });
    let useful = Memo::new(move |_| {
        preview.answer.with(|answer| answer.as_ref().map_or(0, |found| found.added + found.changed))
    });
    let take_in = move |_| import.ask(ImportPeople { text: text.get_untracked() });
    let words = move || match useful.get() {
        0 => say("Take in").to_owned(),
        lines => plural(u64::from(lines), "Take in {count} line", "Take in {count} lines"),
    };
    let again = Callback::new(move |()| preview.again());
    let once_more = Callback::new(move |()| import.again());
    view! {
        <h2>{say("Take in people from a file")}</h2>
        <p class="mute">
            {marked(say("A first line with headings, then a line a person: {name} and {extension}, and where you want {site}, {from}, {to} (days). Comma, semicolon or tab."), |heading| view! { <b>{heading}</b> }.into_any())}
        </p>
        <div class="import-source">
            <textarea
                rows="6"
                spellcheck="false"
                placeholder="name;extension;from;to\nAnn Keller;204;2026-07-01;"
                aria-label=say("Text of the file")
                data-testid="directory-text"
                prop:value=text
                on:input=move |event| look(event_target_value(&event))
            ></textarea>
            <FileButton words=say("Choose a file …") testid="directory-file" read />
        </div>
        {move || unread.get().map(|says| view! { <p class="complaint" role="alert">{says}</p> })}
        {move || preview.failure.get().map(|failure| view! { <Failed failure again /> })}
        {move || preview.answer.get().map(|found| view! { <Preview found /> })}
        {move || import.failure.get().map(|failure| view! { <Failed failure again=once_more /> })}
        <div class="buttons">
            <button
                type="button"
                class="btn primary"
                data-testid="directory-take-in"
                disabled=move || useful.get() == 0 || import.busy.get() || preview.busy.get()
                on:click=take_in
            >
                {words}
            </button>
            <button type="button" class="btn" on:click=move |_| book.importing.set(false)>{say("Cancel")}</button>
        </div>
    }
}

/// Every line with its verdict; those left out can be looked at alone.
#[component]
fn Preview(found: PeoplePreview) -> impl IntoView {
    let only_bad = RwSignal::new(false);
    let says = preview_words(&found);
    let bad = found.bad;
    let lines = StoredValue::new(found.lines);
    let shown = move || {
        lines.with_value(|lines| {
            let wanted =
                |line: &&PreviewLine| !only_bad.get() || matches!(line.verdict, LineVerdict::Bad { .. });
            lines.iter().filter(wanted).map(line_view).collect_view()
        })
    };
    view! {
        <div class="preview-head">
            <p role="status" data-testid="directory-preview-says">{says}</p>
            {(bad > 0)
                .then(|| {
                    view! {
                        <label class="tick sm">
                            <input type="checkbox" data-testid="directory-only-bad" prop:checked=only_bad on:change=move |event| only_bad.set(event_target_checked(&event)) />
                            {say("Only those left out")}
                        </label>
                    }
                })}
        </div>
        <ol class="preview" data-testid="directory-preview">{shown}</ol>
    }
}

fn line_view(line: &PreviewLine) -> impl IntoView + use<> {
    let (word, says) = verdict(&line.verdict);
    let (number, text, says) = (line.line, line.text.clone(), heard(says));
    view! {
        <li class=format!("preview-line {}", verdict_class(&line.verdict)) data-testid="directory-preview-line">
            <span class="faint n">{number}</span>
            <code>{text}</code>
            <span class="verdict">{word}</span>
            {(!says.is_empty()).then(|| view! { <span class="preview-says">{says}</span> })}
        </li>
    }
}
