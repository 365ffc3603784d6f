//! Each standard report over the same made-up office, as a file that was looked at once.
//!
//! `CALLDOC_WRITE_GOLDEN=1` writes the files anew; what changed is then for a person to judge.

#[path = "../../../reports/tests/agree/office.rs"]
#[allow(dead_code, reason = "only its calls and states are wanted")]
mod year;

use contract::directory::{Holding, NameSource, PersonEntry, SavePerson};
use contract::reports::{AskReports, Asked, FileFormat, SaveHours, Service};
use desk::{Answer, Clock, Desk, Opening, RunOnlyKeychain, Start};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use model::report::{BusinessHours, HoursOf, OfficeHours, Open, Period};
use model::{AgentStatus, At, Said};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::{Changes, Library, NewEntry, Site};
use year::Year;

const ZONE: &str = "Europe/Berlin";
const CALLS: usize = 4_000;

fn at(date: Date) -> At {
    let zoned = date.to_zoned(TimeZone::get(ZONE).expect("a zone")).expect("a day");
    At(zoned.timestamp().as_millisecond())
}

/// Two sites with a year of calls.
async fn library(folder: &Path) {
    let year = Year::of(2_026, CALLS);
    let (mut writer, _) = Library::open_writer(folder, "test").await.expect("a library");
    let mut first = None;
    for name in ["Main office", "Branch"] {
        let site = Site { name: name.to_owned(), time_zone: ZONE.to_owned(), ..Site::default() };
        let id = writer.save_site(&site).await.expect("a site");
        first = first.or(Some(id));
    }
    let states = year.begin.into_iter().chain(year.states).map(|change| {
        (change.site, AgentStatus { extension: change.extension, state: change.state, since: change.at })
    });
    let changes = Changes { calls: year.calls, states: states.collect(), ..Changes::default() };
    let site = first.expect("a site");
    let entry = NewEntry { at: at(date(2026, 12, 31)), site, said: Said::SmdrLines, bytes: Vec::new() };
    writer.commit(&[entry], &changes).await.expect("written");
    writer.close().await.expect("closed");
}

async fn open(folder: &Path) -> Desk {
    let opening = Opening {
        library: folder.to_owned(),
        demo: false,
        keychain: Arc::new(RunOnlyKeychain::default()),
        holder: "test".to_owned(),
        sources: Start::Nothing,
        clock: Arc::new(Clock::by_hand(at(date(2026, 12, 31)))),
        spoken: desk::Language::English,
    };
    let desk = Desk::open(opening).await.expect("the library opens");
    for (name, extension) in [("Ann Keller", "201"), ("Ben Ott", "202"), ("Clara Vogt", "204")] {
        let held = Holding { site: 1, extension: extension.to_owned(), from_ms: None, to_ms: None };
        let person =
            PersonEntry { id: 0, name: name.to_owned(), extensions: vec![held], source: NameSource::Hand };
        desk.answer(SavePerson { person }).await.expect("a person");
    }
    let weekday = vec![
        Open { from_minute: 8 * 60, to_minute: 12 * 60 },
        Open { from_minute: 13 * 60, to_minute: 17 * 60 },
    ];
    let mut week: [Vec<Open>; 7] = Default::default();
    week[..5].fill(weekday);
    let hours = HoursOf { site: 1, group: None, hours: BusinessHours { week, days: Vec::new() } };
    let hours = OfficeHours { of: vec![hours] };
    desk.answer(SaveHours { hours, service: Service::default() }).await.expect("hours");
    desk
}

#[tokio::test]
async fn each_standard_report_gives_what_it_gave() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("library");
    library(&place).await;
    let desk = open(&place).await;
    let golden = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/reports_golden/files");
    let writes = std::env::var_os("CALLDOC_WRITE_GOLDEN").is_some();
    // The two weeks with the night on which the clocks go back.
    let period = Period::Custom { from_ms: at(date(2026, 10, 18)).0, to_ms: at(date(2026, 11, 1)).0 };
    let mut differ = Vec::new();
    for report in desk.answer(AskReports {}).await.expect("reports").standard {
        let out = folder.path().join("report.csv");
        let asked = Asked { period, compared: true };
        let exported = desk.export_report(1, &report.definition, asked, FileFormat::Csv, &out).await;
        exported.unwrap_or_else(|failure| panic!("{}: {failure:?}", report.name));
        let text = std::fs::read_to_string(&out).expect("a file");
        let file = golden.join(format!("{}.csv", report.name));
        if writes {
            std::fs::create_dir_all(&golden).expect("the folder");
            std::fs::write(&file, &text).expect("written");
        }
        if std::fs::read_to_string(&file).unwrap_or_default() != text {
            differ.push(report.name);
        }
    }
    assert!(differ.is_empty(), "these are not as they were: {differ:?}");
}
