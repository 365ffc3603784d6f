//! The conditions of a report as chips: a click changes one, the cross takes it away, the menu adds another.

use super::editor::Editor;
use crate::parts::condition_words::{hours, says, sentence};
use crate::parts::icon::{Glyph, Icon};
use crate::parts::popover::Popover;
use crate::state::report_conditions::{Offer, menu, turned, yes};
use crate::state::reports::Reports;
use crate::state::use_office;
use crate::words::{fill, say};
use contract::reports::{Choice, ReportChoices};
use leptos::prelude::*;
use model::report::{Condition, GroupRef, Hours, Key, Who};

#[component]
pub fn ConditionChips() -> impl IntoView {
    let reports = use_office().reports;
    // Which chip was just added: its editor is open from the beginning.
    let adding = StoredValue::new(None::<usize>);
    let chips = Memo::new(move |_| {
        reports.definition.with(|of| {
            let all = of.as_ref().map(|of| of.conditions.as_slice()).unwrap_or_default();
            all.iter().map(Offer::of).enumerate().collect::<Vec<(usize, Offer)>>()
        })
    });
    let in_hours =
        Memo::new(move |_| reports.definition.with(|of| of.as_ref().and_then(|of| hours(of.hours))));
    let words = Memo::new(move |_| {
        let parts = reports.definition.with(|of| {
            let all = of.as_ref().map(|of| of.conditions.as_slice()).unwrap_or_default();
            all.iter().map(|condition| says(condition, |key| name_of(reports, key))).collect::<Vec<_>>()
        });
        sentence(&parts)
    });
    let open_hours = move |_| reports.change(|of| of.hours = Hours::All);
    view! {
        <For each=move || chips.get() key=|chip| *chip let:chip>
            <Chip at=chip.0 offer=chip.1 adding />
        </For>
        {move || in_hours.get().map(|says| view! {
            <span class="chip" data-testid="chip">
                {says}
                <button type="button" aria-label=fill("Remove {filter}", &[("filter", says)]) title=say("Remove") on:click=open_hours><Icon of=Glyph::Close /></button>
            </span>
        })}
        <AddMenu adding />
        <p class="sr-only" role="status">{move || words.get()}</p>
    }
}

#[component]
fn Chip(at: usize, offer: Offer, adding: StoredValue<Option<usize>>) -> impl IntoView {
    let reports = use_office().reports;
    let is_new = adding.try_update_value(|adding| adding.take_if(|new| *new == at).is_some()) == Some(true);
    let open = RwSignal::new(is_new && yes(&offer.begun()).is_none());
    let condition = Memo::new(move |_| {
        reports.definition.with(|of| of.as_ref().and_then(|of| of.conditions.get(at).cloned()))
    });
    let words = Memo::new(move |_| {
        condition.get().map(|condition| says(&condition, |key| name_of(reports, key))).unwrap_or_default()
    });
    let now = Signal::derive(move || condition.get().unwrap_or_else(|| offer.begun()));
    let set = Callback::new(move |condition: Condition| {
        reports.change(|of| {
            if let Some(known) = of.conditions.get_mut(at) {
                *known = condition;
            }
        });
    });
    let remove = move |_| {
        reports.change(|of| {
            if at < of.conditions.len() {
                of.conditions.remove(at);
            }
        });
    };
    // Questions of yes or no need no editor: a click gives the other answer.
    let is_question = yes(&offer.begun()).is_some() && offer != Offer::Events;
    let body = if is_question {
        let turn = move |_| set.run(turned(now.get_untracked()));
        view! { <button type="button" class="chip-words" title=say("Give the other answer") data-testid="condition" on:click=turn>{words}</button> }.into_any()
    } else {
        view! {
            <Popover open label=Signal::derive(move || fill("Change {what}", &[("what", &words.get())])) testid="condition" class="chip-words" face=move || view! { {words} }>
                <div class="condition-editor" data-testid="condition-editor">
                    <h3 class="lbl">{offer.title()}</h3>
                    <Editor offer now set />
                </div>
            </Popover>
        }
        .into_any()
    };
    view! {
        <span class="chip" data-testid="chip">
            {body}
            <button type="button" aria-label=move || fill("Remove {filter}", &[("filter", &words.get())]) title=say("Remove") data-testid="condition-remove" on:click=remove><Icon of=Glyph::Close /></button>
        </span>
    }
}

