//! Kinds of events: with or without some, in an order, or the last.

use crate::parts::icon::{Glyph, Icon};
use crate::parts::kind::word;
use crate::parts::pick_list::PickList;
use crate::words::{fill, say};
use leptos::prelude::*;
use model::EventKind;
use model::report::{Condition, EventStep};

/// Longer ones than this no call has.
const MOST_STEPS: usize = 8;

#[component]
pub fn KindPicker(now: Signal<Condition>, set: Callback<Condition>) -> impl IntoView {
    let options: Vec<(EventKind, String)> = EventKind::ALL.map(|kind| (kind, word(kind).to_owned())).to_vec();
    let chosen = Signal::derive(move || {
        if let Condition::Events { yes: _, any_of } | Condition::FinalEvent { any_of } = now.get() {
            any_of
        } else {
            Vec::new()
        }
    });
    let put = Callback::new(move |any_of: Vec<EventKind>| {
        set.run(if let Condition::Events { yes, any_of: _ } = now.get_untracked() {
            Condition::Events { yes, any_of }
        } else {
            Condition::FinalEvent { any_of }
        });
    });
    view! { <PickList label=say("Events") find=say("Find in events") testid="condition-event" options=Signal::stored(options) chosen set=put /> }
}

#[component]
pub fn EventKinds(now: Signal<Condition>, set: Callback<Condition>) -> impl IntoView {
    let yes =
        Memo::new(move |_| if let Condition::Events { yes, any_of: _ } = now.get() { yes } else { true });
    let answers = [(say("With one of these"), true), (say("Without any of these"), false)];
    let buttons = answers.map(|(words, this)| {
        let is_on = move || yes.get() == this;
        let choose = move |_| {
            if let Condition::Events { yes: _, any_of } = now.get_untracked() {
                set.run(Condition::Events { yes: this, any_of });
            }
        };
        view! { <button type="button" class:on=is_on aria-pressed=move || is_on().to_string() on:click=choose>{words}</button> }
    });
    view! {
        <div class="segmented" role="group" aria-label=say("With or without")>{buttons.into_iter().collect_view()}</div>
        <KindPicker now set />
    }
}

#[component]
pub fn Steps(now: Signal<Condition>, set: Callback<Condition>) -> impl IntoView {
    let steps =
        Memo::new(move |_| if let Condition::Sequence { steps } = now.get() { steps } else { Vec::new() });
    let remove = move |at: usize| {
        let mut steps = steps.get_untracked();
        if at < steps.len() {
            steps.remove(at);
        }
        set.run(Condition::Sequence { steps });
    };
    let add = move |event: web_sys::Event| {
        let chosen = event_target_value(&event);
        let mut steps = steps.get_untracked();
        if let Some(kind) = EventKind::ALL.into_iter().find(|kind| word(*kind) == chosen) {
            steps.push(EventStep { kind });
            set.run(Condition::Sequence { steps });
        }
    };
    let shown = move || {
        steps
            .get()
            .into_iter()
            .enumerate()
            .map(|(at, step)| {
                view! {
                    <li>
                        <span>{word(step.kind)}</span>
                        <button type="button" class="icon-btn" aria-label=fill("Remove {filter}", &[("filter", word(step.kind))]) title=say("Remove") on:click=move |_| remove(at)><Icon of=Glyph::Close /></button>
                    </li>
                }
            })
            .collect_view()
    };
    let options = EventKind::ALL.map(|kind| view! { <option value=word(kind)>{word(kind)}</option> });
    let options = options.into_iter().collect_view();
    view! {
        <ol class="steps-list">{shown}</ol>
        <label class="field">
            <span>{move || if steps.with(Vec::is_empty) { say("First") } else { say("Then") }}</span>
            <select data-testid="condition-step" disabled=move || { steps.with(Vec::len) >= MOST_STEPS } prop:value=move || { steps.track(); "" } on:change=add>
                <option value="">{say("Choose …")}</option>
                {options}
            </select>
        </label>
        <p class="says">{say("In this order, with others between them or not.")}</p>
    }
}
