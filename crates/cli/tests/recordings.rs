//! Recordings by the command line: taken in, listed, exported, verified, and watched for.

use contract::keeping::{Retention, RetentionRule, SaveRetention};
use contract::notes::{SaveNote, SetTags};
use contract::recordings::HoldRecordings;
use desk::{Answer, Clock, Desk, Opening, RunOnlyKeychain, Start};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

/// Ann talks to a caller for two minutes.
const ROWS: &str = "2026/03/09 10:01:00,00:02:00,4,02079460123,I,200,5678,,0,1000014,0,E204,Ann Keller,T9002,Line 1.2,0,0\r\n\
    2026/03/09 11:00:00,00:00:44,4,01707123456,I,202,5678,,0,1000015,0,E202,Ben Ortiz,T9001,Line 1.1,0,0\r\n";

fn cli(library: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_calldoc-cli"));
    command.arg("--library").arg(library).args(words);
    command
}

/// The lines of JSON that a command that went well has printed.
fn told(library: &Path, words: &[&str]) -> Vec<Value> {
    let output = cli(library, words).arg("--json").output().expect("it ran");
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    lines(&output)
}

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}

/// A WAV file of G.711 A-law with a tone in it.
fn write_tone(path: &Path, seconds: usize, hertz: usize) {
    let count = seconds * 8_000;
    let mut file = b"RIFF".to_vec();
    file.extend((36 + count as u32).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x06\0\x01\0");
    file.extend(8_000_u32.to_le_bytes());
    file.extend(8_000_u32.to_le_bytes());
    file.extend(b"\x01\0\x08\0data");
    file.extend((count as u32).to_le_bytes());
    // A square of a low and a high level: the two signs of one A-law code.
    file.extend((0..count).map(|n| if (n * hertz * 2 / 8_000).is_multiple_of(2) { 0x9a } else { 0x1a }));
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(path, file).expect("written");
}

/// A library with two calls, and a recording of the first one.
fn office(folder: &Path) -> PathBuf {
    let library = folder.join("library");
    let log = folder.join("smdr.csv");
    std::fs::write(&log, ROWS).expect("written");
    told(&library, &["import", "smdr", "--time-zone", "Europe/London", &log.to_string_lossy()]);
    write_tone(&folder.join("drop/204_02079460123_20260309100106.wav"), 110, 400);
    library
}

fn import(library: &Path, folder: &Path) -> Value {
    told(library, &["import", "recordings", &folder.to_string_lossy()]).remove(0)
}

/// Does with a library what is done in the window.
fn in_the_app(library: &Path, work: impl AsyncFnOnce(&Desk)) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let opening = Opening {
            library: library.to_owned(),
            demo: false,
            keychain: Arc::new(RunOnlyKeychain::default()),
            holder: "test".to_owned(),
            sources: Start::Nothing,
            clock: Arc::new(Clock::System),
            spoken: desk::Language::English,
        };
        let desk = Desk::open(opening).await.expect("the library opens");
        work(&desk).await;
        desk.close().await.expect("closed");
    });
}