#[component]
fn AddMenu(adding: StoredValue<Option<usize>>) -> impl IntoView {
    let reports = use_office().reports;
    let open = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let add = move |offer: Offer| {
        open.set(false);
        typed.set(String::new());
        let at = reports.definition.with_untracked(|of| of.as_ref().map(|of| of.conditions.len()));
        adding.set_value(at);
        reports.change(|of| of.conditions.push(offer.begun()));
    };
    let set_hours = move |hours: Hours| {
        open.set(false);
        reports.change(|of| of.hours = hours);
    };
    let sections = move || {
        let typed = typed.get().to_lowercase();
        menu().into_iter()
            .map(|(title, offers)| {
                let found: Vec<Offer> =
                    offers.iter().copied().filter(|of| of.title().to_lowercase().contains(&typed)).collect();
                let items = found.iter().map(|offer| {
                    let offer = *offer;
                    view! {
                        <li><button type="button" class="menu-item" data-testid=format!("add-{}", offer.word()) on:click=move |_| add(offer)>{offer.title()}</button></li>
                    }
                });
                (!found.is_empty()).then(|| view! {
                    <section><h3 class="lbl">{title}</h3><ul>{items.collect_view()}</ul></section>
                })
            })
            .collect_view()
    };
    view! {
        <Popover open label=say("Add a filter") testid="add-filter" class="btn quiet" face=|| say("+ filter")>
            <div class="condition-menu" data-testid="filter-menu">
                <input type="text" placeholder=say("Find") aria-label=say("Find a filter") autocomplete="off" spellcheck="false" data-testid="filter-find" prop:value=typed on:input=move |event| typed.set(event_target_value(&event)) />
                <div class="condition-sections">
                    {sections}
                    <section>
                        <h3 class="lbl">{say("Business hours")}</h3>
                        <ul>
                            <li><button type="button" class="menu-item" data-testid="add-in-hours" on:click=move |_| set_hours(Hours::In)>{say("In business hours")}</button></li>
                            <li><button type="button" class="menu-item" data-testid="add-out-hours" on:click=move |_| set_hours(Hours::Out)>{say("Out of business hours")}</button></li>
                        </ul>
                    </section>
                </div>
            </div>
        </Popover>
    }
}

/// As the choices name it; a number or an id that is not among them stands for itself.
pub fn name_of(reports: Reports, key: &Key) -> String {
    let known = reports.choices.answer.with(|choices| {
        let choices = choices.as_ref()?;
        all_of(choices).find(|choice| choice.key == *key).map(|choice| choice.name.clone())
    });
    known.unwrap_or_else(|| plain(key))
}

fn all_of(choices: &ReportChoices) -> impl Iterator<Item = &Choice> {
    let ReportChoices { people, groups, sites, trunks, tags } = choices;
    people.iter().chain(groups).chain(sites).chain(trunks).chain(tags)
}

fn plain(key: &Key) -> String {
    match key {
        Key::Who { who: Who::Extension { site: _, number } }
        | Key::Group { group: GroupRef { site: _, number } } => number.clone(),
        Key::Who { who: Who::Person { .. } } => say("somebody unknown here").to_owned(),
        Key::Site { .. } => say("a site unknown here").to_owned(),
        Key::Text { text } => text.clone(),
        Key::None
        | Key::Direction { .. }
        | Key::Event { .. }
        | Key::Span { .. }
        | Key::HourOfDay { .. }
        | Key::DayOfWeek { .. } => say("unknown").to_owned(),
    }
}
