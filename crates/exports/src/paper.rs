//! What is on a report beside its rows: what it is called, of which time and calls it is, when it was made; and what
//! can go wrong while it is written.

use jiff::tz::TimeZone;
use model::At;
use model::report::{Chart, Column, Definition, Table, Value};
use words::Language;

/// Whether the calls are an office's, or made up to try the product with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    #[default]
    Office,
    Demo,
}

/// Everything that is known of a report before its first row.
#[derive(Clone, Debug)]
pub struct Paper {
    pub title: String,
    /// One sentence: what it answers.
    pub says: String,
    /// Names of the office and its sites.
    pub office: String,
    /// The time in words, "1 to 30 November 2026".
    pub time: String,
    /// The time it is compared with; without one, nothing of `before` is written.
    pub before: Option<String>,
    /// Which calls, as a sentence; empty: all of them.
    pub filter: String,
    /// By which instants are written.
    pub zone: TimeZone,
    pub made_at: At,
    pub origin: Origin,
    /// Heads of the columns that name a row; empty in details.
    pub keys: Vec<String>,
    pub columns: Vec<Column>,
    pub chart: Option<Chart>,
    /// What a reader has to know, each a sentence.
    pub notes: Vec<String>,
    /// What people are to read speaks it. Title, sentence and filter are given in it; the rest is given in English.
    pub language: Language,
}

/// What stands under the rows. Lists are empty where there is nothing to tell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tail {
    pub totals: Vec<Value>,
    pub totals_before: Vec<Value>,
    pub averages: Vec<Value>,
    /// Rows there would be beyond those that were given.
    pub rows_left_off: u64,
    /// Calls (or parts in calls) that the report was made of.
    pub made_of: u64,
}

impl Paper {
    /// For a run of this definition. Of the table only its heads are taken.
    pub fn of(definition: &Definition, table: &Table, zone: TimeZone, made_at: At) -> Self {
        Self {
            title: definition.name.clone(),
            says: definition.says.clone(),
            office: String::new(),
            time: String::new(),
            before: None,
            filter: String::new(),
            zone,
            made_at,
            origin: Origin::Office,
            keys: table.keys.clone(),
            columns: table.columns.clone(),
            chart: definition.chart.clone(),
            notes: Vec::new(),
            language: Language::English,
        }
    }

    /// All of it in its language, but for what it writes itself.
    pub(crate) fn heard(mut self) -> Self {
        let language = self.language;
        self.time = language.hear(self.time);
        self.before = self.before.map(|before| language.hear(before));
        self.notes = self.notes.into_iter().map(|note| language.hear(note)).collect();
        language.hear_heads(&mut self.keys, &mut self.columns);
        self
    }

    /// Whether values of the period before stand beside those of the rows.
    pub fn is_compared(&self) -> bool {
        self.before.is_some()
    }

    /// One row for each call or event: as many as there are.
    pub fn is_detail(&self) -> bool {
        self.columns.iter().any(|column| column.field.is_some())
    }

    /// `21 Nov 2026 18:33 (Europe/Berlin)`.
    pub(crate) fn made_words(&self) -> String {
        let made = crate::cell::minute(self.made_at.0, &self.zone, self.language);
        match self.zone.iana_name() {
            Some(zone) => format!("{made} ({zone})"),
            None => made,
        }
    }

    pub(crate) fn filter_or_all(&self) -> &str {
        if self.filter.is_empty() { self.language.say("All calls") } else { &self.filter }
    }
}

impl Tail {
    pub fn of(table: &Table) -> Self {
        Self {
            totals: table.totals.clone(),
            totals_before: table.totals_before.clone(),
            averages: table.averages.clone(),
            rows_left_off: table.rows_left_off,
            made_of: table.made_of,
        }
    }
}

/// Why a file could not be written. Display is a sentence for the person; the technical part is behind `source`.
#[derive(Debug)]
pub enum Trouble {
    /// The place it goes to takes no more: disk full, share gone.
    Write(std::io::Error),
    /// A row has more or fewer values than there are columns.
    Uneven { row: u64 },
    /// What makes the format refused; the words are its own.
    Made { format: &'static str, says: String },
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Trouble::Write(_) => {
                out.write_str("The file could not be written: its disk is full or out of reach.")
            }
            Trouble::Uneven { row } => write!(out, "Row {row} of the report does not fit its columns."),
            Trouble::Made { format, says } => write!(out, "The {format} file could not be made: {says}"),
        }
    }
}

impl std::error::Error for Trouble {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Trouble::Write(error) => Some(error),
            Trouble::Uneven { .. } | Trouble::Made { .. } => None,
        }
    }
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        Trouble::Write(error)
    }
}

/// `given` values for `columns` columns; fewer is allowed only where all are missing.
pub(crate) fn check_even(row: u64, columns: usize, values: usize, before: usize) -> Result<(), Trouble> {
    if values != columns || (before != 0 && before != columns) {
        return Err(Trouble::Uneven { row });
    }
    Ok(())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use model::report::{Chapter, FORMAT, Field, Hours, Period, Rows};

    /// Of details with these columns.
    pub(crate) fn paper(columns: Vec<Column>) -> Paper {
        let definition = Definition {
            format: FORMAT,
            name: "Calls".into(),
            says: "Which calls there were.".into(),
            chapter: Chapter::Calls,
            rows: Rows::Calls { fields: vec![Field::Notes] },
            conditions: Vec::new(),
            hours: Hours::All,
            period: Period::Today,
            sort: None,
            top: None,
            chart: None,
        };
        Paper::of(&definition, &Table { columns, ..Table::default() }, TimeZone::UTC, At(0))
    }

    #[test]
    fn a_paper_says_by_which_clock_it_was_made_and_that_nothing_was_left_out() {
        let paper = paper(Vec::new());
        assert_eq!(paper.made_words(), "1 Jan 1970 00:00 (UTC)", "a time without its zone could be anyone's");
        assert_eq!(paper.filter_or_all(), "All calls", "no filter is said too");
        assert!(!paper.is_compared(), "without another time there is nothing beside the figures");
    }
}
