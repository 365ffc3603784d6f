//! Journal entries of SMDR lines to records: the one way, used while lines arrive and when a library is rebuilt.

use crate::complaint::Complaint;
use crate::lines::each_line;
use crate::record::{Reading, read};
use crate::site_clock::SiteClock;
use model::fact::Record;

/// What became of one line of an entry.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "boxing would cost an allocation for each of a million rows")]
pub enum Line<'a> {
    Record(Record<'a>),
    /// For the quarantine: the line as it came, without its LF, and why it is no record.
    Complaint {
        raw: &'a [u8],
        reason: Complaint,
    },
    /// Blank, or the names of the fields.
    Skipped,
}

/// Calls `sink` for each line of `bytes` (one or more whole lines), with its index from 0. Lines that are skipped
/// count too: the index of a record names its place in the journal.
pub fn facts<'a>(bytes: &'a [u8], clock: &mut SiteClock, mut sink: impl FnMut(u32, Line<'a>)) {
    each_line(bytes, |index, raw| {
        let line = match read(raw, clock) {
            Reading::Record(record) => Line::Record(record),
            Reading::Complaint { reason } => Line::Complaint { raw, reason },
            Reading::Header | Reading::Blank => Line::Skipped,
        };
        sink(index, line);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_an_entry_has_its_own_index() {
        let entry = b"Call Start,Connected Time\r\n\r\n2026/03/09 14:05:00,00:00:05,7,0123,I,403,390664,,0,1000013,0,\
            E403,Ann,T9001,Line 1.2,0,0\r\na,b,c\r\n";
        let mut clock = SiteClock::new("Europe/Berlin").unwrap_or_else(|unknown| panic!("{unknown}"));
        let mut told = Vec::new();
        facts(entry, &mut clock, |index, line| {
            told.push((
                index,
                match line {
                    Line::Record(record) => format!("call {}", record.call_id),
                    Line::Complaint { raw, reason } => format!("{} bytes: {reason:?}", raw.len()),
                    Line::Skipped => "skipped".to_owned(),
                },
            ));
        });
        let expected = ["skipped", "skipped", "call 1000013", "6 bytes: TooFewFields { found: 3 }"];
        let indexed: Vec<(u32, String)> = (0..).zip(expected.map(str::to_owned)).collect();
        assert_eq!(told, indexed, "header, blank line, record, and a line for the quarantine");
    }
}
