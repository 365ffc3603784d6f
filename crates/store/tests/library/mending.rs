//! A projection with damaged pages is made anew; everything else stays.

use crate::kit::Kit;
use sqlx::{ConnectOptions, Connection};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use store::{CallFilter, Library};

#[tokio::test]
async fn a_damaged_projection_is_replaced_and_the_journal_stays() {
    for damaged in ["calls", "events", "calls_by_number", "numbers_seen"] {
        let mut kit = Kit::new().await;
        let calls = (1..500).map(|n| kit.call(n, i64::from(n) * 100).number("0170").answered("204").make());
        let calls: Vec<_> = calls.collect();
        kit.put(calls.clone()).await;
        let Kit { folder, writer, reader, site } = kit;
        reader.close().await;
        writer.close().await.expect("closed");
        overwrite_a_page(&folder.path().join("library.sqlite3"), damaged).await;

        let (mut writer, reader) = Library::open_writer(folder.path(), "test").await.expect("it opens");
        assert!(!reader.integrity_check().await.expect("checked").is_empty(), "{damaged}: it is noticed");
        reader.read_through_journal().await.expect("the journal is well");
        writer.replace_projection().await.expect("replaced");
        assert_eq!(
            reader.integrity_check().await.expect("checked"),
            Vec::<String>::new(),
            "{damaged}: sound"
        );
        assert_eq!(reader.last_seq().await.expect("read"), 1, "{damaged}: the journal is there");
        assert_eq!(reader.sites().await.expect("read")[0].id, site, "{damaged}: the site as well");
        writer.commit(&[], &store::Changes { calls, ..Default::default() }).await.expect("calls come again");
        let totals = reader.totals(&CallFilter::default()).await.expect("counted");
        assert_eq!(totals.calls, 499, "{damaged}: and are there");
    }
}

#[tokio::test]
async fn a_damaged_journal_is_noticed_before_anything_is_given_up() {
    let mut kit = Kit::new().await;
    let entries: Vec<_> = (0..2_000).map(|n| crate::kit::entry(kit.site, &format!("entry {n}"))).collect();
    kit.writer.commit(&entries, &store::Changes::default()).await.expect("entries");
    let Kit { folder, writer, reader, .. } = kit;
    reader.close().await;
    writer.close().await.expect("closed");
    overwrite_a_page(&folder.path().join("library.sqlite3"), "journal").await;
    let (_writer, reader) = Library::open_writer(folder.path(), "test").await.expect("it opens");
    let error = reader.read_through_journal().await.expect_err("it cannot be read");
    assert!(matches!(error, store::StoreError::Damaged { .. }), "{error}");
}

/// The last leaf of a table or index, with a byte that no page may begin with.
async fn overwrite_a_page(file: &Path, name: &str) {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
    let mut connection = options.connect().await.expect("opened by hand");
    let asked = sqlx::query_as("SELECT max(pageno), pgsize FROM dbstat WHERE name = ? AND pagetype = 'leaf'");
    let (page, page_bytes): (i64, i64) =
        asked.bind(name).fetch_one(&mut connection).await.expect("its pages");
    connection.close().await.expect("closed");
    let mut file = std::fs::File::options().write(true).open(file).expect("the file");
    let at = (page - 1) * page_bytes;
    file.seek(SeekFrom::Start(at.cast_unsigned())).expect("there");
    file.write_all(&vec![0xAA; usize::try_from(page_bytes).expect("small")]).expect("overwritten");
}
