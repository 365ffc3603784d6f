//! The screen of people: asks for the day, keeps today's up, and hears its keys.

use super::bar::PeopleBar;
use super::table::PeopleTable;
use crate::parts::keyboard::{floats_above, has_modifier, is_typing};
use crate::parts::notice::{Empty, Failed, NoSite, Skeleton};
use crate::state::settings_tab::SettingsTab;
use crate::state::{Office, use_office};
use crate::words::say;
use contract::people::AskPeopleDay;
use leptos::html;
use leptos::prelude::*;
use std::time::Duration;

/// States are pushed; what the calls of the day come to is asked for at most this often.
const FIGURES_AT_MOST_EVERY: Duration = Duration::from_secs(5);
/// From the beginning of a day to an instant that is certainly in it, whatever the clocks do at night.
const WELL_INTO_THE_DAY_MS: i64 = 12 * 3_600_000;

/// The states of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shows {
    Failure,
    Waiting,
    Nobody,
    People,
}

#[component]
pub fn PeopleScreen() -> impl IntoView {
    let office = use_office();
    let people = office.people;
    let wanted = Memo::new(move |_| {
        // At midnight another day is today.
        office.today.track();
        let day = people.day.get();
        let text = people.text.get();
        AskPeopleDay {
            at_ms: day.map(|day| office.day_ms(day).0 + WELL_INTO_THE_DAY_MS),
            text: (!text.is_empty()).then_some(text),
            skip: people.skip.get(),
        }
    });
    Effect::new(move |_| {
        office.today.track();
        office.settings_changed.track();
        office.ask_again.track();
        people.asking.ask(wanted.get());
    });
    ask_for_figures(office);
    let filter_text = NodeRef::<html::Input>::new();
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        if hear_key(office, filter_text, &event) {
            event.prevent_default();
        }
    });
    on_cleanup(move || keys.remove());
    let set_up = Callback::new(move |()| office.setup.begin());
    let again = Callback::new(move |()| people.asking.again());
    // The table stays while its answers change.
    let shows = Memo::new(move |_| {
        let is_other = people.answered.with(|asked| asked.as_ref() != Some(&wanted.get()));
        let known = people.answered.with(Option::is_some);
        match people.asking.failure.with(Option::is_some) {
            true => Shows::Failure,
            false if !known || (is_other && people.asking.slow.get()) => Shows::Waiting,
            false if people.rows.with(Vec::is_empty) => Shows::Nobody,
            false => Shows::People,
        }
    });
    let body = move || match shows.get() {
        Shows::Failure => view! {
            <div class="card">
                {move || people.asking.failure.get().map(|failure| view! { <Failed failure again /> })}
            </div>
        }
        .into_any(),
        Shows::Waiting => {
            let slow = people.asking.slow;
            view! { <Show when=move || slow.get()><div class="card"><Skeleton rows=7 /></div></Show> }
                .into_any()
        }
        Shows::Nobody => view! { <div class="card">{move || nobody_here(office)}</div> }.into_any(),
        Shows::People => view! { <PeopleTable /> }.into_any(),
    };
    view! {
        <Show when=move || !office.is_first_run() fallback=move || view! { <NoSite set_up /> }>
            <div class="people-day" data-testid="people" aria-busy=move || people.asking.busy.get().to_string()>
                <PeopleBar filter_text />
                {body}
            </div>
        </Show>
    }
}

/// Calls that ended changed the figures of today; no other day's change.
fn ask_for_figures(office: Office) {
    let people = office.people;
    let due = StoredValue::new(false);
    Effect::new(move |before: Option<()>| {
        office.figures_changed.track();
        let is_today = people.day.with_untracked(Option::is_none);
        if before.is_none() || !is_today || due.get_value() {
            return;
        }
        due.set_value(true);
        set_timeout(
            move || {
                if due.try_get_value() == Some(true) {
                    due.set_value(false);
                    people.asking.again();
                }
            },
            FIGURES_AT_MOST_EVERY,
        );
    });
}

/// True when the key was meant for the screen. In a person's day the arrows walk over its stretches; with Shift they
/// change the day from everywhere.
fn hear_key(office: Office, filter_text: NodeRef<html::Input>, event: &web_sys::KeyboardEvent) -> bool {
    if has_modifier(event) || floats_above(event) || is_typing(event) {
        return false;
    }
    let people = office.people;
    let today = office.today.get_untracked();
    let shown = people.day.get_untracked().unwrap_or(today);
    match event.key().as_str() {
        "ArrowLeft" => people.show_day(shown.before(), today),
        "ArrowRight" => people.show_day(shown.after(), today),
        "/" => {
            if let Some(input) = filter_text.get_untracked() {
                let _ = input.focus();
                input.select();
            }
        }
        _ => return false,
    }
    true
}

fn nobody_here(office: Office) -> AnyView {
    let people = office.people;
    if people.text.with(|text| !text.is_empty()) {
        let all = Callback::new(move |()| people.find(""));
        let action = (say("Show everyone").to_owned(), all);
        let says = say("Letters find names, digits find extensions.");
        return view! { <Empty title=say("Nobody matches") says action /> }.into_any();
    }
    let directory = Callback::new(move |()| office.show_settings(SettingsTab::PeopleAndNames));
    let action = (say("People and names").to_owned(), directory);
    let says = say(
        "People appear once the phone system names its users, or when a phone is used. You can also enter them yourself.",
    );
    view! { <Empty title=say("No people known yet") says action /> }.into_any()
}
