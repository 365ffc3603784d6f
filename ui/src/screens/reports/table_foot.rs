//! Under a report: the totals over everything, and the means of the rows where they mean something.

use super::row::{beside, class_of, leads_to_calls};
use crate::parts::value_words::value;
use crate::parts::writing::Local;
use crate::state::reports::Reports;
use crate::state::use_office;
use crate::words::{fill, say};
use leptos::prelude::*;
use model::report::{Column, Table, Value};

#[component]
pub fn TableFoot() -> impl IntoView {
    let office = use_office();
    let reports = office.reports;
    let foot = Memo::new(move |_| {
        reports.sheet.with(|sheet| sheet.as_ref().and_then(|sheet| Foot::of(sheet.table())))
    });
    move || {
        foot.get().map(|foot| {
            let writing = Local { zone: office.zone.get_untracked() };
            let means = foot.averages.iter().any(|value| *value != Value::None);
            let keys = foot.keys;
            let name = move |words: &'static str, help: &'static str| {
                let more = (1..keys).map(|_| view! { <div role="gridcell"></div> }).collect_view();
                view! { <div role="rowheader" class="row-name b" title=help>{words}</div> {more} }
            };
            let totals = foot.columns.iter().zip(&foot.totals).enumerate();
            let totals = totals
                .map(|(at, (column, now))| total(reports, &writing, column, now, foot.before.get(at)))
                .collect_view();
            let averages = foot.columns.iter().zip(&foot.averages).map(|(column, mean)| {
                let shown = if *mean == Value::None { String::new() } else { value(mean, &writing) };
                view! { <div role="gridcell" class=class_of(column.unit)>{shown}</div> }
            });
            let averages = averages.collect_view();
            view! {
                <div class="report-foot" role="rowgroup">
                    <div class="report-cells report-total" role="row" data-testid="report-totals">
                        {name(say("Total"), say("Over everything: a call that stands in several rows counts once here"))}
                        {totals}
                    </div>
                    {means.then(|| view! {
                        <div class="report-cells report-mean mute" role="row" data-testid="report-averages">
                            {name(say("Mean of the rows"), say("The rows' figures, divided by their number"))}
                            {averages}
                        </div>
                    })}
                </div>
            }
        })
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Foot {
    keys: usize,
    columns: Vec<Column>,
    totals: Vec<Value>,
    before: Vec<Value>,
    averages: Vec<Value>,
}

impl Foot {
    /// `None` for a table without rows, and for details, which have nothing to sum.
    fn of(table: &Table) -> Option<Self> {
        let known = table.totals.iter().any(|value| *value != Value::None);
        (known && !table.rows.is_empty() && !table.keys.is_empty()).then(|| Self {
            keys: table.keys.len(),
            columns: table.columns.clone(),
            totals: table.totals.clone(),
            before: table.totals_before.clone(),
            averages: table.averages.clone(),
        })
    }
}

fn total(reports: Reports, writing: &Local, column: &Column, now: &Value, before: Option<&Value>) -> AnyView {
    if *now == Value::None {
        return view! { <div role="gridcell" class=class_of(column.unit)></div> }.into_any();
    }
    let words = value(now, writing);
    let change = before.and_then(|before| beside(now, before, writing));
    if !leads_to_calls(column, now) {
        return view! { <div role="gridcell" class=class_of(column.unit)><span>{words}</span>{change}</div> }
            .into_any();
    }
    let (measure, figure) = (column.measure, format!("{} {words}", column.head));
    let show = move |_| reports.look_behind(Vec::new(), Vec::new(), measure, Some(figure.clone()));
    view! {
        <div role="gridcell" class=class_of(column.unit)>
            <button type="button" class="report-figure" data-testid="report-total-figure" title=fill("The calls behind {figure} {value}", &[("figure", &column.head), ("value", &words)]) on:click=show>{words.clone()}</button>
            {change}
        </div>
    }
    .into_any()
}
