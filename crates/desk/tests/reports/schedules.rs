//! Reports that go out by themselves, by a clock turned by hand.

use super::{NOON, Weeks, open_at};
use contract::reports::{
    AskSchedules, Destination, Every, FileFormat, ReportRef, RunScheduleNow, SaveSchedule, Schedule,
    SentState,
};
use desk::{Answer, Language};
use model::report::Period;
use std::path::Path;

const DAY: i64 = 24 * 3_600_000;

fn daily(to: Destination) -> Schedule {
    Schedule {
        id: 0,
        name: "Morning figures".to_owned(),
        report: ReportRef::Standard { name: "group-summary".to_owned() },
        period: Period::Yesterday,
        compared: false,
        format: FileFormat::Csv,
        every: Every::Day { minute_of_day: 7 * 60 },
        to,
        on: true,
        next_ms: None,
        last: None,
    }
}

fn into(folder: &Path) -> Destination {
    Destination::Folder { folder: folder.display().to_string() }
}

fn files(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).expect("the folder").flatten();
    let mut names: Vec<String> =
        files.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_daily_report_goes_out_at_its_time_and_missed_ones_are_made_up_for() {
    let weeks = Weeks::open().await;
    let folder = weeks.folder.path().join("reports");
    std::fs::create_dir(&folder).expect("a folder");
    let saved = weeks.desk.answer(SaveSchedule { schedule: daily(into(&folder)) }).await.expect("saved");
    assert_eq!(saved.schedules[0].next_ms, Some(NOON.0 + 19 * 3_600_000), "tomorrow at seven");
    weeks.desk.see_to_schedules().await.expect("seen to");
    assert_eq!(files(&folder), [""; 0], "this morning is over");
    weeks.clock.turn_to(NOON.plus_ms(DAY));
    weeks.desk.see_to_schedules().await.expect("seen to");
    weeks.desk.see_to_schedules().await.expect("seen to");
    assert_eq!(files(&folder), ["Group summary, 2 November 2026.csv"], "once, about the day before");
    weeks.desk.close().await.expect("closed");
    weeks.clock.turn_to(NOON.plus_ms(4 * DAY));
    let desk = open_at(&weeks.folder.path().join("library"), &weeks.clock).await;
    desk.see_to_schedules().await.expect("seen to");
    let wanted = ["2", "3", "4", "5"].map(|day| format!("Group summary, {day} November 2026.csv"));
    assert_eq!(files(&folder), wanted, "each morning that was missed, about its own day");
    let log = desk.answer(AskSchedules {}).await.expect("the log").sent;
    assert!(log.len() == 4 && log.iter().all(|sent| sent.state == SentState::Sent), "written down: {log:?}");
}

#[tokio::test]
async fn a_folder_that_is_away_is_tried_again_until_it_is_back() {
    let weeks = Weeks::open().await;
    let folder = weeks.folder.path().join("share");
    std::fs::create_dir(&folder).expect("a folder");
    weeks.desk.answer(SaveSchedule { schedule: daily(into(&folder)) }).await.expect("saved");
    std::fs::remove_dir(&folder).expect("the share is gone");
    weeks.clock.turn_to(NOON.plus_ms(DAY));
    weeks.desk.see_to_schedules().await.expect("seen to");
    let log = weeks.desk.answer(AskSchedules {}).await.expect("the log").sent;
    assert_eq!(log[0].state, SentState::Waiting, "it is not given up: {log:?}");
    std::fs::create_dir(&folder).expect("it is back");
    weeks.desk.see_to_schedules().await.expect("seen to");
    assert_eq!(files(&folder), [""; 0], "not before its time");
    weeks.clock.turn_to(NOON.plus_ms(DAY + 60_000));
    weeks.desk.see_to_schedules().await.expect("seen to");
    let log = weeks.desk.answer(AskSchedules {}).await.expect("the log").sent;
    assert_eq!((log.len(), log[0].state), (1, SentState::Sent), "the one entry says how it ended: {log:?}");
    assert_eq!(files(&folder).len(), 1, "and the report is there");
}

#[tokio::test]
async fn mail_without_a_server_says_what_to_do() {
    let weeks = Weeks::open().await;
    let to = Destination::Mail { to: vec!["ann@example.com".to_owned()], subject: String::new() };
    let saved = weeks.desk.answer(SaveSchedule { schedule: daily(to) }).await.expect("saved");
    let id = saved.schedules[0].id;
    let log = weeks.desk.answer(RunScheduleNow { id }).await.expect("tried").sent;
    assert_eq!(log[0].state, SentState::Failed, "it cannot go out: {log:?}");
    assert!(log[0].says.contains("mail server"), "and why: {log:?}");
    let nobody = Destination::Mail { to: vec!["ann".to_owned()], subject: String::new() };
    let refused = weeks.desk.answer(SaveSchedule { schedule: daily(nobody) }).await;
    assert!(
        refused.is_err_and(|failure| failure.message.contains("ann")),
        "an address that is none is refused"
    );
}

#[tokio::test]
async fn a_german_office_gets_german_files_and_scripts_what_they_know() {
    let weeks = Weeks::open().await;
    weeks.desk.speak(Language::German);
    let folder = weeks.folder.path().join("reports");
    std::fs::create_dir(&folder).expect("a folder");
    for format in [FileFormat::CsvWithBom, FileFormat::Json] {
        let schedule = Schedule { format, ..daily(into(&folder)) };
        weeks.desk.answer(SaveSchedule { schedule }).await.expect("saved");
    }
    weeks.clock.turn_to(NOON.plus_ms(DAY));
    weeks.desk.see_to_schedules().await.expect("seen to");
    let wanted = ["Group summary, 2 November 2026.json", "Gruppen im Überblick, 2. November 2026.csv"];
    assert_eq!(files(&folder), wanted, "what people open is called as in the window");
    let csv = std::fs::read_to_string(folder.join(wanted[1])).expect("it is there");
    assert!(csv.starts_with("\u{feff}Gruppe;Angeboten;"), "as a German Excel reads it: {csv}");
    let json = std::fs::read_to_string(folder.join(wanted[0])).expect("it is there");
    assert!(json.contains("\"head\":\"Presented\""), "what scripts read stays as it is: {json}");
    weeks.desk.speak(Language::English);
    weeks.clock.turn_to(NOON.plus_ms(2 * DAY));
    weeks.desk.see_to_schedules().await.expect("seen to");
    assert!(
        files(&folder).contains(&"Group summary, 3 November 2026.csv".to_owned()),
        "{:?}",
        files(&folder)
    );
}
