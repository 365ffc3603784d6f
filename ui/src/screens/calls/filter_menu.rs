//! Everything that the list can be filtered by. What is chosen acts at once and stands as a chip.

use crate::ipc::Asking;
use crate::parts::popover::Popover;
use crate::state::calls::Calls;
use crate::state::use_office;
use crate::words::say;
use contract::calls::CallFilter;
use contract::notes::AskTags;
use leptos::prelude::*;
use model::Direction;

#[component]
pub fn FilterMenu() -> impl IntoView {
    let office = use_office();
    let open = RwSignal::new(false);
    view! {
        <Popover open label=say("Add a filter") testid="add-filter" class="btn quiet" face=|| say("+ filter")>
            <div class="filter-menu" data-testid="filter-menu">
                <Directions />
                <Outcomes />
                <Choice
                    label=say("Person who rang or talked")
                    testid="filter-agent"
                    options=Signal::derive(move || {
                        office
                            .live
                            .with(|live| {
                                let people = live.live.people.iter();
                                people.map(|person| (person.extension.clone(), person.name.clone())).collect()
                            })
                    })
                    get=|filter| filter.agent.clone()
                    set=|filter, value| filter.agent = value
                />
                <Choice
                    label=say("Group")
                    testid="filter-group"
                    options=Signal::derive(move || {
                        office
                            .live
                            .with(|live| {
                                let groups = live.live.groups.iter();
                                groups.map(|group| (group.number.clone(), group.name.clone())).collect()
                            })
                    })
                    get=|filter| filter.group.clone()
                    set=|filter, value| filter.group = value
                />
                <TagChoice />
                <Typed
                    label=say("Digits of the outside number")
                    testid="filter-number"
                    get=|filter| filter.number.clone()
                    set=|filter, value| filter.number = value
                />
                <Typed
                    label=say("Longer than, in seconds")
                    testid="filter-longer"
                    get=|filter| filter.min_seconds.map(|seconds| seconds.to_string())
                    set=|filter, value| filter.min_seconds = value.and_then(|value| value.parse().ok())
                />
            </div>
        </Popover>
    }
}

/// Changes one thing of the filter and shows what it leaves.
fn change(calls: Calls, with: impl FnOnce(&mut CallFilter)) {
    let mut query = calls.query.get_untracked();
    with(&mut query.filter);
    calls.show(query);
}

#[component]
fn Directions() -> impl IntoView {
    let calls = use_office().calls;
    let chosen = Memo::new(move |_| calls.query.with(|query| query.filter.direction));
    let choices = [
        (say("Any"), None),
        (say("In"), Some(Direction::Inbound)),
        (say("Out"), Some(Direction::Outbound)),
        (say("Internal"), Some(Direction::Internal)),
    ];
    let buttons = choices.map(|(words, direction)| {
        view! {
            <button
                type="button"
                class:on=move || chosen.get() == direction
                aria-pressed=move || (chosen.get() == direction).to_string()
                on:click=move |_| change(calls, |filter| filter.direction = direction)
            >
                {words}
            </button>
        }
    });
    view! {
        <fieldset>
            <legend>{say("Direction")}</legend>
            <div class="segmented">{buttons.into_iter().collect_view()}</div>
        </fieldset>
    }
}

#[component]
fn Outcomes() -> impl IntoView {
    view! {
        <fieldset class="outcomes">
            <legend>{say("What became of it")}</legend>
            <Tick label=say("Answered") testid="filter-answered" get=|filter| filter.answered set=|filter, on| filter.answered = on />
            <Tick label=say("Abandoned") testid="filter-abandoned" get=|filter| filter.abandoned set=|filter, on| filter.abandoned = on />
            <Tick label=say("Missed by someone") testid="filter-missed" get=|filter| filter.missed set=|filter, on| filter.missed = on />
            <Tick label=say("Voicemail") testid="filter-voicemail" get=|filter| filter.voicemail set=|filter, on| filter.voicemail = on />
            <Tick label=say("Recorded") testid="filter-recorded" get=|filter| filter.recorded set=|filter, on| filter.recorded = on />
            <Tick label=say("With a note") testid="filter-noted" get=|filter| filter.noted set=|filter, on| filter.noted = on />
        </fieldset>
    }
}

#[component]
fn Tick(
    label: &'static str,
    testid: &'static str,
    get: fn(&CallFilter) -> bool,
    set: fn(&mut CallFilter, bool),
) -> impl IntoView {
    let calls = use_office().calls;
    let checked = Memo::new(move |_| calls.query.with(|query| get(&query.filter)));
    let toggle = move |event| {
        let on = event_target_checked(&event);
        change(calls, |filter| set(filter, on));
    };
    view! {
        <label class="tick">
            <input type="checkbox" data-testid=testid prop:checked=checked on:change=toggle />
            {label}
        </label>
    }
}

#[component]
fn TagChoice() -> impl IntoView {
    let tags = Asking::<AskTags>::new();
    tags.ask(AskTags {});
    let options = Signal::derive(move || {
        let tags = tags.answer.get().unwrap_or_default();
        tags.into_iter().map(|line| (line.tag, None)).collect::<Vec<_>>()
    });
    view! { <Choice label=say("Tag") testid="filter-tag" options get=|filter| filter.tag.clone() set=|filter, value| filter.tag = value /> }
}

/// One of those that are known, by number and name.
#[component]
fn Choice(
    label: &'static str,
    testid: &'static str,
    #[prop(into)] options: Signal<Vec<(String, Option<String>)>>,
    get: fn(&CallFilter) -> Option<String>,
    set: fn(&mut CallFilter, Option<String>),
) -> impl IntoView {
    let calls = use_office().calls;
    let chosen = Memo::new(move |_| calls.query.with(|query| get(&query.filter)).unwrap_or_default());
    let choose = move |event| {
        let value = event_target_value(&event);
        change(calls, |filter| set(filter, (!value.is_empty()).then_some(value)));
    };
    let choices = move || {
        options
            .get()
            .into_iter()
            .map(|(number, name)| {
                let text = name.map_or(number.clone(), |name| format!("{name} {number}"));
                let value = number.clone();
                view! { <option value=value selected=move || chosen.get() == number>{text}</option> }
            })
            .collect_view()
    };
    view! {
        <label class="field">
            {label}
            <select data-testid=testid on:change=choose>
                <option value="" selected=move || chosen.get().is_empty()>{say("Any")}</option>
                {choices}
            </select>
        </label>
    }
}

/// Digits; what is typed acts when one leaves the field or presses Enter.
#[component]
fn Typed(
    label: &'static str,
    testid: &'static str,
    get: fn(&CallFilter) -> Option<String>,
    set: fn(&mut CallFilter, Option<String>),
) -> impl IntoView {
    let calls = use_office().calls;
    let text = Memo::new(move |_| calls.query.with(|query| get(&query.filter)).unwrap_or_default());
    let apply = move |event| {
        let digits: String = event_target_value(&event).chars().filter(|c| !c.is_whitespace()).collect();
        change(calls, |filter| set(filter, (!digits.is_empty()).then_some(digits)));
    };
    view! {
        <label class="field">
            {label}
            <input type="text" inputmode="numeric" autocomplete="off" data-testid=testid prop:value=text on:change=apply />
        </label>
    }
}
