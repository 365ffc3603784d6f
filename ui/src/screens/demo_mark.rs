//! Says on every screen that the office is invented, and leads out of it.

use crate::ipc::Asking;
use crate::parts::notice::Failed;
use crate::parts::popover::Popover;
use crate::state::use_office;
use crate::words::say;
use contract::first_run::{OfficeKind, OpenOffice};
use leptos::prelude::*;

#[component]
pub fn DemoMark() -> impl IntoView {
    let office = use_office();
    let open = RwSignal::new(false);
    let leave = Asking::<OpenOffice>::new();
    let label = Signal::stored(say("Demo – invented office").to_owned());
    view! {
        <Show when=move || office.is_demo()>
            <Popover
                open
                label
                testid="demo-mark"
                class="demo-mark"
                face=|| view! { {say("Demo")}<span class="top-mark-more">" – "{say("invented office")}</span> }
            >
                <div class="demo-leave">
                    <p>{say("The people and calls here are invented. They have a library of their own; yours is not touched.")}</p>
                    <button type="button" class="btn primary" data-testid="leave-demo" disabled=leave.busy on:click=move |_| leave.ask(OpenOffice { office: OfficeKind::Own })>
                        {say("Close the demo and connect my office")}
                    </button>
                    {move || leave.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| leave.again()) /> })}
                </div>
            </Popover>
        </Show>
    }
}
