use super::kit::{DAY, Kit, NOON};
use crate::Answer;
use contract::keeping::{
    PreviewRetention, Retention, RetentionRule, RunRetention, SaveRetention, SetEncryption,
};
use contract::recordings::{
    DeleteRecordings, HoldRecordings, RecordingFilter, RestoreRecordings, SilenceRecording, TrashRecordings,
};
use model::At;

fn trashed() -> RecordingFilter {
    RecordingFilter { trashed: true, ..RecordingFilter::default() }
}

#[tokio::test]
async fn what_is_in_the_trash_comes_back_within_seven_days_and_is_then_gone_for_good() {
    let kit = Kit::new().await;
    let (first, second) = (kit.tone(440, 1).await, kit.tone(500, 1).await);
    let ids = vec![first.clone(), second.clone()];
    let done = kit.desk.answer(TrashRecordings { ids: ids.clone() }).await.expect("trashed");
    assert_eq!(
        (done.done, kit.rows().await.len(), kit.list(trashed()).await.len()),
        (2, 0, 2),
        "out of the list"
    );
    let done = kit.desk.answer(RestoreRecordings { ids: vec![first.clone()] }).await.expect("restored");
    assert_eq!((done.done, kit.rows().await.len()), (1, 1), "and back");
    kit.clock.turn_to(NOON.plus_ms(7 * DAY));
    assert!(kit.desk.keep_order().await.expect("kept"), "a day has passed");
    assert_eq!(kit.list(trashed()).await.len(), 1, "seven days are kept to the end");
    kit.clock.turn_to(NOON.plus_ms(8 * DAY));
    kit.desk.keep_order().await.expect("kept");
    assert_eq!(kit.list(trashed()).await.len(), 0, "then it is gone");
    assert!(!kit.desk.keep_order().await.expect("kept"), "once a day is enough");
    kit.is_in_order().await;
    let told = kit.told(Some(&second)).await;
    assert_eq!(told, ["Put into the trash", "Deleted for good: tone 500.wav"], "the log still knows it");
    assert!(
        kit.told(Some(&first)).await.contains(&"Taken back from the trash".to_owned()),
        "and of the other"
    );
}

