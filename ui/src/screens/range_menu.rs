//! Which days a list shows: a named range, or two days of one's own.

use crate::parts::popover::Popover;
use crate::state::{Day, Office, Range, use_office};
use crate::words::{fill, say};
use leptos::prelude::*;

#[component]
pub fn RangeMenu(#[prop(into)] range: Signal<Range>, chosen: Callback<Range>) -> impl IntoView {
    let office = use_office();
    let open = RwSignal::new(false);
    let choose = move |range: Range| {
        chosen.run(range);
        open.set(false);
    };
    view! {
        <Popover
            open
            label=Signal::derive(move || fill("Days shown: {range}", &[("range", &range.get().title())]))
            testid="range"
            class="btn range"
            face=move || view! { {move || range.get().title()} <span aria-hidden="true">" ▾"</span> }
        >
            <ul class="menu">
                {Range::NAMED
                    .into_iter()
                    .map(|named| {
                        view! {
                            <li>
                                <button
                                    type="button"
                                    class="menu-item"
                                    class:on=move || range.get() == named
                                    aria-pressed=move || (range.get() == named).to_string()
                                    on:click=move |_| choose(named)
                                >
                                    {named.title()}
                                </button>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            {move || custom(office, range.get_untracked(), choose)}
        </Popover>
    }
}

fn custom(office: Office, range: Range, choose: impl Fn(Range) + Send + Sync + 'static) -> impl IntoView {
    let today = office.today.get_untracked();
    let (first, end) = range.days(today);
    let first = first.unwrap_or(today);
    let last = end.map_or(today, Day::before).min(today);
    let choose = Callback::new(move |(first, last)| choose(Range::Days { first, last }));
    view! { <CustomDays first last choose /> }
}

/// Two days of one's own, both included.
#[component]
pub fn CustomDays(first: Day, last: Day, choose: Callback<(Day, Day)>) -> impl IntoView {
    let first = RwSignal::new(first.to_text());
    let last = RwSignal::new(last.to_text());
    let days = move || match (Day::from_text(&first.get()), Day::from_text(&last.get())) {
        (Some(first), Some(last)) if first <= last => Some((first, last)),
        (Some(_) | None, Some(_) | None) => None,
    };
    view! {
        <form
            class="custom-days"
            on:submit=move |event| {
                event.prevent_default();
                if let Some(days) = days() {
                    choose.run(days);
                }
            }
        >
            <label>
                {say("From")}
                <input type="date" data-testid="range-from" prop:value=first on:input=move |event| first.set(event_target_value(&event)) />
            </label>
            <label>
                {say("To")}
                <input type="date" data-testid="range-to" prop:value=last on:input=move |event| last.set(event_target_value(&event)) />
            </label>
            <button type="submit" class="btn" disabled=move || days().is_none()>
                {say("Show these days")}
            </button>
            <Show when=move || days().is_none()>
                <p class="complaint" role="alert">{say("The first day must not be after the last.")}</p>
            </Show>
        </form>
    }
}
