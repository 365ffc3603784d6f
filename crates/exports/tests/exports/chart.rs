use crate::office::{days, drawn, paper, people, week};
use exports::chart::{Picture, Ruler, Shape, Weight, picture};
use model::report::{ChartKind, Measure, Table, Value};
use words::Language;

const WIDTH: f32 = 500.0;

/// Every letter half as wide as it is high.
struct Even;

impl Ruler for Even {
    fn width(&self, text: &str, size: f32, _: Weight) -> f32 {
        text.chars().count() as f32 * size / 2.0
    }
}

fn picture_of(table: &Table, kind: ChartKind, measures: &[Measure]) -> Picture {
    let paper = drawn(paper("Any", table), kind, measures);
    let chart = paper.chart.expect("it was set");
    picture(&table.keys, &table.columns, &table.rows, &chart, (WIDTH, &Even), Language::English)
        .expect("there is something to draw")
}

/// Left, top, right and bottom of everything that is drawn.
fn boxes(picture: &Picture) -> Vec<(f32, f32, f32, f32, bool)> {
    use exports::chart::Anchor;
    let mut boxes = Vec::new();
    for shape in &picture.shapes {
        match shape {
            Shape::Area { x, y, width, height, .. } => boxes.push((*x, *y, x + width, y + height, false)),
            Shape::Line { points, .. } => boxes.extend(points.iter().map(|(x, y)| (*x, *y, *x, *y, false))),
            Shape::Words { x, baseline, size, anchor, text, .. } => {
                let width = Even.width(text, *size, Weight::Regular);
                let left = match anchor {
                    Anchor::Start => *x,
                    Anchor::Middle => x - width / 2.0,
                    Anchor::End => x - width,
                };
                boxes.push((left, baseline - size * 0.7, left + width, *baseline, true));
            }
        }
    }
    boxes
}

#[test]
fn nothing_leaves_the_picture_and_no_words_touch() {
    let kinds = [ChartKind::Bar, ChartKind::Stacked, ChartKind::Line];
    let mut all = Vec::new();
    for kind in kinds {
        for count in [1, 7, 30, 120] {
            all.push(picture_of(
                &days(count),
                kind,
                &[Measure::Inbound, Measure::Outbound, Measure::Internal],
            ));
            all.push(picture_of(&days(count), kind, &[Measure::Inbound]));
        }
        all.push(picture_of(&people(), kind, &[Measure::Answered, Measure::Missed]));
    }
    all.push(picture_of(&week(), ChartKind::Heat, &[Measure::Calls]));
    for picture in all {
        let boxes = boxes(&picture);
        for (left, top, right, bottom, _) in &boxes {
            assert!(
                *left >= -0.5 && *right <= WIDTH + 0.5 && *top >= -0.5 && *bottom <= picture.height + 0.5,
                "({left}, {top}) to ({right}, {bottom}) is inside {WIDTH} x {}: {}",
                picture.height,
                picture.says
            );
        }
        let words: Vec<_> = boxes.iter().filter(|shape| shape.4).collect();
        for (at, a) in words.iter().enumerate() {
            for b in &words[at + 1..] {
                let apart = a.2 <= b.0 || b.2 <= a.0 || a.3 <= b.1 || b.3 <= a.1;
                assert!(apart, "{a:?} and {b:?} do not lie on each other: {}", picture.says);
            }
        }
    }
}

#[test]
fn the_sentence_says_what_is_to_be_seen() {
    assert_eq!(
        picture_of(&days(30), ChartKind::Bar, &[Measure::Inbound]).says,
        "Bar chart of Inbound by day: highest Tue 17 Nov (269), lowest Sun 1 Nov (4).",
        "the highest and the lowest"
    );
    assert_eq!(
        picture_of(&week(), ChartKind::Heat, &[Measure::Calls]).says,
        "Heat map of Calls by day of week and hour of day: highest Friday, 10:00 (29); nothing Saturday and Sunday.",
        "the hottest field, and days without any"
    );
}

#[test]
fn what_cannot_be_told_apart_is_left_off_and_said() {
    let mut table = people();
    let row = table.rows[0].clone();
    table.rows = (0..45).map(|_| row.clone()).collect();
    let picture = picture_of(&table, ChartKind::Bar, &[Measure::Answered]);
    assert!(
        picture.says.ends_with("15 more are in the table and not drawn."),
        "it is said: {}",
        picture.says
    );
}

#[test]
fn a_gap_in_the_figures_is_a_gap_in_the_line() {
    let picture = picture_of(&days(30), ChartKind::Line, &[Measure::AnswerRate]);
    let lines =
        picture.shapes.iter().filter(|shape| matches!(shape, Shape::Line { points, .. } if points.len() > 2));
    assert_eq!(lines.count(), 4, "weekends part the weeks; the last Monday alone is a point");
}

#[test]
fn without_figures_there_is_no_chart() {
    let mut table = days(5);
    for row in &mut table.rows {
        row.values.fill(Value::None);
    }
    let paper = drawn(paper("Any", &table), ChartKind::Line, &[Measure::Inbound]);
    let chart = paper.chart.expect("it was set");
    let none = picture(&table.keys, &table.columns, &table.rows, &chart, (WIDTH, &Even), Language::English);
    assert_eq!(none, None, "an empty frame says nothing");
    let other = drawn(crate::office::paper("Any", &table), ChartKind::Line, &[Measure::Cost]);
    let chart = other.chart.expect("it was set");
    assert_eq!(
        picture(&table.keys, &table.columns, &days(5).rows, &chart, (WIDTH, &Even), Language::English),
        None,
        "no such column"
    );
}

#[test]
fn two_things_to_split_by_make_a_layer_for_each_of_the_first() {
    let picture = picture_of(&week(), ChartKind::Stacked, &[Measure::Calls]);
    let named = |wanted: &str| {
        picture.shapes.iter().any(|shape| matches!(shape, Shape::Words { text, .. } if text == wanted))
    };
    assert!(named("Monday") && named("Saturday"), "each day has its name in the legend");
    assert!(!named("Sunday"), "a seventh colour could not be told apart");
    assert!(named("7:00") && named("19:00"), "hours go across");
    assert!(picture.says.ends_with("1 more is in the table and not drawn."), "it is said: {}", picture.says);
}
