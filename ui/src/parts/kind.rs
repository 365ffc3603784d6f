//! Kinds of events as they are shown: a word, a colour and a sign, so that none rests on its colour alone.

use crate::words::say;
use leptos::prelude::*;
use model::EventKind;

pub fn word(kind: EventKind) -> &'static str {
    match kind {
        EventKind::AutoAttendant => say("Auto attendant"),
        EventKind::Queue => say("Queue"),
        EventKind::Ringing => say("Ringing"),
        EventKind::Dialing => say("Dialing"),
        EventKind::Talking => say("Talking"),
        EventKind::Hold => say("Hold"),
        EventKind::TransferHold => say("Transfer hold"),
        EventKind::Park => say("Park"),
        EventKind::Transfer => say("Transfer"),
        EventKind::Conference => say("Conference"),
        EventKind::Voicemail => say("Voicemail"),
        EventKind::Overflow => say("Overflow"),
        EventKind::Busy => say("Busy"),
        EventKind::Listen => say("Listen in"),
        EventKind::Callback => say("Call back"),
    }
}

/// The word inside a sentence.
pub fn inner_word(kind: EventKind) -> &'static str {
    match kind {
        EventKind::AutoAttendant => say("auto attendant"),
        EventKind::Queue => say("queue"),
        EventKind::Ringing => say("ringing"),
        EventKind::Dialing => say("dialing"),
        EventKind::Talking => say("talking"),
        EventKind::Hold => say("hold"),
        EventKind::TransferHold => say("transfer hold"),
        EventKind::Park => say("park"),
        EventKind::Transfer => say("transfer"),
        EventKind::Conference => say("conference"),
        EventKind::Voicemail => say("voicemail"),
        EventKind::Overflow => say("overflow"),
        EventKind::Busy => say("busy"),
        EventKind::Listen => say("listen in"),
        EventKind::Callback => say("call back"),
    }
}

/// Class that sets colour and pattern.
pub fn class(kind: EventKind) -> &'static str {
    match kind {
        EventKind::AutoAttendant => "k-aa",
        EventKind::Queue => "k-queue",
        EventKind::Ringing => "k-ring",
        EventKind::Dialing => "k-dial",
        EventKind::Talking => "k-talk",
        EventKind::Hold => "k-hold",
        EventKind::TransferHold => "k-thold",
        EventKind::Park => "k-park",
        EventKind::Conference => "k-conf",
        EventKind::Voicemail => "k-vm",
        EventKind::Transfer
        | EventKind::Overflow
        | EventKind::Busy
        | EventKind::Listen
        | EventKind::Callback => "k-other",
    }
}

/// A sign drawn in 12 by 12.
fn sign(kind: EventKind) -> &'static str {
    match kind {
        EventKind::AutoAttendant => "M2 3h8M2 6h8M2 9h5",
        EventKind::Queue => "M2.5 6h.01M6 6h.01M9.5 6h.01",
        EventKind::Ringing => "M3 8.5V5.5a3 3 0 0 1 6 0v3M2 8.5h8M5.3 10.5h1.4",
        EventKind::Dialing => "M3 9l6-6M4.5 3H9v4.5",
        EventKind::Talking => "M2 2.5h8v5.5H6L3.5 10V8H2z",
        EventKind::Hold => "M4.3 2.5v7M7.7 2.5v7",
        EventKind::TransferHold => "M3 2.5v7M6 2.5v7M8 6h2.5M9.3 4.5L10.8 6 9.3 7.5",
        EventKind::Park => "M4 10V2h2.6a2.2 2.2 0 0 1 0 4.5H4",
        EventKind::Transfer => "M2 6h8M7 3l3 3-3 3",
        EventKind::Conference => "M6 4.5h.01M3.5 8.5h.01M8.5 8.5h.01M6 4.5l-2.5 4h5z",
        EventKind::Voicemail => "M3.5 7.8a1.8 1.8 0 1 1 .01 0zM8.5 7.8a1.8 1.8 0 1 1 .01 0zM3.5 7.8h5",
        EventKind::Overflow => "M2 8c2 0 2-4 4-4s2 4 4 4",
        EventKind::Busy => "M3 3l6 6M9 3L3 9",
        EventKind::Listen => "M4 9c0-2 4-2 4-5a2.5 2.5 0 0 0-5 0",
        EventKind::Callback => "M4 3L2 5l2 2M2 5h5a3 3 0 0 1 0 5H5",
    }
}

/// The small coloured square that stands before a kind's word.
#[component]
pub fn Swatch(kind: EventKind) -> impl IntoView {
    view! { <i class=format!("swatch {}", class(kind)) aria-hidden="true"></i> }
}

/// The sign inside a segment of the call bar.
#[component]
pub fn Sign(kind: EventKind) -> impl IntoView {
    view! {
        <svg class="sign" viewBox="0 0 12 12" aria-hidden="true">
            <path d=sign(kind) />
        </svg>
    }
}

/// What the colours mean, for the kinds that are on the screen.
#[component]
pub fn Legend(#[prop(into)] kinds: Signal<Vec<EventKind>>) -> impl IntoView {
    view! {
        <ul class="legend" aria-label=say("Colours")>
            <For each=move || kinds.get() key=|kind| kind.code() let:kind>
                <li>
                    <Swatch kind />
                    {inner_word(kind)}
                </li>
            </For>
        </ul>
    }
}
