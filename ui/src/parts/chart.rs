//! The day by quarter hours: answered and abandoned as stacked bars, the usual as a dashed line, and all of it as a
//! table for those who do not see the drawing.

use super::chart_markup;
use super::chart_shape::{HEIGHT, LEFT_EDGE, Shape, WIDTH, hour_marks, shape};
use super::figure_words::quarter as quarter_words;
use super::painting::after_painting;
use crate::words::say;
use contract::today::Quarter;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// `time` writes a quarter's beginning as the person does; `full_hours` says which begin an hour.
#[component]
pub fn DayChart(quarters: Vec<Quarter>, time: Callback<i64, String>, full_hours: Vec<bool>) -> impl IntoView {
    let Shape { columns, usual, grid, base_y } = shape(&quarters);
    let pointed = RwSignal::new(None::<usize>);
    let slot = columns.first().map(|column| column.slot_width).unwrap_or_default();
    let marks = hour_marks(&full_hours, &columns)
        .into_iter()
        .map(|index| (columns[index].slot_x, time.run(quarters[index].start_ms)));
    let marks: Vec<(f64, String)> = marks.collect();
    let stripes = chart_markup::stripes(&columns, base_y);
    let blocks = chart_markup::blocks(&columns);
    let words =
        move |quarter: &Quarter| format!("{}: {}", time.run(quarter.start_ms), quarter_words(quarter));
    let quarters = StoredValue::new(quarters);
    // A hundred times of day are long in the writing, and nobody's eye waits for these.
    let rows = RwSignal::new(String::new());
    after_painting(move || {
        let texts = quarters.try_with_value(|quarters| quarters.iter().map(words).collect::<Vec<_>>());
        if let Some(texts) = texts {
            rows.set(chart_markup::rows(&texts));
        }
    });
    let point = move |event: web_sys::MouseEvent| {
        let stripe = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let at = stripe.and_then(|stripe| stripe.get_attribute(chart_markup::AT));
        pointed.set(at.and_then(|at| at.parse().ok()));
    };
    let starts: Vec<f64> = columns.iter().map(|column| column.slot_x).collect();
    let lit = move || pointed.get().and_then(|at| starts.get(at).copied());
    view! {
        <p class="chart-readout mute" aria-hidden="true">
            {move || pointed.get().and_then(|index| quarters.with_value(|quarters| quarters.get(index).map(words)))}
        </p>
        <svg
            class="chart"
            viewBox=format!("0 0 {WIDTH} {HEIGHT}")
            aria-hidden="true"
            on:mouseleave=move |_| pointed.set(None)
        >
            <defs>
                <pattern id="chart-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                    <rect class="hatch-ground" width="6" height="6" />
                    <rect class="hatch-line" width="2" height="6" />
                </pattern>
            </defs>
            {grid
                .into_iter()
                .map(|line| {
                    view! {
                        <line class="grid-line" x1=LEFT_EDGE.to_string() x2=WIDTH.to_string() y1=line.y.to_string() y2=line.y.to_string() />
                        <text class="axis" x=(LEFT_EDGE - 6.0).to_string() y=(line.y + 4.0).to_string() text-anchor="end">
                            {line.calls}
                        </text>
                    }
                })
                .collect_view()}
            {move || {
                lit().map(|x| {
                    view! { <rect class="lit" x=x.to_string() y="0" width=slot.to_string() height=base_y.to_string() /> }
                })
            }}
            <g inner_html=stripes on:mouseover=point></g>
            <g inner_html=blocks></g>
            <polyline class="usual-line" points=usual />
            <line class="base-line" x1=LEFT_EDGE.to_string() x2=WIDTH.to_string() y1=base_y.to_string() y2=base_y.to_string() />
            {marks
                .into_iter()
                .map(|(x, time)| {
                    view! {
                        <text class="axis" x=x.to_string() y=(base_y + 18.0).to_string()>
                            {time}
                        </text>
                    }
                })
                .collect_view()}
        </svg>
        <table class="sr-only" data-testid="chart-table">
            <caption>{say("Inbound calls by quarter hour")}</caption>
            <tbody inner_html=move || rows.get()></tbody>
        </table>
    }
}
