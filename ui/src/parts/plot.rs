//! A report's chart: bars, stacks, lines or a heat map. Series differ by colour and by pattern, in the order of the legend.

use super::measured::watch_width;
use super::plot_data::{Height, Lies, Plot, Point};
use super::plot_scale::mark;
use super::plot_shape::{Block, CELL_WITH_WORDS, Shape, height_of, shape};
use super::plot_words::{cell, place, sentence};
use super::value_words::value;
use super::writing::Local;
use crate::words::{fill, say};
use leptos::html;
use leptos::prelude::*;
use model::report::ChartKind;

/// Narrower than this the drawing scrolls rather than becoming unreadable.
const NARROWEST_PX: f64 = 320.0;

/// `chosen` is told row and column of a figure that was clicked.
#[component]
pub fn PlotView(
    plot: Plot,
    height: Height,
    #[prop(into)] title: String,
    writing: Local,
    chosen: Callback<(usize, usize)>,
) -> impl IntoView {
    let frame = NodeRef::<html::Div>::new();
    let width_px = RwSignal::new(0.0);
    watch_width(frame, width_px);
    let says = sentence(&plot, &title, &writing);
    let legend = legend(&plot);
    let left_out = plot.left_out.clone().map(|words| fill("Drawn: {what}.", &[("what", &words)]));
    let pointed = RwSignal::new(String::new());
    let plot = StoredValue::new((plot, writing));
    let drawing = move || {
        let width = width_px.get().max(NARROWEST_PX);
        plot.with_value(|(plot, writing)| draw(plot, writing, (width, height), &says, pointed, chosen))
    };
    view! {
        <div class="plot" data-testid="report-chart" node_ref=frame>
            <div class="plot-top">
                {legend}
                <p class="plot-readout mute" aria-hidden="true">{pointed}</p>
                {left_out.map(|words| view! { <p class="faint sm">{words}</p> })}
            </div>
            {drawing}
        </div>
    }
}

fn legend(plot: &Plot) -> Option<AnyView> {
    let one = plot.series.len() == 1;
    if plot.kind == ChartKind::Heat {
        let steps = (0..5).map(|step| view! { <i class=format!("heat-{step}")></i> }).collect_view();
        return Some(
            view! { <p class="plot-heat-legend sm mute">{say("few")}" "{steps}" "{say("many")}</p> }
                .into_any(),
        );
    }
    let kind = plot.kind;
    let items = plot.series.iter().enumerate().map(|(at, series)| {
        let swatch = match kind {
            ChartKind::Line => {
                view! { <line class=format!("plot-line s{at}") x1="0" y1="5" x2="16" y2="5" /> }.into_any()
            }
            ChartKind::Bar | ChartKind::Stacked | ChartKind::Heat => {
                view! { <rect class=format!("plot-block s{at}") width="16" height="10" rx="2" /> }.into_any()
            }
        };
        view! { <li><svg class="plot-swatch" width="16" height="10" aria-hidden="true">{swatch}</svg>{series.name.clone()}</li> }
    });
    let class = if one { "legend plot-legend one" } else { "legend plot-legend" };
    Some(view! { <ul class=class>{items.collect_view()}</ul> }.into_any())
}

fn draw(
    plot: &Plot,
    writing: &Local,
    (width, height): (f64, Height),
    says: &str,
    pointed: RwSignal<String>,
    chosen: Callback<(usize, usize)>,
) -> AnyView {
    let height = height_of(plot, height);
    let Shape { blocks, lines, grid, base, labels, stripes, .. } = shape(plot, width, height);
    let grid = grid
        .into_iter()
        .map(|(at, of)| grid_line(at, mark(of, plot.unit, writing), (width, height), base, plot.lies));
    let labels = labels.into_iter().map(|label| {
        view! { <text class="axis" x=px(label.x) y=px(label.y) text-anchor=label.anchor>{label.text}</text> }
    });
    let stripes = stripes.into_iter().enumerate().map(|(at, (x, y, wide, high))| {
        let words = place(plot, at, writing);
        let first = plot.series.iter().find_map(|series| series.points[at].as_ref()).map(target);
        view! {
            <rect
                class="plot-stripe"
                x=px(x) y=px(y) width=px(wide) height=px(high)
                on:mouseenter=move |_| pointed.set(words.clone())
                on:click=move |_| { if let Some(target) = first { chosen.run(target); } }
            />
        }
    });
    let lines = lines.into_iter().map(|(series, points)| {
        view! { <polyline class=format!("plot-line s{series}") points=points /> }
    });
    let blocks = blocks.into_iter().map(|block| draw_block(plot, writing, block, pointed, chosen));
    let axis = if plot.lies == Lies::Upright && plot.kind != ChartKind::Heat {
        Some(view! { <line class="base-line" x1="56" x2=px(width) y1=px(base) y2=px(base) /> })
    } else {
        None
    };
    view! {
        <svg
            class="plot-svg"
            width=px(width)
            height=px(height)
            viewBox=format!("0 0 {} {}", px(width), px(height))
            role="img"
            aria-label=says.to_owned()
            on:mouseleave=move |_| pointed.set(String::new())
        >
            <Patterns />
            {grid.collect_view()}
            {stripes.collect_view()}
            {lines.collect_view()}
            {blocks.collect_view()}
            {axis}
            {labels.collect_view()}
        </svg>
    }
    .into_any()
}

