use super::kit::{Kit, TestKeychain};
use crate::{Answer, Happening, Happenings};
use contract::keeping::SetEncryption;
use contract::player::{Play, PlayerSettings, PlayerView, Steer, Steering};
use contract::recordings::{MatchRecording, MatchTo};
use model::RecordingId;
use playback::CaptureDevice;
use std::sync::Arc;
use std::time::Duration;

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// 48 kHz.
const SECOND: usize = 48_000;

const ROW: &[u8] =
    b"2026/11/20 10:00:00,00:01:00,9,01711234567,I,201,5678,,0,1000015,0,E201,Ann,T9001,Line 1.1,0,0\r\n";

async fn kit(device: &CaptureDevice) -> Kit {
    Kit::heard_on(Arc::new(device.clone()), Arc::new(TestKeychain::default())).await
}

/// The next view of the player that is such.
async fn until(happenings: &mut Happenings, such: impl Fn(&PlayerView) -> bool) -> PlayerView {
    let found = async {
        loop {
            let happening = happenings.next().await.expect("the desk is open");
            if let Happening::Player(view) = happening.as_ref()
                && such(view)
            {
                return PlayerView::clone(view);
            }
        }
    };
    tokio::time::timeout(PATIENCE, found).await.expect("the player says so")
}

async fn plays(kit: &Kit, id: &str, list: &[String]) {
    let mut happenings = kit.desk.happenings();
    let play = Play { id: id.to_owned(), at_ms: None, list: list.to_vec() };
    kit.desk.answer(play).await.expect("played");
    until(&mut happenings, |view| view.playing && view.recording.as_ref().is_some_and(|row| row.id == id))
        .await;
}

async fn steer(kit: &Kit, to: Steering) {
    kit.desk.answer(Steer { to }).await.expect("steered");
}

/// To the only call there is: its tags are due from then on.
async fn match_by_hand(kit: &Kit, id: &str) {
    kit.desk.import_smdr(kit.site, ROW, |_| {}).await.expect("imported");
    let page = kit.desk.reader().calls(&store::PageRequest { limit: 1, ..Default::default() }).await;
    let call = page.expect("a page").calls[0].id.to_text();
    let ask = MatchRecording { id: id.to_owned(), to: MatchTo::Call(call) };
    kit.desk.answer(ask).await.expect("matched");
}

/// As if its disk were taken off.
async fn without_file(kit: &Kit, id: &str) {
    let sha256 = kit.view(id).await.original_sha256;
    let file = kit.on_disk().into_iter().find(|path| {
        path.to_string_lossy().contains(&sha256[..24]) && path.extension().is_some_and(|end| end == "opus")
    });
    std::fs::remove_file(file.expect("its file")).expect("removed");
}

#[tokio::test]
async fn what_was_played_out_and_is_played_on_is_another_play() {
    let device = CaptureDevice::default();
    let kit = kit(&device).await;
    let id = kit.tone(440, 1).await;
    plays(&kit, &id, &[]).await;
    let mut happenings = kit.desk.happenings();
    steer(&kit, Steering::Pause).await;
    until(&mut happenings, |view| !view.playing).await;
    steer(&kit, Steering::Resume).await;
    until(&mut happenings, |view| view.playing).await;
    let pulled = tokio::task::spawn_blocking(move || device.pull(2 * SECOND).len()).await.expect("pulled");
    assert!(pulled > 0, "it sounds");
    until(&mut happenings, |view| !view.playing && view.position_ms == view.length_ms).await;
    assert_eq!(kit.told(Some(&id)).await, ["Played"], "going on after a pause is the same play");
    steer(&kit, Steering::Toggle).await;
    until(&mut happenings, |view| view.playing).await;
    let written = async {
        while kit.told(Some(&id)).await.len() < 2 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, written).await.expect("the second play is written down");
    assert_eq!(kit.told(Some(&id)).await, ["Played", "Played"], "once each");
}

