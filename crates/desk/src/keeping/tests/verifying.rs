use super::kit::Kit;
use crate::Answer;
use contract::keeping::{
    AskPools, Encoding, Pool, RemovePool, SaveEncoding, SavePool, SetEncryption, VerifyRecordings,
};
use contract::recordings::{RecordingFilter, RecordingState};
use std::path::PathBuf;

async fn file_of(kit: &Kit, id: &str, ending: &str) -> PathBuf {
    let sha256 = kit.view(id).await.original_sha256;
    let found = kit.on_disk().into_iter().find(|path| {
        path.to_string_lossy().contains(&sha256[..24]) && path.extension().is_some_and(|end| end == ending)
    });
    found.expect("its file")
}

#[tokio::test]
async fn a_changed_and_a_missing_file_are_named_and_good_again_when_they_are_back() {
    let kit = Kit::new().await;
    let ids = [kit.tone(440, 1).await, kit.tone(500, 1).await, kit.tone(600, 1).await];
    let (changed, missing) = (file_of(&kit, &ids[0], "opus").await, file_of(&kit, &ids[1], "opus").await);
    let before = std::fs::read(&changed).expect("read");
    let mut other = before.clone();
    *other.last_mut().expect("bytes") ^= 1;
    std::fs::write(&changed, other).expect("changed");
    let aside = kit.folder.path().join("aside.opus");
    std::fs::rename(&missing, &aside).expect("moved");
    let mut steps = Vec::new();
    let verified = kit.desk.verify_recordings(|done, of| steps.push((done, of))).await.expect("verified");
    assert_eq!((verified.recordings, verified.good), (3, 1), "one is good");
    assert_eq!(verified.changed[0].id, ids[0], "which was changed");
    assert_eq!(
        (verified.missing[0].id.as_str(), verified.missing.len()),
        (ids[1].as_str(), 1),
        "which is missing"
    );
    assert!(changed.ends_with(&verified.changed[0].file), "by its file");
    assert_eq!(steps.last(), Some(&(3, 3)), "it told how far it was: {steps:?}");
    let damaged = kit.list(RecordingFilter { damaged: true, ..RecordingFilter::default() }).await;
    let states: Vec<RecordingState> = damaged.iter().map(|row| row.state).collect();
    assert_eq!(states, [RecordingState::Changed, RecordingState::Missing], "the rows say so from then on");
    std::fs::write(&changed, before).expect("put back");
    std::fs::rename(&aside, &missing).expect("put back");
    let verified = kit.desk.answer(VerifyRecordings {}).await.expect("verified");
    assert_eq!(verified.good, 3, "good again");
    assert!(kit.rows().await.iter().all(|row| row.state == RecordingState::Good), "and the rows as well");
    let told = kit.told(None).await;
    assert_eq!(
        told[told.len() - 2..],
        ["Verified: 1 good, 1 missing, 1 changed", "Verified: 3 good, 0 missing, 0 changed"]
    );
}

#[tokio::test]
async fn a_kept_original_is_verified_with_its_recording() {
    let kit = Kit::new().await;
    let encoding = Encoding { kilobits: 24, keep_original: true };
    kit.desk.answer(SaveEncoding { encoding }).await.expect("saved");
    let id = kit.tone(440, 1).await;
    std::fs::write(file_of(&kit, &id, "wav").await, "other").expect("changed");
    let verified = kit.desk.verify_recordings(|_, _| {}).await.expect("verified");
    assert!(verified.changed[0].says.contains("original"), "it says what of it: {:?}", verified.changed);
    let low = Encoding { kilobits: 6, keep_original: false };
    assert!(kit.desk.answer(SaveEncoding { encoding: low }).await.is_err(), "speech needs more");
}

#[tokio::test]
async fn a_kept_original_that_was_encrypted_as_it_came_is_verified_too() {
    let kit = Kit::new().await;
    let encoding = Encoding { kilobits: 24, keep_original: true };
    kit.desk.answer(SaveEncoding { encoding }).await.expect("saved");
    kit.desk.answer(SetEncryption { on: true }).await.expect("on");
    let id = kit.tone(440, 1).await;
    assert_eq!(kit.desk.answer(VerifyRecordings {}).await.expect("verified").good, 1, "as it was put there");
    let original = file_of(&kit, &id, "wav").await;
    let mut bytes = std::fs::read(&original).expect("read");
    assert!(!bytes.starts_with(b"RIFF"), "it is encrypted");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&original, bytes).expect("one bit of it flipped");
    let verified = kit.desk.answer(VerifyRecordings {}).await.expect("verified");
    assert_eq!((verified.good, verified.changed.len()), (0, 1), "no key is needed to see it");
    assert!(verified.changed[0].says.contains("original"), "it says what of it: {:?}", verified.changed);
}

