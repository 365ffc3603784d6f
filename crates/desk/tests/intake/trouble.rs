//! What could go wrong on the way in, and must lose nothing.

use super::{NOW, Office, all, is_in_order, open};
use crate::office::quiet_site;
use crate::sounds;
use contract::intake::{AskIntake, ForgetRefused};
use contract::keeping::{Encoding, SaveEncoding};
use contract::recordings::TrashRecordings;
use desk::{Answer, Clock, Step};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_gone_when_its_intake_goes_on_comes_from_its_working_copy() {
    for step in [Step::Copied, Step::StoredPlaced, Step::OriginalPlaced] {
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
        desk.close().await.expect("closed");
        std::fs::remove_file(&file).expect("the recorder tidies up");
        let desk = open(folder.path(), &clock, None).await;
        desk.settle_recordings().await.expect("settled");
        is_in_order(&desk, folder.path(), 1, 1).await;
        desk.close().await.expect("closed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_placed_waits_and_is_taken_in_when_it_can() {
    let office = Office::new().await;
    let encoding = Encoding { kilobits: 24, keep_original: true };
    office.desk.answer(SaveEncoding { encoding }).await.expect("set");
    let file = office.drop_folder().join("204_02079460123_20260309100100.wav");
    sounds::write(&file, 1.0, 4);
    // Where the folder of its year should be.
    let pool = office.folder.path().join("library/recordings");
    std::fs::create_dir_all(&pool).expect("a folder");
    std::fs::write(pool.join("2026"), b"in the way").expect("written");
    office.desk.give_recordings(std::slice::from_ref(&file)).await.expect("given");
    office.desk.settle_recordings().await.expect("settled");
    let view = office.desk.answer(AskIntake {}).await.expect("the intake");
    assert!(view.held_up.is_some(), "it is said why nothing comes in: {view:?}");
    assert!(view.refused.is_empty(), "the file is not to blame: {view:?}");
    std::fs::remove_file(pool.join("2026")).expect("out of the way");
    // Whatever comes next is a reason to try again.
    office.desk.give_recordings(std::slice::from_ref(&file)).await.expect("given");
    office.desk.settle_recordings().await.expect("settled");
    is_in_order(&office.desk, office.folder.path(), 1, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_copies_of_a_file_at_once_become_one_recording() {
    let office = Office::new().await;
    let encoding = Encoding { kilobits: 24, keep_original: true };
    office.desk.answer(SaveEncoding { encoding }).await.expect("set");
    let folder = office.drop_folder();
    for month in 1..=9 {
        sounds::write(&folder.join(format!("204_02079460123_20260{month}09100100.wav")), 1.0, 7);
    }
    let summary =
        office.desk.import_recordings(model::SiteId(1), &[folder], |_, _| {}).await.expect("imported");
    assert_eq!((summary.imported, summary.duplicates, summary.failed), (1, 8, 0), "{summary:?}");
    is_in_order(&office.desk, office.folder.path(), 1, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_keeps_the_copy_of_what_lies_in_the_trash() {
    let office = Office::new().await;
    let given = office.folder.path().join("given/204_02079460123_20260309100100.wav");
    sounds::write(&given, 1.0, 8);
    office.desk.give_recordings(&[given]).await.expect("given");
    office.desk.settle_recordings().await.expect("settled");
    let ids: Vec<String> = all(&office.desk).await.rows.into_iter().map(|row| row.id).collect();
    assert_eq!(ids.len(), 1, "taken in");
    office.desk.answer(TrashRecordings { ids }).await.expect("in the trash");
    office.source(true).await;
    let file = office.drop_folder().join("another name.wav");
    sounds::write(&file, 1.0, 8);
    office.scan().await;
    office.turn(5);
    office.scan().await;
    let view = office.desk.answer(AskIntake {}).await.expect("the intake");
    assert_eq!((view.waiting, view.refused.len()), (0, 0), "it was dealt with: {view:?}");
    assert!(file.is_file(), "in seven days it would be the only one");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_file_that_was_taken_off_the_list_can_be_given_again() {
    let office = Office::new().await;
    let file = office.folder.path().join("given/204_02079460123_20260309100100.wav");
    std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    std::fs::write(&file, b"this is a text, and no sound at all, whatever its name says").expect("written");
    for time in ["first", "second"] {
        office.desk.give_recordings(std::slice::from_ref(&file)).await.expect("given");
        office.desk.settle_recordings().await.expect("settled");
        let view = office.desk.answer(AskIntake {}).await.expect("the intake");
        assert_eq!(view.refused.len(), 1, "listed the {time} time");
        let ids = view.refused.iter().map(|file| file.id).collect();
        let view = office.desk.answer(ForgetRefused { ids }).await.expect("forgotten");
        assert!(view.refused.is_empty(), "off the list the {time} time");
    }
}
