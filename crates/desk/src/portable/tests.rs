use super::*;
use crate::clock::Clock;
use crate::desk::{Opening, Start};
use crate::keychain::RunOnlyKeychain;
use contract::directory::{Holding, PersonEntry, SavePerson};
use contract::intake::{AskIntakeSources, IntakePlace, IntakeSource, SaveIntakeSource};
use contract::portable::ChangeKind::{Added, Replaced};
use contract::rates::{AskRates, Rate, RateTable, SaveRates};
use contract::reports::{
    AskMail, AskReports, AskSchedules, Destination, Every, FileFormat, MailSecurity, MailServer, OwnReport,
    ReportRef, SaveMail, SaveReport, SaveSchedule, Schedule,
};
use contract::scorecards::{Question, QuestionKind, SaveScorecard, Scorecard};
use contract::sites::{AskSites, DevlinkSettings, SaveSite, Site};
use model::report::{Condition, GroupRef, Period, Who};
use std::sync::Arc;

const PASSWORD: &str = "not-to-be-seen-anywhere";

async fn desk(folder: &Path) -> Desk {
    let opening = Opening {
        library: folder.join("library"),
        demo: false,
        keychain: Arc::new(RunOnlyKeychain::default()),
        holder: "test".to_owned(),
        sources: Start::Nothing,
        clock: Arc::new(Clock::System),
        spoken: crate::Language::English,
    };
    Desk::open(opening).await.expect("opened")
}

async fn site(desk: &Desk, name: &str) -> i64 {
    let devlink = DevlinkSettings {
        host: "127.0.0.1".into(),
        port: 9,
        tls: false,
        user: "cti".into(),
        ..Default::default()
    };
    let site = Site {
        name: name.into(),
        time_zone: "Europe/Berlin".into(),
        devlink: Some(devlink),
        ..Site::default()
    };
    let ask = SaveSite { site, password: Some(PASSWORD.into()), forget_fingerprint: false };
    desk.answer(ask).await.expect("saved").site.id
}

/// Everything that a person can enter, once.
async fn furnish(desk: &Desk, recorder: &Path) {
    let munich = site(desk, "Munich").await;
    let held = Holding { site: munich, extension: "204".into(), from_ms: None, to_ms: None };
    let ann = PersonEntry { name: "Ann".into(), extensions: vec![held], ..PersonEntry::default() };
    let ann = desk.answer(SavePerson { person: ann }).await.expect("saved").id;
    let rate = Rate { per_minute: 190, ..Rate::default() };
    let table = RateTable {
        name: "Carrier".into(),
        currency: "EUR".into(),
        sites: vec![munich],
        rates: vec![rate],
        ..RateTable::default()
    };
    desk.answer(SaveRates { table }).await.expect("saved");
    let question = Question { id: 1, text: "Greeting".into(), kind: QuestionKind::YesNo };
    let card = Scorecard { name: "Service".into(), questions: vec![question], ..Scorecard::default() };
    desk.answer(SaveScorecard { card }).await.expect("saved");
    let mut definition = desk.answer(AskReports {}).await.expect("read").standard.remove(0).definition;
    definition.name = "Ours".into();
    definition.conditions = vec![
        Condition::People { any_of: vec![Who::Person { id: ann }] },
        Condition::Groups { any_of: vec![GroupRef { site: munich, number: "300".into() }] },
    ];
    let own = desk.answer(SaveReport { report: OwnReport { id: 0, definition } }).await.expect("saved").own;
    let schedule = Schedule {
        id: 0,
        name: "Mondays".into(),
        report: ReportRef::Own { id: own[0].id },
        period: Period::default(),
        compared: false,
        format: FileFormat::Pdf,
        every: Every::Week { day: 1, minute_of_day: 480 },
        to: Destination::Folder { folder: recorder.display().to_string() },
        on: true,
        next_ms: None,
        last: None,
    };
    desk.answer(SaveSchedule { schedule }).await.expect("saved");
    let server = mail_server("mail.example.com");
    desk.answer(SaveMail { server, password: Some(PASSWORD.into()) }).await.expect("saved");
    let source = IntakeSource {
        id: 0,
        site: munich,
        name: "Recorder".into(),
        place: IntakePlace::Folder { folder: recorder.display().to_string() },
        naming: None,
        remove_after: true,
        every_seconds: 60,
        enabled: true,
    };
    let ask = SaveIntakeSource { source, secret: None, passphrase: None, forget_host_key: false };
    desk.answer(ask).await.expect("saved");
}

fn mail_server(host: &str) -> MailServer {
    MailServer {
        host: host.into(),
        port: 587,
        security: MailSecurity::StartTls,
        user: "reports".into(),
        from: "reports@example.com".into(),
        password_kept: false,
    }
}

async fn exported(desk: &Desk, folder: &Path) -> String {
    let place = folder.join("settings.json");
    let preferences = vec![("theme".to_owned(), "dark".to_owned())];
    let done = desk.export_settings(preferences, &place).await.expect("written");
    assert_eq!(done.file.as_deref(), Some("settings.json"), "by its name");
    std::fs::read_to_string(place).expect("it is there")
}

async fn preview(desk: &Desk, text: &str) -> SettingsPreview {
    let ask = PreviewSettings { text: text.to_owned(), preferences: Vec::new() };
    desk.answer(ask).await.expect("it can be read")
}

