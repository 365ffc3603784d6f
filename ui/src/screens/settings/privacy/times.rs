//! How long calls, the journal and the audit log are kept, and how long numbers are whole; what that would take.

use crate::ipc::Asking;
use crate::parts::clock::{Style, number};
use crate::parts::confirm::{Confirm, Danger, Way};
use crate::parts::notice::{Failed, Skeleton};
use crate::parts::recording_words::bytes;
use crate::parts::text_box::TextBox;
use crate::screens::settings::marked::marked;
use crate::state::keep_draft::{KeepDraft, Span};
use crate::state::settings_tab::{RecordingsPart, SettingsTab};
use crate::state::use_office;
use crate::words::{fill, heard, say};
use contract::privacy::{
    AskPrivacy, KeepTimes, Over, PreviewPrivacy, Privacy, PrivacyDone, PrivacyPreview, RunPrivacy,
    SavePrivacy,
};
use leptos::prelude::*;

#[component]
pub fn TimesPart() -> impl IntoView {
    let office = use_office();
    let draft = RwSignal::new(None::<KeepDraft>);
    let stored = RwSignal::new(None::<Privacy>);
    let told = RwSignal::new(None::<String>);
    let take = move |privacy: Privacy| {
        draft.set(Some(KeepDraft::of(&privacy.times)));
        stored.set(Some(privacy));
    };
    let asking = Asking::<AskPrivacy>::new().on_answer(move |(_, privacy)| take(privacy));
    asking.ask(AskPrivacy {});
    let preview = Asking::<PreviewPrivacy>::new();
    let save = Asking::<SavePrivacy>::new().on_answer(move |(_, privacy): (SavePrivacy, Privacy)| {
        take(privacy);
        preview.forget();
        told.set(Some(say("Saved. It is carried out once a day.").to_owned()));
    });
    let running = RwSignal::new(false);
    let run = Asking::<RunPrivacy>::new().on_answer(move |(_, done): (RunPrivacy, PrivacyDone)| {
        running.set(false);
        told.set(Some(done_words(&done)));
        asking.ask_soon(AskPrivacy {});
    });
    let read = Memo::new(move |_| draft.with(|draft| draft.as_ref().map(KeepDraft::times)));
    let wrong = move || read.get().and_then(Result::err);
    let times = move || read.get_untracked().and_then(Result::ok);
    let changed = Memo::new(move |_| {
        let now = read.get().and_then(Result::ok);
        now.is_none() || now != stored.with(|stored| stored.as_ref().map(|stored| stored.times))
    });
    let field = move |span: Span| {
        let value = Signal::derive(move || {
            draft.with(|draft| draft.as_ref().map(|draft| draft.text(span).to_owned()).unwrap_or_default())
        });
        let set = Callback::new(move |text: String| {
            told.set(None);
            preview.forget();
            draft.update(|draft| {
                if let Some(draft) = draft {
                    draft.set(span, text);
                }
            });
        });
        view! { <TextBox label=Signal::stored(span.label().to_owned()) testid=span.testid() value set hint=span.hint() placeholder=Signal::stored(say("for ever").to_owned()) class="days-field" /> }
    };
    let look = move |_| {
        if let Some(times) = times() {
            told.set(None);
            preview.ask(PreviewPrivacy { times });
        }
    };
    let store = move |_| {
        if let Some(times) = times() {
            save.ask(SavePrivacy { times });
        }
    };
    let way = Way {
        words: say("Carry it out"),
        otherwise: say("Leave everything"),
        testid: "confirm-privacy",
        danger: Danger::IsGone,
    };
    let says = move || {
        vec![
            say("What is over its time by the settings that are saved goes now, for good. It goes a little at a time; calls are collected meanwhile.").to_owned(),
        ]
    };
    let failure =
        move || asking.failure.get().or_else(|| preview.failure.get()).or_else(|| save.failure.get());
    let to_retention = move |_| {
        office.recordings_part.set(RecordingsPart::Retention);
        office.settings_tab.set(SettingsTab::Recordings);
    };
    view! {
        <section class="card keeping-card" data-testid="keep-times">
            <h2>{say("How long things are kept")}</h2>
            <p class="mute">{marked(say("In days; an empty field keeps for ever. Carried out once a day. Recordings have rules of their own: {retention}."), move |_| view! { <button type="button" class="link" on:click=to_retention>{say("Recordings > Retention")}</button> }.into_any())}</p>
            <Show when=move || draft.with(Option::is_some) fallback=move || view! { <Show when=move || asking.slow.get()><Skeleton rows=4 /></Show> }>
                <div class="keep-fields">{Span::ALL.map(field).into_iter().collect_view()}</div>
                <p class="complaint form-complaint" role="alert">{wrong}</p>
                <div class="buttons">
                    <button type="button" class="btn" data-testid="privacy-preview" disabled=move || wrong().is_some() || preview.busy.get() on:click=look>{say("What would go?")}</button>
                    <button type="button" class="btn primary" data-testid="privacy-save" disabled=move || wrong().is_some() || !changed.get() || save.busy.get() on:click=store>{say("Save")}</button>
                    <button type="button" class="btn" data-testid="privacy-run" disabled=move || changed.get() on:click=move |_| running.set(true)>{say("Carry it out now …")}</button>
                </div>
            </Show>
            {move || stored.get().and_then(|privacy| privacy.settled_until_ms).map(|at_ms| view! { <p class="mute sm">{fill("Calls up to {when} stay as they are: the journal they were made of is gone, so nothing makes them anew.", &[("when", &office.clock(Style::DateAndMinute, at_ms))])}</p> })}
            {move || told.get().map(|says| view! { <p class="saved" role="status" data-testid="privacy-notice">{says}</p> })}
            {move || failure().map(|failure| view! { <Failed failure again=Callback::new(move |()| asking.again()) /> })}
            {move || preview.answer.get().map(|preview| view! { <Preview preview times=times().unwrap_or_default() /> })}
        </section>
        <Confirm open=running title=Signal::stored(say("Carry it out now?").to_owned()) says=Signal::derive(says) testid="privacy-dialog" way busy=run.busy failure=run.failure run=Callback::new(move |()| run.ask(RunPrivacy {})) />
    }
}

