//! The ways that need no backup: once more, and with a newer version.

use crate::parts::notice::Failed;
use crate::screens::settings::computer::screen::Known;
use crate::screens::settings::computer::updates::Updates;
use crate::state::rescue::use_rescuing;
use crate::words::say;
use contract::rescue::OpenAgain;
use leptos::prelude::*;

#[component]
pub fn TryAgain() -> impl IntoView {
    let again = use_rescuing().again;
    view! {
        <div class="buttons">
            <button type="button" class="btn" data-testid="rescue-again" disabled=again.busy on:click=move |_| again.ask(OpenAgain {})>
                {move || if again.busy.get() { say("Opening …") } else { say("Try again") }}
            </button>
        </div>
        {move || again.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| again.again()) /> })}
    }
}

/// The card of the settings: what there is, and how far it is.
#[component]
pub fn UpdateFirst() -> impl IntoView {
    view! { <Known draw=Callback::new(|form| view! { <Updates form /> }.into_any()) /> }
}
