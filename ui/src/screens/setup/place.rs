//! What the office is called, its zone and country, guessed from this computer; then everything is saved.

use super::screen::Foot;
use crate::ipc::Asking;
use crate::parts::notice::Failed;
use crate::screens::settings::field::Draft;
use crate::screens::settings::form_basics::Basics;
use crate::state::setup::{Step, recordings_source};
use crate::state::use_office;
use crate::words::say;
use contract::intake::{SaveIntakeSource, SavedIntakeSource};
use contract::sites::{AskCountries, AskZones, SaveSite, SavedSite};
use leptos::prelude::*;

#[component]
pub fn PlaceStep() -> impl IntoView {
    let setup = use_office().setup;
    let form = Draft { draft: setup.draft, complaints: setup.complaints };
    let zones = Asking::<AskZones>::new();
    zones.ask(AskZones {});
    let countries = Asking::<AskCountries>::new();
    countries.ask(AskCountries {});
    Effect::new(move |_| {
        let here = zones.answer.with(|zones| zones.as_ref().map(|zones| zones.here.clone()));
        let unset = setup.draft.with_untracked(|draft| draft.time_zone.is_empty());
        if let (Some(here), true) = (here, unset) {
            setup.draft.update(|draft| draft.time_zone = here);
        }
    });
    let watch = Asking::<SaveIntakeSource>::new()
        .on_answer(move |_: (SaveIntakeSource, SavedIntakeSource)| setup.step.set(Step::Done));
    let save = Asking::<SaveSite>::new().on_answer(move |(_, saved): (SaveSite, SavedSite)| {
        // Saved once: trying again because of the folder changes the same office.
        setup.draft.update(|draft| draft.saved(&saved.site));
        setup.password.set(String::new());
        setup.notice.set(saved.notice);
        let folder = setup.recordings_folder.get_untracked();
        match recordings_source(&folder, saved.site.id, say("Recorder")) {
            Some(source) => watch.ask(source),
            None => setup.step.set(Step::Done),
        }
    });
    // A question holds the password: it goes with the step.
    on_cleanup(move || save.forget());
    let finish = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let typed = setup.password.get_untracked();
        if !setup.go_on() {
            return;
        }
        match setup.draft.with_untracked(|draft| draft.to_site(&typed)) {
            Ok(site) => save.ask(setup.draft.with_untracked(|draft| draft.to_save(site, &typed))),
            // Something of an earlier step was undone on the way back: the step that asks for it says so.
            Err(_) => {
                let wrong = |step: &Step| {
                    setup.draft.with_untracked(|draft| !step.complaints(draft, &typed).is_empty())
                };
                if let Some(step) = Step::ASKING.into_iter().find(wrong) {
                    setup.step.set(step);
                    setup.go_on();
                }
            }
        }
    };
    let busy = Signal::derive(move || save.busy.get() || watch.busy.get());
    view! {
        <p class="setup-lead">{say("Guessed from this computer. The time zone is that of the phone system's clock; days are cut by it.")}</p>
        <form novalidate=true class="setup-place" on:submit=finish aria-label=say("Your office")>
            <Basics form zones countries />
            {move || save.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| save.again()) /> })}
            {move || {
                watch.failure.get().map(|failure| {
                    view! {
                        <Failed failure again=Callback::new(move |()| watch.again()) />
                        <button type="button" class="btn" data-testid="setup-other-folder" on:click=move |_| setup.step.set(Step::Recordings)>{say("Choose another folder")}</button>
                    }
                })
            }}
            <Foot on_words=Signal::derive(move || if busy.get() { say("Saving …") } else { say("Finish") }) busy />
        </form>
    }
}
