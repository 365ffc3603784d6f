//! A server as a source of a library: what comes from it, what stays there, and whom it must be.
#![cfg(unix)]

mod server;
#[path = "../../desk/tests/sounds/mod.rs"]
mod sounds;

use contract::intake::{AskIntake, AskIntakeSources, IntakePlace, IntakeSource, SaveIntakeSource, ScanNow};
use contract::keeping::VerifyRecordings;
use contract::links::{AskLinks, Lamp, LinkState, Source};
use contract::recordings::{AskRecordings, RecordingFilter, RecordingRow, RecordingSort};
use contract::sites::{PasswordState, SaveSite, Site};
use desk::{Answer, Clock, Cut, Desk, Keychain, Means, Opening, RunOnlyKeychain, Start, Step};
use model::At;
use playback::NoDevice;
use server::{Office, PASSWORD, USER};
use sounds::files_in;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tempfile::TempDir;

const NOW: At = At::from_seconds(1_773_060_000);

/// A library, and a recorder's folder on a server.
struct Here {
    folder: TempDir,
    clock: Arc<Clock>,
    keychain: Arc<RunOnlyKeychain>,
}

impl Here {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        std::fs::create_dir_all(folder.path().join("server/VRL")).expect("a folder");
        Self { folder, clock: Arc::new(Clock::by_hand(NOW)), keychain: Arc::default() }
    }

    fn recorder(&self) -> PathBuf {
        self.folder.path().join("server/VRL")
    }

    fn office(&self) -> Office {
        Office::new(&self.folder.path().join("server"))
    }

    async fn open(&self, cut: Option<Cut>) -> Desk {
        let opening = Opening {
            library: self.folder.path().join("library"),
            demo: false,
            keychain: Arc::clone(&self.keychain) as Arc<dyn Keychain>,
            holder: "test".to_owned(),
            sources: Start::Nothing,
            clock: Arc::clone(&self.clock),
            spoken: desk::Language::English,
        };
        Desk::open_with(opening, Means { sound: Arc::new(NoDevice), cut }).await.expect("the library opens")
    }

    /// The library with its first site and source.
    async fn begin(&self, port: u16, remove_after: bool, cut: Option<Cut>) -> Desk {
        let desk = self.open(cut).await;
        let site = Site { name: "Office".into(), time_zone: "Europe/London".into(), ..Site::default() };
        desk.answer(SaveSite { site, password: None, forget_fingerprint: false }).await.expect("saved");
        let place = place(port, None);
        save(&desk, IntakeSource { remove_after, ..source(place) }, false).await;
        desk
    }

    /// Two looks, far enough apart for what stands still.
    async fn two_looks(&self, desk: &Desk) {
        for _ in 0..2 {
            desk.answer(ScanNow {}).await.expect("looked");
            desk.settle_recordings().await.expect("settled");
            self.clock.turn_to(self.clock.now().plus_ms(16_000));
        }
    }

    async fn is_in_order(&self, desk: &Desk, recordings: usize) {
        assert_eq!(rows(desk).await.len(), recordings, "as many recordings as came");
        let library = self.folder.path().join("library");
        let stored = files_in(&library.join("recordings"));
        assert_eq!(stored.len(), recordings * 2, "a file and its peaks for each: {stored:?}");
        let working = files_in(&library.join("working"));
        assert!(working.is_empty(), "nothing unfinished is left: {working:?}");
        let verified = desk.answer(VerifyRecordings {}).await.expect("verified");
        assert_eq!(verified.good, recordings as u64, "each is what was put there: {verified:?}");
    }
}

fn place(port: u16, host_key: Option<String>) -> IntakePlace {
    IntakePlace::Sftp {
        host: "127.0.0.1".into(),
        port,
        user: USER.into(),
        folder: "/VRL".into(),
        host_key,
        by_key: false,
        secret: PasswordState::Missing,
    }
}

fn source(place: IntakePlace) -> IntakeSource {
    IntakeSource {
        id: 0,
        site: 1,
        name: "Voicemail Pro".into(),
        place,
        naming: None,
        remove_after: false,
        every_seconds: 60,
        enabled: true,
    }
}

async fn save(desk: &Desk, source: IntakeSource, forget_host_key: bool) {
    let save = SaveIntakeSource { source, secret: Some(PASSWORD.into()), passphrase: None, forget_host_key };
    desk.answer(save).await.expect("saved");
}

async fn only_source(desk: &Desk) -> (IntakeSource, Option<String>) {
    let source = desk.answer(AskIntakeSources {}).await.expect("sources").remove(0);
    let IntakePlace::Sftp { host_key, .. } = &source.place else { panic!("a server") };
    let host_key = host_key.clone();
    (source, host_key)
}

async fn rows(desk: &Desk) -> Vec<RecordingRow> {
    let (filter, sort) = (RecordingFilter::default(), RecordingSort::OldestFirst);
    desk.answer(AskRecordings { filter, sort, after: None, limit: 500 }).await.expect("a list").rows
}

async fn lamp(desk: &Desk) -> Lamp {
    let lamps = desk.answer(AskLinks {}).await.expect("lamps");
    lamps.into_iter().find(|lamp| lamp.source == Source::Recordings).expect("a lamp of recordings")
}

