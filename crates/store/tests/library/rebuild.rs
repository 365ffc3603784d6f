//! The projection: how far it goes, and that it can be made anew.

use crate::kit::{Kit, seen};
use model::{AgentState, AgentStatus, At, Call, Position};
use sqlx::{ConnectOptions, Connection};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use store::{
    Changes, Checkpoint, HealthKind, HealthNote, Library, NameKind, Nameable, Person, PersonSource,
    Quarantined, SeenRecord, Span, StoreError,
};

fn checkpoint(through_seq: i64) -> Checkpoint {
    Checkpoint { through_seq, engine_version: 3, state: through_seq.to_le_bytes().to_vec(), by_hand: None }
}

#[tokio::test]
async fn the_latest_checkpoint_stands_also_after_opening_again() {
    let Kit { folder, mut writer, reader, .. } = Kit::new().await;
    assert_eq!(writer.checkpoint().await.expect("read"), None, "none at first");
    for through_seq in [0, 1] {
        let changes = Changes { checkpoint: Some(checkpoint(through_seq)), ..Changes::default() };
        writer.commit(&[], &changes).await.expect("committed");
    }
    assert_eq!(reader.checkpoint().await.expect("read"), Some(checkpoint(1)), "it replaces the one before");
    reader.close().await;
    writer.close().await.expect("closed");
    let (mut writer, _reader) = Library::open_writer(folder.path(), "next").await.expect("opened again");
    assert_eq!(writer.checkpoint().await.expect("read"), Some(checkpoint(1)), "state and all");
    assert_eq!(writer.next_seq(), 2, "and the journal goes on");
}

#[tokio::test]
async fn clearing_leaves_the_journal_the_sites_and_the_health_list() {
    let mut kit = Kit::new().await;
    let site = kit.site;
    let call = kit.call(1, 10).answered("204").make();
    let status = AgentStatus { extension: "204".into(), state: AgentState::Idle, since: At(1) };
    let changes = Changes {
        calls: vec![call.clone()],
        gone: Vec::new(),
        records: vec![SeenRecord { site, started_at: At(10), digest: 1 }],
        quarantined: vec![Quarantined {
            site,
            position: Position { seq: 1, index: 0 },
            reason: "bad".into(),
        }],
        names: vec![seen(site, NameKind::Extension, "204", "Ann", 1)],
        states: vec![(site, status)],
        health: vec![HealthNote { at: At(1), site: None, kind: HealthKind::Library, says: "full".into() }],
        checkpoint: Some(checkpoint(1)),
    };
    kit.writer.commit(&[], &changes).await.expect("committed");
    let ann = Person { id: 0, name: "Ann".into(), source: PersonSource::Hand, holdings: Vec::new() };
    kit.writer.hand().save_people(&[ann]).await.expect("entered");
    kit.writer.hand().name_number(site, Nameable::Trunk, "1.3", Some("ISDN")).await.expect("entered");
    kit.writer.clear_projection().await.expect("cleared");

    let counts = kit.reader.counts().await.expect("counted");
    assert_eq!(
        (counts.calls, counts.smdr_records, counts.quarantined),
        (0, 0, 0),
        "nothing concluded is left"
    );
    assert_eq!(kit.reader.pbx_names().await.expect("read"), [], "the PBX's names come from the journal too");
    let ever = Span { from: At(0), to: At(i64::MAX) };
    assert_eq!(kit.reader.phones_seen(ever).await.expect("read"), [], "and what its phones did");
    assert_eq!(kit.reader.people().await.expect("read").len(), 1, "what people entered is theirs");
    assert_eq!(kit.reader.given_names().await.expect("read").len(), 1, "names too");
    assert_eq!(kit.reader.checkpoint().await.expect("read"), None, "to be made from the beginning");
    assert_eq!(counts.journal_entries, 1, "the journal is never touched");
    assert_eq!(kit.reader.sites().await.expect("read").len(), 1, "nor the sites");
    assert_eq!(kit.reader.health(10).await.expect("read").len(), 1, "nor what went wrong at the time");

    kit.writer.commit(&[], &changes).await.expect("made again");
    assert_eq!(kit.reader.call(call.id).await.expect("read"), Some(call), "under the same id");
    assert_eq!(kit.reader.integrity_check().await.expect("checked"), Vec::<String>::new(), "and sound");
}

#[tokio::test]
async fn a_projection_that_cannot_even_be_cleared_is_replaced() {
    for table in ["events", "related"] {
        let mut kit = Kit::new().await;
        let calls: Vec<Call> = (0..300).map(|n| kit.call(n, i64::from(n)).answered("204").make()).collect();
        kit.put(calls.clone()).await;
        let Kit { folder, writer, reader, .. } = kit;
        let ann = Person { id: 0, name: "Ann".into(), source: PersonSource::Hand, holdings: Vec::new() };
        writer.hand().save_people(&[ann]).await.expect("entered");
        reader.close().await;
        writer.close().await.expect("closed");
        damage_root(&folder.path().join("library.sqlite3"), table).await;

        let (mut writer, reader) = Library::open_writer(folder.path(), "test").await.expect("opened");
        let cleared = writer.clear_projection().await;
        assert!(
            matches!(cleared, Err(StoreError::Damaged { .. })),
            "{table}: what is damaged cannot be cleared: {cleared:?}"
        );
        writer.replace_projection().await.expect("replaced");
        let counts = reader.counts().await.expect("counted");
        assert_eq!((counts.calls, counts.journal_entries), (0, 1), "{table}: only the journal is left");
        assert_eq!(reader.sites().await.expect("read").len(), 1, "{table}: and the sites");
        assert_eq!(reader.people().await.expect("read").len(), 1, "{table}: and what people entered");

        let changes = Changes { calls: calls.clone(), ..Changes::default() };
        writer.commit(&[], &changes).await.expect("made again");
        let made = reader.call(calls[7].id).await.expect("read");
        assert_eq!(made.as_ref(), Some(&calls[7]), "{table}: under the same id");
        let complaints = reader.integrity_check().await.expect("checked");
        assert_eq!(complaints, Vec::<String>::new(), "{table}: nothing of the damage is left");
    }
}

/// Overwrites the page that a table begins with, while nobody has the library open.
async fn damage_root(file: &Path, table: &str) {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
    let mut by_hand = options.connect().await.expect("opened by hand");
    let page: i64 = sqlx::query_scalar("SELECT rootpage FROM sqlite_schema WHERE name = ?")
        .bind(table)
        .fetch_one(&mut by_hand)
        .await
        .expect("a table");
    let page_bytes: i64 =
        sqlx::query_scalar("PRAGMA page_size").fetch_one(&mut by_hand).await.expect("a size");
    by_hand.close().await.expect("closed");
    let mut file = std::fs::File::options().write(true).open(file).expect("opened");
    let begins = u64::try_from((page - 1) * page_bytes).expect("a place");
    file.seek(SeekFrom::Start(begins)).expect("found");
    file.write_all(&vec![0xA5; usize::try_from(page_bytes).expect("a size")]).expect("overwritten");
}
