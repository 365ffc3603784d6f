//! What the opened call rests on: which source said how much, how they were joined, and the records as they came.

use crate::parts::basis_words::{particulars, sources};
use crate::parts::words::spoken_length;
use contract::calls::CallView;
use leptos::prelude::*;

#[component]
pub fn Basis(call: CallView) -> impl IntoView {
    let lengths = [
        ("talked", call.talk_ms),
        ("rang", call.ring_ms),
        ("queued", call.queue_ms),
        ("held", call.hold_ms),
        ("parked", call.park_ms),
    ];
    let lengths: Vec<String> = lengths
        .into_iter()
        .filter(|(_, ms)| *ms > 0)
        .map(|(word, ms)| format!("{word} {}", spoken_length(ms)))
        .collect();
    let known = particulars(&call);
    let records = call.basis.records.clone();
    view! {
        <section class="basis" data-testid="basis" aria-label="What this rests on">
            <h3>"What this rests on"</h3>
            {sources(&call.basis).into_iter().map(|says| view! { <p class="mute">{says}</p> }).collect_view()}
            {(!records.is_empty())
                .then(|| {
                    view! {
                        <details>
                            <summary>"The records as they came"</summary>
                            {records
                                .into_iter()
                                .map(|record| view! { <code data-testid="raw-record">{record.text}</code> })
                                .collect_view()}
                        </details>
                    }
                })}
            {(!lengths.is_empty()).then(|| view! { <p class="mute">{sentence(&lengths)}</p> })}
            {(!known.is_empty()).then(|| view! { <p class="mute">{known.join(" · ")}</p> })}
        </section>
    }
}

/// "Talked 1 min 36 s, rang 5 s"
fn sentence(parts: &[String]) -> String {
    let joined = parts.join(", ");
    let mut letters = joined.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
