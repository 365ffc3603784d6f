//! What is about one number outside: looked at, exported, erased.

use crate::ipc::Asking;
use crate::parts::clock::{Style, number};
use crate::parts::confirm::{Confirm, Danger, Way};
use crate::parts::notice::Failed;
use crate::parts::recording_words::counted_recordings;
use crate::parts::text_box::TextBox;
use crate::state::use_office;
use crate::words::{all_heard, fill, heard, plural, say};
use contract::health::SavedFile;
use contract::privacy::{AskNumber, EraseNumber, Erased, ExportNumber, NumberView};
use leptos::prelude::*;

#[component]
pub fn NumberPart() -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let told = RwSignal::new(Vec::<String>::new());
    let erasing = RwSignal::new(false);
    let look = Asking::<AskNumber>::new();
    let export = Asking::<ExportNumber>::new().on_answer(move |(_, saved): (ExportNumber, SavedFile)| {
        told.set(saved.file.into_iter().map(|file| fill("Saved as {file}.", &[("file", &file)])).collect());
    });
    let erase = Asking::<EraseNumber>::new().on_answer(move |(_, erased): (EraseNumber, Erased)| {
        erasing.set(false);
        look.forget();
        typed.set(String::new());
        told.set(erased_words(erased));
    });
    let wanted = move || typed.with_untracked(|typed| typed.trim().to_owned());
    let ask = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        told.set(Vec::new());
        export.forget();
        if !wanted().is_empty() {
            look.ask(AskNumber { number: wanted() });
        }
    };
    let there =
        move || look.answer.with(|view| view.as_ref().is_some_and(|view| view.calls + view.recordings > 0));
    let way = Way {
        words: say("Erase it for good"),
        otherwise: say("Leave it"),
        testid: "confirm-erase",
        danger: Danger::IsGone,
    };
    let says = move || {
        let view = look.answer.get().unwrap_or_default();
        let mut says = vec![
            fill(
                "{calls} stay as figures, without number and name. Their notes, tags and scores go, and {recordings} for good.",
                &[
                    ("calls", &plural(view.calls, "{count} call", "{count} calls")),
                    ("recordings", &counted_recordings(view.recordings.saturating_sub(view.held))),
                ],
            ),
            say("The number is taken out of the journal too, so that nothing brings it back. Backups and files that were exported before keep it.").to_owned(),
        ];
        if view.held > 0 {
            says.push(plural(
                view.held,
                "{count} recording is under legal hold and stay as they are.",
                "{count} recordings are under legal hold and stay as they are.",
            ));
        }
        says
    };
    view! {
        <section class="card keeping-card" data-testid="one-number">
            <h2>{say("One number")}</h2>
            <p class="mute">{say("What CallDoc has about somebody outside, for those who ask for it: given out in one file, or erased.")}</p>
            <form class="unlock" on:submit=ask>
                <TextBox label=Signal::stored(say("Number").to_owned()) testid="number-typed" value=typed set=Callback::new(move |text| { look.forget(); typed.set(text); }) hint=say("As it is dialled, or with + and the country's code.") />
                <button type="submit" class="btn" data-testid="number-look" disabled=move || look.busy.get() || typed.with(|typed| typed.trim().is_empty())>{move || if look.busy.get() { say("Looking …") } else { say("What is there?") }}</button>
            </form>
            {move || look.failure.get().map(|failure| view! { <p class="complaint" role="alert">{heard(failure.message)}</p> })}
            {move || look.answer.get().map(|view| view! { <Found view /> })}
            <Show when=there>
                <div class="buttons">
                    <button type="button" class="btn" data-testid="number-export" disabled=export.busy on:click=move |_| export.ask(ExportNumber { number: wanted() })>{move || if export.busy.get() { say("Exporting …") } else { say("Export all of it …") }}</button>
                    <button type="button" class="btn danger" data-testid="number-erase" on:click=move |_| erasing.set(true)>{say("Erase it …")}</button>
                </div>
            </Show>
            {move || export.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| export.again()) /> })}
            {move || told.get().into_iter().map(|says| view! { <p class="saved" role="status">{says}</p> }).collect_view()}
        </section>
        <Confirm open=erasing title=Signal::stored(say("Erase this number?").to_owned()) says=Signal::derive(says) testid="erase-dialog" way busy=erase.busy failure=erase.failure run=Callback::new(move |()| erase.ask(EraseNumber { number: wanted() })) />
    }
}

#[component]
fn Found(view: NumberView) -> impl IntoView {
    let office = use_office();
    if view.calls + view.recordings == 0 {
        return view! { <p class="mute" role="status">{say("Nothing in the library is about this number.")}</p> }
            .into_any();
    }
    let when = match (view.first_ms, view.last_ms) {
        (Some(first), Some(last)) if first != last => Some(fill(
            "{from} to {to}",
            &[
                ("from", &office.clock(Style::DateAndMinute, first)),
                ("to", &office.clock(Style::DateAndMinute, last)),
            ],
        )),
        (Some(only), _) => Some(office.clock(Style::DateAndMinute, only)),
        _ => None,
    };
    let held = (view.held > 0).then(|| fill("{count} under legal hold", &[("count", &number(view.held))]));
    let with = |count: u64, more: Option<String>| {
        [Some(number(count)), more].into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    let lines = [
        (say("Calls"), with(view.calls, when)),
        (say("Recordings"), with(view.recordings, held)),
        (say("Notes"), number(view.notes)),
        (say("Written as"), view.spellings.join(", ")),
        (say("Names"), view.names.join(", ")),
    ];
    let lines = lines
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> });
    view! {
        <dl class="facts wide-facts" role="status" data-testid="number-found">{lines.collect_view()}</dl>
        {view.live.then(|| view! { <p class="advice">{say("A call with this number is going on. It can be erased when that has ended.")}</p> })}
    }
    .into_any()
}

fn erased_words(erased: Erased) -> Vec<String> {
    let done = fill(
        "Erased: {calls}, {recordings} and {entries}.",
        &[
            ("calls", &plural(erased.calls, "{count} call", "{count} calls")),
            ("recordings", &counted_recordings(erased.recordings)),
            ("entries", &plural(erased.journal_entries, "{count} journal entry", "{count} journal entries")),
        ],
    );
    std::iter::once(done).chain(all_heard(erased.left)).collect()
}
