//! Making one: whole and read back, or nothing.

use super::kit::{Kit, file_of, listed};
use crate::Answer;
use crate::backups::making::{Care, Order, Place};
use crate::backups::places::{check_room, unfinished};
use crate::backups::{Contents, look};
use crate::look::Look;
use contract::backups::{BackUpNow, BackupState, BackupStep, Protection, Standing};
use model::At;
use store::BackupWhy;

fn order(kit: &Kit) -> Order {
    Order {
        why: BackupWhy::ByHand,
        due_at: None,
        place: Place::Within { folder: kit.folder(), what: "CallDoc".to_owned() },
        recordings: true,
        passphrase: None,
        care: Care::Thorough,
    }
}

#[tokio::test]
async fn a_backup_is_written_read_back_and_noted() {
    let kit = Kit::new().await;
    kit.tone(400).await;
    assert_eq!(kit.view().await.standing, Standing::Never, "nothing is safe yet");
    let line = kit.back_up(true, Protection::Nothing).await;
    assert_eq!((line.state, line.says.as_str()), (BackupState::Good, "Written and read back."), "{line:?}");
    assert_eq!(line.name, "CallDoc 2026-11-20 13.00.00.calldoc-backup", "by the office's clock");
    assert_eq!(kit.files(), std::slice::from_ref(&line.name), "one file, under its own name");
    assert!(!listed(&kit.library()).iter().any(|name| name.starts_with("backing-up")), "no copy is left");
    let view = kit.view().await;
    assert_eq!(
        (view.standing, view.running),
        (Standing::ByHand, None),
        "safe, though nothing makes the next one"
    );
    assert_eq!(view.last_good, Some(line.clone()), "it is the newest");
    let says = look(&file_of(&line)).await.expect("it can be read");
    assert_eq!(
        (says.recordings, says.needs_passphrase, says.trouble),
        (true, false, None),
        "what it says of itself"
    );
    std::fs::remove_file(file_of(&line)).expect("removed by somebody");
    assert_eq!(kit.view().await.standing, Standing::Away, "a file that is gone is told");
}

#[tokio::test]
async fn one_that_is_stopped_leaves_nothing() {
    let kit = Kit::new().await;
    kit.tone(400).await;
    let going = kit.desk.begin_backup(BackupStep::Copying).expect("begun");
    kit.desk.backups().stop();
    let failure = kit.desk.make_backup(order(&kit), going).await.expect_err("stopped");
    assert_eq!(failure.message, "It was stopped.", "in words");
    assert_eq!(kit.files(), Vec::<String>::new(), "no half of a file");
    assert!(!listed(&kit.library()).iter().any(|name| name.starts_with("backing-up")), "no copy is left");
    assert_eq!(kit.view().await.log, Vec::new(), "who stopped it knows");
    assert_eq!(kit.back_up(true, Protection::Nothing).await.state, BackupState::Good, "the next one runs");
}

#[tokio::test]
async fn only_one_runs_at_a_time_and_none_after_closing() {
    let kit = Kit::new().await;
    let going = kit.desk.begin_backup(BackupStep::Copying).expect("begun");
    let folder = kit.folder().to_string_lossy().into_owned();
    let ask = BackUpNow { folder, recordings: false, protection: Protection::Nothing };
    let failure = kit.desk.answer(ask).await.expect_err("busy");
    assert!(failure.message.contains("is going on"), "in words: {}", failure.message);
    drop(going);
    kit.desk.close().await.expect("closed");
    assert!(kit.desk.begin_backup(BackupStep::Copying).is_err(), "the library is another's now");
}

#[tokio::test]
async fn no_folder_within_the_library_takes_backups() {
    let kit = Kit::new().await;
    kit.tone(400).await;
    let mut folders = vec![kit.library(), kit.library().join("recordings"), kit.library().join("new")];
    #[cfg(unix)]
    {
        let link = kit.place.path().join("link");
        std::os::unix::fs::symlink(kit.library(), &link).expect("linked");
        folders.push(link);
    }
    for folder in folders {
        let folder = folder.to_string_lossy().into_owned();
        let ask = BackUpNow { folder: folder.clone(), recordings: false, protection: Protection::Nothing };
        let failure = kit.desk.answer(ask).await.expect_err("refused");
        assert!(failure.message.contains("within the library"), "{folder}: {}", failure.message);
    }
    for folder in ["", "backups", "/no/such/place"] {
        let ask = BackUpNow { folder: folder.into(), recordings: false, protection: Protection::Nothing };
        assert!(kit.desk.answer(ask).await.is_err(), "{folder:?} is none");
    }
}

#[tokio::test]
async fn a_disk_without_room_is_told_before_anything_is_written() {
    let kit = Kit::new().await;
    let failure = check_room(&kit.folder(), u64::MAX / 2, "for the backup").expect_err("nobody has that");
    assert!(
        failure.message.starts_with("There is not enough room for the backup: about"),
        "{}",
        failure.message
    );
}