#[test]
fn recordings_are_taken_in_once_and_listed_with_their_calls() {
    let folder = tempfile::tempdir().expect("a folder");
    let (library, drop) = (office(folder.path()), folder.path().join("drop"));
    let promised = |files: u32, imported: u32, duplicates: u32, matched: u32, failed: u32| {
        serde_json::json!({
            "files": files, "imported": imported, "duplicates": duplicates, "matched": matched, "failed": failed
        })
    };
    assert_eq!(import(&library, &drop), promised(1, 1, 0, 1, 0), "taken in, and matched");
    let again = drop.join("202_02079460123_20260309120000.wav");
    std::fs::copy(drop.join("204_02079460123_20260309100106.wav"), again).expect("copied");
    std::fs::write(drop.join("203_20260309120000.wav"), b"a text with a name that promises more than that")
        .expect("written");
    assert_eq!(import(&library, &drop), promised(3, 0, 2, 0, 1), "the same sound twice is one recording");

    let recordings = told(&library, &["recordings", "list"]);
    assert_eq!(recordings.len(), 1, "one line each: {recordings:?}");
    let recording = &recordings[0];
    let mut names: Vec<&str> = recording.as_object().expect("an object").keys().map(String::as_str).collect();
    names.sort_unstable();
    let fields = [
        "agents",
        "call",
        "channels",
        "confidence",
        "duration_s",
        "external_number",
        "file_name",
        "group",
        "held",
        "id",
        "match",
        "notes",
        "original_sha256",
        "site",
        "started_at",
        "state",
        "stored_bytes",
        "stored_sha256",
        "tags",
        "trashed_at",
    ];
    assert_eq!(names, fields, "every field of a recording, and no other");
    assert_eq!(recording["duration_s"], 110.0, "as long as its file");
    let id = recording["id"].as_str().expect("text");
    assert_eq!(told(&library, &["recordings", "show", id]), recordings, "the same recording by its id");
    let table = cli(&library, &["recordings", "list"]).output().expect("it ran");
    assert!(String::from_utf8_lossy(&table.stdout).contains("02079460123"), "for people as a table");
    assert_eq!(
        told(&library, &["recordings", "list", "--unmatched"]),
        Vec::<Value>::new(),
        "all have a call"
    );
    assert_eq!(told(&library, &["recordings", "list", "--number", "9460"]), recordings, "by its number");

    let recorded = told(&library, &["calls", "--recorded", "--all"]);
    assert_eq!(recorded.len(), 1, "of two calls one is recorded");
    assert_eq!(recorded[0]["recordings"], serde_json::json!([id]), "and says by what");
    assert_eq!(recording["call"], recorded[0]["id"], "each names the other");
    let other = told(&library, &["calls", "--all"]);
    assert_eq!(other[0]["recordings"], serde_json::json!([]), "the other call has none");

    let unknown = cli(&library, &["recordings", "show", "4711"]).output().expect("it ran");
    assert_eq!(unknown.status.code(), Some(1), "there is no such recording");
    let absent = cli(&library, &["import", "recordings", "nowhere"]).output().expect("it ran");
    assert_eq!(absent.status.code(), Some(1), "there is no such folder");
    assert!(String::from_utf8_lossy(&absent.stderr).contains("nowhere"), "and it is said");
}

#[test]
fn notes_and_tags_stand_with_the_call_and_the_recording() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = office(folder.path());
    import(&library, &folder.path().join("drop"));
    let recording = told(&library, &["recordings", "list"]).remove(0);
    let (id, call) =
        (recording["id"].as_str().map(str::to_owned), recording["call"].as_str().map(str::to_owned));
    in_the_app(&library, async |desk| {
        let note = SaveNote {
            id: None,
            call: None,
            recording: id,
            about_ms: None,
            text: "asks for a refund".into(),
        };
        desk.answer(note).await.expect("noted");
        let tags = SetTags { call, recording: None, add: vec!["Refund".into()], remove: Vec::new() };
        desk.answer(tags).await.expect("tagged");
    });
    let call = told(&library, &["calls", "--recorded"]).remove(0);
    assert_eq!(call["notes"], serde_json::json!(["asks for a refund"]), "the note of its recording");
    assert_eq!(call["tags"], serde_json::json!(["Refund"]), "its tag");
    let found = told(&library, &["recordings", "list", "--tag", "refund"]);
    assert_eq!(found.len(), 1, "found by its tag");
    assert_eq!(found[0]["notes"], serde_json::json!(["asks for a refund"]), "with its note");
    assert_eq!(found[0]["tags"], serde_json::json!(["Refund"]), "and the tag of its call");
}

