//! The frame of the steps: where one is, the step itself, back and on.

use super::address::AddressStep;
use super::devlink::DevlinkStep;
use super::done::DoneStep;
use super::place::PlaceStep;
use super::recordings::RecordingsStep;
use super::smdr::SmdrStep;
use super::welcome::WelcomeStep;
use crate::parts::icon::{Glyph, Icon};
use crate::state::setup::Step;
use crate::state::use_office;
use crate::words::{fill, say};
use leptos::html;
use leptos::prelude::*;

#[component]
pub fn SetupScreen() -> impl IntoView {
    let office = use_office();
    let setup = office.setup;
    let heading = NodeRef::<html::H1>::new();
    // Whoever hears the page is told which step this is.
    Effect::new(move |_| {
        setup.step.track();
        if let Some(heading) = heading.get() {
            let _ = heading.focus();
        }
    });
    let title = move || title(setup.step.get());
    view! {
        <main class="setup" data-testid="setup" data-step=move || setup.step.get().word()>
            <header class="setup-head">
                <div class="brand" aria-hidden="true">"Call"<i>"Doc"</i></div>
                <Where />
                <span class="sp"></span>
                <Show when=move || setup.step.get() != Step::Done>
                    <button type="button" class="btn quiet" data-testid="setup-later" on:click=move |_| setup.open.set(false)>
                        {say("Set up later")}
                    </button>
                </Show>
            </header>
            <div class="setup-body" class:wide=move || matches!(setup.step.get(), Step::Devlink | Step::Smdr)>
                <h1 tabindex="-1" node_ref=heading>{title}</h1>
                {move || match setup.step.get() {
                    Step::Welcome => view! { <WelcomeStep /> }.into_any(),
                    Step::Address => view! { <AddressStep /> }.into_any(),
                    Step::Devlink => view! { <DevlinkStep /> }.into_any(),
                    Step::Smdr => view! { <SmdrStep /> }.into_any(),
                    Step::Recordings => view! { <RecordingsStep /> }.into_any(),
                    Step::Place => view! { <PlaceStep /> }.into_any(),
                    Step::Done => view! { <DoneStep /> }.into_any(),
                }}
            </div>
        </main>
    }
}

/// How far one is: a dot for each step.
#[component]
fn Where() -> impl IntoView {
    let setup = use_office().setup;
    let at = move || Step::ASKING.iter().position(|step| *step == setup.step.get());
    let words = move || {
        let (step, of) = (at().map_or(0, |at| at + 1).to_string(), Step::ASKING.len().to_string());
        fill("Step {step} of {of}", &[("step", &step), ("of", &of)])
    };
    let dots = (0..Step::ASKING.len()).map(move |index| {
        view! { <i class:done=move || at().is_some_and(|at| index < at) class:on=move || at() == Some(index) aria-hidden="true"></i> }
    });
    let dots = dots.collect_view();
    view! {
        <div class="setup-where" class:hidden=move || at().is_none()>
            <span class="sm mute">{words}</span>
            {dots}
        </div>
    }
}

/// Back and on at the foot of a step. `on_words` is what going on does.
#[component]
pub fn Foot(
    #[prop(into)] on_words: Signal<&'static str>,
    #[prop(optional, into)] busy: Signal<bool>,
) -> impl IntoView {
    let setup = use_office().setup;
    view! {
        <div class="buttons setup-foot">
            <button type="button" class="btn" data-testid="setup-back" disabled=busy on:click=move |_| setup.go_back()>
                <Icon of=Glyph::Back />
                {say("Back")}
            </button>
            <span class="sp"></span>
            <button type="submit" class="btn primary" data-testid="setup-next" disabled=busy>{on_words}</button>
        </div>
    }
}

fn title(step: Step) -> &'static str {
    match step {
        Step::Welcome => say("Welcome to CallDoc"),
        Step::Address => say("Where is your IP Office?"),
        Step::Devlink => say("See calls while they ring"),
        Step::Smdr => say("Keep a record of every call"),
        Step::Recordings => say("Hear recorded calls"),
        Step::Place => say("Your office"),
        Step::Done => say("CallDoc is listening"),
    }
}
