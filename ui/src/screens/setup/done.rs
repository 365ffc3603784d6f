//! Everything is saved: what makes the first event of each source come.

use crate::screens::checklist::ChecklistLines;
use crate::state::{Screen, use_office};
use crate::words::say;
use leptos::prelude::*;

#[component]
pub fn DoneStep() -> impl IntoView {
    let office = use_office();
    let setup = office.setup;
    let open = move |_| {
        setup.open.set(false);
        setup.forget();
        office.screen.set(Screen::Today);
    };
    view! {
        <p class="setup-lead">{say("This list stays on Today until each source has delivered its first event.")}</p>
        {move || setup.notice.get().map(|says| view! { <p class="saved" role="status">{says}</p> })}
        <section class="card setup-checklist" aria-label=say("First events")><ChecklistLines /></section>
        <div class="buttons setup-foot">
            <span class="sp"></span>
            <button type="button" class="btn primary" data-testid="setup-open" on:click=open>{say("Open CallDoc")}</button>
        </div>
    }
}
