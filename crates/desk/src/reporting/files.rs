//! Reports as files on disk.

use crate::trouble::invalid;
use contract::Failure;
use contract::reports::FileFormat;
use exports::{CsvStyle, Format, Totals, Utf8Mark};
use std::path::{Path, PathBuf};
use words::Language;

/// Longest name of a file without its ending, in characters: every system takes it.
const NAME_MAX_CHARS: usize = 120;

/// Files of one name in a folder; then it is full of them by mistake.
const SAME_NAME_MAX: u32 = 10_000;

fn ending(format: FileFormat) -> &'static str {
    match format {
        FileFormat::Csv | FileFormat::CsvWithBom => "csv",
        FileFormat::Xlsx => "xlsx",
        FileFormat::Pdf => "pdf",
        FileFormat::Json => "json",
    }
}

pub(super) fn media_type(format: FileFormat) -> &'static str {
    match format {
        FileFormat::Csv | FileFormat::CsvWithBom => "text/csv",
        FileFormat::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        FileFormat::Pdf => "application/pdf",
        FileFormat::Json => "application/json",
    }
}

/// What people read speaks their language; what programs read, with its name, is the same in each.
pub(super) fn language(of: FileFormat, spoken: Language) -> Language {
    if format(of).is_for_people() { spoken } else { Language::English }
}

pub(super) fn format(format: FileFormat) -> Format {
    let csv = |mark| Format::Csv(CsvStyle { mark, totals: Totals::With });
    match format {
        FileFormat::Csv => csv(Utf8Mark::Without),
        FileFormat::CsvWithBom => csv(Utf8Mark::With),
        FileFormat::Xlsx => Format::Xlsx,
        FileFormat::Pdf => Format::Pdf,
        FileFormat::Json => Format::Json,
    }
}

/// `Abandoned calls, November 2026.pdf`
pub(crate) fn file_name(report: &str, time: &str, format: FileFormat) -> String {
    named(&format!("{report}, {time}"), ending(format))
}

/// Of letters that every system takes.
pub(super) fn named(stem: &str, ending: &str) -> String {
    let harmless = |letter: char| match letter.is_control() || "/\\:*?\"<>|".contains(letter) {
        true => '-',
        false => letter,
    };
    let name: String = stem.chars().map(harmless).take(NAME_MAX_CHARS).collect();
    format!("{}.{ending}", name.trim().trim_end_matches('.'))
}

/// Whole under its name, or not there: a kill leaves no half report. Never in the place of another file. Gives its place.
pub(super) async fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<String, Failure> {
    let (folder, name, bytes) = (folder.to_owned(), name.to_owned(), bytes.to_vec());
    let written = tokio::task::spawn_blocking(move || {
        let place = free_place(&folder, &name)?;
        let beside = folder.join(format!(".{name}.part"));
        let put = std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, &place));
        if let Err(error) = put {
            let _ = std::fs::remove_file(&beside);
            return Err(error);
        }
        Ok(place.display().to_string())
    });
    let written = written.await.unwrap_or_else(|_| Err(std::io::Error::other("the write was cut off")));
    written.map_err(|error| Failure {
        detail: Some(error.to_string()),
        ..invalid("The report could not be saved: its folder is full or out of reach.")
    })
}

/// `Report.pdf`, or `Report (2).pdf` where that is taken.
fn free_place(folder: &Path, name: &str) -> std::io::Result<PathBuf> {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let places = (1..SAME_NAME_MAX).map(|nth| match nth {
        1 => folder.join(name),
        nth => folder.join(format!("{stem} ({nth}).{ending}")),
    });
    for place in places {
        if !place.try_exists()? {
            return Ok(place);
        }
    }
    Err(std::io::Error::other("too many files of this name"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_that_every_system_takes() {
        let name = file_name("Calls: in/out?", "1 to 30 November 2026", FileFormat::CsvWithBom);
        assert_eq!(name, "Calls- in-out-, 1 to 30 November 2026.csv", "no letter that stands for something");
    }

    #[tokio::test]
    async fn a_report_takes_no_other_files_place() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = put(folder.path(), "Calls.csv", b"one").await.expect("it is saved");
        let second = put(folder.path(), "Calls.csv", b"two").await.expect("it is saved");
        assert_ne!(first, second, "each has a place of its own");
        assert_eq!(std::fs::read(first).expect("it is there"), b"one", "the first is as it was");
        assert!(second.ends_with("Calls (2).csv"), "{second}");
        let gone = put(&folder.path().join("gone"), "Calls.csv", b"three").await;
        assert!(
            gone.is_err_and(|failure| failure.message.contains("folder")),
            "a folder that is away is said"
        );
    }
}
