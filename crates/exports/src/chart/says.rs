//! A chart in words.

use super::scale::value_words;
use crate::pivot::{Pivot, joined};
use model::report::ChartKind;

pub(crate) fn sentence(pivot: &Pivot) -> String {
    let language = pivot.language;
    let title = pivot.title();
    let title: &[(&str, &str)] = &[("title", &title)];
    let mut says = match pivot.kind {
        ChartKind::Bar => language.fill("Bar chart of {title}", title),
        ChartKind::Stacked => language.fill("Stacked bars of {title}", title),
        ChartKind::Line => language.fill("Line chart of {title}", title),
        ChartKind::Heat => language.fill("Heat map of {title}", title),
    };
    match pivot.kind {
        ChartKind::Heat => says += &heat(pivot),
        ChartKind::Bar | ChartKind::Stacked | ChartKind::Line => {
            let each: Vec<String> = pivot.series.iter().filter_map(|series| one(pivot, series)).collect();
            says += &format!(": {}", each.join("; "));
        }
    }
    says.push('.');
    if pivot.left_off > 0 {
        says += &language.plural(
            pivot.left_off as u64,
            " {count} more is in the table and not drawn.",
            " {count} more are in the table and not drawn.",
        );
    }
    says
}

/// "Inbound: highest Mon 3 Nov (412), lowest Sun 9 Nov (12)".
fn one(pivot: &Pivot, series: &crate::pivot::Series) -> Option<String> {
    let language = pivot.language;
    let known: Vec<(&String, f64)> = pivot
        .categories
        .iter()
        .zip(&series.values)
        .filter_map(|(name, value)| Some((name, (*value)?)))
        .collect();
    let most = known.iter().copied().reduce(|a, b| if b.1 > a.1 { b } else { a })?;
    let least = known.iter().copied().reduce(|a, b| if b.1 < a.1 { b } else { a })?;
    let told = |(name, value): (&String, f64)| {
        format!("{} ({})", shown(name, pivot), value_words(value, pivot.unit, language))
    };
    let name = match pivot.series.len() > 1 {
        true => format!("{}: ", shown(&series.name, pivot)),
        false => String::new(),
    };
    if known.len() == 1 {
        return Some(format!("{name}{}", told(most)));
    }
    if most.1 <= least.1 {
        let all = value_words(most.1, pivot.unit, language);
        let each = language
            .fill("{figure} in each of {count}", &[("figure", &all), ("count", &known.len().to_string())]);
        return Some(format!("{name}{each}"));
    }
    let both =
        language.fill("highest {most}, lowest {least}", &[("most", &told(most)), ("least", &told(least))]);
    Some(format!("{name}{both}"))
}

fn heat(pivot: &Pivot) -> String {
    let mut most: Option<(&str, &str, f64)> = None;
    for series in &pivot.series {
        for (category, value) in pivot.categories.iter().zip(&series.values) {
            if let Some(value) = *value
                && most.is_none_or(|(_, _, most)| value > most)
            {
                most = Some((&series.name, category, value));
            }
        }
    }
    let Some((down, across, value)) = most else { return String::new() };
    let quiet: Vec<&str> = pivot
        .series
        .iter()
        .filter(|series| series.values.iter().all(|value| value.unwrap_or(0.0) == 0.0))
        .map(|series| shown(&series.name, pivot))
        .collect();
    let most = format!(
        "{}, {} ({})",
        shown(down, pivot),
        shown(across, pivot),
        value_words(value, pivot.unit, pivot.language)
    );
    let mut says = pivot.language.fill(": highest {most}", &[("most", &most)]);
    if !quiet.is_empty() {
        let rows = joined(&quiet, pivot.language);
        says += &pivot.language.fill("; nothing {rows}", &[("rows", &rows)]);
    }
    says
}

fn shown<'n>(name: &'n str, pivot: &Pivot) -> &'n str {
    if name.is_empty() { pivot.language.say("none") } else { name }
}