#[tokio::test]
async fn a_deletion_that_is_cut_off_anywhere_ends_at_the_next_attempt() {
    for step in ["remove a file", "delete the row"] {
        let mut kit = Kit::new().await;
        let id = kit.tone(440, 1).await;
        kit.desk.answer(TrashRecordings { ids: vec![id.clone()] }).await.expect("trashed");
        kit.cut_before(step);
        let done = kit.desk.answer(DeleteRecordings { ids: vec![id.clone()] }).await.expect("answered");
        assert_eq!((done.done, done.left.len()), (0, 1), "{step}: it was cut off");
        kit.open_again().await;
        assert_eq!(kit.list(trashed()).await.len(), 1, "{step}: a row in the trash says that it is not done");
        if step == "delete the row" {
            let done = kit.desk.answer(RestoreRecordings { ids: vec![id.clone()] }).await.expect("answered");
            assert_eq!(done.done, 0, "{step}: without its file it cannot come back");
        }
        let done = kit.desk.answer(DeleteRecordings { ids: vec![id] }).await.expect("answered");
        assert_eq!((done.done, done.left), (1, Vec::new()), "{step}: now it is done");
        assert_eq!(kit.on_disk().len(), 0, "{step}: and nothing is left on the disk");
        kit.is_in_order().await;
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_removed_keeps_its_row_and_says_so() {
    let kit = Kit::new().await;
    let id = kit.tone(440, 1).await;
    kit.desk.answer(TrashRecordings { ids: vec![id.clone()] }).await.expect("trashed");
    let stored = kit.on_disk().into_iter().find(|path| path.extension().is_some_and(|end| end == "opus"));
    let stored = stored.expect("a stored file");
    std::fs::remove_file(&stored).expect("removed");
    // A folder with something in it under the file's name is what no removal of a file takes away.
    std::fs::create_dir_all(stored.join("in the way")).expect("made");
    for _ in 0..2 {
        let done = kit.desk.answer(DeleteRecordings { ids: vec![id.clone()] }).await.expect("answered");
        assert!(done.done == 0 && done.left[0].contains("could not be removed"), "in words: {done:?}");
    }
    let told = kit.told(Some(&id)).await;
    assert_eq!(
        told.iter().filter(|says| says.starts_with("Could not be deleted")).count(),
        1,
        "once: {told:?}"
    );
    assert_eq!(kit.list(trashed()).await.len(), 1, "the row says that it is still there");
}

#[tokio::test]
async fn what_is_held_is_neither_deleted_nor_silenced() {
    let kit = Kit::new().await;
    let id = kit.tone(440, 1).await;
    let ids = || vec![id.clone()];
    kit.desk.answer(TrashRecordings { ids: ids() }).await.expect("trashed");
    let empty = kit.desk.answer(HoldRecordings { ids: ids(), why: Some(" ".into()) }).await;
    assert!(empty.is_err(), "a hold has a reason");
    kit.desk.answer(HoldRecordings { ids: ids(), why: Some("court".into()) }).await.expect("held");
    assert_eq!(kit.rows().await.len(), 1, "a hold takes it out of the trash");
    assert_eq!(
        kit.desk.answer(TrashRecordings { ids: ids() }).await.expect("asked").done,
        0,
        "and keeps it out"
    );
    assert_eq!(
        kit.desk.answer(DeleteRecordings { ids: ids() }).await.expect("asked").done,
        0,
        "of all of it"
    );
    let ask = SilenceRecording { id: id.clone(), spans_ms: vec![(0, 500)], why: "card".into() };
    assert!(kit.desk.answer(ask).await.is_err(), "evidence is not changed either");
    kit.desk.answer(HoldRecordings { ids: ids(), why: None }).await.expect("released");
    assert_eq!(
        kit.desk.answer(TrashRecordings { ids: ids() }).await.expect("asked").done,
        1,
        "until it ends"
    );
}

fn rules(keep_days: u32, automatic: bool) -> Retention {
    let rule = RetentionRule {
        name: "All".to_owned(),
        direction: None,
        group: None,
        tag: None,
        unmatched: false,
        keep_days: Some(keep_days),
    };
    Retention { rules: vec![rule], automatic }
}

#[tokio::test]
async fn what_the_preview_shows_is_what_retention_does() {
    let kit = Kit::new().await;
    let held = kit.tone(440, 1).await;
    let gone = kit.tone(500, 2).await;
    kit.desk
        .answer(HoldRecordings { ids: vec![held.clone()], why: Some("court".into()) })
        .await
        .expect("held");
    kit.clock.turn_to(At(kit.clock.now().0.max(now_of_files())).plus_ms(40 * DAY));
    let retention = kit.desk.answer(SaveRetention { retention: rules(30, false) }).await.expect("saved");
    assert_eq!(retention, rules(30, false), "as entered");
    let preview = kit.desk.answer(PreviewRetention { retention }).await.expect("previewed");
    assert_eq!((preview.recordings, preview.held), (1, 1), "what is held is counted apart");
    assert_eq!(preview.rows.iter().map(|row| &row.id).collect::<Vec<_>>(), [&gone], "and shown is what goes");
    assert_eq!(preview.by_rule, [("All".to_owned(), 1, preview.bytes)], "by rule");
    assert!(kit.view(&gone).await.goes.is_some_and(|goes| goes.rule == "All"), "it says so itself");
    let done = kit.desk.answer(RunRetention {}).await.expect("run");
    assert_eq!(u64::from(done.done), preview.recordings, "no more and no less");
    let in_trash: Vec<String> = kit.list(trashed()).await.into_iter().map(|row| row.id).collect();
    assert_eq!(in_trash, [gone], "the same ones");
    assert_eq!(kit.rows().await.len(), 1, "what is held stays");
}

#[tokio::test]
async fn retention_goes_by_the_clock_only_where_it_is_switched_on() {
    let kit = Kit::new().await;
    kit.tone(440, 1).await;
    let later = At(kit.clock.now().0.max(now_of_files())).plus_ms(40 * DAY);
    kit.desk.answer(SaveRetention { retention: rules(30, false) }).await.expect("saved");
    kit.clock.turn_to(later);
    kit.desk.keep_order().await.expect("kept");
    assert_eq!(kit.rows().await.len(), 1, "off: only when told to");
    kit.desk.answer(SaveRetention { retention: rules(30, true) }).await.expect("saved");
    kit.clock.turn_to(later.plus_ms(DAY));
    kit.desk.keep_order().await.expect("kept");
    assert_eq!((kit.rows().await.len(), kit.list(trashed()).await.len()), (0, 1), "on: once a day");
    let bad = kit.desk.answer(SaveRetention { retention: rules(0, true) }).await;
    assert!(bad.is_err(), "keeping for no time at all is a slip");
    let off = kit.desk.answer(SetEncryption { on: false }).await.expect("asked");
    assert_eq!(off.recovery_key, None, "what is off stays off");
}

/// Tones carry no time in their names: they are as old as their files.
fn now_of_files() -> i64 {
    crate::Clock::System.now().0
}
