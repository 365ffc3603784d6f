//! Which day the people are shown of: today, yesterday, the days beside, any other.

use crate::parts::clock::Style;
use crate::parts::icon::{Glyph, Icon};
use crate::parts::popover::Popover;
use crate::state::{Day, use_office};
use crate::words::{fill, say};
use leptos::prelude::*;

#[component]
pub fn DayMenu() -> impl IntoView {
    let office = use_office();
    let people = office.people;
    let open = RwSignal::new(false);
    let shown = Memo::new(move |_| people.day.get().unwrap_or_else(|| office.today.get()));
    let is_today = Memo::new(move |_| shown.get() == office.today.get());
    let title = Memo::new(move |_| {
        let (day, today) = (shown.get(), office.today.get());
        match day {
            day if day == today => say("Today").to_owned(),
            day if day == today.before() => say("Yesterday").to_owned(),
            day => office.clock(Style::Day, office.day_ms(day).0),
        }
    });
    let choose = move |day: Day| {
        people.show_day(day, office.today.get_untracked());
        open.set(false);
    };
    let choices = move || {
        [(say("Today"), "day-today", 0), (say("Yesterday"), "day-yesterday", 1)].map(
            |(words, testid, back)| {
                let day = move || Day(office.today.get().0 - back);
                view! {
                    <li>
                        <button
                            type="button"
                            class="menu-item"
                            class:on=move || shown.get() == day()
                            aria-pressed=move || (shown.get() == day()).to_string()
                            data-testid=testid
                            on:click=move |_| choose(day())
                        >
                            {words}
                        </button>
                    </li>
                }
            },
        )
    };
    let any = move |event| {
        if let Some(day) = Day::from_text(&event_target_value(&event)) {
            people.show_day(day, office.today.get_untracked());
        }
    };
    let close_by_enter = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Enter" {
            open.set(false);
        }
    };
    view! {
        <div class="day-menu" role="group" aria-label=say("Day")>
            <button
                type="button"
                class="btn step"
                data-testid="day-before"
                aria-label=say("The day before")
                title=say("The day before ( ← )")
                on:click=move |_| choose(shown.get_untracked().before())
            >
                <Icon of=Glyph::Back />
            </button>
            <Popover
                open
                label=Signal::derive(move || fill("Day shown: {day}", &[("day", &title.get())]))
                testid="day"
                class="btn range"
                face=move || view! { {move || title.get()} <span aria-hidden="true">" ▾"</span> }
            >
                <ul class="menu">{choices().into_iter().collect_view()}</ul>
                <div class="custom-days">
                    <label>
                        {say("Day")}
                        <input
                            type="date"
                            data-testid="day-any"
                            max=move || office.today.get().to_text()
                            prop:value=move || shown.get().to_text()
                            on:change=any
                            on:keydown=close_by_enter
                        />
                    </label>
                </div>
            </Popover>
            <button
                type="button"
                class="btn step"
                data-testid="day-after"
                aria-label=say("The day after")
                title=say("The day after ( → )")
                disabled=move || is_today.get()
                on:click=move |_| choose(shown.get_untracked().after())
            >
                <Icon of=Glyph::Forward />
            </button>
        </div>
    }
}
