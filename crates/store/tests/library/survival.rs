//! A kill at any moment leaves whole commits: all of one, or nothing of it.

use crate::kit::{Kit, entry};
use model::Call;
use std::future::Future;
use std::pin::pin;
use std::task::Poll;
use store::{Changes, Checkpoint, EntryLimits, Library, NewEntry};

const ENTRIES: usize = 700;

/// Beyond this many turns the commit has long ended.
const TURNS_MAX: usize = 10_000;

#[tokio::test]
async fn a_writer_dropped_at_any_moment_of_a_commit_leaves_all_of_it_or_nothing() {
    let (mut whole, mut nothing) = (0, 0);
    for turns in [0, 1, 2, 3, 4, 6, 8, 10, 12, 15, 20, 25, 30, 40, TURNS_MAX] {
        let Kit { folder, mut writer, reader, site } = Kit::new().await;
        let maker = Kit::new().await;
        let calls: Vec<Call> =
            (0..300).map(|n| Call { site, ..maker.call(n, i64::from(n)).answered("204").make() }).collect();
        let checkpoint =
            Checkpoint { through_seq: 701, engine_version: 1, state: vec![7; 10_000], by_hand: None };
        let changes = Changes { calls, checkpoint: Some(checkpoint), ..Changes::default() };
        let entries: Vec<NewEntry> = (0..ENTRIES).map(|n| entry(site, &n.to_string())).collect();

        poll_at_most(writer.commit(&entries, &changes), turns).await;
        drop(writer);
        drop(reader);

        let (mut writer, reader) = Library::open_writer(folder.path(), "next").await.expect("opened again");
        let limits = EntryLimits { rows: 10_000, bytes: 1 << 20 };
        let stored = reader.entries(1, limits).await.expect("read").len();
        let totals = reader.totals(&Default::default()).await.expect("counted");
        let checkpoint = writer.checkpoint().await.expect("read");
        if stored == 0 {
            nothing += 1;
            assert_eq!((totals.calls, checkpoint), (0, None), "nothing of a commit cut after {turns} turns");
        } else {
            whole += 1;
            assert_eq!((stored, totals.calls), (ENTRIES, 300), "all of a commit ended within {turns} turns");
            assert!(checkpoint.is_some(), "its checkpoint too");
        }
        assert_eq!(reader.integrity_check().await.expect("checked"), Vec::<String>::new(), "and it is sound");
    }
    assert!(whole > 0 && nothing > 0, "both ends were met: {whole} whole, {nothing} without");
}

#[tokio::test]
async fn what_was_committed_is_there_when_the_files_are_copied_under_a_living_writer() {
    let mut kit = Kit::new().await;
    let call = kit.call(1, 10).answered("204").make();
    kit.put(vec![call.clone()]).await;
    let copy = tempfile::tempdir().expect("a folder");
    for file in ["library.sqlite3", "library.sqlite3-wal"] {
        std::fs::copy(kit.folder.path().join(file), copy.path().join(file))
            .expect("copied as a kill leaves it");
    }
    let (_writer, reader) = Library::open_writer(copy.path(), "next").await.expect("opened");
    assert_eq!(reader.call(call.id).await.expect("read"), Some(call), "the log alone held it");
}

#[tokio::test]
async fn a_commit_given_up_halfway_does_not_trouble_the_next_one() {
    let mut kit = Kit::new().await;
    let entries: Vec<NewEntry> = (0..ENTRIES).map(|n| entry(kit.site, &n.to_string())).collect();
    poll_at_most(kit.writer.commit(&entries, &Changes::default()), 5).await;
    let again = kit.writer.commit(&[entry(kit.site, "after")], &Changes::default()).await;
    let seq = again.expect("the writer works on");
    let last = kit.reader.last_seq().await.expect("read");
    assert_eq!(last, seq, "what was given up is gone, or stands before it");
    assert_eq!(kit.reader.integrity_check().await.expect("checked"), Vec::<String>::new(), "and it is sound");
}

/// Polls a future some times and drops it: the task it ran in was killed.
async fn poll_at_most<T>(future: impl Future<Output = T>, turns: usize) {
    let mut future = pin!(future);
    let mut left = turns;
    std::future::poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(());
        }
        left -= 1;
        future.as_mut().poll(context).map(|_| ())
    })
    .await;
}