#[tokio::test]
async fn a_missing_recording_does_not_stop_it_and_is_told() {
    let kit = Kit::new().await;
    kit.tone(400).await;
    let row = kit.desk.reader().files_after(model::RecordingId(0), 1).await.expect("read").swap_remove(0);
    std::fs::remove_file(kit.library().join("recordings").join(&row.stored_file)).expect("removed");
    let line = kit.back_up(true, Protection::Nothing).await;
    assert_eq!(line.state, BackupState::Good, "the rest is safe");
    assert!(line.says.contains("1 file of a recording"), "{}", line.says);
}

#[tokio::test]
async fn what_a_kill_left_is_cleared_away_and_noted() {
    let mut kit = Kit::new().await;
    let file = kit.folder().join("CallDoc.calldoc-backup");
    let begun = store::Backup {
        id: 0,
        begun_at: kit.clock.now(),
        due_at: Some(At(1)),
        why: BackupWhy::Schedule,
        state: store::BackupState::Begun,
        file: file.to_string_lossy().into_owned(),
        bytes: 0,
        recordings: false,
        sealed: false,
        says: String::new(),
    };
    kit.desk.hand().note_backup(&begun).await.expect("noted");
    std::fs::write(unfinished(&file), "half of it").expect("written");
    std::fs::create_dir(kit.library().join("backing-up-7")).expect("made");
    std::fs::create_dir(kit.library().join("backing-up-8")).expect("made");
    let used = std::fs::File::create(kit.library().join("backing-up-8.lock")).expect("made");
    used.try_lock().expect("as the command line that backs up");
    kit.open_again().await;
    let line = &kit.view().await.log[0];
    assert_eq!(
        (line.state, line.says.as_str()),
        (BackupState::Failed, "CallDoc was ended while it was made."),
        "told"
    );
    assert_eq!(kit.files(), Vec::<String>::new(), "its half is gone");
    assert!(!kit.library().join("backing-up-7").exists(), "and the copy it was made of");
    assert!(kit.library().join("backing-up-8").exists(), "what another program uses stays");
}

#[tokio::test]
async fn before_an_update_the_database_is_kept_in_the_library() {
    let kit = Kit::new().await;
    kit.tone(400).await;
    for n in 0..5 {
        kit.clock.turn_to(kit.clock.now().plus_ms(1_000));
        let file = kit.desk.backup_before(&format!("update to 1.{n}")).await.expect("made");
        assert!(file.is_file(), "it is there");
        assert!(!look(&file).await.expect("read").recordings, "quick: without recordings");
    }
    let kept = listed(&kit.library().join("before-updates"));
    assert_eq!(kept.len(), 3, "the newest stay: {kept:?}");
    assert!(kept[0].starts_with("CallDoc before update to 1.2 2026-11-20"), "named by the reason: {kept:?}");
    assert_eq!(
        kit.view().await.standing,
        Standing::Never,
        "it goes with the library, so it makes nothing safe"
    );
}

#[tokio::test]
async fn recordings_that_leave_in_a_backup_are_audited() {
    let kit = Kit::new().await;
    kit.tone(400).await;
    kit.back_up(false, Protection::Nothing).await;
    kit.clock.turn_to(kit.clock.now().plus_ms(1_000));
    kit.back_up(true, Protection::Nothing).await;
    let ask = contract::keeping::AskAudit { recording: None, before: None, limit: 10 };
    let told = kit.desk.answer(ask).await.expect("a page").lines;
    let copied =
        told.iter().filter(|line| line.says.starts_with("All recordings copied into the backup")).count();
    assert_eq!(copied, 1, "the one that holds them: {told:?}");
}

#[tokio::test]
async fn the_command_line_backs_up_beside_the_app() {
    let kit = Kit::new().await;
    let look_in = Look::open(&kit.library()).await.expect("beside the writer");
    let file = kit.folder().join("by-script.calldoc-backup");
    let (library, other) = (kit.library(), kit.folder().join("b"));
    let back_up = || look_in.back_up(&library, &file, Contents::Database, None, super::kit::nobody());
    let made = back_up().await.expect("made");
    assert_eq!((made.complaints, kit.files().len()), (Vec::new(), 1), "whole, and nothing beside it");
    let failure = back_up().await.expect_err("refused");
    assert!(failure.message.contains("Nothing is written over"), "{}", failure.message);
    let short = look_in.back_up(&library, &other, Contents::Database, Some("short"), super::kit::nobody());
    assert!(short.await.is_err(), "a passphrase that keeps nobody out is refused");
}

#[tokio::test]
async fn one_into_a_file_of_ones_choice_is_noted_too() {
    let kit = Kit::new().await;
    let file = kit.folder().join("mine.calldoc-backup");
    let made = kit.desk.back_up(&file, Contents::Database, Some("correct horse"), super::kit::nobody()).await;
    assert_eq!(made.expect("made").file, file, "where it was asked for");
    let line = kit.view().await.log.swap_remove(0);
    assert_eq!((line.name.as_str(), line.encrypted), ("mine.calldoc-backup", true), "in the log");
}