#[tokio::test]
async fn tags_and_encryption_wait_until_a_recording_is_let_go() {
    let device = CaptureDevice::default();
    let kit = kit(&device).await;
    let id = kit.tone(440, 2).await;
    plays(&kit, &id, &[]).await;
    let number = RecordingId(id.parse().expect("a number"));
    match_by_hand(&kit, &id).await;
    kit.desk.settle_tags().await.expect("looked at");
    kit.desk.answer(SetEncryption { on: true }).await.expect("on");
    let print = kit.desk.seal_wanted();
    kit.desk.rewrite_next(print.as_deref(), &mut RecordingId(0)).await.expect("looked at");
    let view = kit.desk.player_view();
    assert!(view.playing && view.recording.is_some_and(|row| row.id == id), "it plays on");
    assert_eq!(kit.view(&id).await.versions.len(), 1, "its file is as it was");
    assert_eq!(kit.desk.reader().tags_due().await.expect("read"), [number], "its tags stay due");
    steer(&kit, Steering::Close).await;
    let done = async {
        while kit.view(&id).await.versions.len() < 3 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, done).await.expect("both are done once it is let go, without being asked");
    assert_eq!(kit.desk.reader().tags_due().await.expect("read"), [], "its tags are told");
    kit.is_in_order().await;
}

#[tokio::test]
async fn tags_that_could_not_be_written_are_after_the_next_start() {
    let mut kit = kit(&CaptureDevice::default()).await;
    let id = kit.tone(440, 1).await;
    let pool = kit.folder.path().join("recordings");
    let away = kit.folder.path().join("away");
    std::fs::rename(&pool, &away).expect("its disk is away");
    match_by_hand(&kit, &id).await;
    assert!(kit.desk.settle_tags().await.is_err(), "there is no file to write them into");
    kit.desk.close().await.expect("closed");
    let _ = std::fs::remove_dir_all(&pool);
    std::fs::rename(&away, &pool).expect("it is back");
    kit.open_after_close().await;
    let done = async {
        while kit.view(&id).await.versions.len() < 2 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, done).await.expect("they were not forgotten");
    assert_eq!(kit.desk.reader().tags_due().await.expect("read"), [], "and are told");
}

#[tokio::test]
async fn tags_that_are_due_are_written_before_the_library_is_closed() {
    let kit = kit(&CaptureDevice::default()).await;
    let id = kit.tone(440, 1).await;
    match_by_hand(&kit, &id).await;
    kit.desk.close().await.expect("closed");
    let (_writer, reader) = store::Library::open_writer(kit.folder.path(), "test").await.expect("opened");
    assert_eq!(reader.tags_due().await.expect("read"), [], "nothing is left to do");
}

#[tokio::test]
async fn next_and_previous_pass_over_what_cannot_be_played() {
    let device = CaptureDevice::default();
    let kit = kit(&device).await;
    let list = [kit.tone(440, 1).await, kit.tone(500, 1).await, kit.tone(600, 1).await];
    without_file(&kit, &list[1]).await;
    plays(&kit, &list[0], &list).await;
    let mut happenings = kit.desk.happenings();
    let shows = |id: &str| {
        let id = id.to_owned();
        move |view: &PlayerView| view.playing && view.recording.as_ref().is_some_and(|row| row.id == id)
    };
    steer(&kit, Steering::Next).await;
    until(&mut happenings, shows(&list[2])).await;
    steer(&kit, Steering::Previous).await;
    let view = until(&mut happenings, shows(&list[0])).await;
    assert_eq!(view.trouble, None, "the list goes on in both directions");
    assert_eq!(kit.told(Some(&list[1])).await, Vec::<String>::new(), "nothing was heard of the missing one");
}

#[tokio::test]
async fn why_the_list_does_not_go_on_is_said_until_something_is_loaded() {
    let device = CaptureDevice::default();
    let kit = kit(&device).await;
    let list = [kit.tone(440, 1).await, kit.tone(500, 1).await];
    without_file(&kit, &list[1]).await;
    plays(&kit, &list[0], &list).await;
    let mut happenings = kit.desk.happenings();
    steer(&kit, Steering::Next).await;
    let view = until(&mut happenings, |view| view.trouble.is_some()).await;
    assert!(view.playing && view.recording.is_some_and(|row| row.id == list[0]), "what plays plays on");
    // States of the player that come after it, and know nothing of it.
    steer(&kit, Steering::Settings(PlayerSettings { volume_percent: 40, ..view.settings })).await;
    steer(&kit, Steering::Pause).await;
    let view = until(&mut happenings, |view| !view.playing).await;
    assert!(view.trouble.as_ref().is_some_and(|says| says.contains("not where it was put")), "{view:?}");
    plays(&kit, &list[0], &list).await;
    assert_eq!(kit.desk.player_view().trouble, None, "until the next that could be loaded");
}
