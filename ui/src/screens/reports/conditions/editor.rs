//! The editor of each kind of condition. What is chosen acts at once.

use super::choosing::{GroupPicker, PeoplePicker, SitePicker, SpotChoice, TextPicker};
use super::kinds::{EventKinds, KindPicker, Steps};
use super::numbers::Numbers;
use crate::parts::condition_words::{direction_word, timing_word, weekday};
use crate::parts::pick_list::PickList;
use crate::state::report_conditions::{Offer, TIMINGS, counting, lines};
use crate::state::schedule_draft::{minute_of, time_text};
use crate::words::{say, term};
use leptos::prelude::*;
use model::Direction;
use model::report::{Condition, Measure, Scope, Timing};

const MIDNIGHT: u16 = 24 * 60;

#[component]
pub fn Editor(offer: Offer, now: Signal<Condition>, set: Callback<Condition>) -> impl IntoView {
    match offer {
        Offer::TimeOfDay => view! { <TimeOfDay now set /> }.into_any(),
        Offer::DaysOfWeek => view! { <DaysOfWeek now set /> }.into_any(),
        Offer::Directions => view! { <Directions now set /> }.into_any(),
        Offer::Sites => view! { <SitePicker now set /> }.into_any(),
        Offer::People => view! { <PeoplePicker now set /> }.into_any(),
        Offer::TalkedAs => {
            view! { <SpotChoice now set first=say("Talked first") last=say("Talked last") /><PeoplePicker now set /> }
                .into_any()
        }
        Offer::Groups => view! { <GroupPicker now set /> }.into_any(),
        Offer::GroupAs => {
            view! { <SpotChoice now set first=say("First group") last=say("Last group") /><GroupPicker now set /> }
                .into_any()
        }
        Offer::OutsideNumber | Offer::DialledNumber => view! { <Numbers now set /> }.into_any(),
        Offer::OutsideName => {
            view! { <Lines now set hint=say("A line each; it is enough that a name has one of them in it.") /> }
                .into_any()
        }
        Offer::AccountCode => view! { <Lines now set hint=say("A line each.") /> }.into_any(),
        Offer::Tags | Offer::Trunks => view! { <TextPicker now set /> }.into_any(),
        Offer::Lasting => view! { <Lasting now set /> }.into_any(),
        Offer::Events => view! { <EventKinds now set /> }.into_any(),
        Offer::Sequence => view! { <Steps now set /> }.into_any(),
        Offer::FinalEvent => view! { <KindPicker now set /> }.into_any(),
        Offer::Text => view! { <Text now set /> }.into_any(),
        Offer::CountedIn => view! { <CountedIn now set /> }.into_any(),
        Offer::Answered
        | Offer::Abandoned
        | Offer::Missed
        | Offer::Voicemail
        | Offer::Emergency
        | Offer::Conference
        | Offer::Transferred
        | Offer::Recorded
        | Offer::Scored
        | Offer::Noted => ().into_any(),
    }
}

#[component]
fn TimeOfDay(now: Signal<Condition>, set: Callback<Condition>) -> impl IntoView {
    let times = Memo::new(move |_| {
        if let Condition::TimeOfDay { from_minute, to_minute } = now.get() {
            (from_minute, to_minute)
        } else {
            (0, MIDNIGHT)
        }
    });
    let put = move |from_minute: u16, to_minute: u16| {
        // Midnight as an end is the end of the day.
        let to_minute = if to_minute == 0 { MIDNIGHT } else { to_minute };
        set.run(Condition::TimeOfDay { from_minute, to_minute });
    };
    view! {
        <div class="two-fields">
            <label class="field">
                <span>{say("From")}</span>
                <input type="time" data-testid="condition-from" prop:value=move || time_text(times.get().0) on:change=move |event| { if let Some(minute) = minute_of(&event_target_value(&event)) { put(minute, times.get_untracked().1); } } />
            </label>
            <label class="field">
                <span>{say("To")}</span>
                <input type="time" data-testid="condition-to" prop:value=move || time_text(times.get().1) on:change=move |event| { if let Some(minute) = minute_of(&event_target_value(&event)) { put(times.get_untracked().0, minute); } } />
            </label>
        </div>
        <p class="says">{say("By the office’s clock, when the call began. A beginning after the end goes over midnight.")}</p>
    }
}

#[component]
fn DaysOfWeek(now: Signal<Condition>, set: Callback<Condition>) -> impl IntoView {
    let days =
        Memo::new(move |_| if let Condition::DaysOfWeek { days } = now.get() { days } else { Vec::new() });
    let buttons = (1..=7_u8).map(|day| {
        let is_on = move || days.with(|days| days.contains(&day));
        let turn = move |_| {
            let mut days = days.get_untracked();
            match days.iter().position(|known| *known == day) {
                Some(at) => {
                    days.remove(at);
                }
                None => days.push(day),
            }
            days.sort_unstable();
            set.run(Condition::DaysOfWeek { days });
        };
        view! { <button type="button" class:on=is_on aria-pressed=move || is_on().to_string() on:click=turn>{weekday(day)}</button> }
    });
    view! { <div class="segmented" role="group" aria-label=say("Days")>{buttons.collect_view()}</div> }
}