fn write_side(path: &Path) {
    let side = r#"{"extension": "205", "number": "01707299900", "start": "2026-03-09T10:01:00"}"#;
    std::fs::write(path, side).expect("written");
}

#[tokio::test(flavor = "multi_thread")]
async fn recordings_come_from_a_server_once_and_stay_there() {
    let here = Here::new();
    let name = "204_02079460123_20260309100100.wav";
    sounds::write(&here.recorder().join("2025").join(name), 1.0, 1);
    sounds::write(&here.recorder().join("2026").join(name), 1.0, 2);
    sounds::write(&here.recorder().join("anything.wav"), 1.0, 3);
    write_side(&here.recorder().join("anything.json"));
    let desk = here.begin(here.office().open().await, false, None).await;
    desk.answer(ScanNow {}).await.expect("looked");
    desk.settle_recordings().await.expect("settled");
    assert_eq!(rows(&desk).await.len(), 0, "they may still be growing");
    assert_eq!(desk.answer(AskIntake {}).await.expect("the intake").waiting, 3, "they are waited for");
    here.two_looks(&desk).await;
    here.two_looks(&desk).await;
    here.is_in_order(&desk, 3).await;
    let rows = rows(&desk).await;
    let by_side = rows.iter().find(|row| row.number.as_deref() == Some("01707299900")).expect("the third");
    assert_eq!(by_side.people[0].number, "205", "its side file was fetched with it");
    assert_eq!(files_in(&here.recorder()).len(), 4, "nobody said that they should be removed");
    assert_eq!(lamp(&desk).await.state, LinkState::Up, "all is well");
    let (_, key) = only_source(&desk).await;
    assert!(key.is_some_and(|key| key.starts_with("SHA256:")), "the key that it showed is insisted on");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_is_emptied_only_when_told_to_and_only_of_what_is_in_the_library() {
    let here = Here::new();
    let (good, bad) = ("204_02079460123_20260309100100.wav", "204_02079460123_20260309100200.wav");
    sounds::write(&here.recorder().join(good), 1.0, 1);
    std::fs::write(here.recorder().join(bad), b"a text that nobody can hear, whatever its name says")
        .expect("written");
    let desk = here.begin(here.office().open().await, true, None).await;
    here.two_looks(&desk).await;
    assert_eq!(rows(&desk).await.len(), 1, "the one that can be heard");
    // What has another content since is another file.
    std::fs::write(here.recorder().join("note.txt"), b"not a recording").expect("written");
    here.two_looks(&desk).await;
    assert_eq!(files_in(&here.recorder()), [bad, "note.txt"], "only what is in the library was removed");
    here.is_in_order(&desk, 1).await;
    let view = desk.answer(AskIntake {}).await.expect("the intake");
    assert_eq!(view.refused.len(), 1, "the other one is listed: {view:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_shows_another_key_is_refused_in_words_until_a_person_agrees() {
    let here = Here::new();
    let desk = here.begin(here.office().open().await, false, None).await;
    here.two_looks(&desk).await;
    let (known, key) = only_source(&desk).await;
    assert!(key.is_some(), "the key of the first look is kept");

    sounds::write(&here.recorder().join("204_02079460123_20260309100100.wav"), 1.0, 1);
    let port = here.office().open().await;
    let source = IntakeSource { place: place(port, key.clone()), ..known };
    save(&desk, source.clone(), false).await;
    here.two_looks(&desk).await;
    let down = lamp(&desk).await;
    assert_eq!(down.state, LinkState::Stopped, "a person has to look at it: {}", down.says);
    assert!(down.says.contains("another key than before"), "{}", down.says);
    assert_eq!(rows(&desk).await.len(), 0, "nothing was taken from it");
    assert_eq!(only_source(&desk).await.1, key, "the known key stays the one that is insisted on");

    save(&desk, source, true).await;
    here.two_looks(&desk).await;
    let up = lamp(&desk).await;
    assert_eq!(up.state, LinkState::Up, "{}", up.says);
    assert_ne!(only_source(&desk).await.1, key, "now the new one is insisted on");
    here.is_in_order(&desk, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fetched_file_that_is_cut_off_at_any_step_is_taken_in_once() {
    let steps = [
        Step::Noted,
        Step::Copied,
        Step::Encoded,
        Step::Planned,
        Step::StoredPlaced,
        Step::Committed,
        Step::SourceRemoved,
    ];
    for step in steps {
        let here = Here::new();
        sounds::write(&here.recorder().join("anything.wav"), 1.0, 3);
        write_side(&here.recorder().join("anything.json"));
        let port = here.office().open().await;
        let reached = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&reached);
        let cut: Cut = Arc::new(move |at| at == step && !seen.swap(true, Ordering::SeqCst));
        let desk = here.begin(port, true, Some(cut)).await;
        here.two_looks(&desk).await;
        assert!(reached.load(Ordering::SeqCst), "{step:?} is one of the steps");
        desk.close().await.expect("closed");

        let desk = here.open(None).await;
        desk.settle_recordings().await.expect("settled");
        here.two_looks(&desk).await;
        here.two_looks(&desk).await;
        here.is_in_order(&desk, 1).await;
        assert_eq!(rows(&desk).await[0].people[0].number, "205", "with its side file, cut at {step:?}");
        assert!(!here.recorder().join("anything.wav").exists(), "removed in the end, cut at {step:?}");
        desk.close().await.expect("closed");
    }
}
