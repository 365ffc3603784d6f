//! The same figures as `calldoc-cli report` tells them.

use crate::collector::Cli;
use crate::compare::{Figures, Sum};
use anyhow::{Context, Result};
use serde_json::Value;

pub(crate) fn figures(cli: &Cli) -> Result<Figures> {
    let mut figures = Figures::default();
    let by_person = cli.report(&["agent-call-volume", "--group-by", "person"])?;
    for (person, values) in rows(&by_person)? {
        for name in ["answered", "missed"] {
            let count = values[name].as_u64().with_context(|| format!("no {name} in {values}"))?;
            figures.counts.insert(format!("person {person}: {name}"), count);
        }
        figures.lengths.insert(format!("person {person}: talk"), talk(values)?);
    }
    let by_group = cli.report(&["group-summary"])?;
    for (group, values) in rows(&by_group)? {
        figures.lengths.insert(format!("group {group}: talk"), talk(values)?);
    }
    Ok(figures)
}

/// Each row's number and values.
fn rows(report: &Value) -> Result<Vec<(String, &Value)>> {
    let rows = report["rows"].as_array().context("a report without rows")?;
    rows.iter()
        .map(|row| {
            let number =
                number_in(&row["key"]).with_context(|| format!("a row of nobody: {}", row["key"]))?;
            Ok((number.to_owned(), &row["values"]))
        })
        .collect()
}

/// The first `number` in a row's key, however deep.
fn number_in(key: &Value) -> Option<&str> {
    match key {
        Value::Array(parts) => parts.iter().find_map(number_in),
        Value::Object(parts) => {
            let own = parts.get("number").and_then(Value::as_str);
            own.or_else(|| parts.values().find_map(number_in))
        }
        _ => None,
    }
}

fn talk(values: &Value) -> Result<Sum> {
    let ms = values["talk_time_ms"].as_f64().with_context(|| format!("no talk time in {values}"))?;
    // By how many calls it is divided is the truth's to say.
    Ok(Sum { seconds: ms / 1000.0, calls: 0 })
}
