//! One row of a report: what it stands for and its figures, each of which leads to the calls behind it.

use crate::parts::value_words::{change, value};
use crate::parts::writing::Local;
use crate::state::report_sheet::Sheet;
use crate::state::reports::Reports;
use crate::state::use_office;
use crate::words::fill;
use leptos::prelude::*;
use model::report::{Column, Row, Unit, Value};

/// `at` is the row's place in the table as it is shown, from 0.
#[component]
pub fn RowView(row: Row, at: usize) -> impl IntoView {
    let office = use_office();
    let reports = office.reports;
    let writing = Local { zone: office.zone.get_untracked() };
    let selected = Memo::new(move |_| reports.at.get() == Some(at));
    let opened = Memo::new(move |_| reports.opened.get() == Some(at));
    let details = reports.sheet.with_untracked(|sheet| sheet.as_ref().is_some_and(Sheet::is_detail));
    let columns = reports.sheet.with_untracked(|sheet| {
        sheet.as_ref().map(|sheet| sheet.table().columns.clone()).unwrap_or_default()
    });
    let press = move |_| {
        reports.at.set(Some(at));
        if details {
            reports.opened.update(|opened| *opened = if *opened == Some(at) { None } else { Some(at) });
        }
    };
    let names = row.label.iter().enumerate().map(|(key, label)| {
        let label = if label.is_empty() { "–".to_owned() } else { label.clone() };
        if key > 0 {
            return view! { <div role="gridcell" title=label.clone()>{label.clone()}</div> }.into_any();
        }
        view! {
            <div role="rowheader" class="row-name">
                <button type="button" class="link plain b" tabindex="-1" title=fill("All calls of {who}", &[("who", &label)]) data-testid="report-row-calls" on:click=move |event| { event.stop_propagation(); reports.at.set(Some(at)); look_behind_row(reports, at); }>
                    {label.clone()}
                </button>
            </div>
        }
        .into_any()
    });
    let names = names.collect_view();
    let figures = columns.iter().zip(&row.values).enumerate().map(|(place, (column, now))| {
        let before = row.before.get(place);
        cell(reports, &writing, (at, place), column, now, before, details)
    });
    let figures = figures.collect_view();
    view! {
        <div
            class="call-row report-cells report-row"
            class:sel=move || selected.get() || opened.get()
            class:opens=details
            role="row"
            id=format!("report-row-{at}")
            aria-rowindex=(at + 2).to_string()
            aria-selected=move || selected.get().to_string()
            data-testid="report-row"
            on:click=press
        >
            {names}
            {figures}
        </div>
    }
}

fn cell(
    reports: Reports,
    writing: &Local,
    place: (usize, usize),
    column: &Column,
    now: &Value,
    before: Option<&Value>,
    is_detail: bool,
) -> AnyView {
    let (at, column_at) = place;
    let words = value(now, writing);
    let class = class_of(column.unit);
    if is_detail || !leads_to_calls(column, now) {
        return view! {
            <div role="gridcell" class=class title=words.clone()>
                <span>{words.clone()}</span>
                {before.and_then(|before| beside(now, before, writing))}
            </div>
        }
        .into_any();
    }
    let is_on = Memo::new(move |_| reports.at.get() == Some(at) && reports.column.get() == Some(column_at));
    let show = move |event: web_sys::MouseEvent| {
        event.stop_propagation();
        reports.at.set(Some(at));
        look_behind_figure(reports, at, column_at);
    };
    view! {
        <div role="gridcell" class=class>
            <button
                type="button"
                class="report-figure"
                class:on=is_on
                tabindex="-1"
                title=fill("The calls behind {figure} {value}", &[("figure", &column.head), ("value", &words)])
                data-testid="report-figure"
                data-column=column_at.to_string()
                on:click=show
            >
                {words.clone()}
            </button>
            {before.and_then(|before| beside(now, before, writing))}
        </div>
    }
    .into_any()
}

/// The figure of the period before, and what changed, as arrow and words.
pub fn beside(now: &Value, before: &Value, writing: &Local) -> Option<AnyView> {
    let from = value(before, writing);
    let Some(change) = change(now, before, writing) else {
        return (*before != Value::None).then(|| view! { <span class="before">{from}</span> }.into_any());
    };
    let says = change.spoken.clone();
    Some(
        view! {
            <span class="before" title=says.clone()>
                <span aria-hidden="true">{from}" "{change.arrow}" "{change.words}</span>
                <span class="sr-only">{says.clone()}</span>
            </span>
        }
        .into_any(),
    )
}

pub fn class_of(unit: Unit) -> &'static str {
    match unit {
        Unit::Text => "mute",
        Unit::At => "",
        Unit::Count | Unit::Length | Unit::Share | Unit::Number | Unit::Money => "n",
    }
}

/// Figures made of what phones did have no calls behind them, and nothing has none either.
pub fn leads_to_calls(column: &Column, now: &Value) -> bool {
    column.measure.is_some_and(|measure| !measure.is_of_states())
        && !matches!(now, Value::None | Value::Count(0))
}

/// The calls behind one figure of the row at a place.
pub fn look_behind_figure(reports: Reports, at: usize, column: usize) {
    let writing = Local { zone: use_zone(reports) };
    let found = reports.sheet.with_untracked(|sheet| {
        let sheet = sheet.as_ref()?;
        let (row, head) = (sheet.row(at)?, sheet.table().columns.get(column)?);
        let now = row.values.get(column)?;
        let figure = format!("{} {}", head.head, value(now, &writing));
        leads_to_calls(head, now).then(|| (row.key.clone(), row.label.clone(), head.measure, figure))
    });
    if let Some((key, label, measure, figure)) = found {
        reports.look_behind(key, label, measure, Some(figure));
    }
}

/// All calls of the row at a place.
pub fn look_behind_row(reports: Reports, at: usize) {
    let found = reports.sheet.with_untracked(|sheet| {
        Sheet::row(sheet.as_ref()?, at).map(|row| (row.key.clone(), row.label.clone()))
    });
    if let Some((key, label)) = found {
        reports.look_behind(key, label, None, None);
    }
}

/// The zone that the run was cut by.
fn use_zone(reports: Reports) -> String {
    reports
        .sheet
        .with_untracked(|sheet| sheet.as_ref().map(|sheet| sheet.view.zone.clone()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::report_sheet::tests::column;
    use model::report::Measure;

    #[test]
    fn only_figures_made_of_calls_lead_to_calls() {
        let calls = column(Measure::Calls);
        assert!(leads_to_calls(&calls, &Value::Count(3)), "three calls can be listed");
        assert!(!leads_to_calls(&calls, &Value::Count(0)), "there is none to list");
        assert!(!leads_to_calls(&column(Measure::Occupancy), &Value::Share(0.4)), "made of what a phone did");
    }
}
