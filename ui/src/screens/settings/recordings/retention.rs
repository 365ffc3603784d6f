//! How long recordings are kept: rules in their order, and what they would take before they are saved.

use super::retention_rule::RuleLine;
use crate::ipc::Asking;
use crate::parts::clock::Style;
use crate::parts::confirm::{Confirm, Danger, Way};
use crate::parts::notice::{Failed, Skeleton};
use crate::parts::recording_words::{bytes, counted_recordings, party};
use crate::parts::text_box::TickBox;
use crate::state::retention_draft::{RetentionDraft, gone_words};
use crate::state::use_office;
use crate::words::{all_heard, fill, say};
use contract::keeping::{
    AskRetention, PreviewRetention, Retention, RetentionPreview, RunRetention, SaveRetention,
};
use contract::recordings::Done;
use leptos::prelude::*;

#[component]
pub fn RetentionPart() -> impl IntoView {
    let office = use_office();
    let draft = RwSignal::new(None::<RetentionDraft>);
    let stored = RwSignal::new(Retention::default());
    let asking = Asking::<AskRetention>::new().on_answer(move |(_, retention): (AskRetention, Retention)| {
        draft.set(Some(RetentionDraft::of(&retention)));
        stored.set(retention);
    });
    asking.ask(AskRetention {});
    let preview = Asking::<PreviewRetention>::new();
    let told = RwSignal::new(None::<String>);
    let save = Asking::<SaveRetention>::new().on_answer(move |(_, retention): (SaveRetention, Retention)| {
        draft.set(Some(RetentionDraft::of(&retention)));
        stored.set(retention);
        preview.forget();
        told.set(Some(say("The rules are saved.").to_owned()));
    });
    let asking_to_run = RwSignal::new(false);
    let run = Asking::<RunRetention>::new().on_answer(move |(_, done): (RunRetention, Done)| {
        asking_to_run.set(false);
        let left = all_heard(done.left).join(" ");
        told.set(Some(fill(
            "{recordings} put into the trash, where they stay for seven days. {left}",
            &[("recordings", &counted_recordings(u64::from(done.done))), ("left", &left)],
        )));
        office.remarked.update(|count| *count += 1);
    });
    let keys = Memo::new(move |_| draft.with(|draft| draft.as_ref().map(RetentionDraft::keys)));
    let read = Memo::new(move |_| draft.with(|draft| draft.as_ref().map(RetentionDraft::to_retention)));
    let wrong = move || read.get().and_then(Result::err);
    let rules = move || read.get_untracked().and_then(Result::ok);
    let changed = Memo::new(move |_| read.get().is_some_and(|read| read.as_ref() != Ok(&stored.get())));
    let look = move |_| {
        if let Some(retention) = rules() {
            told.set(None);
            preview.ask(PreviewRetention { retention });
        }
    };
    let store = move |_| {
        if let Some(retention) = rules() {
            save.ask(SaveRetention { retention });
        }
    };
    let automatic =
        Signal::derive(move || draft.with(|draft| draft.as_ref().is_some_and(|draft| draft.automatic)));
    let change = move |with: fn(&mut RetentionDraft)| {
        draft.update(|draft| {
            if let Some(draft) = draft {
                with(draft);
            }
        });
    };
    let failure =
        move || asking.failure.get().or_else(|| preview.failure.get()).or_else(|| save.failure.get());
    let way = Way {
        words: say("Put them into the trash"),
        otherwise: say("Leave them"),
        testid: "confirm-retention",
        danger: Danger::CanBeTakenBack,
    };
    let says = move || {
        vec![say("The stored rules are carried out now. What they take can be had back from the trash for seven days; recordings under legal hold stay.").to_owned()]
    };
    view! {
        <section class="card keeping-card" data-testid="retention">
            <h2>{say("Retention")}</h2>
            <p class="mute">{say("The first rule that fits a recording says how long it is kept. A recording that no rule fits is kept for ever.")}</p>
            <Show when=move || keys.get().is_some() fallback=move || view! { <Show when=move || asking.slow.get()><Skeleton rows=3 /></Show> }>
                <ol class="rules">
                    <For each=move || keys.get().unwrap_or_default() key=|key| *key let:key>
                        <RuleLine rule=key draft />
                    </For>
                </ol>
                <div class="buttons">
                    <button type="button" class="btn" data-testid="retention-add" on:click=move |_| change(RetentionDraft::add)>{say("Add a rule")}</button>
                </div>
                <TickBox label=say("Carry the rules out once a day") testid="retention-automatic" hint=say("Otherwise only when you press the button below.") value=automatic set=Callback::new(move |on: bool| draft.update(|draft| if let Some(draft) = draft { draft.automatic = on; })) />
                <p class="complaint form-complaint" role="alert">{wrong}</p>
                <div class="buttons">
                    <button type="button" class="btn" data-testid="retention-preview" disabled=move || wrong().is_some() || preview.busy.get() on:click=look>{say("What would go?")}</button>
                    <button type="button" class="btn primary" data-testid="retention-save" disabled=move || wrong().is_some() || !changed.get() || save.busy.get() on:click=store>{say("Save the rules")}</button>
                    <button type="button" class="btn" data-testid="retention-run" disabled=move || changed.get() on:click=move |_| asking_to_run.set(true)>{say("Carry them out now …")}</button>
                </div>
            </Show>
            {move || told.get().map(|says| view! { <p class="saved" role="status" data-testid="retention-notice">{says}</p> })}
            {move || failure().map(|failure| view! { <Failed failure again=Callback::new(move |()| asking.again()) /> })}
            {move || preview.answer.get().map(|preview| view! { <Preview preview /> })}
        </section>
        <Confirm open=asking_to_run title=Signal::stored(say("Carry out retention now?").to_owned()) says=Signal::derive(says) testid="retention-dialog" way busy=run.busy failure=run.failure run=Callback::new(move |()| run.ask(RunRetention {})) />
    }
}

#[component]
fn Preview(preview: RetentionPreview) -> impl IntoView {
    let office = use_office();
    let by_rule = preview.by_rule.iter().map(|(rule, count, size)| {
        view! { <tr><th scope="row">{rule.clone()}</th><td class="n">{counted_recordings(*count)}</td><td class="n mute">{bytes(*size)}</td></tr> }
    });
    let by_rule = by_rule.collect_view();
    let shown = preview.rows.len() as u64;
    let rows = preview.rows.iter().map(|row| {
        let (title, _) = party(row);
        let id = row.id.clone();
        view! { <li><button type="button" class="link" on:click=move |_| office.show_recording(&id)>{office.clock(Style::DateAndMinute, row.started_ms)}" "{title}</button></li> }
    });
    let rows = rows.collect_view();
    view! {
        <section class="retention-preview" data-testid="retention-would-go" aria-label=say("What would go")>
            <p class="b">{gone_words(&preview)}</p>
            <table class="rule-counts"><tbody>{by_rule}</tbody></table>
            <details>
                <summary class="link">{fill("The oldest {count} of them", &[("count", &shown.to_string())])}</summary>
                <ul class="lines sm">{rows}</ul>
            </details>
        </section>
    }
}
