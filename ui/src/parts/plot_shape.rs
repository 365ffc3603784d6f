//! Where bars, lines and cells of a report's chart stand. Lengths are CSS pixels of the drawing, y grows downwards.

use super::plot_data::{Height, Lies, Plot, Point, largest};
use super::plot_scale::{Scale, scale};
use model::report::{ChartKind, Unit};

/// Room for the words of the scale, or for names.
const LEFT: f64 = 56.0;
const NAMES: f64 = 150.0;
const HEAT_NAMES: f64 = 92.0;
const RIGHT: f64 = 10.0;
const TOP: f64 = 8.0;
const BOTTOM: f64 = 22.0;
/// Height of upright charts.
const USUAL: f64 = 172.0;
const LOW: f64 = 116.0;
/// Bars need not be walls where there are few of them.
const WIDEST_BAR: f64 = 34.0;
/// About as wide as a letter of the axis.
const LETTER: f64 = 6.4;
/// A cell this wide has room for its figure.
pub const CELL_WITH_WORDS: f64 = 30.0;

#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    pub width: f64,
    pub height: f64,
    pub blocks: Vec<Block>,
    /// Of a line chart: a series each, as `x,y x,y`, broken where nothing is known.
    pub lines: Vec<(usize, String)>,
    /// Lines of the scale with their values.
    pub grid: Vec<(f64, f64)>,
    pub base: f64,
    pub labels: Vec<Label>,
    /// One for each place, for the pointer: x, y, width, height.
    pub stripes: Vec<(f64, f64, f64, f64)>,
}

/// A bar, a part of a stack, a cell, or the dot of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    pub series: usize,
    pub place: usize,
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
    /// 0 to 1: how large it is among all, for the shade of a cell.
    pub share: f64,
    pub row: usize,
    pub column: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    pub x: f64,
    pub y: f64,
    pub text: String,
    pub anchor: &'static str,
}

/// How high a chart wants to be: flat bars need a line each, everything else has its usual height.
#[allow(clippy::cast_precision_loss)]
pub fn height_of(plot: &Plot, height: Height) -> f64 {
    let line = if height == Height::Low { 18.0 } else { 22.0 };
    match (plot.kind, plot.lies) {
        (ChartKind::Heat, _) => TOP + BOTTOM + plot.series.len() as f64 * line,
        (_, Lies::Flat) => TOP + BOTTOM + plot.places.len() as f64 * 20.0,
        (_, Lies::Upright) if height == Height::Low => LOW,
        (_, Lies::Upright) => USUAL,
    }
}

pub fn shape(plot: &Plot, width: f64, height: f64) -> Shape {
    match (plot.kind, plot.lies) {
        (ChartKind::Heat, _) => heat(plot, width, height),
        (ChartKind::Line, _) => line(plot, width, height),
        (ChartKind::Bar | ChartKind::Stacked, Lies::Upright) => upright(plot, width, height),
        (ChartKind::Bar | ChartKind::Stacked, Lies::Flat) => flat(plot, width, height),
    }
}

/// Bars and lines of shares end at 100 %, which is what people compare with.
fn scale_of(plot: &Plot) -> Scale {
    let largest = largest(plot);
    let is_share = plot.unit == Unit::Share && plot.kind != ChartKind::Stacked;
    scale(if is_share && largest > 0.5 { largest.max(1.0) } else { largest }, plot.unit)
}

#[allow(clippy::cast_precision_loss)]
fn upright(plot: &Plot, width: f64, height: f64) -> Shape {
    let scale = scale_of(plot);
    let base = height - BOTTOM;
    let per_unit = (base - TOP) / scale.most;
    let slot = (width - LEFT - RIGHT) / plot.places.len().max(1) as f64;
    let across = if plot.kind == ChartKind::Stacked { 1 } else { plot.series.len().max(1) };
    let thick = (slot * 0.78 / across as f64).min(WIDEST_BAR);
    let mut blocks = Vec::new();
    for place in 0..plot.places.len() {
        let middle = LEFT + (place as f64 + 0.5) * slot;
        let first = middle - thick * across as f64 / 2.0;
        let mut top = base;
        for (series, point) in points_at(plot, place) {
            let size = point.size() * per_unit;
            let stacked = plot.kind == ChartKind::Stacked;
            let x = if stacked { first } else { first + series as f64 * thick };
            let y = if stacked { top - size } else { base - size };
            top -= size;
            let air = if stacked { 1.0 } else { 0.0 };
            let wide = if stacked { thick } else { (thick - 1.0).max(1.0) };
            blocks.push(block(point, series, place, (x, y, wide, (size - air).max(0.0)), &scale));
        }
    }
    let stripes = (0..plot.places.len()).map(|place| (LEFT + place as f64 * slot, 0.0, slot, base));
    Shape {
        width,
        height,
        blocks,
        lines: Vec::new(),
        grid: scale.lines.iter().map(|line| (base - line * per_unit, *line)).collect(),
        base,
        labels: along(plot, slot, base, slot / 2.0),
        stripes: stripes.collect(),
    }
}

