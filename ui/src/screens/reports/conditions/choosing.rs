//! People, groups, sites, trunks and tags, of those that the library knows.

use crate::parts::pick_list::PickList;
use crate::state::use_office;
use crate::words::say;
use contract::reports::{Choice, ReportChoices};
use leptos::prelude::*;
use model::report::{Condition, GroupRef, Key, Spot, Who};

#[component]
pub fn PeoplePicker(now: Signal<Condition>, set: Callback<Condition>) -> impl IntoView {
    let options =
        known(|choices| &choices.people, |key| if let Key::Who { who } = key { Some(who) } else { None });
    let chosen = Signal::derive(move || {
        if let Condition::People { any_of } | Condition::TalkedAs { spot: _, any_of } = now.get() {
            any_of
        } else {
            Vec::new()
        }
    });
    let put = Callback::new(move |any_of: Vec<Who>| {
        set.run(if let Condition::TalkedAs { spot, any_of: _ } = now.get_untracked() {
            Condition::TalkedAs { spot, any_of }
        } else {
            Condition::People { any_of }
        });
    });
    view! { <PickList label=say("People") find=say("Find in people") testid="condition-person" options chosen set=put /> }
}

#[component]
pub fn GroupPicker(now: Signal<Condition>, set: Callback<Condition>) -> impl IntoView {
    let options = known(
        |choices| &choices.groups,
        |key| if let Key::Group { group } = key { Some(group) } else { None },
    );
    let chosen = Signal::derive(move || {
        if let Condition::Groups { any_of } | Condition::GroupAs { spot: _, any_of } = now.get() {
            any_of
        } else {
            Vec::new()
        }
    });
    let put = Callback::new(move |any_of: Vec<GroupRef>| {
        set.run(if let Condition::GroupAs { spot, any_of: _ } = now.get_untracked() {
            Condition::GroupAs { spot, any_of }
        } else {
            Condition::Groups { any_of }
        });
    });
    view! { <PickList label=say("Groups") find=say("Find in groups") testid="condition-group" options chosen set=put /> }
}

#[component]
pub fn SitePicker(now: Signal<Condition>, set: Callback<Condition>) -> impl IntoView {
    let options =
        known(|choices| &choices.sites, |key| if let Key::Site { site } = key { Some(site) } else { None });
    let chosen =
        Signal::derive(move || if let Condition::Sites { any_of } = now.get() { any_of } else { Vec::new() });
    let put = Callback::new(move |any_of| set.run(Condition::Sites { any_of }));
    view! { <PickList label=say("Sites") find=say("Find in sites") testid="condition-site" options chosen set=put /> }
}

/// Trunks or tags, which are known by their texts.
#[component]
pub fn TextPicker(now: Signal<Condition>, set: Callback<Condition>) -> impl IntoView {
    let is_tags = matches!(now.get_untracked(), Condition::Tags { .. });
    let text = |key| if let Key::Text { text } = key { Some(text) } else { None };
    let options =
        if is_tags { known(|choices| &choices.tags, text) } else { known(|choices| &choices.trunks, text) };
    let chosen = Signal::derive(move || {
        if let Condition::Tags { any_of } | Condition::Trunks { any_of } = now.get() {
            any_of
        } else {
            Vec::new()
        }
    });
    let put = Callback::new(move |any_of: Vec<String>| {
        set.run(if let Condition::Tags { .. } = now.get_untracked() {
            Condition::Tags { any_of }
        } else {
            Condition::Trunks { any_of }
        });
    });
    let (label, find) =
        if is_tags { (say("Tags"), say("Find in tags")) } else { (say("Trunks"), say("Find in trunks")) };
    view! { <PickList label find testid="condition-choice" options chosen set=put /> }
}

/// First or last in its place.
#[component]
pub fn SpotChoice(
    now: Signal<Condition>,
    set: Callback<Condition>,
    first: &'static str,
    last: &'static str,
) -> impl IntoView {
    let spot = Memo::new(move |_| {
        if let Condition::TalkedAs { spot, .. } | Condition::GroupAs { spot, .. } = now.get() {
            spot
        } else {
            Spot::First
        }
    });
    let buttons = [(first, Spot::First), (last, Spot::Final)].map(|(words, this)| {
        let is_on = move || spot.get() == this;
        let choose = move |_| {
            set.run(match now.get_untracked() {
                Condition::TalkedAs { spot: _, any_of } => Condition::TalkedAs { spot: this, any_of },
                Condition::GroupAs { spot: _, any_of } => Condition::GroupAs { spot: this, any_of },
                other => other,
            });
        };
        view! { <button type="button" class:on=is_on aria-pressed=move || is_on().to_string() on:click=choose>{words}</button> }
    });
    view! { <div class="segmented" role="group" aria-label=say("Which of them")>{buttons.into_iter().collect_view()}</div> }
}

fn known<T>(
    of: fn(&ReportChoices) -> &Vec<Choice>,
    value: impl Fn(Key) -> Option<T> + Copy + Send + Sync + 'static,
) -> Signal<Vec<(T, String)>>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let reports = use_office().reports;
    Signal::derive(move || {
        reports.choices.answer.with(|choices| {
            let all = choices.as_ref().map(of);
            let all = all.into_iter().flatten();
            all.filter_map(|choice| Some((value(choice.key.clone())?, choice.name.clone()))).collect()
        })
    })
}