#[component]
fn Directions(now: Signal<Condition>, set: Callback<Condition>) -> impl IntoView {
    let options: Vec<(Direction, String)> = [Direction::Inbound, Direction::Outbound, Direction::Internal]
        .map(|direction| (direction, direction_word(direction).to_owned()))
        .to_vec();
    let chosen =
        Signal::derive(
            move || if let Condition::Directions { any_of } = now.get() { any_of } else { Vec::new() },
        );
    let put = Callback::new(move |any_of| set.run(Condition::Directions { any_of }));
    view! { <PickList label=say("Directions") find=say("Find in directions") testid="condition-direction" options=Signal::stored(options) chosen set=put /> }
}

/// Texts, a line each; they act when one leaves the field.
#[component]
fn Lines(now: Signal<Condition>, set: Callback<Condition>, hint: &'static str) -> impl IntoView {
    let text = move || {
        if let Condition::OutsideName { any_of } | Condition::AccountCode { any_of } = now.get() {
            any_of.join("\n")
        } else {
            String::new()
        }
    };
    let put = move |event| {
        let any_of = lines(&event_target_value(&event));
        set.run(if let Condition::AccountCode { .. } = now.get_untracked() {
            Condition::AccountCode { any_of }
        } else {
            Condition::OutsideName { any_of }
        });
    };
    view! {
        <textarea rows="3" spellcheck="false" aria-label=say("Any of these") data-testid="condition-lines" prop:value=text on:change=put></textarea>
        <p class="says">{hint}</p>
    }
}

#[component]
fn Text(now: Signal<Condition>, set: Callback<Condition>) -> impl IntoView {
    let text = move || if let Condition::Text { text } = now.get() { text } else { String::new() };
    let put = move |event| set.run(Condition::Text { text: event_target_value(&event).trim().to_owned() });
    view! {
        <input type="text" autocomplete="off" aria-label=say("Words") data-testid="condition-text" prop:value=text on:change=put />
        <p class="says">{say("In notes of the call, in names or numbers.")}</p>
    }
}

#[component]
fn Lasting(now: Signal<Condition>, set: Callback<Condition>) -> impl IntoView {
    let parts = Memo::new(move |_| {
        if let Condition::Lasting { timing, from_seconds, to_seconds } = now.get() {
            (timing, from_seconds, to_seconds)
        } else {
            (Timing::Total, None, None)
        }
    });
    let put = move |(timing, from_seconds, to_seconds)| {
        set.run(Condition::Lasting { timing, from_seconds, to_seconds });
    };
    let options = TIMINGS.map(|timing| {
        view! { <option value=timing_word(timing) selected=move || parts.get().0 == timing>{timing_word(timing)}</option> }
    });
    let choose = move |event| {
        let word = event_target_value(&event);
        let (timing, from, to) = parts.get_untracked();
        let chosen = TIMINGS.into_iter().find(|timing| timing_word(*timing) == word);
        put((chosen.unwrap_or(timing), from, to));
    };
    let shown = |seconds: Option<u32>| seconds.map(|seconds| seconds.to_string()).unwrap_or_default();
    let read = |event: &web_sys::Event| event_target_value(event).trim().parse::<u32>().ok();
    view! {
        <label class="field"><span>{say("What of the call")}</span><select data-testid="condition-timing" on:change=choose>{options.into_iter().collect_view()}</select></label>
        <div class="two-fields">
            <label class="field"><span>{say("From, seconds")}</span><input type="text" inputmode="numeric" autocomplete="off" data-testid="condition-from" prop:value=move || shown(parts.get().1) on:change=move |event| { let (timing, _, to) = parts.get_untracked(); put((timing, read(&event), to)); } /></label>
            <label class="field"><span>{say("To, seconds")}</span><input type="text" inputmode="numeric" autocomplete="off" data-testid="condition-to" prop:value=move || shown(parts.get().2) on:change=move |event| { let (timing, from, _) = parts.get_untracked(); put((timing, from, read(&event))); } /></label>
        </div>
        <p class="says">{say("Both included; an empty field has no limit.")}</p>
    }
}

#[component]
fn CountedIn(now: Signal<Condition>, set: Callback<Condition>) -> impl IntoView {
    let chosen =
        Memo::new(
            move |_| {
                if let Condition::CountedIn { measure } = now.get() { measure } else { Measure::Answered }
            },
        );
    let options = move || {
        // One that came by looking behind a person's or a group's figure stays on offer.
        let mut all: Vec<Measure> = counting().collect();
        if !all.contains(&chosen.get()) {
            all.push(chosen.get());
        }
        all.into_iter()
            .map(|measure| view! { <option value=measure.label() selected=move || chosen.get() == measure>{term(measure.label())}</option> })
            .collect_view()
    };
    let choose = move |event| {
        let label = event_target_value(&event);
        if let Some(measure) = Measure::ALL.iter().copied().find(|measure| measure.label() == label) {
            set.run(Condition::CountedIn { measure });
        }
    };
    view! {
        <label class="field"><span>{say("Figure")}</span><select data-testid="condition-measure" on:change=choose>{options}</select></label>
        <p class="says">{move || term(chosen.get().formula(Scope::Call))}</p>
    }
}
