//! Restoring: unpacked and checked beside the library, and nothing left of what does not stand up.

use super::kit::{Kit, file_of, listed, nobody};
use crate::Answer;
use crate::backups::{look, prepare};
use backup::{About, BackupWriter, Coding, MemberName};
use contract::backups::{
    BackupState, BackupWhy, ForgetRestore, LookAtBackup, PrepareRestore, Protection, StopBackup,
};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

#[tokio::test]
async fn a_backup_with_recordings_brings_everything_back() {
    let mut kit = Kit::new().await;
    kit.tone(400).await;
    let line = kit.back_up(true, Protection::Nothing).await;
    kit.add_site("After").await;
    kit.tone(500).await;
    let seen =
        kit.desk.answer(LookAtBackup { id: Some(line.id) }).await.expect("it is there").expect("a look");
    assert_eq!((seen.made_at_ms, seen.recordings, seen.encrypted), (line.at_ms, true, false), "what it says");
    kit.desk.answer(PrepareRestore { look: seen.look, passphrase: None }).await.expect("begun");
    kit.settled().await;
    let prepared = kit.view().await.prepared.expect("it stands ready");
    assert_eq!((prepared.made_at_ms, prepared.complaints), (line.at_ms, Vec::new()), "checked, and sound");
    let mut sites = kit.sites().await;
    sites.sort();
    assert_eq!(sites, ["After", "Before"], "nothing of the library was touched");

    kit.open_again().await;
    assert_eq!(kit.sites().await, ["Before"], "the library is as it was then");
    let verified = kit.desk.verify_recordings(|_, _| {}).await.expect("verified");
    assert_eq!((verified.good, verified.missing.len()), (1, 0), "with its recording");
    let view = kit.view().await;
    assert_eq!(view.prepared, None, "it is done");
    assert_eq!(
        (view.log[0].why, view.log[1].state),
        (BackupWhy::Restored, BackupState::Good),
        "both are in the log"
    );
    assert!(
        view.log[0].says.contains("before-restore-20261120-120000"),
        "where the other is kept: {}",
        view.log[0].says
    );
    let aside = kit.place.path().join("library.before-restore-20261120-120000");
    assert!(aside.join("library.sqlite3").is_file(), "the library before it is whole");
    assert_eq!(kit.beside(), ["library.before-restore-20261120-120000"], "and nothing else is left");
    kit.open_again().await;
    assert_eq!(kit.view().await.log.len(), 2, "noted once");
}

#[tokio::test]
async fn without_recordings_in_it_those_of_now_are_brought_along() {
    let mut kit = Kit::new().await;
    kit.tone(400).await;
    let line = kit.back_up(false, Protection::Nothing).await;
    kit.tone(500).await;
    prepare(&kit.library(), &file_of(&line), None, nobody()).await.expect("prepared");
    kit.open_again().await;
    let verified = kit.desk.verify_recordings(|_, _| {}).await.expect("verified");
    assert_eq!((verified.good, verified.missing.len()), (1, 0), "the recording that it knows can be heard");
    let aside = kit.place.path().join("library.before-restore-20261120-120000/recordings");
    let count = |folder: &Path| walk(folder).into_iter().filter(|name| name.ends_with(".opus")).count();
    assert_eq!(count(&aside), 2, "the library before it still has both");
    assert_eq!(count(&kit.library().join("recordings")), 1, "and the restored one no strange ones");
}

#[tokio::test]
async fn a_pool_of_another_disk_comes_back_within_the_library() {
    let mut kit = Kit::new().await;
    let other = kit.place.path().join("other disk");
    let pool = contract::keeping::Pool {
        name: "Other".to_owned(),
        folder: other.to_string_lossy().into_owned(),
        order: 0,
        ..contract::keeping::Pool::default()
    };
    let own = contract::keeping::Pool { id: 1, name: "Library".to_owned(), order: 1, ..Default::default() };
    kit.desk.answer(contract::keeping::SavePool { pool: own }).await.expect("moved behind");
    kit.desk.answer(contract::keeping::SavePool { pool }).await.expect("saved");
    kit.tone(400).await;
    let line = kit.back_up(true, Protection::Nothing).await;
    assert_eq!(line.state, BackupState::Good, "{}", line.says);
    std::fs::rename(&other, kit.place.path().join("away")).expect("the disk breaks");
    prepare(&kit.library(), &file_of(&line), None, nobody()).await.expect("prepared");
    kit.open_again().await;
    let verified = kit.desk.verify_recordings(|_, _| {}).await.expect("verified");
    assert_eq!((verified.good, verified.missing.len()), (1, 0), "what was on the broken disk can be heard");
}

