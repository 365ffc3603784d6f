//! Rates from a CSV file, with every line that cannot be taken.

use crate::amount;
use crate::check::check_rate;
use crate::sheet::{self, Row};
use crate::table::Rate;
use std::collections::HashMap;

const COLUMNS: [&str; 8] =
    ["prefix", "label", "band", "per_minute", "connect_fee", "minimum", "minimum_seconds", "step_seconds"];

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    pub rates: Vec<Rate>,
    pub bad: Vec<BadLine>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// Counted from 1, the heading included.
    pub line: u32,
    pub text: String,
    pub says: String,
}

/// Columns stand in any order; only `prefix` and `per_minute` must be there. Amounts are decimals of the currency.
pub fn read_csv(text: &str) -> Read {
    let (heading, rows) = sheet::read(text);
    let columns = COLUMNS.map(|name| heading.iter().position(|column| column.replace(' ', "_") == name));
    let mut read = Read::default();
    if columns[0].is_none() || columns[3].is_none() {
        let says = format!(
            "The first line must name the columns: prefix and per_minute, and if wanted {}.",
            [COLUMNS[1], COLUMNS[2], COLUMNS[4], COLUMNS[5], COLUMNS[6], COLUMNS[7]].join(", ")
        );
        let first = text.lines().next().unwrap_or_default().to_owned();
        read.bad.push(BadLine { line: 1, text: first, says });
        return read;
    }
    let mut seen: HashMap<(String, Option<String>), u32> = HashMap::new();
    for row in rows {
        let rate = row.trouble(heading.len()).map_or_else(|| rate_of(&row, &columns), Err);
        let rate =
            rate.and_then(|rate| match seen.insert((rate.prefix.clone(), rate.band.clone()), row.line) {
                Some(line) => Err(format!("Line {line} has a rate for the same prefix and time band.")),
                None => Ok(rate),
            });
        match rate {
            Ok(rate) => read.rates.push(rate),
            Err(says) => read.bad.push(BadLine { line: row.line, text: row.text, says }),
        }
    }
    read
}

fn rate_of(row: &Row, columns: &[Option<usize>; 8]) -> Result<Rate, String> {
    let cell = |place: usize| row.cell(columns[place]);
    let spaces_out = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    if cell(3).is_empty() {
        return Err("per_minute is missing.".into());
    }
    let rate = Rate {
        prefix: spaces_out(cell(0)),
        label: cell(1).to_owned(),
        band: Some(cell(2).to_owned()).filter(|band| !band.is_empty()),
        per_minute: money(row, columns, 3)?,
        connect_fee: money(row, columns, 4)?,
        minimum: money(row, columns, 5)?,
        minimum_seconds: seconds(row, columns, 6)?,
        step_seconds: seconds(row, columns, 7)?,
    };
    check_rate(&rate)?;
    Ok(rate)
}

fn money(row: &Row, columns: &[Option<usize>; 8], place: usize) -> Result<i64, String> {
    let text = row.cell(columns[place]);
    if text.is_empty() {
        return Ok(0);
    }
    amount::read(text).ok_or_else(|| {
        format!("{} \"{text}\" is no amount. Write it as 0.0190, with at most four decimals.", COLUMNS[place])
    })
}

fn seconds(row: &Row, columns: &[Option<usize>; 8], place: usize) -> Result<u32, String> {
    let text = row.cell(columns[place]);
    if text.is_empty() {
        return Ok(0);
    }
    text.parse().map_err(|_| format!("{} \"{text}\" is no number of seconds.", COLUMNS[place]))
}
