//! Today: the day's figures beside the usual weekday, the day by quarter hours, and who waits to be called back.

use super::checklist::ChecklistCard;
use crate::ipc::Asking;
use crate::parts::chart::DayChart;
use crate::parts::clock::Style;
use crate::parts::figure_words::{Figure, cards, not_called_back};
use crate::parts::notice::{Empty, Failed, NoSite, Skeleton};
use crate::parts::words::{named, party, spoken_length};
use crate::state::{CallQuery, Office, Range, range, use_office};
use crate::words::{fill, plural, say};
use contract::today::{AskToday, NotCalledBack, Today};
use leptos::prelude::*;

#[component]
pub fn TodayScreen() -> impl IntoView {
    let office = use_office();
    let today = Asking::<AskToday>::new();
    // Asked anew when the figures change, when names or sites do, and at midnight.
    Effect::new(move |_| {
        office.figures_changed.track();
        office.settings_changed.track();
        office.ask_again.track();
        office.today.track();
        today.ask_soon(AskToday {});
    });
    let set_up = Callback::new(move |()| office.setup.begin());
    let again = Callback::new(move |()| today.again());
    move || {
        if office.is_first_run() {
            return view! { <NoSite set_up /> }.into_any();
        }
        if let Some(failure) = today.failure.get() {
            return view! { <div class="card"><Failed failure again /></div> }.into_any();
        }
        match today.answer.get() {
            Some(today) => view! { <Day today /> }.into_any(),
            None => view! { <Show when=move || today.slow.get()><Skeleton rows=6 /></Show> }.into_any(),
        }
    }
}

#[component]
fn Day(today: Today) -> impl IntoView {
    let office = use_office();
    let weekday = range::Day::at(today.now_ms, |at_ms| office.offset_ms(at_ms)).name();
    let figures = cards(&today, weekday).map(|figure| view! { <FigureCard figure /> });
    let chart = chart(office, &today, weekday);
    view! {
        <div class="today" data-testid="today">
            <ChecklistCard />
            <div class="figures">{figures.into_iter().collect_view()}</div>
            <div class="day">
                {chart}
                <CallBacks today />
            </div>
        </div>
    }
}

#[component]
fn FigureCard(figure: Figure) -> impl IntoView {
    let describes = format!("formula-{}", figure.word);
    view! {
        <section
            class="card figure"
            data-testid=format!("figure-{}", figure.word)
            title=figure.formula
            tabindex="0"
            aria-label=format!("{}: {}", figure.label, figure.value)
            aria-describedby=describes.clone()
        >
            <h2 class="lbl">{figure.label}</h2>
            <p class="fig">{figure.value.clone()}</p>
            <p class="sm mute">{figure.beside}</p>
            <p class="sr-only" id=describes.clone()>{figure.formula}</p>
        </section>
    }
}

fn chart(office: Office, today: &Today, weekday: &str) -> AnyView {
    const HOUR_MS: i64 = 3_600_000;
    let has_usual = today.usual.is_some();
    let has_other = today.quarters.iter().any(|quarter| quarter.other > 0);
    let heading = if has_usual {
        fill(
            "Calls by quarter hour: answered, abandoned, and the usual {weekday} as a line",
            &[("weekday", weekday)],
        )
    } else {
        say("Calls by quarter hour: answered and abandoned").to_owned()
    };
    let body = if today.quarters.is_empty() {
        view! { <Empty title=say("No calls yet today") says=say("The first call draws the first bar.") /> }
            .into_any()
    } else {
        let starts = today.quarters.iter().map(|quarter| quarter.start_ms);
        let full = starts.map(|at_ms| (at_ms + office.offset_ms(at_ms)).rem_euclid(HOUR_MS) == 0).collect();
        let quarters = today.quarters.clone();
        let time = Callback::new(move |at_ms| office.clock(Style::Minute, at_ms));
        view! { <DayChart quarters time full_hours=full /> }.into_any()
    };
    view! {
        <section class="card chart-card" data-testid="day-chart">
            <h2 class="lbl">{heading}</h2>
            {body}
            {(!today.quarters.is_empty()).then(|| legend(has_other, has_usual.then_some(weekday)))}
        </section>
    }
    .into_any()
}

fn legend(has_other: bool, usual_weekday: Option<&str>) -> impl IntoView + use<> {
    let usual = usual_weekday.map(|weekday| fill("usual {weekday}", &[("weekday", weekday)]));
    view! {
        <ul class="legend" aria-hidden="true">
            <li><i class="swatch k-talk"></i>{say("answered")}</li>
            {has_other.then(|| view! { <li><i class="swatch k-vm"></i>{say("voicemail or still going")}</li> })}
            <li><i class="swatch k-hold"></i>{say("abandoned")}</li>
            {usual.map(|words| view! { <li><i class="dash"></i>{words}</li> })}
        </ul>
    }
}

#[component]
fn CallBacks(today: Today) -> impl IntoView {
    let beyond = u64::from(today.not_called_back_total);
    let open = not_called_back(&today);
    let body = if today.not_called_back.is_empty() {
        let says = if today.so_far.abandoned > 0.0 {
            say("Everyone who gave up was called back, or came through later.")
        } else {
            say("Nobody has given up today.")
        };
        view! { <Empty title=say("Nobody waits for a call back") says /> }.into_any()
    } else {
        let rows = today.not_called_back.into_iter().map(|waiting| view! { <CallBack waiting /> });
        view! { <ul class="call-backs">{rows.collect_view()}</ul> }.into_any()
    };
    view! {
        <section class="card" data-testid="not-called-back" aria-label=fill("Not called back yet: {count}", &[("count", &open.to_string())])>
            <h2 class="lbl pad">{say("Not called back yet")}</h2>
            {body}
            {(beyond > 0).then(|| view! { <p class="pad sm mute">{plural(beyond, "and {count} more", "and {count} more")}</p> })}
        </section>
    }
}

#[component]
fn CallBack(waiting: NotCalledBack) -> impl IntoView {
    let office = use_office();
    let call = waiting.call;
    let (title, _) = party(&call);
    let when = office.clock(Style::Minute, call.started_ms);
    let waited = spoken_length(waiting.waited_ms);
    let says = match waiting.times {
        0 | 1 => fill("{when}, waited {waited}", &[("when", &when), ("waited", &waited)]),
        2 => fill("{when}, twice, waited {waited}", &[("when", &when), ("waited", &waited)]),
        times => fill(
            "{when}, {times} times, waited {waited}",
            &[("when", &when), ("times", &times.to_string()), ("waited", &waited)],
        ),
    };
    let group = call.groups.last().map(|group| named(group).to_owned()).unwrap_or_default();
    let go = move |_| match &call.number {
        Some(number) => office.show_calls(CallQuery::of_number(number)),
        None => {
            office.show_calls(CallQuery { range: Range::Today, ..CallQuery::default() });
            office.calls.selected.set(Some(call.id.clone()));
            office.calls.opened.set(Some(call.id.clone()));
        }
    };
    view! {
        <li>
            <button type="button" class="call-back" data-testid="call-back" title=say("Show the caller's calls") on:click=go>
                <span class="call-back-who">
                    <span class="b">{title}</span>
                    <span class="sm mute">{says}</span>
                </span>
                <span class="sm mute">{group}</span>
            </button>
        </li>
    }
}
