//! CSV as people make it: comma, semicolon or tab, with or without quotes and a byte order mark.

use csv::{ReaderBuilder, StringRecord, Trim};

/// One line, or several where a quoted field holds line ends.
pub(crate) struct Row {
    /// Counted from 1, the heading included.
    pub(crate) line: u32,
    pub(crate) text: String,
    cells: Result<StringRecord, String>,
}

impl Row {
    /// What stands in a column; empty when the line ends before it.
    pub(crate) fn cell(&self, column: Option<usize>) -> &str {
        let cells = self.cells.as_ref().ok();
        column.and_then(|column| cells?.get(column)).unwrap_or_default()
    }

    /// Why the line cannot be read.
    pub(crate) fn trouble(&self, columns: usize) -> Option<String> {
        match &self.cells {
            Err(trouble) => Some(trouble.clone()),
            Ok(cells) if cells.len() > columns && cells.iter().skip(columns).any(|cell| !cell.is_empty()) => {
                Some(format!(
                    "The line has {} fields, the heading {columns}. A field that holds the separator must stand in quotes.",
                    cells.len()
                ))
            }
            Ok(_) => None,
        }
    }
}

/// The heading in lower case, and the lines after it that are not empty.
pub(crate) fn read(text: &str) -> (Vec<String>, Vec<Row>) {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .delimiter(separator(text))
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = StringRecord::new();
    loop {
        let (line, begin) = (reader.position().line(), reader.position().byte());
        let read = reader.read_record(&mut record);
        let end = reader.position().byte();
        if matches!(read, Ok(false)) {
            break;
        }
        let range = usize::try_from(begin).unwrap_or(0)..usize::try_from(end).unwrap_or(0);
        let raw = text.get(range).unwrap_or_default();
        // Empty lines before the record are read with it.
        let skipped =
            raw.chars().take_while(|c| matches!(c, '\n' | '\r')).filter(|c| *c == '\n').count() as u64;
        rows.push(Row {
            line: u32::try_from(line + skipped).unwrap_or(u32::MAX),
            text: raw.trim_matches(['\r', '\n']).to_owned(),
            cells: read
                .map(|_| record.clone())
                .map_err(|_| "The line holds something that is no text.".to_owned()),
        });
    }
    rows.retain(|row| row.cells.as_ref().map_or(true, |cells| cells.iter().any(|cell| !cell.is_empty())));
    if rows.is_empty() {
        return (Vec::new(), rows);
    }
    let heading = rows.remove(0);
    let names = heading.cells.map(|cells| cells.iter().map(str::to_lowercase).collect()).unwrap_or_default();
    (names, rows)
}

/// The one that stands most often in the first line.
fn separator(text: &str) -> u8 {
    let heading = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |separator: u8| heading.bytes().filter(|byte| *byte == separator).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}
