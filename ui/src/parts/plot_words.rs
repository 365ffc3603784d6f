//! A report's chart in words: what the pointer is on, and the whole of it for those who do not see the drawing.

use super::plot_data::{Plot, Point};
use super::value_words::{Writing, value};
use crate::words::{fill, say};
use model::report::ChartKind;

/// `9:00: Calls 7, Answered 6`
pub fn place(plot: &Plot, at: usize, writing: &impl Writing) -> String {
    let name = plot.places.get(at).map(String::as_str).unwrap_or_default();
    let parts: Vec<String> = plot
        .series
        .iter()
        .filter_map(|series| {
            let point = series.points.get(at)?.as_ref()?;
            Some(format!("{} {}", series.name, value(&point.value, writing)))
        })
        .collect();
    if parts.is_empty() {
        fill("{name}: nothing", &[("name", name)])
    } else {
        format!("{name}: {}", parts.join(", "))
    }
}

/// `Monday, 9:00: 7`
pub fn cell(plot: &Plot, series: usize, at: usize, writing: &impl Writing) -> String {
    let name = plot.places.get(at).map(String::as_str).unwrap_or_default();
    let Some(of) = plot.series.get(series) else { return String::new() };
    let shown = of.points.get(at).and_then(Option::as_ref).map(|point| value(&point.value, writing));
    format!("{}, {name}: {}", of.name, shown.unwrap_or_else(|| say("nothing").to_owned()))
}

/// One sentence: what is drawn, its largest and its smallest. The table has all of it.
pub fn sentence(plot: &Plot, title: &str, writing: &impl Writing) -> String {
    let kind = match plot.kind {
        ChartKind::Bar => say("Bars"),
        ChartKind::Stacked => say("Stacked bars"),
        ChartKind::Line => say("A line"),
        ChartKind::Heat => say("A heat map"),
    };
    let all: Vec<(usize, usize, &Point)> = plot
        .series
        .iter()
        .enumerate()
        .flat_map(|(series, of)| {
            of.points.iter().enumerate().filter_map(move |(at, point)| Some((series, at, point.as_ref()?)))
        })
        .collect();
    let by_size =
        |a: &&(usize, usize, &Point), b: &&(usize, usize, &Point)| a.2.size().total_cmp(&b.2.size());
    let (Some(most), Some(least)) = (all.iter().max_by(by_size), all.iter().min_by(by_size)) else {
        return fill("{kind} of {title}: nothing to draw.", &[("kind", kind), ("title", title)]);
    };
    let named = |(series, at, _): &(usize, usize, &Point)| match (plot.kind, plot.series.len()) {
        (ChartKind::Bar | ChartKind::Stacked | ChartKind::Line, 1) => place(plot, *at, writing),
        (ChartKind::Bar | ChartKind::Stacked | ChartKind::Line | ChartKind::Heat, _) => {
            cell(plot, *series, *at, writing)
        }
    };
    fill(
        "{kind} of {title}. Most: {most}. Least: {least}. The table below has every figure.",
        &[("kind", kind), ("title", title), ("most", &named(most)), ("least", &named(least))],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parts::plot_data::tests::{chart, hour, sheet};
    use crate::parts::plot_data::{Height, plot};
    use crate::parts::value_words::tests::Plain;
    use model::report::Measure;

    #[test]
    fn the_pointer_is_told_every_series_at_its_place() {
        let sheet = sheet(vec![hour(9, 7, 6), hour(10, 5, 5)], 1);
        let measures = [Measure::Calls, Measure::Answered];
        let plot = plot(&sheet, &chart(ChartKind::Bar, &measures), Height::Usual).expect("two hours");
        assert_eq!(place(&plot, 0, &Plain), "9:00: Calls 7, Answered 6", "all bars of the place");
    }

    #[test]
    fn who_does_not_see_the_chart_hears_its_ends() {
        let sheet = sheet(vec![hour(9, 7, 6), hour(10, 5, 5)], 1);
        let plot =
            plot(&sheet, &chart(ChartKind::Line, &[Measure::Calls]), Height::Usual).expect("two hours");
        assert_eq!(
            sentence(&plot, "Calls by hour", &Plain),
            "A line of Calls by hour. Most: 9:00: Calls 7. Least: 10:00: Calls 5. The table below has every figure.",
            "in one sentence each"
        );
    }
}
