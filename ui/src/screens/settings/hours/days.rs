//! Holidays and exceptions: single dates, of one year or of every year, closed or with hours of their own.

use super::screen::Form;
use super::spans::Spans;
use crate::parts::icon::{Glyph, Icon};
use crate::state::hours_draft::{DateDraft, Repeats};
use crate::state::use_office;
use crate::words::say;
use leptos::prelude::*;

#[component]
pub fn Dates(form: Form, place: u32) -> impl IntoView {
    let office = use_office();
    let dates = Memo::new(move |_| {
        form.draft.with(|draft| {
            let place = draft.as_ref().and_then(|draft| draft.place(place));
            place.map(|place| place.days.clone()).unwrap_or_default()
        })
    });
    let keys = Memo::new(move |_| dates.with(|dates| dates.iter().map(|date| date.key).collect::<Vec<_>>()));
    let add = move |_| {
        let today = office.today.get_untracked().to_text();
        form.change(|draft| draft.add_date(place, today));
    };
    view! {
        <section class="card keeping-card" data-testid="hours-dates">
            <h2>{say("Holidays and exceptions")}</h2>
            <Show when=move || keys.with(Vec::is_empty)><p class="mute sm">{say("None. A date that stands here has the hours it is given instead of its weekday’s.")}</p></Show>
            <div class="hours-dates">
                <For each=move || keys.get() key=|key| *key let:key><DateLine form place key dates /></For>
            </div>
            <div class="buttons"><button type="button" class="btn" data-testid="hours-add-date" on:click=add>{say("Add a date")}</button></div>
        </section>
    }
}

#[component]
fn DateLine(form: Form, place: u32, key: u32, dates: Memo<Vec<DateDraft>>) -> impl IntoView {
    let now = Memo::new(move |_| dates.with(|dates| dates.iter().find(|date| date.key == key).cloned()));
    let change = move |with: Box<dyn FnOnce(&mut DateDraft)>| {
        form.change(|draft| {
            let date =
                draft.place_mut(place).and_then(|place| place.days.iter_mut().find(|date| date.key == key));
            if let Some(date) = date {
                with(date);
            }
        });
    };
    let spans = Signal::derive(move || now.get().map(|date| date.open).unwrap_or_default());
    let every_year =
        move || now.with(|date| date.as_ref().is_some_and(|date| date.repeats == Repeats::EveryYear));
    let remove = move |_| {
        form.change(|draft| {
            if let Some(place) = draft.place_mut(place) {
                place.days.retain(|date| date.key != key);
            }
        });
    };
    let put_date = move |event| {
        let typed = event_target_value(&event);
        change(Box::new(move |date| date.date = typed));
    };
    let put_name = move |event| {
        let typed = event_target_value(&event);
        change(Box::new(move |date| date.name = typed));
    };
    let put_repeats = move |event| {
        let repeats = if event_target_checked(&event) { Repeats::EveryYear } else { Repeats::Once };
        change(Box::new(move |date| date.repeats = repeats));
    };
    view! {
        <div class="hours-date" data-testid="hours-date">
            <input type="date" aria-label=say("Date") data-testid="hours-date-day" prop:value=move || now.get().map(|date| date.date).unwrap_or_default() on:change=put_date />
            <input type="text" aria-label=say("Name") placeholder=say("Christmas Eve") autocomplete="off" data-testid="hours-date-name" prop:value=move || now.get().map(|date| date.name).unwrap_or_default() on:change=put_name />
            <label class="tick sm"><input type="checkbox" data-testid="hours-date-yearly" prop:checked=every_year on:change=put_repeats /><span>{say("every year")}</span></label>
            <Spans form place spans add=Callback::new(move |()| form.change(|draft| draft.add_date_span(place, key))) of=say("this date").to_owned() />
            <button type="button" class="icon-btn" aria-label=say("Remove this date") title=say("Remove") on:click=remove><Icon of=Glyph::Trash /></button>
        </div>
    }
}