#[test]
fn a_span_is_exported_with_its_facts_and_nothing_is_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = office(folder.path());
    import(&library, &folder.path().join("drop"));
    let id = told(&library, &["recordings", "list"])[0]["id"].as_str().expect("text").to_owned();
    let part = folder.path().join("part.wav");
    let out = part.to_string_lossy().into_owned();
    let export =
        ["recordings", "export", &id, "--format", "wav", "--from", "12", "--to", "14.5", "--out", &out];
    assert_eq!(told(&library, &export), [serde_json::json!({ "file": out })], "it says what it wrote");
    let wav = std::fs::read(&part).expect("written");
    assert_eq!(&wav[..4], b"RIFF", "a WAV file");
    let bytes_a_second = u32::from_le_bytes(wav[28..32].try_into().expect("four bytes"));
    let seconds = (wav.len() - 44) as f64 / f64::from(bytes_a_second);
    assert!((seconds - 2.5).abs() < 0.05, "the span and no more: {seconds}");
    let texts: Vec<_> = std::fs::read_dir(folder.path())
        .expect("a folder")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    let facts = std::fs::read_to_string(&texts[0]).expect("the text of its facts");
    assert!(facts.contains("02079460123"), "whose call it was: {facts}");

    let again = cli(&library, &export).output().expect("it ran");
    assert_eq!(again.status.code(), Some(1), "no file is written over");
    assert_eq!(std::fs::read(&part).expect("still there"), wav, "it is as it was");
    let whole = folder.path().join("whole.opus").to_string_lossy().into_owned();
    told(&library, &["recordings", "export", &id, "--format", "opus", "--out", &whole]);
    assert_eq!(&std::fs::read(&whole).expect("written")[..4], b"OggS", "an Ogg file");
    let no_end = ["recordings", "export", &id, "--from", "12", "--out", "x.wav"];
    assert_eq!(cli(&library, &no_end).output().expect("it ran").status.code(), Some(2), "wrong usage");
}

#[test]
fn verify_names_what_is_not_what_was_stored() {
    let folder = tempfile::tempdir().expect("a folder");
    let (library, drop) = (office(folder.path()), folder.path().join("drop"));
    write_tone(&drop.join("202_01707123456_20260309110000.wav"), 40, 500);
    assert_eq!(import(&library, &drop)["imported"], 2, "two sounds");
    let good = serde_json::json!({ "recordings": 2, "good": 2, "missing": [], "changed": [] });
    assert_eq!(told(&library, &["recordings", "verify"]), [good], "all is what was put there");
    let nothing = serde_json::json!({ "recordings": 0, "bytes": 0, "held": 0, "ids": [] });
    assert_eq!(
        told(&library, &["recordings", "retention", "--preview"]),
        [nothing],
        "without rules all is kept"
    );

    let mut stored = Vec::new();
    let mut folders = vec![library.join("recordings")];
    while let Some(next) = folders.pop() {
        for path in std::fs::read_dir(next).expect("a folder").filter_map(|entry| Some(entry.ok()?.path())) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "opus") {
                stored.push(path);
            }
        }
    }
    assert_eq!(stored.len(), 2, "a stored file each");
    let mut bytes = std::fs::read(&stored[0]).expect("read");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&stored[0], bytes).expect("changed");
    std::fs::remove_file(&stored[1]).expect("removed");
    let output = cli(&library, &["recordings", "verify", "--json"]).output().expect("it ran");
    assert_eq!(output.status.code(), Some(1), "something is wrong");
    let verified = lines(&output).remove(0);
    let named = |what: &str| verified[what].as_array().expect("ids").len();
    assert_eq!((&verified["good"], named("changed"), named("missing")), (&0.into(), 1, 1), "{verified}");
    let states: Vec<Value> =
        told(&library, &["recordings", "list"]).iter().map(|one| one["state"].clone()).collect();
    assert!(states.contains(&"changed".into()) && states.contains(&"missing".into()), "{states:?}");
}