#[component]
fn Preview(preview: PrivacyPreview, times: KeepTimes) -> impl IntoView {
    let office = use_office();
    let lines = [
        (say("Calls"), times.calls_days, preview.calls),
        (say("Journal entries"), times.journal_days, preview.journal),
        (say("Audit entries"), times.audit_days, preview.audit),
        (say("Numbers shortened"), times.whole_numbers_days, preview.numbers),
    ];
    let rows = lines.map(|(name, days, over): (&str, Option<u32>, Over)| {
        let when = match (days, over.oldest_ms) {
            (None, _) => say("kept for ever").to_owned(),
            (Some(_), None) => say("nothing is over").to_owned(),
            (Some(_), Some(at_ms)) => {
                fill("from {when} on", &[("when", &office.clock(Style::DateAndMinute, at_ms))])
            }
        };
        let much = (over.bytes > 0).then(|| fill("about {size}", &[("size", &bytes(over.bytes))]));
        view! { <tr><th scope="row">{name}</th><td class="n">{number(over.count)}</td><td class="mute">{when}</td><td class="n mute">{much}</td></tr> }
    });
    let notes =
        preview.notes.into_iter().map(|note| view! { <p class="mute sm">{heard(note)}</p> }).collect_view();
    view! {
        <section class="retention-preview" data-testid="privacy-would-go" aria-label=say("What would go")>
            <table class="rule-counts"><tbody>{rows.into_iter().collect_view()}</tbody></table>
            {notes}
        </section>
    }
}

fn done_words(done: &PrivacyDone) -> String {
    if *done == PrivacyDone::default() {
        return say("Nothing was over its time.").to_owned();
    }
    fill(
        "Gone: {calls} calls, {journal} journal entries, {audit} audit entries. {numbers} numbers shortened.",
        &[
            ("calls", &number(done.calls)),
            ("journal", &number(done.journal_entries)),
            ("audit", &number(done.audit_entries)),
            ("numbers", &number(done.shortened)),
        ],
    )
}
