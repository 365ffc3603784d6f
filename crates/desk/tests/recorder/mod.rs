//! What a recorder left in a folder, with its sound, names and side files, beside what the PBX said.

use crate::office::opening;
use contract::published::Recording;
use contract::recordings::{RecordingFilter, RecordingSort};
use contract::sites::{SaveSite, Site};
use desk::{Answer, Clock, Desk, Look, Means, Opening};
use model::SiteId;
use playback::NoDevice;
use simulator::{Neighbours, RecordingSettings, TapeSettings, recordings, tape};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Longer ones are matched by the same rules, and take longer to read.
const LENGTH_MAX_MS: u64 = 60_000;

#[tokio::test(flavor = "multi_thread")]
async fn the_folder_of_a_recorder_is_taken_in_and_each_file_finds_its_call() {
    let settings = TapeSettings {
        seed: 3,
        calls: 60,
        neighbours: Neighbours {
            same_caller_within_seconds: 0.2,
            equal_lengths_at_once: 0.2,
            back_to_back: 0.2,
            ..Neighbours::default()
        },
        ..TapeSettings::default()
    };
    let tape = tape(&settings).expect("an office");
    let folder = tempfile::tempdir().expect("a folder");
    let library = folder.path().join("library");
    let clock = Arc::new(Clock::by_hand(tape.spoken[0].at));
    let opening = Opening { clock: Arc::clone(&clock), ..opening(&library) };
    let desk =
        Desk::open_with(opening, Means { sound: Arc::new(NoDevice), cut: None }).await.expect("opened");
    let site = Site { name: "Office".into(), time_zone: settings.zone.clone(), ..Site::default() };
    let saved = SaveSite { site, password: None, forget_fingerprint: false };
    let site = SiteId(desk.answer(saved).await.expect("saved").site.id);
    for said in &tape.spoken {
        clock.turn_to(said.at);
        desk.said(site, said.said, said.bytes.clone()).await.expect("taken");
        desk.settle().await.expect("settled");
    }
    clock.turn_to(clock.now().plus_ms(600_000));
    desk.settle().await.expect("settled");

    let drop = folder.path().join("drop");
    std::fs::create_dir_all(&drop).expect("a folder");
    let mut made = recordings(tape.truth.iter().map(|truth| &truth.call), &RecordingSettings::default());
    made.retain(|recorded| recorded.length_ms <= LENGTH_MAX_MS);
    assert!(made.len() >= 10, "there is something to take in: {}", made.len());
    for recorded in &made {
        recorded.write_to(&drop).expect("written");
    }
    let summary = desk.import_recordings(site, &[drop], |_, _| {}).await.expect("imported");
    assert_eq!((summary.imported, summary.failed), (made.len() as u64, 0), "all are read: {summary:?}");
    assert_eq!(summary.matched, summary.imported, "and have a call: {summary:?}");
    desk.close().await.expect("closed");

    let look = Look::open(&library).await.expect("a library can be looked at");
    let all = look.recordings(RecordingFilter::default(), RecordingSort::OldestFirst, None, 500).await;
    let all: BTreeMap<String, Recording> =
        all.expect("a page").0.into_iter().map(|one| (one.file_name.clone(), one)).collect();
    for recorded in &made {
        let one = &all[&recorded.file_name];
        let found = look.call(one.call.as_deref().expect("a call")).await.expect("it is there");
        let truth = &tape.truth.iter().find(|truth| truth.call.id == recorded.call).expect("its call").call;
        let zone = look.office_zone();
        let at = |text: &str| zone.parse(text).expect("a time");
        let apart = (at(&found.started_at) - at(&truth.started_at)).abs();
        assert!(
            apart < 3_000 && found.external_number == truth.external_number,
            "{} is of the call at {}, not of {found:?}",
            recorded.file_name,
            truth.started_at
        );
        assert!(found.recordings.contains(&one.id), "the call names it");
        let length = (one.duration_s * 1_000.0 - recorded.length_ms as f64).abs();
        assert!(length < 50.0, "{} is as long as what was spoken: {}", recorded.file_name, one.duration_s);
        assert_eq!(one.channels, recorded.channels, "parties that were recorded apart stay apart");
    }
}
