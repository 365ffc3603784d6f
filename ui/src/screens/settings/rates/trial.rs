//! Try a number: what a call would cost by the table as it stands in the form.

use super::draft::RatesForm;
use crate::ipc::Asking;
use crate::parts::money::spoken;
use crate::parts::notice::Failed;
use crate::state::rates_draft::{minute_of, minute_text, seconds_of};
use crate::state::{Day, Office, use_office};
use crate::words::{heard, say};
use contract::rates::{Cost, TryRate};
use contract::sites::Site;
use leptos::prelude::*;

const DAY_MINUTES: i64 = 24 * 60;

#[component]
pub fn Trial(form: RatesForm, sites: RwSignal<Vec<Site>>) -> impl IntoView {
    let office = use_office();
    let number = RwSignal::new(String::new());
    let lasted = RwSignal::new("3:00".to_owned());
    let when = RwSignal::new(local_text(office, office.now_untracked_ms()));
    let site = RwSignal::new(None::<i64>);
    let trial = Asking::<TryRate>::new();
    let wrong = RwSignal::new(None::<&'static str>);
    let try_it = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let seconds = lasted.with_untracked(|lasted| seconds_of(lasted));
        let at_ms = when.with_untracked(|when| instant_of(office, when));
        let typed = number.with_untracked(|number| number.trim().to_owned());
        let (Some(seconds), Some(at_ms), false) = (seconds, at_ms, typed.is_empty()) else {
            wrong.set(Some(say("Enter a number, how long the call was (3:00), and when.")));
            return;
        };
        let Some(table) = form.checked() else {
            wrong.set(Some(say("The table has fields that need a look first.")));
            return;
        };
        wrong.set(None);
        let first = sites.with_untracked(|sites| sites.first().map_or(1, |site| site.id));
        let site = site.get_untracked().or(table.sites.first().copied()).unwrap_or(first);
        trial.ask(TryRate { table, site, number: typed, at_ms, seconds });
    };
    let again = Callback::new(move |()| trial.again());
    let field = move |label: &'static str,
                      kind: &'static str,
                      testid: &'static str,
                      value: RwSignal<String>| {
        view! {
            <label class="field">
                <span>{label}</span>
                <input type=kind autocomplete="off" data-testid=testid prop:value=value on:input=move |event| value.set(event_target_value(&event)) />
            </label>
        }
    };
    view! {
        <form class="card trial" aria-label=say("Try a number") data-testid="rates-trial" novalidate=true on:submit=try_it>
            <h2>{say("Try a number")}</h2>
            <div class="trial-fields">
                {field(say("Number, as it is dialled"), "text", "rates-try-number", number)}
                {field(say("Talking"), "text", "rates-try-length", lasted)}
                {field(say("Day and time"), "datetime-local", "rates-try-when", when)}
                <Show when=move || { sites.with(Vec::len) > 1 }>
                    <label class="field">
                        <span>{say("Office")}</span>
                        <select data-testid="rates-try-site" on:change=move |event| site.set(event_target_value(&event).parse().ok())>
                            {move || sites.get().into_iter().map(|site| view! { <option value=site.id.to_string()>{site.name}</option> }).collect_view()}
                        </select>
                    </label>
                </Show>
                <button type="submit" class="btn" data-testid="rates-try" disabled=move || trial.busy.get()>{say("Try")}</button>
            </div>
            {move || wrong.get().map(|says| view! { <p class="complaint" role="alert">{says}</p> })}
            {move || trial.failure.get().map(|failure| view! { <Failed failure again /> })}
            <div role="status">{move || trial.answer.get().map(|cost| view! { <Outcome cost /> })}</div>
        </form>
    }
}

#[component]
fn Outcome(cost: Option<Cost>) -> impl IntoView {
    match cost {
        None => view! {
            <p class="mute" data-testid="rates-try-result">{say("No rate of this table fits. One with an empty prefix applies to everything else.")}</p>
        }
        .into_any(),
        Some(cost) => {
            let prefix = if cost.prefix.is_empty() { say("everything else").to_owned() } else { cost.prefix };
            let by = if cost.label.is_empty() { prefix } else { format!("{}, {prefix}", cost.label) };
            view! {
                <p data-testid="rates-try-result">
                    <span class="b">{spoken(cost.amount, &cost.currency)}</span>
                    <span class="mute">{format!(" · {by}: {}", heard(cost.says))}</span>
                </p>
            }
            .into_any()
        }
    }
}

/// `2026-11-20T10:42`, as the page's field for day and time has it, by the office's clock.
fn local_text(office: Office, at_ms: i64) -> String {
    let local_ms = at_ms + office.offset_ms(at_ms);
    let minute = (local_ms.div_euclid(60_000)).rem_euclid(DAY_MINUTES);
    let day = Day::at(at_ms, |at_ms| office.offset_ms(at_ms));
    format!("{}T{}", day.to_text(), minute_text(u16::try_from(minute).unwrap_or_default()))
}

fn instant_of(office: Office, text: &str) -> Option<i64> {
    let (day, time) = text.split_once('T')?;
    let minute = minute_of(time)?;
    Some(Day::from_text(day)?.minute_ms(i64::from(minute), |at_ms| office.offset_ms(at_ms)))
}