#[tokio::test]
async fn an_encrypted_one_needs_its_passphrase() {
    let kit = Kit::new().await;
    let line = kit.back_up(false, Protection::Typed("correct horse".to_owned())).await;
    assert!(line.encrypted, "{line:?}");
    let file = file_of(&line);
    assert!(look(&file).await.expect("read").needs_passphrase, "it says so before");
    for (passphrase, says) in
        [(None, "Enter its passphrase"), (Some("correct hors"), "not the passphrase of this backup")]
    {
        let failure = prepare(&kit.library(), &file, passphrase, nobody()).await.expect_err("refused");
        assert!(failure.message.contains(says), "{}", failure.message);
        assert_eq!(kit.beside(), Vec::<String>::new(), "nothing is left of it");
    }
    prepare(&kit.library(), &file, Some("correct horse"), nobody()).await.expect("with it, it opens");
}

#[tokio::test]
async fn one_that_was_changed_or_cut_is_refused_and_leaves_nothing() {
    let kit = Kit::new().await;
    let line = kit.back_up(false, Protection::Nothing).await;
    let whole = std::fs::read(file_of(&line)).expect("read");
    let mut changed = whole.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    let cut = whole[..whole.len() - 100].to_vec();
    let bad = kit.folder().join("bad.calldoc-backup");
    for (bytes, says) in
        [(changed, "changed or damaged"), (cut, "cut short"), (b"hello".to_vec(), "no CallDoc backup")]
    {
        std::fs::write(&bad, bytes).expect("written");
        let failure = prepare(&kit.library(), &bad, None, nobody()).await.expect_err("refused");
        assert!(failure.message.contains(says), "{}", failure.message);
        assert_eq!(kit.beside(), Vec::<String>::new(), "nothing is left of it");
    }
    assert_eq!(kit.sites().await, ["Before"], "the library is as it was");
}

#[tokio::test]
async fn one_of_a_newer_program_and_one_without_a_library_are_refused() {
    let kit = Kit::new().await;
    let file = kit.folder().join("made-up.calldoc-backup");
    for (schema, says) in [(9_999, "newer CallDoc (9.9.9)"), (1, "no library in this backup")] {
        let about = About { app: "9.9.9".into(), schema, made_at_ms: 0, recordings: false };
        let mut writer = BackupWriter::begin(Vec::new(), about, None).expect("begun");
        let name = MemberName::parse("other.txt").expect("a name");
        writer.add(&name, Coding::Stored, &mut &b"x"[..], &mut |_| ControlFlow::Continue(())).expect("added");
        std::fs::write(&file, writer.finish().expect("finished").0).expect("written");
        let failure = prepare(&kit.library(), &file, None, nobody()).await.expect_err("refused");
        assert!(failure.message.contains(says), "{}", failure.message);
        assert_eq!(kit.beside(), Vec::<String>::new(), "nothing is left of it");
    }
}

#[tokio::test]
async fn one_that_stands_ready_can_be_forgotten_and_is_replaced_by_the_next() {
    let mut kit = Kit::new().await;
    let first = kit.back_up(false, Protection::Nothing).await;
    kit.clock.turn_to(kit.clock.now().plus_ms(60_000));
    let second = kit.back_up(false, Protection::Nothing).await;
    prepare(&kit.library(), &file_of(&first), None, nobody()).await.expect("prepared");
    prepare(&kit.library(), &file_of(&second), None, nobody()).await.expect("prepared");
    let prepared = kit.view().await.prepared.expect("ready");
    assert_eq!(prepared.name, second.name, "the later choice");
    let refused = prepare(&kit.library(), &kit.folder(), None, nobody()).await;
    assert!(refused.is_err(), "a folder is no backup");
    assert_eq!(
        kit.view().await.prepared.expect("still ready").name,
        second.name,
        "a bad one takes nothing's place"
    );
    kit.desk.answer(ForgetRestore {}).await.expect("forgotten");
    kit.open_again().await;
    assert_eq!(kit.beside(), Vec::<String>::new(), "the library stays, and nothing is beside it");
    assert!(listed(&kit.library()).contains(&"library.sqlite3".to_owned()), "it is there");
}

#[tokio::test]
async fn a_restore_that_is_stopped_leaves_nothing() {
    let kit = Kit::new().await;
    let line = kit.back_up(false, Protection::Nothing).await;
    let failure = prepare(&kit.library(), &file_of(&line), None, Arc::new(|_| ControlFlow::Break(())))
        .await
        .expect_err("stopped");
    assert_eq!(failure.message, "It was stopped.", "in words");
    assert_eq!(kit.beside(), Vec::<String>::new(), "nothing is left of it");
    kit.desk.answer(StopBackup {}).await.expect("stopping nothing is fine");
}

fn walk(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            found.extend(walk(&entry.path()));
        } else {
            found.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    found
}
