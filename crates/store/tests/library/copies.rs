//! Copies of the database while it is written, before it is changed, and the log of backups.

use crate::kit::{Kit, entry};
use crate::older::first_version;
use model::At;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use store::{Backup, BackupState, BackupWhy, CallFilter, Changes, Library, StoreError};

#[tokio::test]
async fn a_copy_holds_whole_commits_while_the_writer_goes_on() {
    let mut kit = Kit::new().await;
    let calls = (1..200).map(|n| kit.call(n, i64::from(n) * 100).answered("204").make()).collect();
    kit.put(calls).await;
    let place = tempfile::tempdir().expect("a folder");
    let reader = kit.reader.clone();
    let file = place.path().join("library.sqlite3");
    let to = file.clone();
    let copying = tokio::spawn(async move { reader.copy_into(&to, || true).await });
    for n in 0..50 {
        let text = format!("entry {n}");
        kit.writer
            .commit(&[entry(kit.site, &text)], &Changes::default())
            .await
            .expect("the writer does not wait");
    }
    copying.await.expect("no panic").expect("copied");
    let copy = Library::open_reader(place.path()).await.expect("the copy is a library");
    assert_eq!(copy.totals(&CallFilter::default()).await.expect("counted").calls, 199, "with its calls");
    assert_eq!(
        copy.integrity_check().await.expect("checked"),
        Vec::<String>::new(),
        "of one moment, and sound"
    );
    let again = kit.reader.copy_into(&file, || true).await;
    assert!(again.is_err(), "nothing is written over");
    assert_eq!(
        Library::open_reader(place.path())
            .await
            .expect("there")
            .totals(&CallFilter::default())
            .await
            .expect("counted")
            .calls,
        199,
        "what was there stays"
    );
}

#[tokio::test]
async fn a_copy_that_is_stopped_leaves_nothing() {
    let mut kit = Kit::new().await;
    let calls = (1..3_000).map(|n| kit.call(n, i64::from(n) * 100).answered("204").make()).collect();
    kit.put(calls).await;
    let place = tempfile::tempdir().expect("a folder");
    let asked = Arc::new(AtomicU32::new(0));
    let counts = Arc::clone(&asked);
    let goes_on = move || {
        counts.fetch_add(1, Ordering::SeqCst);
        false
    };
    let error = kit.reader.copy_into(&place.path().join("a"), goes_on).await.expect_err("stopped");
    assert!(matches!(error, StoreError::Stopped), "{error}");
    assert!(asked.load(Ordering::SeqCst) >= 1, "it was asked");
    assert_eq!(std::fs::read_dir(place.path()).expect("listed").count(), 0, "no half of a file");
    assert_eq!(
        kit.reader.totals(&CallFilter::default()).await.expect("counted").calls,
        2_999,
        "the library is well"
    );
}

#[tokio::test]
async fn an_older_library_is_kept_before_it_is_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    first_version(folder.path()).await;
    drop(Library::open_writer(folder.path(), "test").await.expect("brought up to date"));
    assert_eq!(kept(folder.path()), ["library-1-19700101T000001Z.sqlite3"], "by its form and its last entry");
    let place = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join("before-updates").join("library-1-19700101T000001Z.sqlite3");
    std::fs::copy(copy, place.path().join("library.sqlite3")).expect("put into a folder of its own");
    let (_writer, reader) = Library::open_writer(place.path(), "test").await.expect("it is a library");
    assert_eq!(reader.totals(&CallFilter::default()).await.expect("counted").calls, 1, "with its call");

    drop(Library::open_writer(folder.path(), "test").await.expect("opened once more"));
    assert_eq!(kept(folder.path()).len(), 1, "what is up to date is not copied");
}

#[tokio::test]
async fn a_new_library_has_nothing_to_keep() {
    let kit = Kit::new().await;
    assert!(!kit.folder.path().join("before-updates").exists(), "there was nothing before");
}

#[tokio::test]
async fn only_the_newest_of_the_kept_ones_stay() {
    let folder = tempfile::tempdir().expect("a folder");
    let before = folder.path().join("before-updates");
    std::fs::create_dir(&before).expect("made");
    for name in ["library-0-a.sqlite3", "library-0-b.sqlite3", "library-0-c.sqlite3", "mine.txt"] {
        std::fs::write(before.join(name), "x").expect("written");
    }
    first_version(folder.path()).await;
    drop(Library::open_writer(folder.path(), "test").await.expect("brought up to date"));
    let left =
        ["library-0-b.sqlite3", "library-0-c.sqlite3", "library-1-19700101T000001Z.sqlite3", "mine.txt"];
    assert_eq!(kept(folder.path()), left, "three of them, and nothing of anybody else's is touched");
}

#[tokio::test]
async fn without_a_copy_nothing_is_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    first_version(folder.path()).await;
    // Where the folder of copies belongs, something else stands: nothing can be written there.
    std::fs::write(folder.path().join("before-updates"), "in the way").expect("written");
    let error = Library::open_writer(folder.path(), "test").await.err().expect("refused");
    assert!(matches!(error, StoreError::NotKept { .. }), "{error}");
    assert!(error.to_string().ends_with("Nothing was changed."), "in words: {error}");
    let error = Library::open_reader(folder.path()).await.expect_err("still of the older form");
    assert!(matches!(error, StoreError::OlderThanApp { library: 1, .. }), "untouched: {error}");
    std::fs::remove_file(folder.path().join("before-updates")).expect("out of the way");
    Library::open_writer(folder.path(), "test").await.expect("opens once there is room");
}

#[tokio::test]
async fn who_holds_a_library_can_be_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(
        Library::holder(&folder.path().join("none")).expect("asked"),
        None,
        "nobody holds what is not there"
    );
    let held = Library::open_writer(folder.path(), "CallDoc (pid 123)").await.expect("opened");
    assert_eq!(
        Library::holder(folder.path()).expect("asked").as_deref(),
        Some("CallDoc (pid 123)"),
        "its holder"
    );
    drop(held);
    assert_eq!(Library::holder(folder.path()).expect("asked"), None, "free again");
}

#[tokio::test]
async fn the_log_of_backups_is_told_newest_first() {
    let kit = Kit::new().await;
    let hand = kit.writer.hand();
    let line = |at, says: &str| Backup {
        id: 0,
        begun_at: At(at),
        due_at: Some(At(at)),
        why: BackupWhy::Schedule,
        state: BackupState::Begun,
        file: "/backups/one".into(),
        bytes: 0,
        recordings: true,
        sealed: true,
        says: says.into(),
    };
    let id = hand.note_backup(&line(10, "begun")).await.expect("noted");
    hand.note_backup(&line(20, "later")).await.expect("noted");
    let done = Backup { id, state: BackupState::Good, bytes: 7, says: "done".into(), ..line(10, "") };
    assert_eq!(hand.note_backup(&done).await.expect("noted"), id, "in place of what was said before");
    let log = kit.reader.backups(10).await.expect("read");
    let says: Vec<_> = log.iter().map(|line| line.says.as_str()).collect();
    assert_eq!(says, ["later", "done"], "newest first");
    assert_eq!(log[1], done, "with all it says");
}

fn kept(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder.join("before-updates")).expect("the folder of copies");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
