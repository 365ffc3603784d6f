//! A library of the first version, with calls in it, opened by this one.

use crate::kit::Kit;
use model::At;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use sqlx::{ConnectOptions, Connection, Executor};
use std::path::Path;
use store::{CallFilter, Library, NameKind, NumberFilter, SeenKind, ToldBy};

/// Rows as the first version wrote them: a site, an entry, a call with its events, names.
const ROWS: &str = "
    INSERT INTO sites (id, name, time_zone, access_digits) VALUES (1, 'Office', 'Europe/Berlin', '9');
    INSERT INTO journal VALUES (1, 1000, 1, 1, x'00');
    INSERT INTO calls (id, site, marks, started_at, ended_at, length_ms, wait_ms, external_number, last_seq, basis)
        VALUES (65545, 1, 100, 10000, 75000, 65000, 5000, '08955501432', 1,
            x'0101010901090100000000');
    INSERT INTO events (call, n, kind, started_at, ended_at, agent, agent_call_at)
        VALUES (65545, 0, 2, 10000, 15000, '204', 10000), (65545, 1, 4, 15000, 75000, '204', NULL);
    INSERT INTO names VALUES (1, 0, '204', 'Ann', 500, 900), (1, 1, '300', 'Sales', 600, 900), (1, 0, '205', '', 1, 2);";

pub(crate) async fn first_version(folder: &Path) {
    let migrations = tempfile::tempdir().expect("a folder");
    let first = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations/0001_library.sql");
    std::fs::copy(first, migrations.path().join("0001_library.sql")).expect("the first version's schema");
    let options = SqliteConnectOptions::new()
        .filename(folder.join("library.sqlite3"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal);
    let mut connection = options.connect().await.expect("a database");
    let migrator = Migrator::new(migrations.path()).await.expect("one migration");
    migrator.run(&mut connection).await.expect("the first version's tables");
    connection.execute(ROWS).await.expect("the first version's rows");
    connection.close().await.expect("closed");
}

#[tokio::test]
async fn a_library_of_the_first_version_opens_with_its_calls_and_names() {
    let folder = tempfile::tempdir().expect("a folder");
    first_version(folder.path()).await;
    let (mut writer, reader) = Library::open_writer(folder.path(), "test").await.expect("brought up to date");
    let filter =
        CallFilter { number: Some(NumberFilter::Exact("08955501432".into())), ..CallFilter::default() };
    let totals = reader.totals(&filter).await.expect("counted");
    assert_eq!(totals.calls, 1, "its call is found by its number");
    let calls = reader.recently_ended(model::SiteId(1), At(0)).await.expect("read");
    assert_eq!((calls.len(), calls[0].events.len()), (1, 2), "with its events");
    assert_eq!(calls[0].external_e164, None, "the site has no country yet");
    let names = reader.pbx_names().await.expect("read");
    let shown: Vec<_> = names.iter().map(|name| (name.kind, name.number.as_str(), name.since.0)).collect();
    assert_eq!(
        shown,
        [(NameKind::Extension, "204", 500), (NameKind::Group, "300", 600)],
        "names with their dates"
    );
    assert!(names.iter().all(|name| name.told_by == ToldBy::Link), "told in calls, as far as is known");
    let sites = reader.sites().await.expect("read");
    assert_eq!((sites.len(), &sites[0].country), (1, &None), "its site has no country");
    let seen = reader.numbers_seen(SeenKind::Extension).await.expect("read");
    assert_eq!(seen, [(model::SiteId(1), "204".to_owned())], "who rang in its calls is known");
    assert_eq!(reader.integrity_check().await.expect("checked"), Vec::<String>::new(), "it is sound");

    writer.save_site(&store::Site { country: Some("DE".into()), ..sites[0].clone() }).await.expect("saved");
    assert_eq!(reader.keys_due().await.expect("read").len(), 1, "its calls can be given keys");
}

#[tokio::test]
async fn an_import_that_was_cut_off_in_the_first_version_hinders_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    first_version(folder.path()).await;
    let options = SqliteConnectOptions::new().filename(folder.path().join("library.sqlite3"));
    let mut connection = options.connect().await.expect("opened by hand");
    connection.execute("DROP INDEX calls_by_number; DROP INDEX calls_by_length;").await.expect("as in bulk");
    connection.close().await.expect("closed");
    let (_writer, reader) = Library::open_writer(folder.path(), "test").await.expect("brought up to date");
    assert_eq!(reader.integrity_check().await.expect("checked"), Vec::<String>::new(), "sound, indexes too");
}

#[tokio::test]
async fn a_new_library_has_what_a_migrated_one_has() {
    let folder = tempfile::tempdir().expect("a folder");
    first_version(folder.path()).await;
    drop(Library::open_writer(folder.path(), "test").await.expect("brought up to date"));
    let Kit { folder: fresh, writer, .. } = Kit::new().await;
    drop(writer);
    assert_eq!(schema(folder.path()).await, schema(fresh.path()).await, "the same tables and indexes");
}

async fn schema(folder: &Path) -> Vec<String> {
    let options = SqliteConnectOptions::new().filename(folder.join("library.sqlite3"));
    let mut connection = options.connect().await.expect("opened by hand");
    let rows = sqlx::query_scalar("SELECT name FROM sqlite_schema ORDER BY name").fetch_all(&mut connection);
    rows.await.expect("the names of all tables and indexes")
}
