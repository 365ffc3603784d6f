//! A chart in words.

use super::scale::value_words;
use crate::pivot::{Pivot, joined};
use model::report::ChartKind;

pub(crate) fn sentence(pivot: &Pivot) -> String {
    let what = match pivot.kind {
        ChartKind::Bar => "Bar chart",
        ChartKind::Stacked => "Stacked bars",
        ChartKind::Line => "Line chart",
        ChartKind::Heat => "Heat map",
    };
    let mut says = format!("{what} of {} by {}", pivot.of, pivot.by.to_lowercase());
    match pivot.kind {
        ChartKind::Heat => says += &heat(pivot),
        ChartKind::Bar | ChartKind::Stacked | ChartKind::Line => {
            let each: Vec<String> = pivot.series.iter().filter_map(|series| one(pivot, series)).collect();
            let each: Vec<&str> = each.iter().map(String::as_str).collect();
            says += &format!(": {}", each.join("; "));
        }
    }
    says.push('.');
    if pivot.left_off > 0 {
        let more = pivot.left_off;
        says += &format!(" {more} more {} in the table and not drawn.", if more == 1 { "is" } else { "are" });
    }
    says
}

/// "Inbound: highest Mon 3 Nov (412), lowest Sun 9 Nov (12)".
fn one(pivot: &Pivot, series: &crate::pivot::Series) -> Option<String> {
    let known: Vec<(&String, f64)> = pivot
        .categories
        .iter()
        .zip(&series.values)
        .filter_map(|(name, value)| Some((name, (*value)?)))
        .collect();
    let most = known.iter().copied().reduce(|a, b| if b.1 > a.1 { b } else { a })?;
    let least = known.iter().copied().reduce(|a, b| if b.1 < a.1 { b } else { a })?;
    let told =
        |(name, value): (&String, f64)| format!("{} ({})", shown(name), value_words(value, pivot.unit));
    let name = if pivot.series.len() > 1 { format!("{}: ", shown(&series.name)) } else { String::new() };
    if known.len() == 1 {
        return Some(format!("{name}{}", told(most)));
    }
    if most.1 <= least.1 {
        let all = value_words(most.1, pivot.unit);
        return Some(format!("{name}{all} in each of {}", known.len()));
    }
    Some(format!("{name}highest {}, lowest {}", told(most), told(least)))
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
        .map(|series| shown(&series.name))
        .collect();
    let mut says =
        format!(": highest {}, {} ({})", shown(down), shown(across), value_words(value, pivot.unit));
    if !quiet.is_empty() {
        says += &format!("; nothing {}", joined(&quiet));
    }
    says
}

fn shown(name: &str) -> &str {
    if name.is_empty() { "none" } else { name }
}