#[test]
fn a_preview_of_retention_names_what_would_go_and_does_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let (library, drop) = (office(folder.path()), folder.path().join("drop"));
    write_tone(&drop.join("202_01707123456_20260309110000.wav"), 40, 500);
    assert_eq!(import(&library, &drop)["imported"], 2, "two sounds");
    let preview = || told(&library, &["recordings", "retention", "--preview"]).remove(0);
    let nothing = serde_json::json!({ "recordings": 0, "bytes": 0, "held": 0, "ids": [] });
    assert_eq!(preview(), nothing, "without rules all is kept");

    let recordings = told(&library, &["recordings", "list"]);
    let held = recordings[0]["id"].as_str().expect("text").to_owned();
    in_the_app(&library, async |desk| {
        let rule = RetentionRule {
            name: "A day".into(),
            direction: None,
            group: None,
            tag: None,
            unmatched: false,
            keep_days: Some(1),
        };
        let retention = Retention { rules: vec![rule], automatic: false };
        desk.answer(SaveRetention { retention }).await.expect("saved");
        let hold = HoldRecordings { ids: vec![held], why: Some("a complaint".into()) };
        desk.answer(hold).await.expect("held");
    });
    let expected = serde_json::json!({
        "recordings": 1, "bytes": recordings[1]["stored_bytes"], "held": 1, "ids": [recordings[1]["id"]]
    });
    assert_eq!(preview(), expected, "the one that is older than a day and not on hold");
    assert_eq!(told(&library, &["recordings", "list"]).len(), 2, "both are there still");
    let wrong = cli(&library, &["recordings", "retention"]).output().expect("it ran");
    assert_eq!(wrong.status.code(), Some(2), "here it is only previewed");
}

#[test]
fn check_tells_of_an_audit_log_that_another_program_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = office(folder.path());
    import(&library, &folder.path().join("drop"));
    let id = told(&library, &["recordings", "list"])[0]["id"].as_str().expect("text").to_owned();
    let out = folder.path().join("taken-out.wav").to_string_lossy().into_owned();
    told(&library, &["recordings", "export", &id, "--out", &out]);
    assert_eq!(told(&library, &["check"])[0]["ok"], true, "the log is whole");

    let database = library.join("library.sqlite3");
    let mut bytes = std::fs::read(&database).expect("read");
    let entry = b"taken-out.wav";
    let at = bytes.windows(entry.len()).position(|some| some == entry).expect("the export is in the log");
    bytes[at..at + 5].copy_from_slice(b"given");
    std::fs::write(&database, bytes).expect("changed");
    let output = cli(&library, &["check", "--json"]).output().expect("it ran");
    assert_eq!(output.status.code(), Some(1), "the library is not whole");
    let checked = lines(&output).remove(0);
    let problems = checked["problems"].to_string();
    assert!(problems.contains("audit"), "and it says where: {problems}");
}

#[test]
fn collect_takes_in_what_comes_into_a_folder_and_leaves_it_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let (library, drop) = (office(folder.path()), folder.path().join("drop"));
    let watched = drop.to_string_lossy().into_owned();
    // Long enough for two looks at a file that stands still.
    let collected = told(&library, &["collect", "--recordings", &watched, "--for", "12"]);
    assert_eq!(collected[0]["calls"], 0, "no call was made");
    let recordings = told(&library, &["recordings", "list"]);
    assert_eq!(recordings.len(), 1, "taken in");
    assert!(recordings[0]["call"].is_string(), "and matched: {recordings:?}");
    assert!(drop.join("204_02079460123_20260309100106.wav").is_file(), "the folder is not emptied");

    let doctor = cli(&library, &["doctor", "--json"]).output().expect("it ran");
    let findings = lines(&doctor).remove(0);
    let about = |what: &str| {
        let found = findings.as_array().expect("a list").iter().find(|one| one["about"] == what);
        found.unwrap_or_else(|| panic!("nothing about {what}: {findings}")).clone()
    };
    assert_eq!(about("recordings from drop")["verdict"], "good", "the folder is there");
    let audio = about("audio");
    assert!(audio["says"].to_string().contains("device"), "whether there is a device: {audio}");
    assert!(audio["verdict"] != "bad", "without one everything else works: {audio}");
}
