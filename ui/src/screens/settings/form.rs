//! The form of one phone system: filled in, tested, saved.

use super::field::Draft;
use super::form_basics::Basics;
use super::form_sources::{DevlinkFields, SmdrFields};
use super::report::Report;
use crate::ipc::Asking;
use crate::parts::notice::Failed;
use crate::state::site_draft::{Field, SiteDraft};
use crate::words::{fill, plural, say};
use contract::sites::{AskCountries, AskZones, SaveSite, SavedSite, Site, TestSite};
use leptos::prelude::*;

#[component]
pub fn SiteForm(
    draft: SiteDraft,
    zones: Asking<AskZones>,
    countries: Asking<AskCountries>,
    close: Callback<Option<SavedSite>>,
) -> impl IntoView {
    let is_new = draft.id == 0;
    let title = if is_new {
        say("Add a phone system").to_owned()
    } else {
        fill("Change {name}", &[("name", &draft.name)])
    };
    let form = Draft { draft: RwSignal::new(draft), complaints: RwSignal::new(Vec::new()) };
    let password = RwSignal::new(String::new());
    let test = Asking::<TestSite>::new();
    let save = Asking::<SaveSite>::new().on_answer(move |(_, saved): (SaveSite, SavedSite)| {
        password.set(String::new());
        close.run(Some(saved));
    });
    // The computer's zone may arrive after the form was opened.
    Effect::new(move |_| {
        let here = zones.answer.with(|zones| zones.as_ref().map(|zones| zones.here.clone()));
        let unset = form.draft.with_untracked(|draft| draft.time_zone.is_empty());
        if let (Some(here), true) = (here, unset) {
            form.draft.update(|draft| draft.time_zone = here);
        }
    });
    let checked = move || -> Option<(Site, String)> {
        let typed = password.get_untracked();
        match form.draft.with_untracked(|draft| draft.to_site(&typed)) {
            Ok(site) => {
                form.complaints.set(Vec::new());
                Some((site, typed))
            }
            Err(complaints) => {
                form.complaints.set(complaints);
                None
            }
        }
    };
    let run_test = Callback::new(move |()| {
        if let Some((site, typed)) = checked() {
            test.forget();
            test.ask(form.draft.with_untracked(|draft| draft.to_test(site, &typed)));
        }
    });
    let run_save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Some((site, typed)) = checked() {
            save.ask(form.draft.with_untracked(|draft| draft.to_save(site, &typed)));
        }
    };
    let leave = move |_| close.run(None);
    view! {
        <div class="site-edit">
            <form class="card site-form" data-testid="site-form" aria-label=title.clone() novalidate=true on:submit=run_save>
                <h2>{title.clone()}</h2>
                <Basics form zones countries />
                <DevlinkFields form password />
                <SmdrFields form />
                <Wrong form />
                {move || save.failure.get().map(|failure| {
                    view! { <Failed failure again=Callback::new(move |()| save.again()) /> }
                })}
                <div class="buttons">
                    <button type="submit" class="btn primary" data-testid="save-site" disabled=move || save.busy.get()>
                        {move || if save.busy.get() { say("Saving …") } else { say("Save") }}
                    </button>
                    <button
                        type="button"
                        class="btn"
                        data-testid="test-site"
                        disabled=move || test.busy.get()
                        on:click=move |_| run_test.run(())
                    >
                        {move || if test.busy.get() { say("Testing …") } else { say("Test connection") }}
                    </button>
                    <button type="button" class="btn quiet" data-testid="cancel-site" on:click=leave>{say("Cancel")}</button>
                </div>
            </form>
            <Report answer=test.answer busy=test.busy failure=test.failure run=run_test hint=say("Test connection tries what is typed here without saving it, and says what is missing, with the steps in IP Office Manager.") />
        </div>
    }
}

/// What is wrong with the form as a whole, said once where one looks after pressing a button.
#[component]
fn Wrong(form: Draft) -> impl IntoView {
    let says = move || {
        let count = form.complaints.with(Vec::len);
        form.complaint(Field::Sources).map(str::to_owned).or_else(|| match count {
            0 => None,
            count => Some(plural(
                count as u64,
                "One field above needs a look.",
                "{count} fields above need a look.",
            )),
        })
    };
    view! { <p class="complaint form-complaint" role="alert" data-testid="form-complaint">{says}</p> }
}
