//! Plain tables for a terminal.

use std::fmt;

/// Columns as wide as their widest cell.
pub(crate) struct Table<const N: usize>(Lines);

impl<const N: usize> Table<N> {
    pub(crate) fn new(head: [&str; N]) -> Self {
        Self(Lines::new(head.map(str::to_owned).to_vec()))
    }

    pub(crate) fn row(&mut self, cells: [String; N]) {
        self.0.row(cells.to_vec());
    }
}

impl<const N: usize> fmt::Display for Table<N> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

/// A table of as many columns as its head has.
pub(crate) struct Lines {
    rows: Vec<Vec<String>>,
}

impl Lines {
    pub(crate) fn new(head: Vec<String>) -> Self {
        Self { rows: vec![head] }
    }

    pub(crate) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells.iter().map(|cell| plain(cell).replace('\n', " ")).collect());
    }
}

impl fmt::Display for Lines {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = self.rows.first().map_or(0, Vec::len);
        let width = |column: usize| {
            self.rows
                .iter()
                .filter_map(|row| row.get(column))
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for row in &self.rows {
            let line: Vec<String> = row
                .iter()
                .zip(&widths)
                .map(|(cell, width)| format!("{cell:<width$}", width = *width))
                .collect();
            writeln!(out, "{}", line.join("  ").trim_end())?;
        }
        Ok(())
    }
}

/// Text for a terminal. A name may hold anything: control characters but for line ends would play with the terminal.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect()
}

/// Seconds as m:ss or h:mm:ss.
pub(crate) fn length(seconds: f64) -> String {
    let seconds = seconds.round() as i64;
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{rest:02}") } else { format!("{minutes}:{rest:02}") }
}