#[allow(clippy::cast_precision_loss)]
fn flat(plot: &Plot, width: f64, height: f64) -> Shape {
    let scale = scale_of(plot);
    let longest = plot.places.iter().map(|name| name.chars().count()).max().unwrap_or(1);
    let names = (longest as f64 * LETTER + 16.0).min(NAMES).min(width * 0.34);
    let per_unit = (width - names - RIGHT - 24.0) / scale.most;
    let slot = (height - TOP - BOTTOM) / plot.places.len().max(1) as f64;
    let across = if plot.kind == ChartKind::Stacked { 1 } else { plot.series.len().max(1) };
    let thick = (slot * 0.76 / across as f64).min(WIDEST_BAR);
    let mut blocks = Vec::new();
    let mut labels = Vec::new();
    let mut stripes = Vec::new();
    for (place, name) in plot.places.iter().enumerate() {
        let middle = TOP + (place as f64 + 0.5) * slot;
        let first = middle - thick * across as f64 / 2.0;
        let mut end = names;
        for (series, point) in points_at(plot, place) {
            let size = point.size() * per_unit;
            let stacked = plot.kind == ChartKind::Stacked;
            let (x, y) = if stacked { (end, first) } else { (names, first + series as f64 * thick) };
            end += size;
            let air = if stacked { 1.0 } else { 0.0 };
            let high = if stacked { thick } else { (thick - 1.0).max(1.0) };
            blocks.push(block(point, series, place, (x, y, (size - air).max(0.0), high), &scale));
        }
        let text = shortened(name, names - 12.0);
        labels.push(Label { x: names - 8.0, y: middle + 4.0, text, anchor: "end" });
        stripes.push((0.0, TOP + place as f64 * slot, width, slot));
    }
    let grid = scale.lines.iter().map(|line| (names + line * per_unit, *line));
    Shape { width, height, blocks, lines: Vec::new(), grid: grid.collect(), base: names, labels, stripes }
}

#[allow(clippy::cast_precision_loss)]
fn line(plot: &Plot, width: f64, height: f64) -> Shape {
    /// A dot is a box with round corners.
    const DOT: f64 = 6.0;
    let scale = scale_of(plot);
    let base = height - BOTTOM;
    let per_unit = (base - TOP) / scale.most;
    let slot = (width - LEFT - RIGHT) / plot.places.len().max(1) as f64;
    let mut blocks = Vec::new();
    let mut lines = Vec::new();
    for (series, of) in plot.series.iter().enumerate() {
        let mut run = Vec::new();
        for (place, point) in of.points.iter().enumerate() {
            let Some(point) = point else {
                finish(&mut lines, series, &mut run);
                continue;
            };
            let (x, y) = (LEFT + (place as f64 + 0.5) * slot, base - point.size() * per_unit);
            run.push(format!("{x:.1},{y:.1}"));
            let place_of = (x - DOT / 2.0, y - DOT / 2.0, DOT, DOT);
            blocks.push(block(point, series, place, place_of, &scale));
        }
        finish(&mut lines, series, &mut run);
    }
    let stripes = (0..plot.places.len()).map(|place| (LEFT + place as f64 * slot, 0.0, slot, base));
    Shape {
        width,
        height,
        blocks,
        lines,
        grid: scale.lines.iter().map(|line| (base - line * per_unit, *line)).collect(),
        base,
        labels: along(plot, slot, base, slot / 2.0),
        stripes: stripes.collect(),
    }
}

#[allow(clippy::cast_precision_loss)]
fn heat(plot: &Plot, width: f64, height: f64) -> Shape {
    let scale = scale_of(plot);
    let top = largest(plot).max(f64::MIN_POSITIVE);
    let slot = (width - HEAT_NAMES - RIGHT) / plot.places.len().max(1) as f64;
    let high = (height - TOP - BOTTOM) / plot.series.len().max(1) as f64;
    let mut blocks = Vec::new();
    let mut labels = Vec::new();
    for (series, of) in plot.series.iter().enumerate() {
        let y = TOP + series as f64 * high;
        for (place, point) in of.points.iter().enumerate() {
            let Some(point) = point else { continue };
            let x = HEAT_NAMES + place as f64 * slot;
            let cell = (x, y, (slot - 1.0).max(1.0), (high - 1.0).max(1.0));
            let share = point.size() / top;
            blocks.push(Block { share, ..block(point, series, place, cell, &scale) });
        }
        let text = shortened(&of.name, HEAT_NAMES - 12.0);
        labels.push(Label { x: HEAT_NAMES - 8.0, y: y + high / 2.0 + 4.0, text, anchor: "end" });
    }
    let base = height - BOTTOM;
    let shifted = along(plot, slot, base, slot / 2.0).into_iter();
    labels.extend(shifted.map(|label| Label { x: label.x - LEFT + HEAT_NAMES, ..label }));
    Shape { width, height, blocks, lines: Vec::new(), grid: Vec::new(), base, labels, stripes: Vec::new() }
}

fn points_at(plot: &Plot, place: usize) -> impl Iterator<Item = (usize, &Point)> {
    let of = plot.series.iter().enumerate();
    of.filter_map(move |(at, series)| Some((at, series.points.get(place)?.as_ref()?)))
}

