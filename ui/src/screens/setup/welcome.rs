//! The first choice: an invented office to look around in, or one's own.

use crate::parts::icon::{Glyph, Icon};
use crate::parts::notice::Failed;
use crate::state::setup::Step;
use crate::state::use_office;
use crate::words::say;
use contract::first_run::{OfficeKind, OpenOffice};
use leptos::prelude::*;

#[component]
pub fn WelcomeStep() -> impl IntoView {
    let setup = use_office().setup;
    let demo = setup.other_office;
    let look_around = move |_| demo.ask(OpenOffice { office: OfficeKind::Demo });
    view! {
        <p class="setup-lead">{say("What is going on right now, what happened to that caller, and how did it sound: CallDoc shows the calls of your Avaya IP Office, live and as history.")}</p>
        <div class="setup-choices">
            <button type="button" class="card setup-choice" data-testid="setup-connect" on:click=move |_| setup.step.set(Step::Address)>
                <Icon of=Glyph::Phone />
                <span class="b">{say("Connect my IP Office")}</span>
                <span class="mute">{say("In about two minutes. You need its address and a service user; each step tells what to set in IP Office Manager.")}</span>
            </button>
            <button type="button" class="card setup-choice" data-testid="setup-demo" disabled=demo.busy on:click=look_around>
                <Icon of=Glyph::Live />
                <span class="b">{move || if demo.busy.get() { say("Opening the demo office …") } else { say("Look around with a demo office") }}</span>
                <span class="mute">{say("Invented people who make calls, with weeks of history. It has a library of its own and says on every screen that it is a demo.")}</span>
            </button>
        </div>
        {move || demo.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| demo.again()) /> })}
        <p class="sm mute">{say("Everything stays on this computer. CallDoc listens to the phone system and changes nothing in it.")}</p>
    }
}
