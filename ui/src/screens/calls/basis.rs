//! What the opened call rests on: which source said how much, how they were joined, the records as they came, what was
//! decided by hand, and what it cost.

use super::deciding::{Deciding, Parting};
use super::related::DecisionLines;
use crate::parts::basis_words::{is_joined, particulars, sources};
use crate::parts::money::spoken;
use crate::parts::recording_words::matched_says;
use crate::parts::words::{length, spoken_length};
use crate::state::use_office;
use crate::words::{fill, heard, say};
use contract::calls::CallView;
use contract::rates::Cost;
use contract::recordings::RecordingRow;
use leptos::prelude::*;

#[component]
pub fn Basis(call: CallView, deciding: Deciding) -> impl IntoView {
    let lengths = [
        (say("talked {length}"), call.talk_ms),
        (say("rang {length}"), call.ring_ms),
        (say("queued {length}"), call.queue_ms),
        (say("held {length}"), call.hold_ms),
        (say("parked {length}"), call.park_ms),
    ];
    let lengths: Vec<String> = lengths
        .into_iter()
        .filter(|(_, ms)| *ms > 0)
        .map(|(words, ms)| words.replace("{length}", &spoken_length(ms)))
        .collect();
    let known = particulars(&call);
    let records = call.basis.records.clone();
    let joined = is_joined(&call.basis);
    let decisions = call.decisions.clone();
    let recordings = call.recordings.clone();
    view! {
        <section class="basis" data-testid="basis" aria-label=say("What this rests on")>
            <h3>{say("What this rests on")}</h3>
            {sources(&call.basis, call.row.ended_ms).into_iter().map(|says| view! { <p class="mute">{says}</p> }).collect_view()}
            {recordings.into_iter().map(|row| view! { <RecordingLine row /> }).collect_view()}
            {(!records.is_empty())
                .then(|| {
                    view! {
                        <details>
                            <summary>{say("The records as they came")}</summary>
                            {records
                                .into_iter()
                                .map(|record| view! { <code data-testid="raw-record">{record.text}</code> })
                                .collect_view()}
                        </details>
                    }
                })}
            {(!decisions.is_empty()).then(|| view! { <DecisionLines decisions deciding /> })}
            <p class="basis-ways">
                {joined
                    .then(|| {
                        view! {
                            <button type="button" class="link" data-testid="part-records" on:click=move |_| deciding.parting.set(Some(Parting::Records))>
                                {say("Not the same call?")}
                            </button>
                        }
                    })}
                <button type="button" class="link" data-testid="join-call" on:click=move |_| deciding.joining.set(true)>
                    {say("Join with another call …")}
                </button>
            </p>
            {(!lengths.is_empty()).then(|| view! { <p class="mute">{sentence(&lengths)}</p> })}
            {(!known.is_empty()).then(|| view! { <p class="mute">{known.join(" · ")}</p> })}
            <Money cost=call.cost charge=call.charge />
        </section>
    }
}

/// Why a recording belongs to the call, and the way to it.
#[component]
fn RecordingLine(row: RecordingRow) -> impl IntoView {
    let office = use_office();
    let says = matched_says(&row);
    let lasted = length(row.length_ms);
    let id = row.id;
    view! {
        <p class="mute">
            {fill("Recording of {length}: {says}.", &[("length", &lasted), ("says", &says)])}
            " "
            <button type="button" class="link" data-testid="call-recording" on:click=move |_| office.show_recording(&id)>{say("Open it")}</button>
        </p>
    }
}

/// The cost by the rate table, and beside it what the PBX itself charged, in its own currency.
#[component]
fn Money(cost: Option<Cost>, charge: Option<i64>) -> impl IntoView {
    let cost = cost.map(|cost| {
        let label = if cost.label.is_empty() { cost.prefix.clone() } else { cost.label };
        let by =
            [cost.table, label].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        view! {
            <p class="cost" data-testid="call-cost">
                <span class="b">{fill("Cost {amount}", &[("amount", &spoken(cost.amount, &cost.currency))])}</span>
                <span class="mute">{format!(" · {by}: {}", heard(cost.says))}</span>
            </p>
        }
    });
    let charge = charge.map(|charge| {
        let says = fill("The PBX itself charged {amount}", &[("amount", &spoken(charge, ""))]);
        view! { <p class="mute" data-testid="pbx-charge">{says}</p> }
    });
    view! {
        {cost}
        {charge}
    }
}

/// "Talked 1 min 36 s, rang 5 s"
fn sentence(parts: &[String]) -> String {
    let joined = parts.join(", ");
    let mut letters = joined.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
