use super::kit::{Kit, tenths};
use crate::Answer;
use contract::keeping::{Encoding, SaveEncoding, SetEncryption};
use contract::recordings::{ExportFormat, SilenceRecording};

fn silence(id: &str) -> SilenceRecording {
    SilenceRecording { id: id.to_owned(), spans_ms: vec![(1_000, 2_000)], why: "card number".to_owned() }
}

/// How loud what is exported is, by tenths of a second.
async fn heard(kit: &Kit, id: &str) -> Vec<f64> {
    let out = tempfile::tempdir().expect("a folder");
    let exported = kit
        .desk
        .export_recordings(&[id.to_owned()], ExportFormat::Wav, None, out.path())
        .await
        .expect("exported");
    assert_eq!(exported.failed, Vec::<String>::new(), "it can be heard");
    tenths(&std::fs::read(out.path().join(&exported.files[0])).expect("read"))
}

fn is_silent(tenths: &[f64]) -> bool {
    assert_eq!(tenths.len(), 30, "three seconds as before");
    assert!(tenths[2] > 1_000.0 && tenths[27] > 1_000.0, "the rest is heard: {tenths:?}");
    tenths[11..19].iter().all(|loud| *loud < 3.0)
}

#[tokio::test]
async fn a_span_is_silenced_for_good_and_written_down() {
    let kit = Kit::new().await;
    let encoding = Encoding { kilobits: 24, keep_original: true };
    kit.desk.answer(SaveEncoding { encoding }).await.expect("saved");
    let id = kit.tone(440, 3).await;
    assert!(!is_silent(&heard(&kit, &id).await), "before, it is heard all through");
    let before = kit.view(&id).await;
    let view = kit.desk.answer(silence(&id)).await.expect("silenced");
    assert!(is_silent(&heard(&kit, &id).await), "after, the span is silent");
    assert_eq!(view.silenced, [(1_000, 2_000)], "the window knows which");
    assert_eq!(view.versions.len(), before.versions.len() + 1, "a version more");
    assert_eq!(
        view.versions.last().map(|version| &version.sha256),
        Some(&view.stored_sha256),
        "its hash is now"
    );
    assert_eq!(view.versions[0].sha256, before.stored_sha256, "and the chain begins with what was taken in");
    assert_eq!(view.original_sha256, before.original_sha256, "what came is still known by its hash");
    let original = kit.on_disk().into_iter().find(|path| path.extension().is_some_and(|end| end == "wav"));
    let original = tenths(&std::fs::read(original.expect("kept")).expect("read"));
    assert!(is_silent(&original), "the original is silent there too");
    let told = kit.told(Some(&id)).await;
    let last = told.iter().rfind(|says| says.starts_with("Silenced")).expect("told");
    assert_eq!(last, "Silenced 0:01 to 0:02: card number (in the original too)", "and the log says so");
    kit.is_in_order().await;
    kit.desk
        .answer(SilenceRecording { spans_ms: vec![(0, 300)], ..silence(&id) })
        .await
        .expect("silenced once more");
    assert_eq!(kit.view(&id).await.silenced.len(), 2, "both are known");
    kit.is_in_order().await;
}

#[tokio::test]
async fn a_silencing_that_is_cut_off_anywhere_loses_nothing_and_leaves_no_old_sound() {
    for (step, done) in [
        ("make the new file", false),
        ("make the new original", false),
        ("put them in place", false),
        ("remove the old files", true),
    ] {
        let mut kit = Kit::new().await;
        let encoding = Encoding { kilobits: 24, keep_original: true };
        kit.desk.answer(SaveEncoding { encoding }).await.expect("saved");
        let id = kit.tone(440, 3).await;
        kit.cut_before(step);
        assert!(kit.desk.answer(silence(&id)).await.is_err(), "{step}: cut off");
        kit.open_again().await;
        assert_eq!(is_silent(&heard(&kit, &id).await), done, "{step}: wholly done, or not at all");
        kit.is_in_order().await;
        if !done {
            kit.desk.answer(silence(&id)).await.expect("done at the second attempt");
            assert!(is_silent(&heard(&kit, &id).await), "{step}: then it is silent");
            kit.is_in_order().await;
        }
    }
}

#[tokio::test]
async fn an_encrypted_recording_is_silenced_under_its_key() {
    let kit = Kit::new().await;
    let encoding = Encoding { kilobits: 24, keep_original: true };
    kit.desk.answer(SaveEncoding { encoding }).await.expect("saved");
    kit.desk.answer(SetEncryption { on: true }).await.expect("on");
    let id = kit.tone(440, 3).await;
    let view = kit.desk.answer(silence(&id)).await.expect("silenced");
    assert!(view.encrypted && view.original_kept, "still encrypted, original and all");
    assert!(is_silent(&heard(&kit, &id).await), "and silent");
    for file in kit.on_disk() {
        let bytes = std::fs::read(&file).expect("read");
        assert!(!bytes.starts_with(b"RIFF") && !bytes.starts_with(b"OggS"), "nothing lies open: {file:?}");
    }
    kit.is_in_order().await;
}

#[tokio::test]
async fn a_silencing_without_a_reason_or_beyond_the_end_is_refused() {
    let kit = Kit::new().await;
    let id = kit.tone(440, 3).await;
    let without = kit.desk.answer(SilenceRecording { why: " ".into(), ..silence(&id) }).await;
    assert!(without.is_err(), "why is written down with it");
    let beyond = kit.desk.answer(SilenceRecording { spans_ms: vec![(3_000, 4_000)], ..silence(&id) }).await;
    assert!(beyond.is_err_and(|failure| failure.message.contains("0:03 long")), "it says how long it is");
    kit.is_in_order().await;
}
