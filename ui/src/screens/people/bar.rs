//! Over the table: who is shown, what the colours mean, and why a day may be unknown.

use crate::parts::agent_look::{IN_ORDER, StateLegend};
use crate::state::standing::worst;
use crate::state::use_office;
use crate::words::say;
use contract::links::{LinkState, Source};
use leptos::html;
use leptos::prelude::*;
use model::AgentState;
use std::time::Duration;

const TYPING_PAUSE: Duration = Duration::from_millis(200);

#[component]
pub fn PeopleBar(filter_text: NodeRef<html::Input>) -> impl IntoView {
    let office = use_office();
    let states = Memo::new(move |_| {
        office.people.asking.answer.with(|day| {
            let people = day.iter().flat_map(|day| &day.people);
            let seen: Vec<AgentState> =
                people.flat_map(|person| &person.stretches).map(|stretch| stretch.state).collect();
            let always = [
                AgentState::Talking,
                AgentState::Ringing,
                AgentState::Hold,
                AgentState::Idle,
                AgentState::Unknown,
            ];
            IN_ORDER
                .into_iter()
                .filter(|state| always.contains(state) || seen.contains(state))
                .collect::<Vec<_>>()
        })
    });
    let only_records = Memo::new(move |_| {
        let state = office.lamps.with(|lamps| worst(lamps, Source::Devlink3));
        matches!(state, None | Some(LinkState::Off)) && office.lamps.with(|lamps| !lamps.is_empty())
    });
    view! {
        <div class="chips">
            <FindPeople input=filter_text />
            <span class="sp"></span>
            <StateLegend states />
        </div>
        <Show when=move || only_records.get()>
            <p class="people-note mute sm" role="note" data-testid="people-note">
                {say("Only SMDR is connected, and its records do not tell what phones do between calls: the day is unknown, the figures are right. DevLink3 fills the day.")}
            </p>
        </Show>
    }
}

#[component]
fn FindPeople(input: NodeRef<html::Input>) -> impl IntoView {
    let people = use_office().people;
    let typed = RwSignal::new(0_u32);
    let type_on = move |event| {
        let value = event_target_value(&event);
        typed.update(|count| *count += 1);
        let now_typed = typed.get_untracked();
        set_timeout(
            move || {
                if typed.try_get_untracked() == Some(now_typed) {
                    people.find(&value);
                }
            },
            TYPING_PAUSE,
        );
    };
    let leave = move |event: web_sys::KeyboardEvent| {
        if matches!(event.key().as_str(), "Escape" | "Enter") {
            event.stop_propagation();
            if let Some(input) = input.get_untracked() {
                let _ = input.blur();
            }
        }
    };
    view! {
        <input
            class="filter-text"
            type="text"
            placeholder=say("Name or extension")
            aria-label=say("Find by name or extension")
            aria-keyshortcuts="/"
            title=say("Find by name or extension ( / )")
            autocomplete="off"
            spellcheck="false"
            data-testid="people-filter"
            node_ref=input
            prop:value=people.text
            on:input=type_on
            on:keydown=leave
        />
    }
}
