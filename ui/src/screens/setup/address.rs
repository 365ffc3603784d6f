//! Where the PBX is: found in the office's own network, or typed.

use super::screen::Foot;
use crate::ipc::Asking;
use crate::parts::icon::{Glyph, Icon};
use crate::parts::notice::Failed;
use crate::screens::settings::field::{Draft, TextField};
use crate::state::site_draft::Field;
use crate::state::use_office;
use crate::words::{heard, say};
use contract::first_run::{FindPbx, FoundPbx, PbxSearch, StopFindingPbx};
use leptos::prelude::*;

#[component]
pub fn AddressStep() -> impl IntoView {
    let setup = use_office().setup;
    let form = Draft { draft: setup.draft, complaints: setup.complaints };
    let on = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        setup.go_on();
    };
    view! {
        <form novalidate=true on:submit=on aria-label=say("Address of the phone system")>
            <Search />
            <div class="fields">
                <TextField
                    form
                    field=Field::Host
                    label=say("Address of the PBX")
                    testid="setup-host"
                    get=|draft| &draft.host
                    set=|draft, text| {
                        // Records are fetched from the same place, unless somebody typed another one there.
                        if draft.smdr_host == draft.host {
                            draft.smdr_host.clone_from(&text);
                        }
                        draft.host = text;
                    }
                    placeholder="192.168.42.1"
                    hint=say("In IP Office Manager it is shown when the configuration is opened, and under System > LAN1.")
                />
            </div>
            <Foot on_words=Signal::stored(say("Next")) />
        </form>
    }
}

#[component]
fn Search() -> impl IntoView {
    let setup = use_office().setup;
    let search = setup.search;
    let stop = Asking::<StopFindingPbx>::new();
    let begin = Callback::new(move |()| search.ask(FindPbx {}));
    let found = move || {
        let Some(PbxSearch { found, says, .. }) = search.answer.get().filter(|_| !search.busy.get()) else {
            return ().into_any();
        };
        let lines = found.into_iter().map(|found| view! { <Found found /> }).collect_view();
        view! { <p class="mute">{heard(says)}</p><ul class="setup-found">{lines}</ul> }.into_any()
    };
    view! {
        <section class="setup-search" aria-label=say("Search")>
            <div class="buttons">
                {move || {
                    if search.busy.get() {
                        let end = move |_| stop.ask(StopFindingPbx {});
                        view! {
                            <button type="button" class="btn" data-testid="setup-stop" on:click=end>{say("Stop")}</button>
                            <span class="mute" role="status">{say("Looking through this computer's own network. This takes a few seconds.")}</span>
                        }
                            .into_any()
                    } else {
                        view! {
                            <button type="button" class="btn" data-testid="setup-find" on:click=move |_| begin.run(())>
                                <Icon of=Glyph::Search />
                                {say("Find it for me")}
                            </button>
                            <span class="sm mute">{say("Tries the ports of an IP Office on private addresses near this computer, and sends nothing.")}</span>
                        }
                            .into_any()
                    }
                }}
            </div>
            <div aria-live="polite">{found}</div>
            {move || search.failure.get().map(|failure| view! { <Failed failure again=begin /> })}
        </section>
    }
}

#[component]
fn Found(found: FoundPbx) -> impl IntoView {
    let setup = use_office().setup;
    let (address, says) = (found.address.clone(), heard(&found.says));
    let chosen = {
        let address = address.clone();
        move || setup.draft.with(|draft| draft.host == address)
    };
    let is_chosen = chosen.clone();
    view! {
        <li>
            <button
                type="button"
                class="card setup-pbx"
                class:on=chosen
                aria-pressed=move || is_chosen().to_string()
                data-testid="setup-found"
                on:click=move |_| setup.take_found(&found)
            >
                <span class="b">{address}</span>
                <span class="sm mute">{says}</span>
            </button>
        </li>
    }
}
