//! Counts and the integrity check.

use crate::kit::Kit;
use model::{Call, Position};
use sqlx::{ConnectOptions, Connection, Executor};
use store::Library;

#[tokio::test]
async fn counts_say_how_large_the_library_is() {
    let mut kit = Kit::new().await;
    let main = kit.call(1, 10).answered("204").make();
    let consultation = kit.call(2, 20).answered("204").consultation_of(main.id).make();
    let living = kit.call(3, 30).abandoned(5, "204").live().make();
    kit.put(vec![main, consultation, living]).await;
    let counts = kit.reader.counts().await.expect("counted");
    assert_eq!((counts.calls, counts.consultations, counts.live_calls), (2, 1, 1), "consultations apart");
    assert_eq!(counts.journal_entries, 1, "the kit's own entry");
    assert!(counts.database_bytes > 10_000, "a few pages: {}", counts.database_bytes);
}

#[tokio::test]
async fn a_sound_library_has_no_complaints() {
    let mut kit = Kit::new().await;
    let calls: Vec<Call> = (0..50).map(|n| kit.call(n, i64::from(n)).answered("204").make()).collect();
    kit.put(calls).await;
    assert_eq!(kit.reader.integrity_check().await.expect("checked"), Vec::<String>::new(), "nothing to say");
}

#[tokio::test]
async fn a_call_that_rests_on_nothing_in_the_journal_is_named() {
    let mut kit = Kit::new().await;
    let mut call = kit.call(1, 10).answered("204").make();
    call.basis.last = Position { seq: 99, index: 0 };
    kit.put(vec![call.clone()]).await;
    let complaints = kit.reader.integrity_check().await.expect("checked");
    assert_eq!(complaints.len(), 1, "{complaints:?}");
    assert!(complaints[0].contains(&call.id.to_text()), "it names the call: {complaints:?}");
}

#[tokio::test]
async fn what_was_changed_behind_our_back_is_found() {
    for (statement, word) in [
        ("UPDATE events SET n = 7 WHERE n = 1", "disorder"),
        ("UPDATE calls SET basis = x'0900'", "cannot be read"),
        ("UPDATE journal SET said = 99", "no known kind"),
        ("UPDATE journal SET seq = 5", "missing from the journal"),
        ("PRAGMA foreign_keys = OFF; DELETE FROM calls", "belong to no row of calls"),
        ("INSERT INTO checkpoint VALUES (1, 77, 1, x'00')", "rebuild"),
        ("INSERT INTO quarantine VALUES (77, 0, 1, 'bad')", "rebuild"),
    ] {
        let mut kit = Kit::new().await;
        let call = kit.call(1, 10).answered("204").make();
        kit.put(vec![call]).await;
        let Kit { folder, writer, reader, .. } = kit;
        reader.close().await;
        writer.close().await.expect("closed");
        let file = folder.path().join("library.sqlite3");
        let mut by_hand =
            sqlx::sqlite::SqliteConnectOptions::new().filename(file).connect().await.expect("opened by hand");
        by_hand.execute(statement).await.expect("changed by hand");
        by_hand.close().await.expect("closed");
        let reader = Library::open_reader(folder.path()).await.expect("opened");
        let complaints = reader.integrity_check().await.expect("checked");
        assert!(complaints.iter().any(|line| line.contains(word)), "{statement}: {complaints:?}");
    }
}
