//! The health list: what went wrong, in plain words, newest first.

use crate::parts::clock::Style;
use crate::parts::notice::{Empty, Failed};
use crate::state::use_office;
use contract::health::{HealthEntry, HealthKind};
use leptos::prelude::*;

#[component]
pub fn HealthList() -> impl IntoView {
    let office = use_office();
    let again = Callback::new(move |()| office.health_asking.again());
    let empty = Memo::new(move |_| office.health.with(Vec::is_empty));
    move || {
        if let Some(failure) = office.health_asking.failure.get() {
            return view! { <div class="card"><Failed failure again /></div> }.into_any();
        }
        if empty.get() {
            let says = "Lost links, rows that could not be read and gaps would be listed here.";
            return view! { <div class="card"><Empty title="Nothing is amiss" says /></div> }.into_any();
        }
        view! {
            <ul class="card health" data-testid="health-list" aria-label="Health">
                <For
                    each=move || office.health.get()
                    key=|entry| (entry.first_ms, entry.last_ms, entry.times, entry.says.clone())
                    let:entry
                >
                    <Entry entry />
                </For>
            </ul>
        }
        .into_any()
    }
}

#[component]
fn Entry(entry: HealthEntry) -> impl IntoView {
    let office = use_office();
    let last = office.clock(Style::DateAndMinute, entry.last_ms);
    let times = match entry.times {
        0 | 1 => last,
        times => format!(
            "{times} times, first {}, last {last}",
            office.clock(Style::DateAndMinute, entry.first_ms)
        ),
    };
    view! {
        <li class="health-entry" data-testid="health-entry">
            <span class="health-kind">{kind_words(entry.kind)}</span>
            <div>
                <p>{entry.says}</p>
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
        HealthKind::Link => "Link",
        HealthKind::Quarantine => "Set aside",
        HealthKind::Protocol => "Not understood",
        HealthKind::Gap => "Gap",
        HealthKind::Keychain => "Keychain",
        HealthKind::Library => "Library",
    }
}
