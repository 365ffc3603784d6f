//! A source that is to be emptied: what is removed from it, and when.

use super::{NOW, all, is_in_order, open};
use crate::office::quiet_site;
use crate::sounds;
use contract::intake::{IntakePlace, IntakeSource, SaveIntakeSource, ScanNow};
use desk::{Answer, Clock, Cut, Desk, Step};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Watches the folder `drop`, and is told to empty it.
async fn emptying(folder: &Path, clock: &Arc<Clock>, cut: Cut) -> Desk {
    let desk = open(folder, clock, Some(cut)).await;
    quiet_site(&desk).await;
    let source = IntakeSource {
        id: 0,
        site: 1,
        name: "VRL".into(),
        place: IntakePlace::Folder { folder: folder.join("drop").to_string_lossy().into_owned() },
        naming: None,
        remove_after: true,
        every_seconds: 60,
        enabled: true,
    };
    let save = SaveIntakeSource { source, secret: None, passphrase: None, forget_host_key: false };
    desk.answer(save).await.expect("saved");
    desk
}

/// Two looks, far enough apart for what stands still.
async fn two_looks(desk: &Desk, clock: &Clock) {
    for _ in 0..2 {
        desk.answer(ScanNow {}).await.expect("looked");
        desk.settle_recordings().await.expect("settled");
        clock.turn_to(clock.now().plus_ms(16_000));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn cut_off_at_any_step_the_source_keeps_its_file_until_the_recording_is_there() {
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
        let cut: Cut = Arc::new(move |at| at == step && !seen.swap(true, Ordering::SeqCst));
        let file = folder.path().join("drop/204_02079460123_20260309100100.wav");
        sounds::write(&file, 1.0, 3);
        let desk = emptying(folder.path(), &clock, cut).await;
        two_looks(&desk, &clock).await;
        assert!(reached.load(Ordering::SeqCst), "{step:?} is one of the steps");
        let removed = step == Step::SourceRemoved;
        assert_eq!(!file.exists(), removed, "removed as the last of all, cut at {step:?}");
        desk.close().await.expect("closed");

        let desk = open(folder.path(), &clock, None).await;
        desk.settle_recordings().await.expect("settled");
        two_looks(&desk, &clock).await;
        is_in_order(&desk, folder.path(), 1, 0).await;
        assert!(!file.exists(), "in the end it is removed, as told, cut at {step:?}");
        desk.close().await.expect("closed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_changed_after_it_was_taken_in_is_left_and_taken_in_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = Arc::new(Clock::by_hand(NOW));
    let file = folder.path().join("drop/204_02079460123_20260309100100.wav");
    sounds::write(&file, 1.0, 3);
    let (written, done) = (file.clone(), AtomicBool::new(false));
    let change: Cut = Arc::new(move |at| {
        if at == Step::Committed && !done.swap(true, Ordering::SeqCst) {
            sounds::write(&written, 2.0, 4);
        }
        false
    });
    let desk = emptying(folder.path(), &clock, change).await;
    two_looks(&desk, &clock).await;
    assert_eq!(all(&desk).await.rows.len(), 1, "the file as it was");
    assert!(file.is_file(), "what stands there now is not what was taken in");
    two_looks(&desk, &clock).await;
    is_in_order(&desk, folder.path(), 2, 0).await;
    assert!(!file.exists(), "now it was");
}
