//! Why recordings are put under legal hold: whoever releases them later wants to know.

use super::acting::Acting;
use crate::parts::dialog::Dialog;
use crate::parts::notice::Failed;
use crate::parts::recording_words::many_recordings;
use crate::words::{fill, say};
use contract::recordings::HoldRecordings;
use leptos::prelude::*;

#[component]
pub fn HoldDialog(acting: Acting) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(acting.holding.with(|ids| !ids.is_empty())));
    Effect::new(move |_| {
        if !open.get() && acting.holding.with_untracked(|ids| !ids.is_empty()) {
            acting.holding.set(Vec::new());
        }
    });
    view! {
        <Dialog open label=say("Legal hold") testid="hold-dialog" class="confirm">
            <Body acting open />
        </Dialog>
    }
}

#[component]
fn Body(acting: Acting, open: RwSignal<bool>) -> impl IntoView {
    let why = RwSignal::new(String::new());
    let count = many_recordings(acting.holding.with_untracked(Vec::len) as u64);
    let store = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let why = why.with_untracked(|why| why.trim().to_owned());
        if !why.is_empty() {
            acting.hold.ask(HoldRecordings { ids: acting.holding.get_untracked(), why: Some(why) });
        }
    };
    view! {
        <form on:submit=store>
            <h2>{fill("Put {count} under legal hold?", &[("count", &count)])}</h2>
            <p class="mute">{say("Until it is released, nothing deletes or silences a held recording: neither retention nor a person.")}</p>
            <label class="field">
                <span>{say("Why")}</span>
                <input type="text" autocomplete="off" placeholder=say("Case 2026-114, Hartmann") data-testid="hold-why" prop:value=why on:input=move |event| why.set(event_target_value(&event)) />
            </label>
            {move || acting.hold.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| acting.hold.again()) /> })}
            <div class="buttons">
                <button type="submit" class="btn primary" data-testid="confirm-hold" disabled=move || acting.hold.busy.get() || why.with(|why| why.trim().is_empty())>{say("Put under hold")}</button>
                <button type="button" class="btn" on:click=move |_| open.set(false)>{say("Cancel")}</button>
            </div>
        </form>
    }
}
