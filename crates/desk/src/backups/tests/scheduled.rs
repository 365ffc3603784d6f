//! Backups by the clock.

use super::kit::{HOUR, Kit};
use crate::Answer;
use crate::backups::look;
use crate::keychain::Keychain;
use contract::backups::{BackupSchedule, BackupState, SaveBackupSchedule, Standing};
use contract::reports::Every;

const DAY: i64 = 24 * HOUR;

fn daily(kit: &Kit) -> BackupSchedule {
    BackupSchedule {
        on: true,
        every: Every::Day { minute_of_day: 14 * 60 },
        folder: kit.folder().to_string_lossy().into_owned(),
        keep: 2,
        recordings: false,
        encrypted: false,
        passphrase_kept: false,
    }
}

async fn save(kit: &Kit, schedule: BackupSchedule, passphrase: Option<&str>) {
    let ask = SaveBackupSchedule { schedule, passphrase: passphrase.map(str::to_owned) };
    kit.desk.answer(ask).await.expect("saved");
}

fn turn(kit: &Kit, by_ms: i64) {
    kit.clock.turn_to(kit.clock.now().plus_ms(by_ms));
}

#[tokio::test]
async fn one_is_made_at_its_time_and_of_the_missed_ones_the_latest() {
    let mut kit = Kit::new().await;
    // It is 13:00 in the office.
    save(&kit, daily(&kit), None).await;
    assert_eq!(kit.view().await.next_ms, Some(kit.clock.now().0 + HOUR), "this afternoon");
    assert!(!kit.desk.see_to_backups().await.expect("seen to"), "not yet");
    turn(&kit, HOUR);
    assert!(kit.desk.see_to_backups().await.expect("seen to"), "now");
    assert!(!kit.desk.see_to_backups().await.expect("seen to"), "once");
    assert_eq!((kit.files().len(), kit.view().await.standing), (1, Standing::Safe), "the office is safe");
    turn(&kit, 4 * DAY + HOUR);
    kit.open_again().await;
    assert_eq!(kit.view().await.standing, Standing::Old, "nobody looked for days");
    assert!(kit.desk.see_to_backups().await.expect("seen to"), "made up for");
    assert!(!kit.desk.see_to_backups().await.expect("seen to"), "one for all four");
    assert_eq!((kit.files().len(), kit.view().await.standing), (2, Standing::Safe), "safe again");
}

#[tokio::test]
async fn of_those_that_it_made_the_newest_stay() {
    let kit = Kit::new().await;
    save(&kit, daily(&kit), None).await;
    let by_hand = kit.back_up(false, contract::backups::Protection::Nothing).await;
    std::fs::write(kit.folder().join("mine.calldoc-backup"), "another's").expect("written");
    for _ in 0..4 {
        turn(&kit, DAY);
        assert!(kit.desk.see_to_backups().await.expect("seen to"), "a day, a backup");
    }
    let files = kit.files();
    assert_eq!(files.len(), 4, "two of its own, one by hand, one of somebody else's: {files:?}");
    assert!(files.contains(&by_hand.name) && files.contains(&"mine.calldoc-backup".to_owned()), "{files:?}");
    let removed = kit.view().await.log.into_iter().filter(|line| line.state == BackupState::Removed).count();
    assert_eq!(removed, 2, "the log says which are gone");
}

#[tokio::test]
async fn one_that_failed_is_tried_again_and_then_left_to_its_next_time() {
    let kit = Kit::new().await;
    save(&kit, daily(&kit), None).await;
    let away = kit.place.path().join("unplugged");
    // The folder's own parent is gone, as with a disk that was pulled out.
    let mut schedule = daily(&kit);
    std::fs::create_dir_all(away.join("disk")).expect("made");
    schedule.folder = away.join("disk/backups").to_string_lossy().into_owned();
    save(&kit, schedule, None).await;
    std::fs::remove_dir_all(&away).expect("pulled out");
    turn(&kit, HOUR);
    assert!(kit.desk.see_to_backups().await.expect("seen to"), "it is due");
    let view = kit.view().await;
    assert_eq!(view.log[0].state, BackupState::Failed, "and fails");
    assert!(view.log[0].says.contains("Plug its disk in"), "in words: {}", view.log[0].says);
    assert!(!kit.desk.see_to_backups().await.expect("seen to"), "not at once again");
    std::fs::create_dir_all(away.join("disk")).expect("plugged in");
    turn(&kit, 15 * 60_000);
    assert!(kit.desk.see_to_backups().await.expect("seen to"), "after a quarter of an hour");
    assert_eq!(kit.view().await.standing, Standing::Safe, "it is made after all");

    std::fs::remove_dir_all(&away).expect("pulled out again");
    turn(&kit, DAY);
    let mut tries = 0;
    for _ in 0..100 {
        tries += u32::from(kit.desk.see_to_backups().await.expect("seen to"));
        turn(&kit, 10 * 60_000);
    }
    assert_eq!(tries, 4, "four times, and no more until tomorrow");
    assert_eq!(kit.view().await.standing, Standing::Failed, "the screen says so");
}

#[tokio::test]
async fn without_its_passphrase_nothing_is_written() {
    let kit = Kit::new().await;
    let encrypted = BackupSchedule { encrypted: true, ..daily(&kit) };
    let ask = SaveBackupSchedule { schedule: encrypted.clone(), passphrase: None };
    let failure = kit.desk.answer(ask).await.expect_err("refused");
    assert!(failure.message.contains("Enter a passphrase"), "{}", failure.message);
    let short = SaveBackupSchedule { schedule: encrypted.clone(), passphrase: Some("short".into()) };
    assert!(kit.desk.answer(short).await.is_err(), "a short one keeps nobody out");
    save(&kit, encrypted, Some("correct horse")).await;
    turn(&kit, HOUR);
    assert!(kit.desk.see_to_backups().await.expect("seen to"), "due");
    let line = kit.view().await.log.swap_remove(0);
    assert!(line.encrypted && line.state == BackupState::Good, "{line:?}");
    assert!(look(&super::kit::file_of(&line)).await.expect("read").needs_passphrase, "locked");
    kit.keychain.remove("backups").expect("forgotten");
    turn(&kit, DAY);
    assert!(kit.desk.see_to_backups().await.expect("seen to"), "due");
    let view = kit.view().await;
    assert_eq!((view.log[0].state, kit.files().len()), (BackupState::Failed, 1), "not in the clear either");
    assert!(view.log[0].says.contains("not in the keychain"), "{}", view.log[0].says);
    let settings = kit.desk.reader().office_setting("backup_schedule").await.expect("read").expect("saved");
    assert!(!settings.contains("horse"), "the passphrase is in the keychain alone");
}

#[tokio::test]
async fn a_schedule_that_is_off_makes_nothing() {
    let kit = Kit::new().await;
    save(&kit, BackupSchedule { on: false, ..daily(&kit) }, None).await;
    turn(&kit, 10 * DAY);
    assert!(!kit.desk.see_to_backups().await.expect("seen to"), "off is off");
    assert_eq!(kit.view().await.next_ms, None, "and no time is named");
}
