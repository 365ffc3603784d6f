//! Reports as files.

use super::{Weeks, standard, weeks};
use contract::reports::{Asked, FileFormat};

#[tokio::test]
async fn each_format_is_written_whole_into_its_place() {
    let weeks = Weeks::open().await;
    let asked = Asked { period: self::weeks(), compared: true };
    for name in ["agent-call-summary", "call-details", "heat-map"] {
        let definition = standard(&weeks.desk, name).await;
        for (format, begins) in [
            (FileFormat::Csv, &b""[..]),
            (FileFormat::CsvWithBom, b"\xef\xbb\xbf"),
            (FileFormat::Xlsx, b"PK"),
            (FileFormat::Pdf, b"%PDF-"),
            (FileFormat::Json, b"{"),
        ] {
            let place = weeks.folder.path().join(format!("{name} {format:?}"));
            let exported =
                weeks.desk.export_report(1, &definition, asked, format, &place).await.expect("written");
            let bytes = std::fs::read(&place).expect("a file");
            assert!(bytes.starts_with(begins), "{name} as {format:?} is what it says");
            assert_eq!(exported.bytes, bytes.len() as u64, "and as long");
            assert!(exported.rows > 0, "with rows: {name} as {format:?}");
        }
    }
    let beside = std::fs::read_dir(weeks.folder.path()).expect("the folder");
    let left = beside.flatten().filter(|entry| entry.file_name().to_string_lossy().ends_with(".part"));
    assert_eq!(left.count(), 0, "nothing half is left");
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_said() {
    let weeks = Weeks::open().await;
    let definition = standard(&weeks.desk, "group-summary").await;
    let asked = Asked { period: self::weeks(), compared: false };
    let place = weeks.folder.path().join("gone").join("report.csv");
    let failure = weeks.desk.export_report(1, &definition, asked, FileFormat::Csv, &place).await;
    let failure = failure.expect_err("there is no such folder");
    assert!(failure.message.contains("could not be written"), "in words: {failure:?}");
}
