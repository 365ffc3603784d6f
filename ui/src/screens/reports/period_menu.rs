//! Which time a report is run over: by the office's calendar, or two days of one's own.

use crate::parts::clock::Style;
use crate::parts::popover::Popover;
use crate::screens::range_menu::CustomDays;
use crate::state::report_period::{NAMED, days_of, of_days, title};
use crate::state::{Office, use_office};
use crate::words::fill;
use leptos::prelude::*;
use model::report::Period;

#[component]
pub fn PeriodMenu() -> impl IntoView {
    let office = use_office();
    let reports = office.reports;
    let open = RwSignal::new(false);
    let period = Memo::new(move |_| reports.asked.get().period);
    let choose = move |period: Period| {
        reports.behind.close();
        reports.asked.update(|asked| asked.period = period);
        open.set(false);
    };
    let words = move || title(period.get(), |from_ms, to_ms| days_words(office, from_ms, to_ms));
    let items = move || {
        NAMED
            .map(|named| {
                view! {
                    <li>
                        <button type="button" class="menu-item" class:on=move || period.get() == named aria-pressed=move || (period.get() == named).to_string() on:click=move |_| choose(named)>
                            {title(named, |_, _| String::new())}
                        </button>
                    </li>
                }
            })
            .into_iter()
            .collect_view()
    };
    let custom = move || {
        let today = office.today.get_untracked();
        let (first, last) = match period.get_untracked() {
            Period::Custom { from_ms, to_ms } => days_of(from_ms, to_ms, |at_ms| office.offset_ms(at_ms)),
            Period::Today
            | Period::Yesterday
            | Period::ThisWeek
            | Period::LastWeek
            | Period::ThisMonth
            | Period::LastMonth
            | Period::ThisQuarter
            | Period::LastQuarter
            | Period::ThisYear
            | Period::LastYear
            | Period::LastDays { .. } => (today, today),
        };
        let chosen = Callback::new(move |(first, last)| {
            choose(of_days(first, last, |at_ms| office.offset_ms(at_ms)));
        });
        view! { <CustomDays first last choose=chosen /> }
    };
    view! {
        <Popover
            open
            label=Signal::derive(move || fill("Time of the report: {time}", &[("time", &words())]))
            testid="report-period"
            class="btn range"
            face=move || view! { {words} <span aria-hidden="true">" ▾"</span> }
        >
            <ul class="menu period-menu">{items}</ul>
            {custom}
        </Popover>
    }
}

fn days_words(office: Office, from_ms: i64, to_ms: i64) -> String {
    let (first, last) = (office.clock(Style::Date, from_ms), office.clock(Style::Date, to_ms - 1));
    if first == last { first } else { fill("{from} to {to}", &[("from", &first), ("to", &last)]) }
}
