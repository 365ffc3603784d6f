//! The order of the rows, how many of them, and how they are drawn.

use crate::parts::text_box::TickBox;
use crate::state::report_draft::{charts_of, heads, is_drawable, set_chart, turn_drawn};
use crate::state::use_office;
use crate::words::{say, term};
use leptos::prelude::*;
use model::report::{ChartKind, Hours, Measure, Rows, Sort};

/// More than this is no top any more.
const MOST_TOP: u32 = 5_000;

#[component]
pub fn Order() -> impl IntoView {
    let reports = use_office().reports;
    let sort = Memo::new(move |_| reports.definition.with(|of| of.as_ref().and_then(|of| of.sort)));
    let heads = Memo::new(move |_| reports.definition.with(|of| of.as_ref().map(heads).unwrap_or_default()));
    let top = Memo::new(move |_| reports.definition.with(|of| of.as_ref().and_then(|of| of.top)));
    let hours =
        Memo::new(move |_| reports.definition.with(|of| of.as_ref().map(|of| of.hours).unwrap_or_default()));
    let options = move || {
        (0_u32..)
            .zip(heads.get())
            .map(|(at, head)| view! { <option value=at.to_string() selected=move || sort.get().is_some_and(|sort| sort.column == at)>{head}</option> })
            .collect_view()
    };
    let choose = move |event| {
        let column = event_target_value(&event).parse::<u32>().ok();
        let descending = sort.get_untracked().is_none_or(|sort| sort.descending);
        reports.change(|of| of.sort = column.map(|column| Sort { column, descending }));
    };
    let turn = Callback::new(move |descending| {
        reports.change(|of| {
            if let Some(sort) = &mut of.sort {
                sort.descending = descending;
            }
        });
    });
    let put_top = move |event| {
        let top = event_target_value(&event).trim().parse::<u32>().ok();
        reports.change(|of| of.top = top.filter(|top| *top > 0).map(|top| top.min(MOST_TOP)));
    };
    let descending = Signal::derive(move || sort.get().is_some_and(|sort| sort.descending));
    let ways = [(say("All"), Hours::All), (say("In hours"), Hours::In), (say("Out of hours"), Hours::Out)];
    let ways = ways.map(|(words, this)| {
        let is_on = move || hours.get() == this;
        view! { <button type="button" class:on=is_on aria-pressed=move || is_on().to_string() on:click=move |_| reports.change(|of| of.hours = this)>{words}</button> }
    });
    view! {
        <fieldset class="builder-part">
            <legend>{say("Order")}</legend>
            <label class="field">
                <span>{say("Sorted by")}</span>
                <select data-testid="builder-sort" on:change=choose>
                    <option value="" selected=move || sort.get().is_none()>{say("what rows stand for")}</option>
                    {options}
                </select>
            </label>
            <Show when=move || sort.get().is_some()>
                <TickBox label=say("Largest first") testid="builder-descending" value=descending set=turn />
            </Show>
            <label class="field">
                <span>{say("Only the first rows")}</span>
                <input type="text" inputmode="numeric" autocomplete="off" placeholder=say("all") data-testid="builder-top" prop:value=move || top.get().map(|top| top.to_string()).unwrap_or_default() on:change=put_top />
            </label>
        </fieldset>
        <fieldset class="builder-part">
            <legend>{say("Business hours")}</legend>
            <div class="segmented" role="group" aria-label=say("Calls that began")>{ways.into_iter().collect_view()}</div>
        </fieldset>
    }
}

#[component]
pub fn ChartChoice() -> impl IntoView {
    let reports = use_office().reports;
    let kinds =
        Memo::new(move |_| reports.definition.with(|of| of.as_ref().map(charts_of).unwrap_or_default()));
    let kind =
        Memo::new(move |_| reports.definition.with(|of| of.as_ref()?.chart.as_ref().map(|chart| chart.kind)));
    let drawn = Memo::new(move |_| {
        reports.definition.with(|of| {
            let chart = of.as_ref().and_then(|of| of.chart.as_ref());
            chart.map(|chart| chart.measures.clone()).unwrap_or_default()
        })
    });
    let offered = Memo::new(move |_| {
        reports.definition.with(|of| match of.as_ref().map(|of| &of.rows) {
            Some(Rows::Summed { by: _, measures }) => {
                measures.iter().copied().filter(|measure| is_drawable(*measure)).collect()
            }
            Some(Rows::Calls { .. } | Rows::Events { .. }) | None => Vec::<Measure>::new(),
        })
    });
    let button = move |words: &'static str, code: &'static str, this: Option<ChartKind>| {
        let is_on = move || kind.get() == this;
        view! { <button type="button" class:on=is_on aria-pressed=move || is_on().to_string() data-testid=format!("builder-chart-{code}") on:click=move |_| reports.change(|of| set_chart(of, this))>{words}</button> }
    };
    let buttons = move || {
        let of_kinds =
            kinds.get().into_iter().map(|kind| button(title(kind), code(kind), Some(kind))).collect_view();
        view! { {button(say("None"), "none", None)} {of_kinds} }
    };
    let ticks = move || {
        offered
            .get()
            .into_iter()
            .map(|measure| {
                let is_on = Signal::derive(move || drawn.with(|drawn| drawn.contains(&measure)));
                let turn = Callback::new(move |_| reports.change(|of| turn_drawn(of, measure)));
                view! { <TickBox label=term(measure.label()) testid="builder-drawn" value=is_on set=turn /> }
            })
            .collect_view()
    };
    view! {
        <Show when=move || kinds.with(|kinds| !kinds.is_empty())>
            <fieldset class="builder-part">
                <legend>{say("Chart")}</legend>
                <div class="segmented" role="group" aria-label=say("Chart")>{buttons}</div>
                <Show when=move || kind.get().is_some()>
                    <div class="drawn">{ticks}</div>
                    <p class="says">{say("Figures of one kind on one chart: counts with counts, times with times.")}</p>
                </Show>
            </fieldset>
        </Show>
    }
}

/// As spelt in test hooks.
fn code(kind: ChartKind) -> &'static str {
    match kind {
        ChartKind::Bar => "bars",
        ChartKind::Stacked => "stacked",
        ChartKind::Line => "line",
        ChartKind::Heat => "heat",
    }
}

fn title(kind: ChartKind) -> &'static str {
    match kind {
        ChartKind::Bar => say("Bars"),
        ChartKind::Stacked => say("Stacked"),
        ChartKind::Line => say("Line"),
        ChartKind::Heat => say("Heat"),
    }
}
