//! The table of a report: only the rows that can be seen stand in the page; details are fetched as one scrolls.

use super::row::RowView;
use super::table_foot::TableFoot;
use super::table_head::TableHead;
use crate::parts::notice::{Empty, Failed, InTable, Skeleton};
use crate::parts::windowed::Windowed;
use crate::screens::calls::opened::Opened;
use crate::state::list_window::Extent;
use crate::state::report_sheet::{Sheet, row_px};
use crate::state::reports::Reports;
use crate::state::use_office;
use crate::words::{heard, say};
use leptos::html;
use leptos::prelude::*;
use model::report::{Column, Row, Unit};

/// Height of the head and of a row of the foot, as the style sheet sets them.
const HEAD_PX: f64 = 46.0;
const FOOT_PX: f64 = 62.0;

#[component]
pub fn ReportTable(scroller: NodeRef<html::Div>) -> impl IntoView {
    let office = use_office();
    let reports = office.reports;
    let details_px = RwSignal::new(280.0);
    let compared =
        Memo::new(move |_| reports.sheet.with(|sheet| sheet.as_ref().is_some_and(Sheet::is_compared)));
    let extent = Memo::new(move |_| {
        let rows = reports.sheet.with(|sheet| sheet.as_ref().map_or(0, Sheet::len));
        let opened = reports.opened.get().map(|at| (at, details_px.get()));
        Extent { rows, row_px: row_px(office.prefs.rows.get(), compared.get()), opened }
    });
    let list = Windowed::new(scroller, extent, HEAD_PX + FOOT_PX, office.printing);
    Effect::new(move |_| {
        if !office.printing.get() && list.is_near_the_end() && !reports.run.busy.get() {
            reports.ask_more();
        }
    });
    Effect::new(move |_| {
        if let Some(at) = reports.at.get() {
            list.show(at);
        }
    });
    // Another run begins at its top.
    let run = Memo::new(move |_| reports.sheet.with(|sheet| sheet.as_ref().map(|sheet| sheet.run)));
    Effect::new(move |_| {
        if run.get().is_none() {
            list.to_the_top();
        }
    });
    let layout = Memo::new(move |_| reports.sheet.with(|sheet| sheet.as_ref().map(layout)));
    let formula = RwSignal::new(None::<(String, String)>);
    view! {
        <Standing />
        <FormulaLine formula />
        <Show when=move || layout.with(Option::is_some) fallback=|| view! { <div class="card report-table-card"><TableState /></div> }>
            <div
                class="card call-list report-table"
                class:stale=move || reports.run.slow.get()
                role="grid"
                aria-label=say("Report")
                tabindex="0"
                aria-rowcount=move || reports.sheet.with(|sheet| sheet.as_ref().map_or(-1, |sheet| i64::try_from(sheet.len()).unwrap_or(-1))).to_string()
                aria-busy=move || reports.run.busy.get().to_string()
                aria-activedescendant=move || reports.at.get().map(|at| format!("report-row-{at}"))
                data-testid="report-table"
                node_ref=scroller
                on:scroll=move |_| list.scrolled()
                style=("--report-columns", move || layout.with(|layout| layout.as_ref().map(|layout| layout.columns.clone()).unwrap_or_default()))
                style=("--report-width", move || layout.with(|layout| layout.as_ref().map(|layout| format!("{}px", layout.width_px)).unwrap_or_default()))
                style=("--report-row", move || format!("{}px", extent.get().row_px))
            >
                <TableHead formula />
                <div role="presentation" style:height=move || list.before()></div>
                <For each=move || shown(reports, list.seen.get()) key=Shown::key let:item>
                    {match item {
                        Shown::Row { at, row, .. } => view! { <RowView row=*row at /> }.into_any(),
                        Shown::Details { call, .. } => view! { <div class="report-details"><Opened id=call details_px /></div> }.into_any(),
                    }}
                </For>
                <div role="presentation" style:height=move || list.after()></div>
                <TableState />
                <TableFoot />
            </div>
        </Show>
    }
}

/// How a figure is worked out, when somebody asks.
#[component]
fn FormulaLine(formula: RwSignal<Option<(String, String)>>) -> impl IntoView {
    move || {
        formula.get().map(|(head, words)| {
            view! {
                <p class="told report-formula" role="status" data-testid="report-formula-line">
                    <span><b class="b">{head}": "</b>{words}</span>
                    <button type="button" class="icon-btn" aria-label=say("Close") title=say("Close") on:click=move |_| formula.set(None)>
                        <crate::parts::icon::Icon of=crate::parts::icon::Glyph::Close />
                    </button>
                </p>
            }
        })
    }
}

/// What stands in the page: rows, and the call of an opened detail row under it.
#[derive(Clone)]
enum Shown {
    Row { run: u64, index: usize, at: usize, row: Box<Row> },
    Details { at: usize, call: String },
}

impl Shown {
    fn key(&self) -> (u64, usize, usize) {
        match self {
            Shown::Row { run, index, at, row: _ } => (*run, *index, *at),
            Shown::Details { at, call: _ } => (0, usize::MAX, *at),
        }
    }
}

fn shown(reports: Reports, seen: std::ops::Range<usize>) -> Vec<Shown> {
    let opened = reports.opened.get();
    reports.sheet.with(|sheet| {
        let Some(sheet) = sheet else { return Vec::new() };
        let mut shown = Vec::with_capacity(seen.len() + 1);
        for at in seen {
            let Some((index, row)) = sheet.index(at).zip(sheet.row(at)) else { break };
            shown.push(Shown::Row { run: sheet.run, index, at, row: Box::new(row.clone()) });
            if let Some(call) = row.call.clone().filter(|_| opened == Some(at)) {
                shown.push(Shown::Details { at, call });
            }
        }
        shown
    })
}