fn pool(name: &str, folder: &std::path::Path, order: u32) -> Pool {
    Pool { name: name.into(), folder: folder.to_string_lossy().into_owned(), order, ..Pool::default() }
}

#[tokio::test]
async fn pools_are_filled_in_order_and_a_disk_that_is_away_is_told() {
    let kit = Kit::new().await;
    let disk = tempfile::tempdir().expect("a disk");
    let folder = disk.path().join("recordings");
    let pools = kit.desk.answer(SavePool { pool: pool("Disk", &folder, 0) }).await.expect("saved");
    let own = pools.iter().find(|pool| pool.id == 1).expect("the library's").clone();
    let new = pools.iter().find(|pool| pool.id != 1).expect("the new one").clone();
    kit.desk.answer(SavePool { pool: Pool { order: 1, ..own.clone() } }).await.expect("moved behind");
    assert_eq!(kit.desk.pool_for(10).await.as_ref(), Ok(&new.id), "the first in order");
    let id = kit.tone(440, 1).await;
    let pools = kit.desk.answer(AskPools {}).await.expect("read");
    assert_eq!((pools[0].id, pools[0].recordings), (new.id, 1), "it went there");
    let refused = kit.desk.answer(RemovePool { id: new.id }).await.expect_err("refused");
    assert!(refused.message.contains("nothing in it"), "{}", refused.message);
    let full = Pool { max_bytes: Some(1), ..new.clone() };
    let pools = kit.desk.answer(SavePool { pool: full }).await.expect("saved");
    assert!(pools[0].trouble.as_ref().is_some_and(|says| says.contains("full")), "it says that it is full");
    assert_eq!(kit.desk.pool_for(10).await, Ok(1), "then the next one");
    let tight = Pool { order: 1, min_free_bytes: u64::MAX / 2, ..own };
    kit.desk.answer(SavePool { pool: tight }).await.expect("saved");
    let why = kit.desk.pool_for(10).await.expect_err("no room");
    assert!(why.contains("Disk") && why.contains("Library"), "why none has room: {why}");
    // The disk is taken off: an empty folder where it was is not the pool.
    let away = disk.path().join("away");
    std::fs::rename(&folder, &away).expect("taken off");
    std::fs::create_dir(&folder).expect("as a mount point is");
    let pools = kit.desk.answer(AskPools {}).await.expect("read");
    assert_eq!((pools[0].free_bytes, pools[0].trouble.is_some()), (None, true), "it is told");
    let verified = kit.desk.verify_recordings(|_, _| {}).await.expect("verified");
    assert_eq!(verified.missing[0].id, id, "its recordings are missing");
    std::fs::remove_dir(&folder).expect("removed");
    std::fs::rename(&away, &folder).expect("put back");
    assert_eq!(
        kit.desk.verify_recordings(|_, _| {}).await.expect("verified").good,
        1,
        "and are good again with it"
    );
}

#[tokio::test]
async fn an_empty_pool_is_removed_and_the_librarys_own_never() {
    let kit = Kit::new().await;
    let disk = tempfile::tempdir().expect("a disk");
    let pools = kit.desk.answer(SavePool { pool: pool("Disk", disk.path(), 1) }).await.expect("saved");
    let id = pools[1].id;
    let twice = kit.desk.answer(SavePool { pool: pool("Other", disk.path(), 2) }).await;
    assert!(twice.is_err(), "a folder is one pool's");
    let nowhere = kit.desk.answer(SavePool { pool: pool("Other", &disk.path().join("a/b"), 2) }).await;
    assert!(nowhere.is_err(), "a folder that cannot be made is told");
    assert_eq!(kit.desk.answer(RemovePool { id }).await.expect("removed").len(), 1, "nothing was in it");
    assert!(kit.desk.answer(RemovePool { id: 1 }).await.is_err(), "the library's own stays");
    let told = kit.told(None).await;
    assert_eq!(told.last().map(String::as_str), Some("Pool Disk removed"), "{told:?}");
}
