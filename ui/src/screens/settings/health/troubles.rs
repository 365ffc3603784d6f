//! What went wrong in the last days, newest first, each with what to do about it.

use crate::parts::clock::Style;
use crate::state::use_office;
use crate::words::{fill, heard, say};
use contract::health::{HealthKind, Trouble};
use leptos::prelude::*;

#[component]
pub fn Troubles(troubles: Vec<Trouble>) -> impl IntoView {
    if troubles.is_empty() {
        return view! { <p class="mute" data-testid="no-trouble">{say("Nothing went wrong. Lost links, rows that could not be read and gaps would be listed here.")}</p> }.into_any();
    }
    let entries = troubles.into_iter().map(|trouble| view! { <Entry trouble /> }).collect_view();
    view! { <ul class="health" data-testid="health-list" aria-label=say("Troubles")>{entries}</ul> }
        .into_any()
}

#[component]
fn Entry(trouble: Trouble) -> impl IntoView {
    let office = use_office();
    let entry = trouble.entry;
    let last = office.clock(Style::DateAndMinute, entry.last_ms);
    let times = match entry.times {
        0 | 1 => last,
        times => fill(
            "{times} times, first {first}, last {last}",
            &[
                ("times", &times.to_string()),
                ("first", &office.clock(Style::DateAndMinute, entry.first_ms)),
                ("last", &last),
            ],
        ),
    };
    view! {
        <li class="health-entry" data-testid="health-entry">
            <span class="health-kind">{kind_words(entry.kind)}</span>
            <div>
                <p>{heard(entry.says)}</p>
                <p class="sm advice">{heard(trouble.advice)}</p>
                <p class="sm mute">
                    {entry.site_name.map(|site| format!("{site} · "))}
                    {times}
                </p>
            </div>
        </li>
    }
}

fn kind_words(kind: HealthKind) -> &'static str {
    match kind {
        HealthKind::Link => say("Link"),
        HealthKind::Quarantine => say("Set aside"),
        HealthKind::Protocol => say("Not understood"),
        HealthKind::Gap => say("Gap"),
        HealthKind::Keychain => say("Keychain"),
        HealthKind::Library => say("Library"),
    }
}
