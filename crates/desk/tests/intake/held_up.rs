//! What holds the whole intake up: it is said, nothing is lost, and it goes on by itself.

use super::{Office, all, is_in_order, open};
use crate::sounds;
use contract::intake::AskIntake;
use contract::keeping::{AskPools, Pool, SavePool};
use desk::{Answer, Desk};

async fn limit(desk: &Desk, max_bytes: Option<u64>, min_free_bytes: u64) {
    let own = desk.answer(AskPools {}).await.expect("pools").remove(0);
    let pool = Pool { max_bytes, min_free_bytes, ..own };
    desk.answer(SavePool { pool }).await.expect("saved");
}

async fn held_up(desk: &Desk) -> Option<String> {
    desk.answer(AskIntake {}).await.expect("the intake").held_up
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_pool_holds_recordings_up_until_there_is_room() {
    let office = Office::new().await;
    let folder = office.drop_folder();
    for n in 1..=3 {
        sounds::write(&folder.join(format!("20{n}_02079460123_2026030910010{n}.wav")), 1.0, n);
    }
    limit(&office.desk, Some(1_000), 0).await;
    let refused =
        office.desk.import_recordings(model::SiteId(1), std::slice::from_ref(&folder), |_, _| {}).await;
    let why = refused.expect_err("there is no room").message;
    assert!(why.contains("room"), "and it is said: {why}");
    assert_eq!(held_up(&office.desk).await, Some(why), "also where the intake is shown");
    let view = office.desk.answer(AskIntake {}).await.expect("the intake");
    assert_eq!((view.waiting, view.refused.len()), (3, 0), "all wait, none is refused: {view:?}");
    assert!(all(&office.desk).await.rows.is_empty(), "none is taken in");

    limit(&office.desk, None, 0).await;
    office.desk.settle_recordings().await.expect("settled");
    assert_eq!(held_up(&office.desk).await, None, "there is room now");
    is_in_order(&office.desk, office.folder.path(), 3, 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_held_up_is_taken_in_after_a_restart() {
    let office = Office::new().await;
    let file = office.drop_folder().join("204_02079460123_20260309100100.wav");
    sounds::write(&file, 1.0, 3);
    limit(&office.desk, None, u64::MAX / 2).await;
    office.desk.give_recordings(std::slice::from_ref(&file)).await.expect("given");
    office.desk.settle_recordings().await.expect("settled");
    let why = held_up(&office.desk).await.expect("the disk is to keep more free than it has");
    assert!(why.contains("disk"), "{why}");
    std::fs::remove_file(&file).expect("removed by somebody");
    limit(&office.desk, None, 0).await;
    office.desk.close().await.expect("closed");

    let desk = open(office.folder.path(), &office.clock, None).await;
    desk.settle_recordings().await.expect("settled");
    is_in_order(&desk, office.folder.path(), 1, 0).await;
}
