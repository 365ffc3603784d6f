//! DevLink3: the service user, what to set for it, and a test.

use super::screen::Foot;
use super::steps::ManagerCard;
use crate::ipc::Asking;
use crate::screens::settings::field::Draft;
use crate::screens::settings::form_sources::DevlinkLogin;
use crate::screens::settings::report::Report;
use crate::state::setup::Step;
use crate::state::site_draft::Devlink;
use crate::state::use_office;
use crate::words::say;
use contract::links::Source;
use contract::sites::{Site, TestSite};
use leptos::prelude::*;

#[component]
pub fn DevlinkStep() -> impl IntoView {
    let setup = use_office().setup;
    let form = Draft { draft: setup.draft, complaints: setup.complaints };
    let test = Asking::<TestSite>::new();
    // A question holds the password: it goes with the step.
    on_cleanup(move || test.forget());
    let is_on = Memo::new(move |_| setup.draft.with(|draft| draft.devlink == Devlink::On));
    let run = Callback::new(move |()| {
        let typed = setup.password.get_untracked();
        let complaints = setup.draft.with_untracked(|draft| Step::Devlink.complaints(draft, &typed));
        let good = complaints.is_empty();
        setup.complaints.set(complaints);
        if good {
            test.forget();
            let site = setup.draft.with_untracked(|draft| draft.site_to_try());
            let site = Site { smdr: None, ..site };
            test.ask(setup.draft.with_untracked(|draft| draft.to_test(site, &typed)));
        }
    });
    let on = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        setup.go_on();
    };
    view! {
        <p class="setup-lead">{say("Through DevLink3 the phone system tells of every call the moment it rings. It needs the CTI licence and a service user.")}</p>
        <form class="setup-two" novalidate=true on:submit=on aria-label="DevLink3">
            <div class="setup-left">
                <label class="tick">
                    <input
                        type="checkbox"
                        data-testid="setup-devlink-on"
                        prop:checked=is_on
                        on:change=move |event| {
                            let devlink = if event_target_checked(&event) { Devlink::On } else { Devlink::Off };
                            setup.complaints.set(Vec::new());
                            setup.draft.update(|draft| draft.devlink = devlink);
                        }
                    />
                    <span>
                        {say("Use DevLink3")}
                        <span class="says">{say("Without the licence, go on with call records alone: calls then show when they are over.")}</span>
                    </span>
                </label>
                <Show when=move || is_on.get()>
                    <div class="fields"><DevlinkLogin form password=setup.password /></div>
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
            <Show when=move || is_on.get()><ManagerCard source=Source::Devlink3 /></Show>
        </form>
    }
}