/// Above a table that is no longer what is asked for: why.
#[component]
fn Standing() -> impl IntoView {
    let reports = use_office().reports;
    move || {
        reports.sheet.with(Option::is_some).then(|| trouble_view(reports)).flatten().map(|view| {
            view! { <div class="card report-standing">{view}</div> }
        })
    }
}

/// What follows the last row, or stands in the place of all of them.
#[component]
fn TableState() -> impl IntoView {
    let reports = use_office().reports;
    let rows = Memo::new(move |_| reports.sheet.with(|sheet| sheet.as_ref().map(Sheet::len)));
    let cut_off =
        Memo::new(move |_| reports.sheet.with(|sheet| sheet.as_ref().is_some_and(Sheet::is_cut_off)));
    move || {
        match rows.get() {
        None => trouble_view(reports).unwrap_or_else(|| {
            view! { <Show when=move || reports.run.slow.get()><Skeleton rows=10 /></Show> }.into_any()
        }),
        Some(0) => view! { <InTable>{nothing(reports)}</InTable> }.into_any(),
        Some(_) if cut_off.get() => view! { <InTable><p class="list-end mute sm">{say("These are as many rows as the table takes. A file has all of them; a filter or a shorter time shows the others.")}</p></InTable> }.into_any(),
        Some(_) => ().into_any(),
    }
    }
}

/// Why there is no answer: it failed, somebody stopped it, or something is missing in the question.
fn trouble_view(reports: Reports) -> Option<AnyView> {
    if let Some(trouble) = trouble(reports) {
        return Some(view! { <Empty title=say("This cannot be run yet") says=heard(trouble) /> }.into_any());
    }
    if let Some(failure) = reports.run.failure.get() {
        let again = Callback::new(move |()| reports.run.again());
        return Some(view! { <Failed failure again /> }.into_any());
    }
    reports.stopped.get().then(|| {
        let again = Callback::new(move |()| reports.asked.update(|_| {}));
        let action = (say("Run it again").to_owned(), again);
        let says = say("Nothing was changed. A shorter time or a filter makes it quicker.");
        view! { <Empty title=say("You stopped this report") says action /> }.into_any()
    })
}

fn trouble(reports: Reports) -> Option<String> {
    let definition = reports.definition.get()?;
    crate::state::report_draft::to_preview(&definition).trouble()
}

fn nothing(reports: Reports) -> AnyView {
    let has_filter = reports.definition.with(|of| of.as_ref().is_some_and(|of| !of.conditions.is_empty()));
    let says = if has_filter {
        say("No call of this time fits the filter. Take a longer time, or remove a part of the filter.")
    } else {
        say("There was no such call in this time. Take a longer or another one above.")
    };
    view! { <Empty title=say("Nothing to report") says /> }.into_any()
}

/// The widths of the columns, the same in every row.
#[derive(Clone, Debug, PartialEq)]
struct Layout {
    columns: String,
    width_px: f64,
}

/// Width of what names a row.
const KEY_PX: f64 = 168.0;
const SECOND_KEY_PX: f64 = 130.0;
const GAP_PX: f64 = 12.0;

#[allow(clippy::cast_precision_loss)]
fn layout(sheet: &Sheet) -> Layout {
    let table = sheet.table();
    let keys = (0..table.keys.len()).map(|at| if at == 0 { KEY_PX } else { SECOND_KEY_PX });
    let mut columns = Vec::new();
    let mut width_px = 24.0;
    for px in keys {
        columns.push(format!("minmax({px}px, 1.6fr)"));
        width_px += px + GAP_PX;
    }
    for column in &table.columns {
        let px = width_of(column, sheet.is_compared());
        columns.push(format!("minmax({px}px, 1fr)"));
        width_px += px + GAP_PX;
    }
    Layout { columns: columns.join(" "), width_px }
}

/// Wide enough for its figures, and for its head on two lines.
#[allow(clippy::cast_precision_loss)]
fn width_of(column: &Column, is_compared: bool) -> f64 {
    let unit: f64 = match column.unit {
        Unit::Count | Unit::Number | Unit::Share => 66.0,
        Unit::Length => 76.0,
        Unit::Money => 92.0,
        Unit::At => 134.0,
        Unit::Text => 132.0,
    };
    let unit = match (is_compared, column.unit) {
        (true, Unit::Count | Unit::Number | Unit::Length) => unit.max(108.0),
        (true, Unit::Share | Unit::Money) => unit.max(146.0),
        (true, Unit::At | Unit::Text) | (false, _) => unit,
    };
    let longest_word = column.head.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
    let line = longest_word.max(column.head.chars().count().div_ceil(2));
    unit.max(line as f64 * 7.6 + 26.0).round()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::report_sheet::tests::{column, sheet_of};
    use model::report::{Measure, Table};

    #[test]
    fn every_row_has_the_same_columns() {
        let table = Table {
            keys: vec!["Person".into()],
            columns: vec![column(Measure::Calls), column(Measure::AverageAbandonWait)],
            ..Table::default()
        };
        let layout = layout(&sheet_of(table));
        assert_eq!(layout.columns.matches("minmax").count(), 3, "one that names the row, two figures");
        assert!(layout.width_px > 300.0, "a narrow window scrolls sideways");
    }

    #[test]
    fn long_heads_get_room_on_two_lines() {
        let short = width_of(&column(Measure::Calls), false);
        let long = width_of(&column(Measure::AverageAbandonWait), false);
        assert!(short < long && long < 170.0, "neither cut off nor on one line");
    }
}
