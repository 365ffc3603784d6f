//! States of a person as they are shown: a word, a colour and a shape or pattern, so that none rests on its colour
//! alone.

use crate::words::say;
use leptos::prelude::*;
use model::AgentState;

/// In the order of a legend: what one looks for first.
pub const IN_ORDER: [AgentState; 10] = [
    AgentState::Talking,
    AgentState::Ringing,
    AgentState::Hold,
    AgentState::Dialing,
    AgentState::Parked,
    AgentState::AfterCallWork,
    AgentState::Idle,
    AgentState::DoNotDisturb,
    AgentState::LoggedOut,
    AgentState::Unknown,
];

/// One word, as in a legend.
pub fn word(state: AgentState) -> &'static str {
    match state {
        AgentState::Unknown => say("unknown"),
        AgentState::Idle => say("free"),
        AgentState::Dialing => say("dialing"),
        AgentState::Ringing => say("ringing"),
        AgentState::Talking => say("talking"),
        AgentState::Hold => say("hold"),
        AgentState::Parked => say("parked"),
        AgentState::AfterCallWork => say("after-call work"),
        AgentState::DoNotDisturb => say("do not disturb"),
        AgentState::LoggedOut => say("logged out"),
    }
}

/// Sets colour, shape and pattern.
pub fn class(state: AgentState) -> &'static str {
    match state {
        AgentState::Unknown => "unknown",
        AgentState::Idle => "idle",
        AgentState::Dialing => "k-dial",
        AgentState::Ringing => "k-ring",
        AgentState::Talking => "k-talk",
        AgentState::Hold => "k-hold",
        AgentState::Parked => "k-park",
        AgentState::AfterCallWork => "after-call",
        AgentState::DoNotDisturb => "do-not-disturb",
        AgentState::LoggedOut => "logged-out",
    }
}

/// As spelt in test hooks.
pub fn hook(state: AgentState) -> &'static str {
    match state {
        AgentState::Unknown => "unknown",
        AgentState::Idle => "idle",
        AgentState::Dialing => "dialing",
        AgentState::Ringing => "ringing",
        AgentState::Talking => "talking",
        AgentState::Hold => "hold",
        AgentState::Parked => "parked",
        AgentState::AfterCallWork => "after_call_work",
        AgentState::DoNotDisturb => "do_not_disturb",
        AgentState::LoggedOut => "logged_out",
    }
}

/// What the colours of a day mean, for the states that are on the screen.
#[component]
pub fn StateLegend(#[prop(into)] states: Signal<Vec<AgentState>>) -> impl IntoView {
    view! {
        <ul class="legend" aria-label=say("Colours")>
            <For each=move || states.get() key=|state| state.code() let:state>
                <li>
                    <i class=format!("swatch day-swatch {}", class(state)) aria-hidden="true"></i>
                    {word(state)}
                </li>
            </For>
        </ul>
    }
}
