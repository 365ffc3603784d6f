//! What the logs and the diagnostics bundle hold, searched for every number and name that went through the desk.

mod office;

use contract::health::{AskHealthReport, Depth, PrepareDiagnostics, Verdict};
use contract::sites::{SaveSite, Site, SmdrMode, SmdrSettings};
use desk::logs::{Logs, Program};
use desk::{Answer, Clock, Desk, Means, Opening};
use model::SiteId;
use office::{calls, free_port, opening};
use playback::NoDevice;
use simulator::{TapeSettings, tape};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use tracing_subscriber::layer::SubscriberExt;

/// Rows of a caller who is in no tape.
const MANUAL: &[u8] = include_bytes!("fixtures/manual.csv");

const PASSWORD: &str = "secret-passphrase";

/// A file's name as recorders write it: a number and a name.
const REFUSED: &str = "20261121_08955501432_Ann Keller.wav";

/// Everything that an outsider or a member of staff could be known by.
async fn known(library: &Path) -> BTreeSet<String> {
    let mut known: BTreeSet<String> =
        ["08955501432", "Ann Keller", "Keller", PASSWORD].into_iter().map(str::to_owned).collect();
    for call in calls(library).await {
        known.extend(call.external_number.into_iter().filter(|number| number.len() > 4));
        known.extend(call.external_name);
        known.extend(call.dialed_number.into_iter().filter(|number| number.len() > 4));
        known.extend(call.events.into_iter().filter_map(|event| event.party).filter(|party| party.len() > 4));
    }
    for row in MANUAL.split(|byte| *byte == b'\n').chain(std::iter::empty()) {
        let row = String::from_utf8_lossy(row).into_owned();
        let fields = row.split(',').map(str::trim);
        known.extend(
            fields.filter(|field| field.len() > 4 && field.contains(char::is_alphabetic)).map(str::to_owned),
        );
    }
    // Words of the rows' own format.
    known.retain(|word| !word.starts_with("Line ") && !word.starts_with('T') && !word.starts_with('#'));
    known
}

