//! Files on their way in: cut off at every step, growing, twice, refused; from folders that are watched.

mod emptied;
mod held_up;

mod trouble;

use crate::office::{opening, quiet_site};
use crate::sounds::{self, files_in};
use contract::calls::AskCalls;
use contract::intake::{
    AskIntake, ForgetRefused, IntakePlace, IntakeSource, RetryRefused, SaveIntakeSource, ScanNow,
};
use contract::keeping::{Encoding, SaveEncoding};
use contract::links::{AskLinks, LinkState, Source};
use contract::recordings::{AskRecordings, RecordingFilter, RecordingPage, RecordingSort};
use desk::{Answer, Clock, Desk, Means, Opening, Step};
use model::At;
use playback::NoDevice;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

const NOW: At = At::from_seconds(1_773_060_000);

struct Office {
    folder: tempfile::TempDir,
    clock: Arc<Clock>,
    desk: Desk,
}

impl Office {
    async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Arc::new(Clock::by_hand(NOW));
        let desk = open(folder.path(), &clock, None).await;
        quiet_site(&desk).await;
        Self { folder, clock, desk }
    }

    fn drop_folder(&self) -> PathBuf {
        self.folder.path().join("drop")
    }

    fn turn(&self, seconds: i64) {
        let Clock::Hand(_) = &*self.clock else { panic!("a clock that is turned by hand") };
        self.clock.turn_to(self.clock.now().plus_ms(seconds * 1_000));
    }

    async fn scan(&self) {
        self.desk.answer(ScanNow {}).await.expect("looked");
        self.desk.settle_recordings().await.expect("settled");
    }

    async fn source(&self, remove_after: bool) {
        std::fs::create_dir_all(self.drop_folder()).expect("a folder");
        let source = IntakeSource {
            id: 0,
            site: 1,
            name: "VRL".into(),
            place: IntakePlace::Folder { folder: self.drop_folder().to_string_lossy().into_owned() },
            naming: None,
            remove_after,
            every_seconds: 60,
            enabled: true,
        };
        let save = SaveIntakeSource { source, secret: None, passphrase: None, forget_host_key: false };
        self.desk.answer(save).await.expect("saved");
    }
}

async fn open(folder: &Path, clock: &Arc<Clock>, cut: Option<desk::Cut>) -> Desk {
    let opening = Opening { clock: Arc::clone(clock), ..opening(&folder.join("library")) };
    Desk::open_with(opening, Means { sound: Arc::new(NoDevice), cut }).await.expect("the library opens")
}

async fn all(desk: &Desk) -> RecordingPage {
    let ask = AskRecordings {
        filter: RecordingFilter::default(),
        sort: RecordingSort::OldestFirst,
        after: None,
        limit: 500,
    };
    desk.answer(ask).await.expect("a list")
}

