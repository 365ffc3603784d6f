use super::kit::Kit;
use crate::Answer;
use contract::recordings::{ExportFormat, SilenceRecording};

#[tokio::test]
async fn several_are_exported_at_once_each_with_its_facts_and_none_over_another() {
    let kit = Kit::new().await;
    let ids = [kit.tone(440, 2).await, kit.tone(500, 1).await];
    let silence = SilenceRecording { id: ids[0].clone(), spans_ms: vec![(500, 900)], why: "card".to_owned() };
    kit.desk.answer(silence).await.expect("silenced");
    let out = tempfile::tempdir().expect("a folder");
    for (format, ending) in
        [(ExportFormat::Wav, "wav"), (ExportFormat::Opus, "opus"), (ExportFormat::Wav, "wav")]
    {
        let exported = kit.desk.export_recordings(&ids, format, None, out.path()).await.expect("exported");
        assert_eq!(exported.failed, Vec::<String>::new(), "all of them");
        assert_eq!(exported.files.len(), 2, "two");
        assert!(exported.files.iter().all(|file| file.ends_with(ending)), "{:?}", exported.files);
    }
    let files = std::fs::read_dir(out.path()).expect("read").count();
    assert_eq!(files, 12, "three times two, with a text each, none over another");
    let exported = kit
        .desk
        .export_recordings(&ids[..1], ExportFormat::Wav, Some((500, 1_500)), out.path())
        .await
        .expect("exported");
    let sound = std::fs::read(out.path().join(&exported.files[0])).expect("read");
    let text =
        std::fs::read_to_string(out.path().join(exported.files[0].replace(".wav", ".txt"))).expect("read");
    assert!((sound.len() as i64 - 16_000).abs() < 200, "a second of 8 kHz and 16 bit: {}", sound.len());
    let view = kit.view(&ids[0]).await;
    for fact in [
        "Exported: 0:00.5 to 0:01.5",
        "Length: 0:02",
        "Silenced: 0:00.5 to 0:00.9: card",
        "File as it came: tone 440.wav",
        view.stored_sha256.as_str(),
        view.original_sha256.as_str(),
        "Exported at: 2026-",
    ] {
        assert!(text.contains(fact), "{fact} is in\n{text}");
    }
    let told = kit.told(Some(&ids[0])).await;
    assert_eq!(
        told.last().map(String::as_str),
        Some("Exported as WAV, 0:00.5 to 0:01.5"),
        "and the log says so"
    );
    assert_eq!(told.iter().filter(|says| says.starts_with("Exported")).count(), 4, "of each export");
}

#[tokio::test]
async fn the_text_beside_it_is_in_the_language_of_the_window() {
    let kit = Kit::new().await;
    kit.desk.speak(crate::Language::German);
    let ids = [kit.tone(440, 2).await];
    let out = tempfile::tempdir().expect("a folder");
    let exported = kit
        .desk
        .export_recordings(&ids, ExportFormat::Wav, Some((500, 1_500)), out.path())
        .await
        .expect("exported");
    let text =
        std::fs::read_to_string(out.path().join(exported.files[0].replace(".wav", ".txt"))).expect("read");
    for fact in ["Aufgezeichnet: ", "Exportiert: 0:00.5 bis 0:01.5", "SHA-256 dieser Tondatei: "] {
        assert!(text.contains(fact), "{fact} is in\n{text}");
    }
    let told = kit.told(Some(&ids[0])).await;
    assert_eq!(
        told.last().map(String::as_str),
        Some("Exported as WAV, 0:00.5 to 0:01.5"),
        "the log is kept in English, and read in the window's language"
    );
}

#[tokio::test]
async fn what_cannot_be_exported_is_told_and_the_others_are() {
    let kit = Kit::new().await;
    let (gone, there) = (kit.tone(440, 1).await, kit.tone(500, 1).await);
    let stored = kit.on_disk();
    let gone_sha = kit.view(&gone).await.original_sha256;
    let file = stored.iter().find(|path| {
        path.extension().is_some_and(|end| end == "opus") && path.to_string_lossy().contains(&gone_sha[..24])
    });
    std::fs::remove_file(file.expect("its file")).expect("removed");
    let out = tempfile::tempdir().expect("a folder");
    let ids = [gone, there, "999".to_owned()];
    let exported =
        kit.desk.export_recordings(&ids, ExportFormat::Wav, None, out.path()).await.expect("asked");
    assert_eq!((exported.files.len(), exported.failed.len()), (1, 2), "{exported:?}");
    assert_eq!(std::fs::read_dir(out.path()).expect("read").count(), 2, "nothing half is left");
    let both = kit.desk.export_recordings(&ids, ExportFormat::Wav, Some((0, 1)), out.path()).await;
    assert!(both.is_err(), "a span is of one");
    let nowhere = out.path().join("nowhere");
    assert!(
        kit.desk.export_recordings(&ids, ExportFormat::Wav, None, &nowhere).await.is_err(),
        "nor to nowhere"
    );
}

#[tokio::test]
async fn a_sound_that_is_outside_is_in_the_log_and_removed_when_its_text_fails() {
    let kit = Kit::new().await;
    let id = kit.tone(440, 1).await;
    let out = tempfile::tempdir().expect("a folder");
    kit.cut_before("write the text beside it");
    let ids = [id.clone()];
    let exported =
        kit.desk.export_recordings(&ids, ExportFormat::Wav, None, out.path()).await.expect("asked");
    assert_eq!((exported.files.len(), exported.failed.len()), (0, 1), "{exported:?}");
    assert!(exported.failed[0].contains("removed again"), "it is told: {:?}", exported.failed);
    assert_eq!(std::fs::read_dir(out.path()).expect("read").count(), 0, "neither sound nor text is left");
    let told = kit.told(Some(&id)).await;
    let last = &told[told.len() - 2..];
    assert_eq!(last[0], "Exported as WAV", "it was outside for a moment: {told:?}");
    assert!(last[1].contains("was removed again"), "and is not any more: {told:?}");
}
