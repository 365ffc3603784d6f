//! SMDR: which way records come, what to set for it, and a test.

use super::screen::Foot;
use super::steps::ManagerCard;
use crate::ipc::Asking;
use crate::screens::settings::field::Draft;
use crate::screens::settings::form_sources::SmdrFields;
use crate::screens::settings::report::Report;
use crate::state::setup::Step;
use crate::state::site_draft::{Field, Smdr};
use crate::state::use_office;
use crate::words::say;
use contract::links::Source;
use contract::sites::{Site, TestSite};
use leptos::prelude::*;

#[component]
pub fn SmdrStep() -> impl IntoView {
    let setup = use_office().setup;
    let form = Draft { draft: setup.draft, complaints: setup.complaints };
    let test = Asking::<TestSite>::new();
    let is_on = Memo::new(move |_| setup.draft.with(|draft| draft.smdr != Smdr::Off));
    let run = Callback::new(move |()| {
        let typed = setup.password.get_untracked();
        let complaints = setup.draft.with_untracked(|draft| Step::Smdr.complaints(draft, &typed));
        let good = complaints.is_empty();
        setup.complaints.set(complaints);
        if good {
            test.forget();
            let site = setup.draft.with_untracked(|draft| draft.site_to_try());
            let site = Site { devlink: None, ..site };
            test.ask(setup.draft.with_untracked(|draft| draft.to_test(site, "")));
        }
    });
    let on = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        setup.go_on();
    };
    let wrong = move || form.complaint(Field::Sources);
    view! {
        <p class="setup-lead">{say("SMDR is one record for each call, sent when it is over, without a licence. The phone system keeps records while CallDoc is closed, so nothing is missed.")}</p>
        <form class="setup-two" novalidate=true on:submit=on aria-label="SMDR">
            <div class="setup-left">
                <SmdrFields form />
                <p class="complaint form-complaint" role="alert">{wrong}</p>
                <Show when=move || is_on.get()>
                    <div class="buttons">
                        <button type="button" class="btn" data-testid="setup-test" disabled=test.busy on:click=move |_| run.run(())>
                            {move || if test.busy.get() { say("Testing …") } else { say("Test connection") }}
                        </button>
                    </div>
                    <Show when=move || test.busy.get() || test.answer.with(Option::is_some) || test.failure.with(Option::is_some)>
                        <Report answer=test.answer busy=test.busy failure=test.failure run hint="" />
                    </Show>
                </Show>
                <Foot on_words=Signal::stored(say("Next")) />
            </div>
            <Show when=move || is_on.get()><ManagerCard source=Source::Smdr /></Show>
        </form>
    }
}
