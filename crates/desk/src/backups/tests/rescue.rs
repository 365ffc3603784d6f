//! A library that cannot be opened, and the ways back to one that can.

use super::kit::{Kit, file_of, listed};
use crate::backups::{Rescuer, Tell};
use crate::trouble::failure_of_store;
use contract::FailureCode;
use contract::backups::{BackupLine, BackupWhy, Protection};
use contract::rescue::{RestoreUnopened, Unopened};
use std::path::Path;
use std::sync::{Arc, Mutex};
use store::StoreError;

const NONSENSE: &str = "Dear Sirs, ";

/// Closed, with a backup, and its database overwritten.
async fn damaged() -> (Kit, BackupLine) {
    damaged_by(Protection::Nothing, nonsense).await
}

async fn damaged_by(protection: Protection, damage: fn(&Path)) -> (Kit, BackupLine) {
    let kit = Kit::new().await;
    let line = kit.back_up(false, protection).await;
    kit.add_site("After").await;
    kit.desk.close().await.expect("closed");
    damage(&kit.library().join("library.sqlite3"));
    (kit, line)
}

fn nonsense(database: &Path) {
    std::fs::write(database, NONSENSE.repeat(10_000)).expect("overwritten");
}

/// The head of the file is whole, and says that it is a database.
fn broken_pages(database: &Path) {
    let mut bytes = std::fs::read(database).expect("read");
    bytes[8_192..].fill(0xA5);
    std::fs::write(database, bytes).expect("overwritten");
}

fn rescuer(kit: &Kit) -> Rescuer {
    Rescuer::of(kit.library(), Arc::clone(&kit.clock))
}

fn nobody() -> Tell {
    Arc::new(|_| ())
}

#[tokio::test]
async fn a_damaged_library_is_restored_from_the_backup_that_is_found_without_it() {
    for damage in [nonsense as fn(&Path), broken_pages] {
        let (mut kit, line) = damaged_by(Protection::Nothing, damage).await;
        let damaged = std::fs::read(kit.library().join("library.sqlite3")).expect("read");
        let failure = kit.refused().await;
        assert_eq!(failure.code, FailureCode::Damaged, "{failure:?}");
        let rescuer = rescuer(&kit);
        let view = rescuer.view(failure).await.expect("a view");
        assert_eq!(view.why, Unopened::Damaged, "a backup is what helps");
        assert_eq!(view.backups.len(), 1, "its settings cannot be read, and its backup is found");
        let found = &view.backups[0];
        assert_eq!((&found.name, &found.folder), (&line.name, &line.folder), "where it went");
        assert_eq!((found.made_at_ms, found.bytes), (line.at_ms, line.bytes), "with its date and size");

        let told = Arc::new(Mutex::new(0));
        let counting = Arc::clone(&told);
        let ask = RestoreUnopened { look: found.look, passphrase: None };
        let restored = rescuer.restore(ask, Arc::new(move |_| *counting.lock().expect("whole") += 1)).await;
        let restored = restored.expect("restored");
        assert_eq!(
            (restored.made_at_ms, restored.complaints),
            (line.at_ms, Vec::new()),
            "whole, and of then"
        );
        assert!(*told.lock().expect("whole") > 1, "and who waited was told how far it was");
        let aside = restored.aside.expect("the damaged one is kept");
        assert_eq!(
            std::fs::read(Path::new(&aside).join("library.sqlite3")).expect("it is there"),
            damaged,
            "byte for byte"
        );
        kit.open().await;
        assert_eq!(kit.sites().await, ["Before"], "the library opens, and is as it was then");
        let log = kit.view().await.log;
        assert_eq!(log[0].why, BackupWhy::Restored, "its log says what happened");
        assert!(log[0].says.contains(&aside), "and where the other is: {}", log[0].says);
    }
}

#[tokio::test]
async fn backups_before_updates_are_found_and_those_that_a_person_chooses() {
    let kit = Kit::new().await;
    let before = kit.desk.backup_before("update to 9.9.9").await.expect("made");
    kit.clock.turn_to(kit.clock.now().plus_ms(60_000));
    let line = kit.back_up(false, Protection::Nothing).await;
    let elsewhere = kit.place.path().join("chosen.calldoc-backup");
    std::fs::rename(file_of(&line), &elsewhere).expect("moved");
    kit.desk.close().await.expect("closed");
    nonsense(&kit.library().join("library.sqlite3"));
    let rescuer = rescuer(&kit);
    let names = |backups: &[contract::backups::BackupLook]| -> Vec<String> {
        backups.iter().map(|backup| backup.name.clone()).collect()
    };
    let own = before.file_name().expect("a name").to_string_lossy().into_owned();
    let view = rescuer.view(kit.refused().await).await.expect("a view");
    assert_eq!(
        names(&view.backups),
        std::slice::from_ref(&own),
        "the library's own folder is looked through"
    );
    let chosen = rescuer.choose(elsewhere).await.expect("it can be read");
    assert_eq!((chosen.made_at_ms, chosen.trouble), (line.at_ms, None), "what it says of itself");
    let view = rescuer.view(kit.refused().await).await.expect("a view");
    assert_eq!(names(&view.backups), ["chosen.calldoc-backup".to_owned(), own], "the newest first");
}

