use super::kit::{Kit, TestKeychain};
use crate::keychain::RunOnlyKeychain;
use crate::{Answer, Desk};
use contract::keeping::{AskEncryption, Encoding, Encryption, SaveEncoding, SetEncryption, UnlockRecordings};
use contract::recordings::{AskPeaks, ExportFormat, RecordingState};
use contract::{Failure, FailureCode};
use model::RecordingId;
use std::sync::Arc;

/// Everything is rewritten by hand: the background's work, waited for.
async fn rewrite(desk: &Desk) {
    let print = desk.library().seal();
    let print = print.key.filter(|_| print.on).map(|key| key.fingerprint());
    let mut last = RecordingId(0);
    while desk.rewrite_next(print.as_deref(), &mut last).await.expect("rewritten") {}
}

async fn state(desk: &Desk) -> Encryption {
    desk.answer(AskEncryption {}).await.expect("answered")
}

async fn export(kit: &Kit, id: &str) -> Result<Vec<u8>, String> {
    let out = tempfile::tempdir().expect("a folder");
    let exported = kit
        .desk
        .export_recordings(&[id.to_owned()], ExportFormat::Wav, None, out.path())
        .await
        .map_err(|failure: Failure| failure.message)?;
    match exported.files.first() {
        Some(file) => Ok(std::fs::read(out.path().join(file)).expect("read")),
        None => Err(exported.failed.join(" ")),
    }
}

fn lies_open(kit: &Kit) -> usize {
    let open = |bytes: &[u8]| bytes.starts_with(b"RIFF") || bytes.starts_with(b"OggS");
    kit.on_disk().iter().filter(|file| open(&std::fs::read(file).expect("read"))).count()
}

#[tokio::test]
async fn switched_on_and_off_again_every_recording_is_rewritten_and_heard_the_same() {
    let kit = Kit::new().await;
    let encoding = Encoding { kilobits: 24, keep_original: true };
    kit.desk.answer(SaveEncoding { encoding }).await.expect("saved");
    let first = kit.tone(440, 2).await;
    let before = export(&kit, &first).await.expect("heard");
    let sha256 = kit.view(&first).await.stored_sha256;
    let set = kit.desk.answer(SetEncryption { on: true }).await.expect("on");
    assert!(set.recovery_key.is_some(), "it is shown once");
    let again = kit.desk.answer(SetEncryption { on: true }).await.expect("on already");
    assert_eq!(again.recovery_key, None, "and not twice");
    rewrite(&kit.desk).await;
    let second = kit.tone(500, 1).await;
    assert!(matches!(state(&kit.desk).await, Encryption::On { remaining: 0, .. }), "all are encrypted");
    assert_eq!(lies_open(&kit), 0, "neither what was there nor what came since lies open");
    assert_eq!(export(&kit, &first).await.expect("heard"), before, "what is heard is the same");
    let peaks = AskPeaks { id: second, from_ms: 0, to_ms: None, columns: 10 };
    assert_eq!(kit.desk.answer(peaks).await.expect("drawn").channels[0].len(), 10, "its waveform as well");
    kit.is_in_order().await;
    kit.desk.answer(SetEncryption { on: false }).await.expect("off");
    rewrite(&kit.desk).await;
    assert_eq!(state(&kit.desk).await, Encryption::Off, "nothing is encrypted any more");
    let view = kit.view(&first).await;
    assert_eq!(view.stored_sha256, sha256, "the very file that was stored first");
    let says: Vec<&str> = view.versions.iter().map(|version| version.says.as_str()).collect();
    assert_eq!(says, ["Taken in", "Encrypted", "Decrypted"], "each state is in the chain");
    kit.is_in_order().await;
}

#[tokio::test]
async fn a_rewriting_that_is_cut_off_goes_on_at_the_next_start() {
    for step in ["make the new files", "put them in place", "remove the old files"] {
        let mut kit = Kit::new().await;
        let id = kit.tone(440, 1).await;
        kit.cut_before(step);
        kit.desk.answer(SetEncryption { on: true }).await.expect("on");
        rewrite(&kit.desk).await;
        let doomed = kit.desk.reader().doomed().await.expect("read");
        assert!(!doomed.is_empty(), "{step}: it was cut off with files to remove");
        kit.open_again().await;
        rewrite(&kit.desk).await;
        assert!(matches!(state(&kit.desk).await, Encryption::On { remaining: 0, .. }), "{step}: it is done");
        assert!(export(&kit, &id).await.is_ok(), "{step}: and can be heard");
        assert_eq!(lies_open(&kit), 0, "{step}: nothing lies open");
        kit.is_in_order().await;
    }
}

