//! What to set in IP Office Manager, with this computer's address and what was typed filled in.

use crate::ipc::Asking;
use crate::parts::copy::CopyButton;
use crate::parts::notice::Failed;
use crate::state::use_office;
use crate::words::{heard, say};
use contract::first_run::{AskManagerSteps, ManagerSteps};
use contract::links::Source;
use leptos::prelude::*;

/// Asked anew as the form changes.
#[component]
pub fn ManagerCard(source: Source) -> impl IntoView {
    let setup = use_office().setup;
    let steps = Asking::<AskManagerSteps>::new();
    let wanted = Memo::new(move |_| setup.draft.with(|draft| draft.sources()));
    Effect::new(move |_| {
        let (devlink, smdr) = wanted.get();
        steps.ask_soon(AskManagerSteps { devlink, smdr });
    });
    let lines = Memo::new(move |_| {
        steps.answer.with(|answer| answer.as_ref().map(|steps| of(steps, source)).unwrap_or_default())
    });
    let own = Memo::new(move |_| {
        steps.answer.with(|answer| answer.as_ref().and_then(|steps| steps.this_computer.clone()))
    });
    view! {
        <section class="card setup-manager" aria-label=say("In IP Office Manager") data-testid="manager-steps">
            <h2>{say("In IP Office Manager")}</h2>
            {move || {
                own.get()
                    .map(|address| {
                        view! {
                            <p class="setup-own">
                                <span class="mute">{say("This computer's address")}</span>
                                <code data-testid="own-address">{address.clone()}</code>
                                <CopyButton text=address label=say("Copy this computer's address") />
                            </p>
                        }
                    })
            }}
            <ol class="mend">
                {move || lines.get().into_iter().map(|line| view! { <li>{heard(line)}</li> }).collect_view()}
            </ol>
            {move || steps.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| steps.again()) /> })}
        </section>
    }
}

fn of(steps: &ManagerSteps, source: Source) -> Vec<String> {
    match source {
        Source::Devlink3 => steps.devlink.clone(),
        Source::Smdr => steps.smdr.clone(),
        Source::Recordings => Vec::new(),
    }
}
