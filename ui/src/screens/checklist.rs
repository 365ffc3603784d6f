//! What each source has delivered since it was set up. It stays on Today until all have, and is put away by hand.

use crate::ipc::Asking;
use crate::parts::icon::{Glyph, Icon};
use crate::parts::notice::Failed;
use crate::state::settings_tab::SettingsTab;
use crate::state::standing::source_name;
use crate::state::use_office;
use crate::words::{fill, heard, say};
use contract::first_run::{AskChecklist, Checklist, ChecklistItem, ChecklistState, PutChecklistAway};
use contract::links::Source;
use leptos::prelude::*;

/// On Today; nothing once it was put away.
#[component]
pub fn ChecklistCard() -> impl IntoView {
    let list = asked();
    let away = Asking::<PutChecklistAway>::new()
        .on_answer(move |(_, now): (PutChecklistAway, Checklist)| list.answer.set(Some(now)));
    let shown = Memo::new(move |_| list.answer.with(|list| list.as_ref().is_some_and(|list| list.shown)));
    let done = Memo::new(move |_| list.answer.with(|list| list.as_ref().is_some_and(|list| list.done)));
    view! {
        <Show when=move || shown.get()>
            <section class="card checklist" data-testid="checklist" aria-label=say("First events")>
                <div class="heading">
                    <h2 class="lbl">{move || if done.get() { say("Everything that is set up has delivered") } else { say("Waiting for the first event of each source") }}</h2>
                    <Show when=move || done.get()>
                        <button type="button" class="btn" data-testid="checklist-away" on:click=move |_| away.ask(PutChecklistAway {})>{say("Put away")}</button>
                    </Show>
                </div>
                <Lines list />
                {move || away.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| away.again()) /> })}
            </section>
        </Show>
    }
}

/// The lines alone.
#[component]
pub fn ChecklistLines() -> impl IntoView {
    let list = asked();
    view! { <Lines list /> }
}

/// Asked again with everything that may have brought a first event.
fn asked() -> Asking<AskChecklist> {
    let office = use_office();
    let list = Asking::<AskChecklist>::new();
    Effect::new(move |_| {
        office.figures_changed.track();
        office.recordings_changed.track();
        office.settings_changed.track();
        office.lamps.track();
        office.ask_again.track();
        list.ask_soon(AskChecklist {});
    });
    list
}

#[component]
fn Lines(list: Asking<AskChecklist>) -> impl IntoView {
    let items =
        move || list.answer.with(|list| list.as_ref().map(|list| list.items.clone()).unwrap_or_default());
    let several = Memo::new(move |_| {
        list.answer.with(|list| {
            list.as_ref().is_some_and(|list| list.items.iter().any(|item| item.site != list.items[0].site))
        })
    });
    view! {
        <ul class="checklist-lines" aria-live="polite">
            {move || {
                let many = several.get();
                items().into_iter().map(|item| view! { <Line item many /> }).collect_view()
            }}
        </ul>
        {move || list.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| list.again()) /> })}
    }
}

#[component]
fn Line(item: ChecklistItem, many: bool) -> impl IntoView {
    let office = use_office();
    let source = source_name(item.source);
    let name = if many {
        fill("{office}: {source}", &[("office", &item.site_name), ("source", source)])
    } else {
        source.to_owned()
    };
    let (class, glyph, word) = match item.state {
        ChecklistState::Delivered => ("good", Glyph::Good, say("delivered")),
        ChecklistState::Awaited => ("awaited", Glyph::Clock, say("waiting")),
        ChecklistState::NotSetUp => ("skipped", Glyph::Skipped, say("not set up")),
    };
    let tab = match item.source {
        Source::Devlink3 | Source::Smdr => SettingsTab::PhoneSystem,
        Source::Recordings => SettingsTab::Recordings,
    };
    let go = move |_| {
        office.setup.open.set(false);
        office.show_settings(tab);
    };
    view! {
        <li class=format!("step {class}") data-testid="checklist-line" data-state=class>
            <span class="step-icon"><Icon of=glyph /></span>
            <div>
                <h3>{name}<span class="step-word">{word}</span></h3>
                <p>{heard(item.says)}</p>
            </div>
            {(item.state != ChecklistState::Delivered)
                .then(|| view! { <button type="button" class="btn quiet" on:click=go>{say("Settings")}</button> })}
        </li>
    }
}
