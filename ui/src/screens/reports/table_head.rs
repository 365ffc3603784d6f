//! The head of a report's table: what each column is, how it is worked out, and sorting by it.

use crate::parts::icon::{Glyph, Icon};
use crate::state::report_sheet::{Falling, Sheet, Sorted};
use crate::state::reports::Reports;
use crate::state::use_office;
use crate::words::fill;
use leptos::prelude::*;
use model::report::{Column, Unit};

#[component]
pub fn TableHead(formula: RwSignal<Option<(String, String)>>) -> impl IntoView {
    let reports = use_office().reports;
    let heads = Memo::new(move |_| {
        reports.sheet.with(|sheet| {
            sheet.as_ref().map(|sheet| (sheet.table().keys.clone(), sheet.table().columns.clone()))
        })
    });
    let cells = move || {
        let (keys, columns) = heads.get().unwrap_or_default();
        let keys = keys.into_iter().enumerate().map(|(at, head)| key_head(reports, at, head)).collect_view();
        let columns = (0..).zip(columns).map(|(at, column)| figure_head(reports, at, column, formula));
        view! { {keys} {columns.collect_view()} }
    };
    view! { <div class="call-head report-cells" role="row">{cells}</div> }
}

fn key_head(reports: Reports, at: usize, head: String) -> AnyView {
    if at > 0 {
        return view! { <div role="columnheader">{head}</div> }.into_any();
    }
    let sorted = sorted_by(reports, None);
    view! {
        <div role="columnheader" class="row-name" aria-sort=move || aria(sorted.get())>
            <button type="button" class="sort" title=fill("Sort by {column}", &[("column", &head.to_lowercase())]) on:click=move |_| turn(reports, None)>
                {head.clone()}
                {move || arrow(sorted.get())}
            </button>
        </div>
    }
    .into_any()
}

fn figure_head(
    reports: Reports,
    at: u32,
    column: Column,
    formula: RwSignal<Option<(String, String)>>,
) -> AnyView {
    let sorted = sorted_by(reports, Some(at));
    let class = match column.unit {
        Unit::Text | Unit::At => "",
        Unit::Count | Unit::Length | Unit::Share | Unit::Number | Unit::Money => "n",
    };
    let Column { head, formula: words, .. } = column;
    let ask = (!words.is_empty()).then(|| {
        let label = fill("How {figure} is worked out", &[("figure", &head)]);
        let told = (head.clone(), words.clone());
        let show = move |_| {
            formula.update(|now| *now = if now.as_ref() == Some(&told) { None } else { Some(told.clone()) });
        };
        view! {
            <button type="button" class="formula-btn" aria-label=label title=words.clone() data-testid="report-formula" on:click=show>
                <Icon of=Glyph::Help />
            </button>
        }
    });
    view! {
        <div role="columnheader" class=class aria-sort=move || aria(sorted.get()) title=words.clone()>
            <button type="button" class="sort" data-testid="report-sort" data-column=at.to_string() on:click=move |_| turn(reports, Some(at))>
                {head.clone()}
                {move || arrow(sorted.get())}
            </button>
            {ask}
        </div>
    }
    .into_any()
}

fn sorted_by(reports: Reports, column: Option<u32>) -> Memo<Option<Falling>> {
    Memo::new(move |_| {
        let sorted = reports.sheet.with(|sheet| sheet.as_ref().map(|sheet| sheet.sorted))?;
        match (sorted, column) {
            (Sorted::ByColumn { column: by, direction }, Some(column)) if by == column => Some(direction),
            (Sorted::ByKey { direction }, None) => Some(direction),
            (Sorted::AsGiven | Sorted::ByKey { .. } | Sorted::ByColumn { .. }, Some(_) | None) => None,
        }
    })
}

/// A whole table is put in order here, at once; of a part, only the desk knows the other rows.
fn turn(reports: Reports, column: Option<u32>) {
    let asked = reports.sheet.with_untracked(|sheet| {
        let sheet = sheet.as_ref()?;
        Some((sheet.turned(column), sheet.is_whole()))
    });
    reports.at.set(None);
    reports.opened.set(None);
    match asked {
        Some((by, true)) => reports.sheet.update(|sheet| {
            if let Some(sheet) = sheet {
                Sheet::sort(sheet, by);
            }
        }),
        Some((by, false)) => reports.change(|definition| definition.sort = by.to_sort()),
        None => {}
    }
}

fn arrow(direction: Option<Falling>) -> &'static str {
    match direction {
        Some(Falling::Down) => " ↓",
        Some(Falling::Up) => " ↑",
        None => "",
    }
}

fn aria(direction: Option<Falling>) -> &'static str {
    match direction {
        Some(Falling::Down) => "descending",
        Some(Falling::Up) => "ascending",
        None => "none",
    }
}
