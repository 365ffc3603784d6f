//! The ways that need no backup: once more, and with a newer version.

use crate::ipc::Asking;
use crate::parts::notice::{Failed, Skeleton};
use crate::screens::settings::computer::screen::Form;
use crate::screens::settings::computer::updates::Updates;
use crate::state::rescue::use_rescuing;
use crate::state::use_office;
use crate::words::say;
use contract::computer::{AskComputer, SaveComputer};
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
    let known = use_office().computer;
    let asking = Asking::<AskComputer>::new().on_answer(move |(_, view)| known.set(Some(view)));
    asking.ask(AskComputer {});
    let save = Asking::<SaveComputer>::new().on_answer(move |(_, view)| known.set(Some(view)));
    let is_known = Memo::new(move |_| known.with(Option::is_some));
    move || {
        if let Some(failure) = asking.failure.get() {
            return view! { <Failed failure again=Callback::new(move |()| asking.again()) /> }.into_any();
        }
        let first = is_known.get().then(|| known.get_untracked()).flatten();
        let Some(first) = first else {
            return view! { <Show when=move || asking.slow.get()><Skeleton rows=4 /></Show> }.into_any();
        };
        // A view that is known is never unknown again; the last one stands in for the moment in between.
        let first = StoredValue::new(first);
        let view = Signal::derive(move || known.get().unwrap_or_else(|| first.get_value()));
        view! { <Updates form=Form { view, save } /> }.into_any()
    }
}