#[tokio::test]
async fn a_folder_that_is_away_is_named() {
    let (kit, _) = damaged().await;
    std::fs::rename(kit.folder(), kit.place.path().join("unplugged")).expect("moved");
    let view = rescuer(&kit).view(kit.refused().await).await.expect("a view");
    assert_eq!(view.backups, [], "nothing can be reached");
    assert_eq!(view.away, [kit.folder().to_string_lossy().into_owned()], "and it is said what to plug in");
}

#[tokio::test]
async fn a_wrong_passphrase_changes_nothing_and_the_right_one_restores() {
    let (mut kit, _) = damaged_by(Protection::Typed("correct horse".to_owned()), nonsense).await;
    let rescuer = rescuer(&kit);
    let view = rescuer.view(kit.refused().await).await.expect("a view");
    assert!(view.backups[0].encrypted, "it is asked for");
    let look = view.backups[0].look;
    let with = |passphrase: &str| RestoreUnopened { look, passphrase: Some(passphrase.to_owned()) };
    let refused = rescuer.restore(with("correct hors"), nobody()).await.expect_err("refused");
    assert!(refused.message.contains("not the passphrase of this backup"), "{}", refused.message);
    assert_eq!(kit.beside(), Vec::<String>::new(), "nothing was begun");
    let database = std::fs::read_to_string(kit.library().join("library.sqlite3")).expect("it is there");
    assert!(database.starts_with(NONSENSE), "the damaged library is where it was");
    rescuer.restore(with("correct horse"), nobody()).await.expect("restored");
    kit.open().await;
    assert_eq!(kit.sites().await, ["Before"], "the library is as it was then");
}

#[tokio::test]
async fn what_helps_is_told_by_why_it_was_not_opened() {
    let kit = Kit::new().await;
    let held = kit.refused().await;
    let newer = failure_of_store(StoreError::NewerThanApp { library: 9_999, app: 1 });
    let full = failure_of_store(StoreError::DiskFull);
    for (failure, why) in [(held, Unopened::Held), (newer, Unopened::Newer), (full, Unopened::Refused)] {
        let says = failure.message.clone();
        let view = rescuer(&kit).view(failure).await.expect("a view");
        assert_eq!((view.why, view.says), (why, says), "it is told in words, and by what can be done");
    }
}

#[tokio::test]
async fn a_library_that_is_open_elsewhere_is_not_restored() {
    let kit = Kit::new().await;
    kit.back_up(false, Protection::Nothing).await;
    let rescuer = rescuer(&kit);
    let view = rescuer.view(kit.refused().await).await.expect("a view");
    let ask = RestoreUnopened { look: view.backups[0].look, passphrase: None };
    let refused = rescuer.restore(ask, nobody()).await.expect_err("refused");
    assert_eq!(refused.code, FailureCode::Held, "{}", refused.message);
    assert_eq!(kit.beside(), Vec::<String>::new(), "nothing was begun");
    assert_eq!(kit.sites().await, ["Before"], "whoever has it goes on with it");
}

#[tokio::test]
async fn a_restore_can_be_stopped_and_leaves_the_damaged_library_where_it_is() {
    let (kit, _) = damaged().await;
    let rescuer = Arc::new(rescuer(&kit));
    let view = rescuer.view(kit.refused().await).await.expect("a view");
    let ask = RestoreUnopened { look: view.backups[0].look, passphrase: None };
    let stopping = Arc::clone(&rescuer);
    let stopped = rescuer.restore(ask, Arc::new(move |_| stopping.stop())).await.expect_err("stopped");
    assert_eq!(stopped.message, "It was stopped.", "in words");
    assert_eq!(kit.beside(), Vec::<String>::new(), "nothing is left of it");
    assert!(listed(&kit.library()).contains(&"library.sqlite3".to_owned()), "it is there");
}

#[tokio::test]
async fn a_bundle_for_whoever_helps_needs_no_library() {
    let (kit, _) = damaged().await;
    let rescuer = rescuer(&kit);
    let preview = rescuer.prepare_diagnostics(&kit.refused().await).await.expect("put together");
    let text: String = preview.files.iter().map(|file| file.text.as_str()).collect();
    assert!(text.contains("The library is damaged"), "it says what is wrong: {text}");
    let place = kit.place.path().join("bundle.zip");
    rescuer.save_diagnostics(preview.bundle, &place).await.expect("saved");
    assert!(place.is_file(), "it is where the person said");
}