/// What is on disk must be what the rows say: nothing half, nothing twice, nothing lost.
async fn is_in_order(desk: &Desk, folder: &Path, recordings: usize, originals: usize) {
    let rows = all(desk).await.rows;
    assert_eq!(rows.len(), recordings, "as many recordings as came");
    let stored = files_in(&folder.join("library/recordings"));
    assert_eq!(stored.len(), recordings * 2 + originals, "a file, its peaks and its original: {stored:?}");
    let working = files_in(&folder.join("library/working"));
    assert!(working.is_empty(), "nothing unfinished is left: {working:?}");
    let verified = desk.answer(contract::keeping::VerifyRecordings {}).await.expect("verified");
    assert!(
        verified.missing.is_empty() && verified.changed.is_empty(),
        "each is what was put there: {verified:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_intake_that_is_cut_off_at_any_step_is_finished_by_the_next_start() {
    let steps = [
        Step::Noted,
        Step::Copied,
        Step::Encoded,
        Step::Planned,
        Step::PeaksPlaced,
        Step::StoredPlaced,
        Step::OriginalPlaced,
        Step::Committed,
        Step::SourceRemoved,
    ];
    for step in steps {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Arc::new(Clock::by_hand(NOW));
        let reached = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&reached);
        let cut: desk::Cut = Arc::new(move |at| at == step && !seen.swap(true, Ordering::SeqCst));
        let desk = open(folder.path(), &clock, Some(cut)).await;
        quiet_site(&desk).await;
        let encoding = Encoding { kilobits: 24, keep_original: true };
        desk.answer(SaveEncoding { encoding }).await.expect("set");
        let file = folder.path().join("drop/204_02079460123_20260309100100.wav");
        sounds::write(&file, 1.5, 3);
        desk.give_recordings(std::slice::from_ref(&file)).await.expect("given");
        desk.settle_recordings().await.expect("settled");
        assert!(reached.load(Ordering::SeqCst), "{step:?} is one of the steps");
        desk.close().await.expect("closed");

        let desk = open(folder.path(), &clock, None).await;
        desk.settle_recordings().await.expect("settled");
        is_in_order(&desk, folder.path(), 1, 1).await;
        desk.give_recordings(std::slice::from_ref(&file)).await.expect("given again");
        desk.settle_recordings().await.expect("settled");
        is_in_order(&desk, folder.path(), 1, 1).await;
        assert!(file.is_file(), "what a person gave stays where it is, cut at {step:?}");
        desk.close().await.expect("closed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_watched_folder_gives_files_once_they_stand_still_and_keeps_them() {
    let office = Office::new().await;
    office.source(false).await;
    let file = office.drop_folder().join("204_02079460123_20260309100100.wav");
    let whole = sounds::wav(&sounds::voice(2.0, 5));
    std::fs::write(&file, &whole[..whole.len() / 2]).expect("written");
    office.scan().await;
    office.turn(5);
    std::fs::write(&file, &whole).expect("grown");
    office.scan().await;
    assert_eq!(all(&office.desk).await.rows.len(), 0, "it grew between two looks");
    let view = office.desk.answer(AskIntake {}).await.expect("the intake");
    assert_eq!(view.waiting, 1, "it is waited for");
    office.turn(5);
    office.scan().await;
    let rows = all(&office.desk).await.rows;
    assert_eq!(rows.len(), 1, "as it was five seconds before");
    let lamps = office.desk.answer(AskLinks {}).await.expect("lamps");
    let lamp = lamps.iter().find(|lamp| lamp.source == Source::Recordings).expect("a folder is watched");
    assert_eq!(lamp.last_event_ms, Some(office.clock.now().0), "the source's last event is this recording");
    assert_eq!(rows[0].length_ms, 2_000, "the whole of it");
    office.turn(60);
    office.scan().await;
    office.turn(60);
    office.scan().await;
    is_in_order(&office.desk, office.folder.path(), 1, 0).await;
    assert!(file.is_file(), "nobody said that it should be removed");
    let view = office.desk.answer(AskIntake {}).await.expect("the intake");
    assert_eq!((view.waiting, view.taken_today), (0, 1), "done: {view:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_is_emptied_only_when_told_to_and_its_side_file_is_read() {
    let office = Office::new().await;
    office.source(true).await;
    let file = office.drop_folder().join("anything.wav");
    sounds::write(&file, 1.0, 6);
    let side = r#"{"extension": "205", "number": "01707299900", "start": "2026-03-09T10:01:00"}"#;
    std::fs::write(office.drop_folder().join("anything.json"), side).expect("written");
    office.scan().await;
    office.turn(5);
    office.scan().await;
    let rows = all(&office.desk).await.rows;
    assert_eq!(rows.len(), 1, "taken in");
    assert_eq!(rows[0].people[0].number, "205", "by its side file");
    assert_eq!(rows[0].number.as_deref(), Some("01707299900"), "by its side file");
    assert!(!file.exists(), "removed, as told, once its copy was verified");
    is_in_order(&office.desk, office.folder.path(), 1, 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_sound_under_another_name_is_taken_in_once() {
    let office = Office::new().await;
    let folder = office.drop_folder();
    sounds::write(&folder.join("204_02079460123_20260309100100.wav"), 1.0, 7);
    sounds::write(&folder.join("a/206_02079460123_20260309100200.wav"), 1.0, 7);
    sounds::write(&folder.join("b/207_02079460123_20260309100300.wav"), 1.0, 8);
    let summary = office
        .desk
        .import_recordings(model::SiteId(1), std::slice::from_ref(&folder), |_, _| {})
        .await
        .expect("imported");
    assert_eq!((summary.files, summary.imported, summary.duplicates), (3, 2, 1), "{summary:?}");
    let again =
        office.desk.import_recordings(model::SiteId(1), &[folder], |_, _| {}).await.expect("imported");
    assert_eq!((again.files, again.imported, again.duplicates), (3, 0, 3), "{again:?}");
    is_in_order(&office.desk, office.folder.path(), 2, 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_listed_with_the_reason_kept_aside_and_tried_again() {
    let office = Office::new().await;
    let folder = office.drop_folder();
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("204_20260309100100.wav");
    std::fs::write(&file, b"this is a text, and no sound at all, whatever its name says").expect("written");
    let summary =
        office.desk.import_recordings(model::SiteId(1), &[folder], |_, _| {}).await.expect("imported");
    assert_eq!((summary.files, summary.failed), (1, 1), "{summary:?}");
    let view = office.desk.answer(AskIntake {}).await.expect("the intake");
    assert_eq!(view.refused.len(), 1, "listed");
    assert!(view.refused[0].reason.contains("sound"), "with the reason: {}", view.refused[0].reason);
    let aside = files_in(&office.folder.path().join("library/aside"));
    assert_eq!(aside.len(), 1, "its copy is kept aside");
    // What was kept aside is looked at again, not the file that it came from.
    sounds::write(&office.folder.path().join("library/aside").join(&aside[0]), 1.0, 9);
    office.desk.answer(RetryRefused { ids: vec![view.refused[0].id] }).await.expect("tried again");
    office.desk.settle_recordings().await.expect("settled");
    is_in_order(&office.desk, office.folder.path(), 1, 0).await;
    let view = office.desk.answer(AskIntake {}).await.expect("the intake");
    assert!(view.refused.is_empty(), "and it is off the list: {view:?}");

    std::fs::write(&file, b"again a text and nothing that could be heard by anybody").expect("written");
    office.desk.give_recordings(std::slice::from_ref(&file)).await.expect("given");
    office.desk.settle_recordings().await.expect("settled");
    let view = office.desk.answer(AskIntake {}).await.expect("the intake");
    let view = office.desk.answer(ForgetRefused { ids: vec![view.refused[0].id] }).await.expect("forgotten");
    assert!(view.refused.is_empty(), "off the list");
    assert!(files_in(&office.folder.path().join("library/aside")).is_empty(), "the copy is deleted");
    assert!(file.is_file(), "the file that it came from is not touched");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_is_not_there_is_said_and_found_again() {
    let office = Office::new().await;
    office.source(false).await;
    std::fs::remove_dir(office.drop_folder()).expect("removed");
    office.scan().await;
    let lamp = |lamps: Vec<contract::links::Lamp>| {
        lamps.into_iter().find(|lamp| lamp.source == Source::Recordings).expect("a lamp of recordings")
    };
    let down = lamp(office.desk.answer(AskLinks {}).await.expect("lamps"));
    assert_eq!(down.state, LinkState::Down, "{}", down.says);
    assert!(down.says.contains("not there"), "{}", down.says);
    sounds::write(&office.drop_folder().join("204_02079460123_20260309100100.wav"), 1.0, 10);
    office.scan().await;
    office.turn(5);
    office.scan().await;
    let up = lamp(office.desk.answer(AskLinks {}).await.expect("lamps"));
    assert_eq!(up.state, LinkState::Up, "{}", up.says);
    is_in_order(&office.desk, office.folder.path(), 1, 0).await;
}

/// Ann talks to the caller, then Ben does: one call.
const ROWS: &[u8] = b"\
2026/03/09 10:01:00,00:02:00,4,02079460123,I,200,5678,,0,1000014,0,E204,Ann Keller,T9002,Line 1.2,0,0\r\n\
2026/03/09 10:04:00,00:01:00,8,01707123456,I,200,5678,,0,1000015,0,E202,Ben Ortiz,T9001,Line 1.1,0,0\r\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_finds_its_call_before_or_after_it_and_keeps_it_over_a_rebuild() {
    let office = Office::new().await;
    let folder = office.drop_folder();
    sounds::write(&folder.join("204_02079460123_20260309100106.wav"), 110.0, 11);
    office
        .desk
        .import_recordings(model::SiteId(1), std::slice::from_ref(&folder), |_, _| {})
        .await
        .expect("imported");
    let row = all(&office.desk).await.rows.remove(0);
    assert_eq!(row.call, None, "there is no call yet");
    office.desk.import_smdr(model::SiteId(1), ROWS, |_| {}).await.expect("imported");
    office.desk.settle_recordings().await.expect("settled");
    let row = all(&office.desk).await.rows.remove(0);
    let call = row.call.clone().expect("the call came after the recording");
    assert!(row.confidence.is_some_and(|confidence| confidence > 0.5), "{row:?}");
    sounds::write(&folder.join("202_01707123456_20260309100410.wav"), 50.0, 12);
    let summary =
        office.desk.import_recordings(model::SiteId(1), &[folder], |_, _| {}).await.expect("imported");
    assert_eq!((summary.imported, summary.matched), (1, 1), "the call was there before: {summary:?}");
    office.desk.rebuild().await.expect("rebuilt");
    office.desk.settle_recordings().await.expect("settled");
    let rows = all(&office.desk).await.rows;
    assert_eq!(rows[0].call.as_ref(), Some(&call), "the same call after a rebuild");
    assert!(rows[1].call.is_some(), "and the other one's");
    let calls = AskCalls { filter: Default::default(), sort: Default::default(), after: None, limit: 10 };
    let calls = office.desk.answer(calls).await.expect("calls").rows;
    assert!(calls.iter().all(|call| call.recordings == 1), "each call shows its recording: {calls:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_name_of_whoever_was_recorded_is_not_taken_for_the_callers() {
    let office = Office::new().await;
    office.desk.import_smdr(model::SiteId(1), ROWS, |_| {}).await.expect("imported");
    let folder = office.drop_folder();
    for (file, seed, name) in [("one", 13, "Ann Keller"), ("two", 14, "Hartmann Heating")] {
        sounds::write(&folder.join(format!("{file}.wav")), 110.0, seed);
        let side = format!(
            r#"{{"extension": "204", "number": "02079460123", "name": "{name}", "start": "2026-03-09T10:01:06"}}"#
        );
        std::fs::write(folder.join(format!("{file}.json")), side).expect("written");
    }
    office.desk.import_recordings(model::SiteId(1), &[folder], |_, _| {}).await.expect("imported");
    let mut names: Vec<Option<String>> =
        all(&office.desk).await.rows.into_iter().map(|row| row.name).collect();
    names.sort();
    assert_eq!(names, [None, Some("Hartmann Heating".to_owned())], "Ann Keller has the extension 204");
}