#[tokio::test]
async fn without_a_keychain_it_cannot_be_switched_on() {
    let kit = Kit::with(Arc::new(RunOnlyKeychain::default())).await;
    let failure = kit.desk.answer(SetEncryption { on: true }).await.expect_err("refused");
    assert_eq!(failure.code, FailureCode::Keychain, "{}", failure.message);
    assert!(failure.message.contains("keychain"), "in words: {}", failure.message);
    assert_eq!(state(&kit.desk).await, Encryption::Off, "never for this run only");
    assert_eq!(kit.told(None).await, Vec::<String>::new(), "nothing was done");
}

#[tokio::test]
async fn a_key_that_is_not_there_locks_the_recordings_until_the_recovery_key_is_given() {
    let mut kit = Kit::new().await;
    let id = kit.tone(440, 1).await;
    let set = kit.desk.answer(SetEncryption { on: true }).await.expect("on");
    rewrite(&kit.desk).await;
    let recovery_key = set.recovery_key.expect("shown once");
    // Another computer, or a keychain that was reset.
    kit.keychain = Arc::new(TestKeychain::default());
    kit.open_again().await;
    let Encryption::Locked { key, why } = state(&kit.desk).await else { panic!("locked") };
    assert!(why.contains(&key) && why.contains("recovery key"), "it says what to do: {why}");
    assert_eq!(kit.rows().await[0].state, RecordingState::Locked, "each row says so");
    let why = export(&kit, &id).await.expect_err("locked");
    assert!(why.contains(&key), "in words: {why}");
    kit.is_in_order().await;
    let off = kit.desk.answer(SetEncryption { on: false }).await;
    assert!(off.is_err(), "what is locked cannot be decrypted");
    let typo = recovery_key.replacen(|one: char| one.is_ascii_digit(), "x", 1);
    let failure = kit.desk.answer(UnlockRecordings { recovery_key: typo }).await.expect_err("a typo");
    assert!(failure.message.contains("roup"), "it says where: {}", failure.message);
    let other = recordings::Key::from_bytes([7; 32]).recovery_text().to_string();
    let failure = kit.desk.answer(UnlockRecordings { recovery_key: other }).await.expect_err("another's");
    assert!(failure.message.contains("another library"), "{}", failure.message);
    kit.desk.answer(UnlockRecordings { recovery_key }).await.expect("unlocked");
    assert!(export(&kit, &id).await.is_ok(), "it is heard again");
    kit.open_again().await;
    assert!(matches!(state(&kit.desk).await, Encryption::On { .. }), "the key is in the keychain again");
    let told = kit.told(None).await;
    assert!(told.iter().any(|says| says.starts_with("Unlocked")), "and the log says so: {told:?}");
}

#[tokio::test]
async fn another_key_under_the_same_name_is_told_as_such() {
    let mut kit = Kit::new().await;
    kit.desk.answer(SetEncryption { on: true }).await.expect("on");
    let Encryption::On { key, .. } = state(&kit.desk).await else { panic!("on") };
    let other = recordings::Key::from_bytes([7; 32]).recovery_text();
    let secret = crate::Secret::new(other.as_str());
    kit.keychain.put(&format!("recordings:{key}"), &secret).expect("put");
    kit.open_again().await;
    let Encryption::Locked { why, .. } = state(&kit.desk).await else { panic!("locked") };
    assert!(why.contains("another one"), "a wrong key is not a missing one: {why}");
}

#[tokio::test]
async fn a_key_that_is_lost_after_everything_was_decrypted_stops_nothing() {
    let mut kit = Kit::new().await;
    kit.tone(440, 1).await;
    kit.desk.answer(SetEncryption { on: true }).await.expect("on");
    rewrite(&kit.desk).await;
    kit.desk.answer(SetEncryption { on: false }).await.expect("off");
    rewrite(&kit.desk).await;
    kit.keychain = Arc::new(TestKeychain::default());
    kit.open_again().await;
    assert_eq!(state(&kit.desk).await, Encryption::Off, "nothing needs the key");
    let id = kit.tone(500, 1).await;
    assert!(export(&kit, &id).await.is_ok(), "recordings are taken in and heard as ever");
    kit.is_in_order().await;
    let set = kit.desk.answer(SetEncryption { on: true }).await.expect("on again");
    assert!(set.recovery_key.is_some(), "with a key of its own");
}

#[tokio::test]
async fn a_key_that_is_lost_before_everything_was_decrypted_is_asked_for() {
    let mut kit = Kit::new().await;
    kit.tone(440, 1).await;
    kit.desk.answer(SetEncryption { on: true }).await.expect("on");
    rewrite(&kit.desk).await;
    kit.cut_before("make the new files");
    kit.desk.answer(SetEncryption { on: false }).await.expect("off");
    rewrite(&kit.desk).await;
    kit.keychain = Arc::new(TestKeychain::default());
    kit.open_again().await;
    assert!(matches!(state(&kit.desk).await, Encryption::Locked { .. }), "one is still encrypted with it");
}
