//! The table of figures.

use std::fmt;

#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<[String; 5]>,
}

/// Runs of each measurement.
pub(crate) const RUNS: usize = 5;

impl Table {
    /// `wanted` is the bound that the product sets itself.
    pub(crate) fn row(&mut self, what: &str, figure: String, wanted: &str, peer: &str, ratio: String) {
        eprintln!("{what}: {figure} ({ratio} of {peer})");
        self.rows.push([what, &figure, wanted, peer, &ratio].map(str::to_owned));
    }
}

impl fmt::Display for Table {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "| what | measured | wanted | beside it | ratio |\n|---|---|---|---|---|")?;
        for [what, figure, wanted, peer, ratio] in &self.rows {
            writeln!(out, "| {what} | {figure} | {wanted} | {peer} | {ratio} |")?;
        }
        Ok(())
    }
}

/// Median, least and most.
pub(crate) fn spread(mut values: Vec<f64>) -> (f64, f64, f64) {
    values.sort_by(f64::total_cmp);
    let at = |place: usize| values.get(place).copied().unwrap_or(f64::NAN);
    (at(values.len() / 2), at(0), at(values.len().saturating_sub(1)))
}
