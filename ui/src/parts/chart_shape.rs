//! Where the bars, the line and the marks of the day's chart stand. Lengths are units of the drawing, y grows downwards.

use contract::today::Quarter;

pub const WIDTH: f64 = 640.0;
pub const HEIGHT: f64 = 280.0;
const LEFT: f64 = 26.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 254.0;
/// Early in the day the few quarters there are must not become walls: the axis has room for six hours at least.
const FEWEST_SLOTS: usize = 24;
const WIDEST_BAR: f64 = 16.0;

#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    pub columns: Vec<Column>,
    /// Points of the usual line as `x,y x,y`; empty without a usual.
    pub usual: String,
    pub grid: Vec<GridLine>,
    pub base_y: f64,
}

/// One quarter hour: its boxes from the bottom up, and the stripe that the pointer meets.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub boxes: Vec<Block>,
    pub slot_x: f64,
    pub slot_width: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Block {
    pub part: Part,
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Answered,
    Other,
    Abandoned,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GridLine {
    pub y: f64,
    pub calls: u32,
}

pub const LEFT_EDGE: f64 = LEFT;

#[allow(clippy::cast_precision_loss)]
pub fn shape(quarters: &[Quarter]) -> Shape {
    let slot = (WIDTH - LEFT) / quarters.len().max(FEWEST_SLOTS) as f64;
    let width = (slot * 0.76).min(WIDEST_BAR);
    let top = quarters.iter().map(tallest).fold(0.0, f64::max);
    let step = grid_step(top);
    let most = (top / f64::from(step)).ceil().max(1.0) * f64::from(step);
    let per_call = (BOTTOM - TOP) / most;
    let columns = quarters.iter().enumerate().map(|(index, quarter)| {
        let slot_x = LEFT + index as f64 * slot;
        column(quarter, slot_x, slot, width, per_call)
    });
    let usual = quarters.iter().enumerate().filter_map(|(index, quarter)| {
        let x = LEFT + (index as f64 + 0.5) * slot;
        quarter.usual.map(|usual| format!("{x:.1},{:.1}", BOTTOM - usual * per_call))
    });
    Shape {
        columns: columns.collect(),
        usual: usual.collect::<Vec<_>>().join(" "),
        grid: (1..)
            .map(|line| line * step)
            .take_while(|calls| f64::from(*calls) <= most)
            .map(|calls| GridLine { y: BOTTOM - f64::from(calls) * per_call, calls })
            .collect(),
        base_y: BOTTOM,
    }
}

/// Which quarters carry their hour under them: full hours, as many as do not run into each other, and none that would be
/// cut off at the right edge.
pub fn hour_marks(full_hours: &[bool], columns: &[Column]) -> Vec<usize> {
    /// Room for a label such as "10:00 AM", also where the drawing is small and its letters are larger.
    const LABEL: f64 = 70.0;
    /// As many stand beside each other on a day of 24 hours.
    const MOST_LABELS: usize = 8;
    let hours: Vec<usize> =
        full_hours.iter().enumerate().filter(|(_, full)| **full).map(|(index, _)| index).collect();
    let every = hours.len().div_ceil(MOST_LABELS).max(1);
    let fits = |index: &usize| columns.get(*index).is_some_and(|column| column.slot_x + LABEL <= WIDTH);
    hours.into_iter().step_by(every).filter(fits).collect()
}

fn tallest(quarter: &Quarter) -> f64 {
    let now = f64::from(quarter.answered + quarter.abandoned + quarter.other);
    now.max(quarter.usual.unwrap_or(0.0))
}

/// Three or four lines, at round numbers.
fn grid_step(top: f64) -> u32 {
    [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000]
        .into_iter()
        .find(|step| top / f64::from(*step) <= 4.0)
        .unwrap_or(5_000)
}

fn column(quarter: &Quarter, slot_x: f64, slot: f64, width: f64, per_call: f64) -> Column {
    /// A hair of air between the boxes of a stack.
    const AIR: f64 = 1.0;
    let x = slot_x + (slot - width) / 2.0;
    let mut y = BOTTOM;
    let mut boxes = Vec::new();
    for (part, calls) in [
        (Part::Answered, quarter.answered),
        (Part::Other, quarter.other),
        (Part::Abandoned, quarter.abandoned),
    ] {
        if calls == 0 {
            continue;
        }
        let height = f64::from(calls) * per_call;
        y -= height;
        boxes.push(Block { part, x, y, width, height: (height - AIR).max(1.0) });
    }
    Column { boxes, slot_x, slot_width: slot }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quarter(answered: u32, abandoned: u32, usual: Option<f64>) -> Quarter {
        Quarter { start_ms: 0, answered, abandoned, other: 0, usual }
    }

    #[test]
    fn abandoned_calls_stand_on_the_answered_ones() {
        let shape = shape(&[quarter(6, 2, Some(4.0))]);
        let [answered, abandoned] = shape.columns[0].boxes[..] else { panic!("two boxes") };
        assert_eq!((answered.part, abandoned.part), (Part::Answered, Part::Abandoned), "from the bottom up");
        assert!(abandoned.y < answered.y, "the abandoned ones are on top");
        assert!(
            (answered.y + answered.height - shape.base_y).abs() <= 1.0,
            "the stack stands on the base line"
        );
        assert!(abandoned.y >= TOP, "nothing sticks out of the drawing");
    }

    #[test]
    fn a_day_without_calls_draws_an_empty_axis() {
        let shape = shape(&[]);
        assert!(shape.columns.is_empty() && shape.usual.is_empty(), "there is nothing to draw");
        assert_eq!(shape.grid.len(), 1, "the axis still has a scale");
    }

    #[test]
    fn a_usual_higher_than_today_fits_as_well() {
        let shape = shape(&[quarter(1, 0, Some(30.0)), quarter(1, 0, None)]);
        let y: f64 = shape.usual.split(',').next_back().unwrap().parse().unwrap();
        assert!(y >= TOP, "the line stays in the drawing");
        assert_eq!(shape.usual.split(' ').count(), 1, "a quarter without a usual has no point");
        let lines: Vec<u32> = shape.grid.iter().map(|line| line.calls).collect();
        assert_eq!(lines, [10, 20, 30], "round numbers");
    }

    #[test]
    fn hours_are_thinned_out_on_a_long_day() {
        let day: Vec<bool> = (0..96).map(|quarter| quarter % 4 == 0).collect();
        let marks = |hours: &[bool]| {
            let columns = shape(&vec![quarter(1, 0, None); hours.len()]).columns;
            hour_marks(hours, &columns)
        };
        assert_eq!(marks(&day).len(), 8, "every third hour of twenty-four");
        assert_eq!(marks(&day[30..60]), [2, 6, 10, 14, 18, 22, 26], "every hour of a shorter one");
    }

    #[test]
    fn an_hour_at_the_right_edge_has_no_label_that_would_be_cut() {
        let day: Vec<bool> = (0..57).map(|quarter| quarter % 4 == 0).collect();
        let columns = shape(&vec![quarter(1, 0, None); day.len()]).columns;
        let marks = hour_marks(&day, &columns);
        assert_eq!(marks.last(), Some(&48), "the last hour begins with the last quarter");
    }
}