fn block(point: &Point, series: usize, place: usize, at: (f64, f64, f64, f64), scale: &Scale) -> Block {
    let (x, y, width, height) = at;
    let (row, column) = (point.row, point.column);
    Block { series, place, x, y, width, height, share: point.size() / scale.most, row, column }
}

fn finish(lines: &mut Vec<(usize, String)>, series: usize, run: &mut Vec<String>) {
    if run.len() > 1 {
        lines.push((series, run.join(" ")));
    }
    run.clear();
}

/// Names under the axis, as many as do not run into each other.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn along(plot: &Plot, slot: f64, base: f64, to_middle: f64) -> Vec<Label> {
    let longest = plot.places.iter().map(|name| name.chars().count()).max().unwrap_or(1);
    let needed = (longest as f64 * LETTER + 10.0).min(110.0);
    let every = (needed / slot.max(1.0)).ceil().max(1.0) as usize;
    let names = plot.places.iter().enumerate().step_by(every);
    names
        .map(|(place, name)| Label {
            x: LEFT + place as f64 * slot + to_middle,
            y: base + 16.0,
            text: shortened(name, needed.max(slot)),
            anchor: "middle",
        })
        .collect()
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn shortened(name: &str, px: f64) -> String {
    let room = (px / LETTER).max(3.0) as usize;
    if name.chars().count() <= room {
        return name.to_owned();
    }
    let kept: String = name.chars().take(room - 1).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parts::plot_data::plot;
    use crate::parts::plot_data::tests::{chart, hour, sheet};
    use crate::state::report_sheet::tests::row;
    use model::report::{Measure, Value};

    const WIDTH: f64 = 700.0;

    fn hours(kind: ChartKind) -> Plot {
        let rows = (8..18).map(|at| hour(at, i64::from(at), i64::from(at) - 2)).collect();
        let measures = [Measure::Calls, Measure::Answered];
        plot(&sheet(rows, 1), &chart(kind, &measures), Height::Usual).expect("ten hours")
    }

    #[test]
    fn nothing_sticks_out_of_the_drawing() {
        for kind in [ChartKind::Bar, ChartKind::Stacked, ChartKind::Line] {
            let shape = shape(&hours(kind), WIDTH, 200.0);
            for block in &shape.blocks {
                assert!(block.x >= 0.0 && block.x + block.width <= WIDTH, "{kind:?} {block:?}");
                assert!(block.y >= 0.0 && block.y + block.height <= 200.0, "{kind:?} {block:?}");
            }
        }
    }

    #[test]
    fn parts_of_a_stack_stand_on_each_other() {
        let shape = shape(&hours(ChartKind::Stacked), WIDTH, 200.0);
        let [below, above] = &shape.blocks[..2] else { panic!("two parts at the first place") };
        assert!((below.y + below.height + 1.0 - shape.base).abs() < 0.1, "the first stands on the base line");
        assert!(above.y < below.y, "the second on the first");
        assert!((above.x - below.x).abs() < 0.1, "in one column");
    }

    #[test]
    fn bars_of_one_place_stand_beside_each_other() {
        let shape = shape(&hours(ChartKind::Bar), WIDTH, 200.0);
        let [first, second] = &shape.blocks[..2] else { panic!("two bars at the first place") };
        assert!(first.x + first.width <= second.x, "without overlapping");
    }

    #[test]
    fn a_line_is_broken_where_nothing_is_known() {
        let mut plot = hours(ChartKind::Line);
        plot.series.truncate(1);
        plot.series[0].points[4] = None;
        let shape = shape(&plot, WIDTH, 200.0);
        assert_eq!(shape.lines.len(), 2, "two stretches");
        assert_eq!(shape.blocks.len(), 9, "and a dot for each figure");
    }

    #[test]
    fn flat_bars_have_a_line_each() {
        let rows =
            (0..6).map(|at| row(&format!("A person with a rather long name {at}"), &[Value::Count(at)]));
        let plot = plot(&sheet(rows.collect(), 1), &chart(ChartKind::Bar, &[Measure::Calls]), Height::Usual)
            .expect("six");
        let height = height_of(&plot, Height::Usual);
        let shape = shape(&plot, WIDTH, height);
        assert!((height - (TOP + BOTTOM + 120.0)).abs() < 0.1, "twenty pixels each");
        assert!(
            shape.labels.iter().all(|label| label.text.ends_with('…')),
            "names are cut where they do not fit"
        );
        assert!(shape.blocks.iter().all(|block| block.x >= shape.base), "bars begin after the names");
    }

    #[test]
    fn names_under_the_axis_do_not_run_into_each_other() {
        let shape = shape(&hours(ChartKind::Bar), 220.0, 200.0);
        assert!(shape.labels.len() < 10, "some are left out");
        let gaps = shape.labels.windows(2).map(|pair| pair[1].x - pair[0].x);
        assert!(gaps.fold(f64::MAX, f64::min) >= 40.0, "and the others have room");
    }
}
