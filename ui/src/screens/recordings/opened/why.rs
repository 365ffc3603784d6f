//! Why the recording belongs to its call, and the way to say otherwise.

use super::view::Looking;
use crate::parts::recording_words::matched_says;
use crate::words::{heard, say};
use leptos::prelude::*;

#[component]
pub fn Why(looking: Looking) -> impl IntoView {
    let known = Memo::new(move |_| {
        looking.view.with(|view| {
            view.as_ref().map(|view| (matched_says(&view.row), view.reasons.clone(), view.row.call.is_some()))
        })
    });
    let body = move || {
        known.get().map(|(says, reasons, has_call)| {
            let reasons = reasons.into_iter().map(|reason| view! { <li>{heard(reason)}</li> }).collect_view();
            let words = if has_call { say("Not this call? …") } else { say("Find its call …") };
            view! {
                <p>{says}"."</p>
                <ul class="lines mute">{reasons}</ul>
                <button type="button" class="link" data-testid="recording-candidates" on:click=move |_| looking.matching.set(true)>{words}</button>
            }
        })
    };
    view! { <section class="why sm" data-testid="recording-why" aria-label=say("Why it belongs to its call")>{body}</section> }
}
