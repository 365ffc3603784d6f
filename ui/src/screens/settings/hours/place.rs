//! The hours of one place: its week, and its holidays and exceptions.

use super::days::Dates;
use super::screen::Form;
use super::spans::Spans;
use crate::state::hours_draft::day_names;
use crate::words::say;
use leptos::prelude::*;

#[component]
pub fn Place(form: Form, key: u32) -> impl IntoView {
    let days = day_names().into_iter().enumerate().map(|(day, name)| {
        let spans = Signal::derive(move || {
            form.draft.with(|draft| {
                let place = draft.as_ref().and_then(|draft| draft.place(key));
                place.map(|place| place.week[day].clone()).unwrap_or_default()
            })
        });
        let add = Callback::new(move |()| form.change(|draft| draft.add_span(key, day)));
        view! {
            <div class="hours-day" data-testid="hours-day">
                <span class="b">{name}</span>
                <Spans form place=key spans add of=name.to_owned() />
            </div>
        }
    });
    let days = days.collect_view();
    let remove = move |_| {
        form.change(|draft| {
            draft.remove_place(key);
            form.place.set(draft.of.first().map(|place| place.key));
        });
    };
    view! {
        <section class="card keeping-card" data-testid="hours-place-card">
            <div class="site-head">
                <h2>{say("Week")}</h2>
                <span class="sp"></span>
                <button type="button" class="btn quiet" data-testid="hours-copy" on:click=move |_| form.change(|draft| draft.copy_to_workdays(key))>{say("Monday’s hours to Friday")}</button>
                <button type="button" class="btn quiet" data-testid="hours-remove-place" on:click=remove>{say("Remove these hours")}</button>
            </div>
            <div class="hours-week">{days}</div>
            <p class="says">{say("An end before the beginning is on the next day. 00:00 to 00:00 is open around the clock; a day without times is closed.")}</p>
        </section>
        <Dates form place=key />
    }
}