fn draw_block(
    plot: &Plot,
    writing: &Local,
    block: Block,
    pointed: RwSignal<String>,
    chosen: Callback<(usize, usize)>,
) -> AnyView {
    let target = (block.row, block.column);
    let is_heat = plot.kind == ChartKind::Heat;
    let words = if is_heat {
        cell(plot, block.series, block.place, writing)
    } else {
        place(plot, block.place, writing)
    };
    let class = match plot.kind {
        ChartKind::Heat => format!("plot-cell heat-{}", step(block.share)),
        ChartKind::Line => format!("plot-dot s{}", block.series),
        ChartKind::Bar | ChartKind::Stacked => format!("plot-block s{}", block.series),
    };
    let round = match plot.kind {
        ChartKind::Line => "3",
        ChartKind::Bar | ChartKind::Stacked | ChartKind::Heat => "2",
    };
    let figure = (is_heat && block.width >= CELL_WITH_WORDS).then(|| {
        let point = plot.series.get(block.series).and_then(|of| of.points.get(block.place)?.as_ref());
        let shown = point.map(|point| value(&point.value, writing)).unwrap_or_default();
        let class = if step(block.share) >= 3 { "cell-words on-dark" } else { "cell-words" };
        let (x, y) = (block.x + block.width / 2.0, block.y + block.height / 2.0 + 4.0);
        view! { <text class=class x=px(x) y=px(y) text-anchor="middle">{shown}</text> }
    });
    view! {
        <rect
            class=class
            x=px(block.x)
            y=px(block.y)
            width=px(block.width)
            height=px(block.height)
            rx=round
            data-testid="report-chart-figure"
            on:mouseenter=move |_| pointed.set(words.clone())
            on:click=move |_| chosen.run(target)
        />
        {figure}
    }
    .into_any()
}

fn grid_line(at: f64, words: String, (width, height): (f64, f64), base: f64, lies: Lies) -> AnyView {
    if lies == Lies::Upright {
        return view! {
            <line class="grid-line" x1="56" x2=px(width) y1=px(at) y2=px(at) />
            <text class="axis" x="50" y=px(at + 4.0) text-anchor="end">{words}</text>
        }
        .into_any();
    }
    view! {
        <line class="grid-line" x1=px(at) x2=px(at) y1="4" y2=px(height - 20.0) />
        <line class="base-line" x1=px(base) x2=px(base) y1="4" y2=px(height - 20.0) />
        <text class="axis" x=px(at) y=px(height - 6.0) text-anchor="middle">{words}</text>
    }
    .into_any()
}

/// Grounds and lines of the patterns; the style sheet colours them.
#[component]
fn Patterns() -> impl IntoView {
    let pattern = |at: u8, turn: &'static str, drawing: AnyView| {
        view! {
            <pattern id=format!("plot-p{at}") width="6" height="6" patternUnits="userSpaceOnUse" patternTransform=turn>
                <rect class=format!("ground g{at}") width="6" height="6" />
                {drawing}
            </pattern>
        }
    };
    let hatch = || view! { <rect class="hatch-line" width="2" height="6" /> }.into_any();
    view! {
        <defs>
            {pattern(1, "rotate(45)", hatch())}
            {pattern(2, "", view! { <circle class="hatch-line" cx="3" cy="3" r="1.4" /> }.into_any())}
            {pattern(3, "rotate(-45)", hatch())}
            {pattern(4, "rotate(90)", hatch())}
            {pattern(5, "", hatch())}
        </defs>
    }
}

/// Five shades can be told apart; nothing has none.
fn step(share: f64) -> u8 {
    match share {
        share if share <= 0.0 => 0,
        share if share <= 0.2 => 1,
        share if share <= 0.45 => 2,
        share if share <= 0.7 => 3,
        _ => 4,
    }
}

fn target(point: &Point) -> (usize, usize) {
    (point.row, point.column)
}

fn px(of: f64) -> String {
    format!("{of:.1}")
}
