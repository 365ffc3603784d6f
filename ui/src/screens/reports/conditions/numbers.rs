//! Numbers to compare with: how, and their digits.

use crate::parts::condition_words::number_words;
use crate::parts::icon::{Glyph, Icon};
use crate::state::report_conditions::Matching;
use crate::words::{fill, say};
use leptos::prelude::*;
use model::report::{Condition, NumberMatch};

#[component]
pub fn Numbers(now: Signal<Condition>, set: Callback<Condition>) -> impl IntoView {
    let numbers = Memo::new(move |_| {
        if let Condition::OutsideNumber { any_of } | Condition::DialledNumber { any_of } = now.get() {
            any_of
        } else {
            Vec::new()
        }
    });
    let put = move |any_of: Vec<NumberMatch>| {
        set.run(if let Condition::DialledNumber { .. } = now.get_untracked() {
            Condition::DialledNumber { any_of }
        } else {
            Condition::OutsideNumber { any_of }
        });
    };
    let matching = RwSignal::new(Matching::Begins);
    let digits = RwSignal::new(String::new());
    let wrong = RwSignal::new(false);
    let add = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(number) = matching.get_untracked().with(&digits.get_untracked()) else {
            return wrong.set(true);
        };
        let mut all = numbers.get_untracked();
        if !all.contains(&number) {
            all.push(number);
        }
        digits.set(String::new());
        put(all);
    };
    let remove = move |at: usize| {
        let mut all = numbers.get_untracked();
        if at < all.len() {
            all.remove(at);
        }
        put(all);
    };
    let shown = move || {
        numbers
            .get()
            .iter()
            .map(number_words)
            .enumerate()
            .map(|(at, words)| {
                view! {
                    <li>
                        <span>{words.clone()}</span>
                        <button type="button" class="icon-btn" aria-label=fill("Remove {filter}", &[("filter", &words)]) title=say("Remove") on:click=move |_| remove(at)><Icon of=Glyph::Close /></button>
                    </li>
                }
            })
            .collect_view()
    };
    let options = Matching::ALL.map(|this| view! { <option value=this.title() selected=move || matching.get() == this>{this.title()}</option> });
    let choose = move |event| {
        let title = event_target_value(&event);
        wrong.set(false);
        matching
            .set(Matching::ALL.into_iter().find(|this| this.title() == title).unwrap_or(Matching::Begins));
    };
    view! {
        <ul class="steps-list">{shown}</ul>
        <form class="number-form" on:submit=add>
            <select aria-label=say("How it is compared") data-testid="condition-matching" on:change=choose>{options.into_iter().collect_view()}</select>
            <Show when=move || matching.get() != Matching::Withheld>
                <input type="text" inputmode="tel" autocomplete="off" aria-label=say("Digits") placeholder="+49 89" data-testid="condition-digits" prop:value=digits on:input=move |event| { wrong.set(false); digits.set(event_target_value(&event)); } />
            </Show>
            <button type="submit" class="btn" data-testid="condition-add-number">{say("Add")}</button>
        </form>
        <p class="says" class:complaint=wrong role="status">{move || if wrong.get() { say("Type at least one digit.") } else { say("Only the digits count, with the country’s code where it is known.") }}</p>
    }
}