fn search(what: &str, text: &str, known: &BTreeSet<String>) {
    for word in known {
        assert!(!text.contains(word.as_str()), "{what} holds {word:?}:\n{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_number_and_no_name_is_in_the_logs_or_in_the_bundle() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = folder.path().join("library");
    let settings = TapeSettings { seed: 7, calls: 80, ..TapeSettings::default() };
    let tape = tape(&settings).expect("an office");
    let clock = Arc::new(Clock::by_hand(tape.spoken[0].at));
    let logs = Logs::begin(&library, Program::App, Arc::clone(&clock)).expect("a thread");
    let subscriber = tracing_subscriber::registry().with(logs.layer());
    tracing::subscriber::set_global_default(subscriber).expect("the only subscriber of this program");
    let opening = Opening { clock: Arc::clone(&clock), ..opening(&library) };
    let means = Means { sound: Arc::new(NoDevice), cut: None };
    let desk = Desk::open_with(opening, means).await.expect("opened");
    let smdr =
        SmdrSettings { mode: SmdrMode::Listen, host: "127.0.0.1".into(), port: free_port(), only_from: None };
    let site = Site {
        name: "Keller & Sons".into(),
        time_zone: settings.zone.clone(),
        smdr: Some(smdr),
        ..Site::default()
    };
    let saved = SaveSite { site, password: Some(PASSWORD.into()), forget_fingerprint: false };
    let site = SiteId(desk.answer(saved).await.expect("saved").site.id);
    for said in &tape.spoken {
        clock.turn_to(said.at);
        desk.said(site, said.said, said.bytes.clone()).await.expect("taken");
    }
    desk.import_smdr(site, MANUAL, |_| {}).await.expect("imported");
    let dropped = folder.path().join("Ann Keller");
    std::fs::create_dir_all(&dropped).expect("a folder");
    std::fs::write(dropped.join(REFUSED), b"no sound at all").expect("written");
    let summary = desk.import_recordings(site, &[dropped], |_, _| {}).await.expect("asked");
    assert_eq!(summary.failed, 1, "the file is refused, which is noted: {summary:?}");
    // What a room could say at its worst.
    tracing::warn!(target: "desk::worst", file = REFUSED, who = ?Some("Ann Keller"), "left: \"Ann Keller\", +49 89 5550 1432");
    tracing::warn!(target: "desk::worst", says = "cut\r\n2026-11-21T10:00:00Z ERROR desk: forged", "what a source sends");
    tracing::info!(target: "sqlx", "Ann Keller, of a library that is not heard");
    tracing::debug!(target: "desk", number = "08955501432", "below what is kept");

    let bundle = desk.answer(PrepareDiagnostics {}).await.expect("a bundle");
    logs.flush();
    let known = known(&library).await;
    assert!(known.len() > 60, "there is something to look for: {}", known.len());
    let written = std::fs::read_dir(library.join("logs")).expect("logs");
    let text: String =
        written.map(|file| std::fs::read_to_string(file.expect("a file").path()).expect("text")).collect();
    assert!(text.contains("desk::worst"), "lines were written:\n{text}");
    assert!(!text.contains("not heard") && !text.contains("below"), "and only those of our rooms:\n{text}");
    search("the log", &text, &known);
    assert!(text.contains("forged"), "what a source sent is told:\n{text}");
    let forged = text.lines().find(|line| line.contains("forged") && !line.contains("desk::worst"));
    assert_eq!(forged, None, "and makes no line of its own");

    let names: Vec<&str> = bundle.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names[..3], ["versions.json", "health.json", "settings.json"], "what helps to understand");
    for file in &bundle.files {
        search(&file.name, &file.text, &known);
        assert!(!file.text.contains("127.0.0.1"), "{} tells no address", file.name);
    }

    let place = folder.path().join("bundle.zip");
    desk.save_diagnostics(bundle.bundle, &place).await.expect("saved");
    let mut zip = zip::ZipArchive::new(std::fs::File::open(&place).expect("there")).expect("a zip");
    for shown in &bundle.files {
        let saved = std::io::read_to_string(zip.by_name(&shown.name).expect("in it")).expect("text");
        assert_eq!(saved, shown.text, "{}: what is saved is what was shown", shown.name);
    }
    assert_eq!(zip.len(), bundle.files.len(), "and nothing beside");
    assert!(
        desk.save_diagnostics(bundle.bundle + 1, &place).await.is_err(),
        "what was not shown is not saved"
    );

    let report = desk.answer(AskHealthReport { depth: Depth::Thorough }).await.expect("a report");
    let library_found = report.findings.iter().find(|found| found.about == "library").expect("looked at");
    assert_eq!(library_found.verdict, Verdict::Good, "it was read whole: {library_found:?}");
    desk.close().await.expect("closed");
    for file in std::fs::read_dir(&library).expect("listed") {
        let path = file.expect("a file").path();
        let bytes = std::fs::read(&path).unwrap_or_default();
        let there = bytes.windows(PASSWORD.len()).any(|window| window == PASSWORD.as_bytes());
        assert!(!there, "a password is in {}", path.display());
    }
    let doctor = desk::doctor::examine(&library).await;
    for found in &report.findings {
        let told = doctor.iter().find(|told| told.about == found.about);
        // A source is tried here and told by its lamp there, a keychain is this computer's or none, and the terminal asks
        // this computer's clock.
        let live =
            found.about.contains(": SMDR") || ["keychain", "the last 7 days"].contains(&found.about.as_str());
        assert!(told.is_some(), "the terminal tells of {:?} too: {doctor:#?}", found.about);
        assert!(
            live || told.is_some_and(|told| told.verdict == found.verdict),
            "and the same: {found:?} {told:?}"
        );
    }
}
