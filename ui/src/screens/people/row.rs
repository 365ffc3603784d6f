//! One person's line: name, day, figures. There may be fifty of three hundred stretches each, so a line has few signals
//! of its own: its day is one drawing, and what the pointer and the keys do is heard by the table.

use super::table::Drawn;
use crate::parts::clock::Style;
use crate::parts::day_strip::drawing;
use crate::parts::link::HistoryLink;
use crate::parts::people_words::{day as day_words, hours_minutes, seconds, title};
use crate::state::day_columns::Columns;
use crate::state::people::PersonRow;
use crate::state::people_day::running;
use crate::state::{CallQuery, Office, Range, use_office};
use crate::words::fill;
use contract::people::{PersonDay, Stretch};
use leptos::prelude::*;

#[component]
pub fn PersonLine(row: PersonRow, drawn: Drawn) -> impl IntoView {
    let office = use_office();
    let shown = row.day.get_untracked();
    let name = title(&shown).0;
    let extension = shown.extensions.first().map(|e| e.extension.clone());
    let tab = if drawn.tab_row.with_untracked(|tab| tab.as_deref() == Some(&row.key)) { "0" } else { "-1" };
    let calls = row.day.clone();
    let talk = row.day.clone();
    let missed = row.day.clone();
    let answer = row.day.clone();
    let picture = move || picture(office, &row, drawn);
    view! {
        <tr data-testid="people-row" data-extension=extension>
            <th scope="row" class="p-name"><Who day=shown /></th>
            <td class="p-day">
                <div class="day-strip" role="slider" tabindex=tab aria-label=fill("Day of {name}", &[("name", &name)]) aria-valuenow="0" data-testid="people-strip" inner_html=picture></div>
            </td>
            <td class="n">{move || calls.with(|day| day.calls)}</td>
            <td class="n">{move || talk.with(|day| hours_minutes(day.talk_ms))}</td>
            <td class="n">{move || missed.with(|day| misses(day.missed))}</td>
            <td class="n">{move || answer.with(|day| day.answer_ms.map_or_else(|| "–".to_owned(), seconds))}</td>
        </tr>
    }
}

/// The stretches of a day as they are now.
pub fn stretches_now(office: Office, row: &PersonRow, until_ms: Option<i64>) -> Vec<Stretch> {
    let Some(now_ms) = until_ms else { return row.day.with(|day| day.stretches.clone()) };
    row.turned.track();
    row.day.with(|day| {
        office.people.with_heard(|heard| {
            running(day, heard, now_ms, |site, extension| {
                office.live.with_untracked(|live| live.person(site, extension).map(|person| person.state))
            })
        })
    })
}

/// The drawing, and the same in words for those who do not see it. Both are made of numbers and of words of ours.
fn picture(office: Office, row: &PersonRow, drawn: Drawn) -> String {
    let (scale, width_px, size) = (drawn.scale.get(), drawn.width_px.get(), drawn.size.get());
    let until_ms = drawn.until_ms.get();
    let stretches = stretches_now(office, row, until_ms);
    let boxes = Columns::paint(&stretches, scale, width_px).boxes(&stretches);
    let paths = drawing(&boxes, size);
    let now = until_ms.map(|now_ms| now_line(drawn, now_ms)).unwrap_or_default();
    let words = day_words(&stretches, scale, |at_ms| office.clock(Style::Minute, at_ms));
    let (width, height) = (width_px.max(1), size.row_px);
    format!(
        r#"<svg viewBox="0 0 {width} {height}" preserveAspectRatio="none" aria-hidden="true">{paths}{now}</svg><span class="sr-only" data-testid="people-words">{words}</span>"#
    )
}

fn now_line(drawn: Drawn, now_ms: i64) -> String {
    #[allow(clippy::cast_precision_loss)]
    let x = drawn.scale.get().x(now_ms, drawn.width_px.get() as f64).round();
    format!(r#"<path class="now-line" d="M{x}.5 0v{}"/>"#, drawn.size.get().row_px)
}

/// A miss is what one looks for in the column.
fn misses(missed: u32) -> impl IntoView {
    view! { <span class:b=missed != 0>{missed}</span> }
}

/// The name leads to the person's calls of the day; of several extensions, each to its own.
#[component]
fn Who(day: PersonDay) -> impl IntoView {
    let office = use_office();
    let (title, beside) = title(&day);
    let extensions: Vec<String> = day.extensions.into_iter().map(|e| e.extension).collect();
    let first = extensions.first().cloned().unwrap_or_default();
    let label = fill("Calls of {who} on this day", &[("who", &title)]);
    let go_to = move |extension: String| {
        Callback::new(move |()| {
            let range = match office.people.day.get_untracked() {
                None => Range::Today,
                Some(day) => Range::Days { first: day, last: day },
            };
            office.show_calls(CallQuery { range, ..CallQuery::of_agent(&extension) });
        })
    };
    let several = beside.len() > 1;
    let beside = beside.into_iter().map(|extension| {
        if !several {
            return view! { <span class="faint sm">{extension}</span> }.into_any();
        }
        let label = fill("Calls of extension {extension} on this day", &[("extension", &extension)]);
        view! { <HistoryLink text=extension.clone() label class="plain sm" go=go_to(extension.clone()) /> }
            .into_any()
    });
    view! {
        <div class="p-who">
            <HistoryLink text=title label class="plain b p-title" go=go_to(first) />
            {beside.collect_view()}
        </div>
    }
}
