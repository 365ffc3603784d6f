//! One preset while it is written, with what it makes of the names of the last files.

use super::namings::Pattern;
use crate::ipc::Asking;
use crate::parts::clock::Style;
use crate::parts::notice::Failed;
use crate::parts::text_box::TextBox;
use crate::screens::settings::marked::marked;
use crate::state::use_office;
use crate::words::{fill, heard, say};
use contract::intake::{Naming, NamingLine, PreviewNaming, SaveNaming};
use contract::sites::AskSites;
use leptos::prelude::*;
use std::time::Duration;

/// Typing on within this does not ask.
const TYPING_PAUSE: Duration = Duration::from_millis(120);

#[component]
pub fn NamingForm(naming: Naming, close: Callback<()>) -> impl IntoView {
    let title = if naming.id == 0 {
        say("Add a preset").to_owned()
    } else {
        fill("Change {name}", &[("name", &naming.name)])
    };
    let draft = RwSignal::new(naming);
    let sites = Asking::<AskSites>::new();
    sites.ask(AskSites {});
    let preview = Asking::<PreviewNaming>::new();
    let save = Asking::<SaveNaming>::new().on_answer(move |_| close.run(()));
    let pattern = Memo::new(move |_| draft.with(|draft| draft.pattern.clone()));
    Effect::new(move |_| {
        let pattern = pattern.get();
        let site =
            sites.answer.with(|sites| sites.as_ref().and_then(|sites| sites.first().map(|site| site.id)));
        let Some(site) = site else { return };
        set_timeout(
            move || {
                let latest = draft.try_with_untracked(|draft| draft.pattern == pattern).unwrap_or(false);
                if latest && !pattern.is_empty() {
                    preview.ask(PreviewNaming { pattern, site, names: Vec::new() });
                }
            },
            TYPING_PAUSE,
        );
    });
    let wrong = Memo::new(move |_| {
        let typed = pattern.with(String::is_empty);
        preview
            .answer
            .with(|preview| preview.as_ref().and_then(|preview| preview.wrong.clone()))
            .filter(|_| !typed)
    });
    let lines = move || {
        let lines = preview
            .answer
            .with(|preview| preview.as_ref().map(|preview| preview.lines.clone()))
            .unwrap_or_default();
        lines.into_iter().map(|line| view! { <Line line /> }).collect_view()
    };
    let unready = move || {
        save.busy.get()
            || wrong.with(Option::is_some)
            || draft.with(|draft| draft.name.trim().is_empty() || draft.pattern.trim().is_empty())
    };
    let store = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if !untrack(unready) {
            save.ask(SaveNaming { naming: draft.get_untracked() });
        }
    };
    view! {
        <form class="card keeping-card" data-testid="naming-form" on:submit=store>
            <h2>{title}</h2>
            <TextBox label=say("Name") testid="naming-name" value=Signal::derive(move || draft.with(|draft| draft.name.clone())) set=Callback::new(move |text| draft.update(|draft| draft.name = text)) hint=say("By which sources choose it.") />
            <TextBox
                label=say("Pattern")
                testid="naming-pattern"
                class="pattern-field"
                placeholder="{extension}_{time:YYYYMMDDHHmmss}"
                value=pattern
                set=Callback::new(move |text| draft.update(|draft| draft.pattern = text))
                wrong=Signal::derive(move || wrong.get().map(|(says, _)| heard(says)))
                hint=say("Fields: name, extension, from, to, number, direction, group, time:…, call_id, any. What is not in braces must stand in the name as it is.")
            />
            {move || {
                let at = wrong.get().map(|(_, at)| at);
                view! { <p><Pattern pattern=pattern.get() wrong_at=at /></p> }
            }}
            <section class="naming-preview" aria-label=say("What it makes of the last files") aria-live="polite" data-testid="naming-preview">{lines}</section>
            {move || preview.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| preview.again()) /> })}
            {move || save.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| save.again()) /> })}
            <div class="buttons">
                <button type="submit" class="btn primary" data-testid="naming-save" disabled=unready>{say("Save")}</button>
                <button type="button" class="btn quiet" on:click=move |_| close.run(())>{say("Cancel")}</button>
            </div>
        </form>
    }
}

#[component]
fn Line(line: NamingLine) -> impl IntoView {
    let office = use_office();
    let says = if line.fits {
        let when = line
            .started_ms
            .map(|at_ms| view! { <span>{marked(say("began {when}"), |_| view! { <b>{office.clock(Style::DateAndMinute, at_ms)}</b> }.into_any())}</span> });
        let fields = line.fields.into_iter().filter(|(name, _)| name != "time" || line.started_ms.is_none());
        let fields = fields
            .map(|(name, value)| view! { <span>{name.replace('_', " ")}" "<b>{value}</b></span> })
            .collect_view();
        view! { <span class="questions">{when}{fields}</span> }.into_any()
    } else {
        view! { <span class="faint sm">{say("does not fit")}</span> }.into_any()
    };
    view! {
        <div class="naming-line" class:unfit=!line.fits data-testid="naming-line">
            <code>{line.file_name}</code>
            {says}
        </div>
    }
}