#[tokio::test]
async fn settings_of_one_computer_are_taken_in_on_another_that_counts_otherwise() {
    let folder = tempfile::tempdir().expect("a folder");
    let recorder = tempfile::tempdir().expect("a folder");
    let (old, new) = (folder.path().join("old"), folder.path().join("new"));
    let from = desk(&old).await;
    furnish(&from, recorder.path()).await;
    let text = exported(&from, folder.path()).await;
    let to = desk(&new).await;
    // Other numbers than on the old computer: what goes by number would be about Vienna.
    site(&to, "Vienna").await;

    let before = to.gather_settings().await.expect("read");
    let shown = preview(&to, &text).await;
    assert!(shown.changes.iter().any(|change| change.name == "Munich" && change.kind == Added), "{shown:?}");
    assert_eq!(to.gather_settings().await.expect("read").sites, before.sites, "a preview changes nothing");

    let done = to.answer(ImportSettings { text: text.clone() }).await.expect("taken in");
    assert_eq!(done.refused, Vec::<String>::new(), "all of it");
    let sites = to.answer(AskSites {}).await.expect("read");
    let munich = sites.iter().find(|site| site.name == "Munich").expect("it came").id;
    let rates = to.answer(AskRates {}).await.expect("read");
    assert_eq!(rates[0].sites, [munich], "rates are those of Munich by its number here");
    let own = to.answer(AskReports {}).await.expect("read").own.remove(0);
    let groups = Condition::Groups { any_of: vec![GroupRef { site: munich, number: "300".into() }] };
    assert!(
        own.definition.conditions.contains(&groups),
        "so are a report's conditions: {:?}",
        own.definition
    );
    let schedule = to.answer(AskSchedules {}).await.expect("read").schedules.remove(0);
    assert_eq!(schedule.report, ReportRef::Own { id: own.id }, "and what a schedule sends");
    assert!(!schedule.on, "nothing goes out before somebody here says so");
    let source = to.answer(AskIntakeSources {}).await.expect("read").remove(0);
    assert!(!source.remove_after, "nothing is removed at a recorder before somebody here says so");

    let again = preview(&to, &text).await;
    let left: Vec<_> = again.changes.iter().map(|change| (change.part, &change.name)).collect();
    assert_eq!(left.len(), 1, "a second time changes nothing but how the window looks: {left:?}");
    assert!(again.same >= 8, "the rest is known: {}", again.same);
}

#[tokio::test]
async fn no_password_is_in_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let recorder = tempfile::tempdir().expect("a folder");
    let desk = desk(folder.path()).await;
    furnish(&desk, recorder.path()).await;
    let text = exported(&desk, folder.path()).await;
    assert!(!text.contains(PASSWORD), "neither the phone system's nor the mail server's");
    assert!(text.contains("\"theme\""), "how the window looks is");
}

#[tokio::test]
async fn a_mail_server_from_a_file_does_not_get_the_password_of_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = desk(folder.path()).await;
    let server = mail_server("mail.example.com");
    desk.answer(SaveMail { server, password: Some(PASSWORD.into()) }).await.expect("saved");
    let file = SettingsFile { mail: Some(mail_server("mail.example.org")), ..SettingsFile::empty("1", 0) };
    let text = String::from_utf8(file.to_json()).expect("text");
    let shown = preview(&desk, &text).await;
    assert_eq!((shown.changes.len(), shown.changes[0].kind), (1, Replaced), "it is shown first: {shown:?}");
    desk.answer(ImportSettings { text }).await.expect("taken in");
    let known = desk.answer(AskMail {}).await.expect("read").server.expect("there is one");
    assert_eq!(
        (known.host.as_str(), known.password_kept),
        ("mail.example.org", false),
        "it is asked for again"
    );
}

#[tokio::test]
async fn what_cannot_be_taken_in_is_said_and_the_rest_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = desk(folder.path()).await;
    let lost = Holding { site: 77, extension: "204".into(), from_ms: None, to_ms: None };
    let ann = PersonEntry { id: 5, name: "Ann".into(), extensions: vec![lost], ..PersonEntry::default() };
    let file = SettingsFile {
        people: vec![ann],
        mail: Some(mail_server("mail.example.org")),
        ..SettingsFile::empty("1", 0)
    };
    let text = String::from_utf8(file.to_json()).expect("text");
    let done = desk.answer(ImportSettings { text }).await.expect("as far as it goes");
    assert_eq!((done.taken, done.refused.len()), (1, 1), "{done:?}");
    assert!(done.refused[0].starts_with("Ann: "), "who it is about: {:?}", done.refused);
}

#[test]
fn a_file_that_is_none_is_told_apart_in_words() {
    let whole = String::from_utf8(SettingsFile::empty("1", 0).to_json()).expect("text");
    let newer = whole.replace("\"calldoc_settings\": 1", "\"calldoc_settings\": 2");
    let changed = whole.replace("\"sites\": []", "\"sites\": [{\"name\": 1}]");
    let cases = [
        ("hello", "no file with settings"),
        ("", "no file with settings"),
        ("{\"name\": \"a report\"}", "no file with settings"),
        (&whole[..whole.len() / 2], "ends in the middle"),
        (newer.as_str(), "newer CallDoc"),
        (changed.as_str(), "was changed"),
    ];
    for (text, says) in cases {
        let failure = SettingsFile::read(text).expect_err("it is not taken in");
        assert!(failure.message.contains(says), "{text:?} is told as {:?}", failure.message);
    }
    assert!(
        SettingsFile::read(&format!("\u{feff}{whole}")).is_ok(),
        "a mark of the text's coding is no harm"
    );
}
