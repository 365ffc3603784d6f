//! Everything that the recordings can be filtered by. What is chosen acts at once and stands as a chip.

use crate::ipc::Asking;
use crate::parts::popover::Popover;
use crate::state::use_office;
use crate::words::say;
use contract::notes::AskTags;
use contract::recordings::RecordingFilter;
use leptos::prelude::*;
use model::Direction;

#[component]
pub fn FilterMenu() -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <Popover open label=Signal::stored(say("Add a filter").to_owned()) testid="add-filter" class="btn quiet" face=|| say("+ filter")>
            <div class="filter-menu" data-testid="filter-menu">
                <Directions />
                <fieldset class="outcomes">
                    <legend>{say("Only recordings")}</legend>
                    <Tick label=say("Without a call") testid="filter-unmatched" get=|filter| filter.unmatched set=|filter, on| filter.unmatched = on />
                    <Tick label=say("With a note") testid="filter-noted" get=|filter| filter.noted set=|filter, on| filter.noted = on />
                    <Tick label=say("Scored") testid="filter-scored" get=|filter| filter.scored set=|filter, on| filter.scored = on />
                    <Tick label=say("Under legal hold") testid="filter-held" get=|filter| filter.held set=|filter, on| filter.held = on />
                    <Tick label=say("Missing, changed") testid="filter-damaged" get=|filter| filter.damaged set=|filter, on| filter.damaged = on />
                    <Tick label=say("In the trash") testid="filter-trashed" get=|filter| filter.trashed set=|filter, on| filter.trashed = on />
                </fieldset>
                <TagChoice />
                <PersonChoice />
                <GroupChoice />
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

#[component]
fn Directions() -> impl IntoView {
    let recordings = use_office().recordings;
    let chosen = Memo::new(move |_| recordings.query.with(|query| query.filter.direction));
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
                on:click=move |_| recordings.filter(|filter| filter.direction = direction)
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
fn Tick(
    label: &'static str,
    testid: &'static str,
    get: fn(&RecordingFilter) -> bool,
    set: fn(&mut RecordingFilter, bool),
) -> impl IntoView {
    let recordings = use_office().recordings;
    let checked = Memo::new(move |_| recordings.query.with(|query| get(&query.filter)));
    let turn = move |event| {
        let on = event_target_checked(&event);
        recordings.filter(|filter| set(filter, on));
    };
    view! {
        <label class="tick">
            <input type="checkbox" data-testid=testid prop:checked=checked on:change=turn />
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
        tags.into_iter().map(|line| (line.tag.clone(), line.tag)).collect()
    });
    view! { <Choice label=say("Tag") testid="filter-tag" options get=|filter| filter.tag.clone() set=|filter, value| filter.tag = value /> }
}

#[component]
fn PersonChoice() -> impl IntoView {
    let office = use_office();
    let options = Signal::derive(move || {
        office.live.with(|live| {
            let people = live.live.people.iter();
            people
                .map(|person| (person.extension.clone(), titled(&person.extension, person.name.as_deref())))
                .collect()
        })
    });
    view! { <Choice label=say("Person who was recorded or talked") testid="filter-agent" options get=|filter| filter.agent.clone() set=|filter, value| filter.agent = value /> }
}

#[component]
fn GroupChoice() -> impl IntoView {
    let office = use_office();
    let options = Signal::derive(move || {
        office.live.with(|live| {
            let groups = live.live.groups.iter();
            groups.map(|group| (group.number.clone(), titled(&group.number, group.name.as_deref()))).collect()
        })
    });
    view! { <Choice label=say("Group") testid="filter-group" options get=|filter| filter.group.clone() set=|filter, value| filter.group = value /> }
}

fn titled(number: &str, name: Option<&str>) -> String {
    name.map_or(number.to_owned(), |name| format!("{name} {number}"))
}

/// One of those that are known: value and words.
#[component]
fn Choice(
    label: &'static str,
    testid: &'static str,
    options: Signal<Vec<(String, String)>>,
    get: fn(&RecordingFilter) -> Option<String>,
    set: fn(&mut RecordingFilter, Option<String>),
) -> impl IntoView {
    let recordings = use_office().recordings;
    let chosen = Memo::new(move |_| recordings.query.with(|query| get(&query.filter)).unwrap_or_default());
    let choose = move |event| {
        let value = event_target_value(&event);
        recordings.filter(|filter| set(filter, (!value.is_empty()).then_some(value)));
    };
    let choices = move || {
        let options = options.get().into_iter();
        options
            .map(|(value, words)| {
                let this = value.clone();
                view! { <option value=value selected=move || chosen.get() == this>{words}</option> }
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
    get: fn(&RecordingFilter) -> Option<String>,
    set: fn(&mut RecordingFilter, Option<String>),
) -> impl IntoView {
    let recordings = use_office().recordings;
    let text = Memo::new(move |_| recordings.query.with(|query| get(&query.filter)).unwrap_or_default());
    let apply = move |event| {
        let digits: String = event_target_value(&event).chars().filter(|c| !c.is_whitespace()).collect();
        recordings.filter(|filter| set(filter, (!digits.is_empty()).then_some(digits)));
    };
    view! {
        <label class="field">
            {label}
            <input type="text" inputmode="numeric" autocomplete="off" data-testid=testid prop:value=text on:change=apply />
        </label>
    }
}
