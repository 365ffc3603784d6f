//! What service level means, and which calls are too short to count.

use super::screen::Form;
use crate::parts::text_box::TextBox;
use crate::state::hours_draft::HoursDraft;
use crate::words::say;
use contract::reports::ServiceOf;
use leptos::prelude::*;

#[component]
pub fn ServiceFields(form: Form) -> impl IntoView {
    let text = move |get: fn(&HoursDraft) -> &String| {
        Signal::derive(move || {
            form.draft.with(|draft| draft.as_ref().map(|draft| get(draft).clone()).unwrap_or_default())
        })
    };
    let of = Memo::new(move |_| {
        form.draft.with(|draft| draft.as_ref().map(|draft| draft.service_of).unwrap_or_default())
    });
    let buttons = [(say("Offered calls"), ServiceOf::Offered), (say("Answered calls"), ServiceOf::Answered)].map(|(words, this)| {
        let is_on = move || of.get() == this;
        view! { <button type="button" class:on=is_on aria-pressed=move || is_on().to_string() data-testid=if this == ServiceOf::Offered { "service-of-offered" } else { "service-of-answered" } on:click=move |_| form.change(|draft| draft.service_of = this)>{words}</button> }
    });
    let says = move || match of.get() {
        ServiceOf::Offered => say(
            "Answered in time / inbound calls offered, short abandons left out. Callers who gave up count against it.",
        ),
        ServiceOf::Answered => {
            say("Answered in time / inbound calls answered. Callers who gave up do not count.")
        }
    };
    view! {
        <section class="card keeping-card" data-testid="service">
            <h2>{say("Service level")}</h2>
            <div class="fields service-fields">
                <TextBox label=say("Answered within, seconds") testid="service-seconds" class="narrow" value=text(|draft| &draft.service_seconds) set=Callback::new(move |typed| form.change(|draft| draft.service_seconds = typed)) hint=say("A call that is answered within so long counts as in time.") />
                <TextBox label=say("Short abandons: under, seconds") testid="short-seconds" class="narrow" value=text(|draft| &draft.short_seconds) set=Callback::new(move |typed| form.change(|draft| draft.short_seconds = typed)) hint=say("Callers who give up sooner are left out of answer rates.") />
                <div class="field narrow">
                    <span>{say("Divided by")}</span>
                    <div class="segmented" role="group" aria-label=say("Divided by")>{buttons.into_iter().collect_view()}</div>
                </div>
            </div>
            <p class="says">{says}</p>
        </section>
    }
}
