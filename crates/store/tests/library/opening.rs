//! Opening: who may, and what is said to those who may not.

use crate::kit::Kit;
use sqlx::{ConnectOptions, Connection, Executor};
use std::path::Path;
use store::{Library, StoreError};

#[tokio::test]
async fn a_second_writer_is_told_who_holds_the_library() {
    let folder = tempfile::tempdir().expect("a folder");
    let held = Library::open_writer(folder.path(), "CallDoc (pid 123)").await.expect("opened");
    let error = Library::open_writer(folder.path(), "calldoc-cli").await.err().expect("refused");
    assert!(matches!(&error, StoreError::Held { by } if by == "CallDoc (pid 123)"), "{error}");
    assert!(error.to_string().contains("CallDoc (pid 123)"), "the sentence names the holder: {error}");

    drop(held);
    Library::open_writer(folder.path(), "calldoc-cli").await.expect("free again once the holder is gone");
}

#[cfg(unix)]
#[tokio::test]
async fn a_new_library_can_be_looked_into_by_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
    let place = tempfile::tempdir().expect("a folder");
    let (new, shared) = (place.path().join("CallDoc/library"), place.path().join("shared"));
    Library::open_writer(&new, "CallDoc").await.expect("opened");
    assert_eq!(mode(&new), 0o700, "calls and recordings are nobody else's");
    std::fs::create_dir(&shared).expect("made");
    std::fs::set_permissions(&shared, std::fs::Permissions::from_mode(0o750)).expect("set");
    Library::open_writer(&shared, "CallDoc").await.expect("opened");
    assert_eq!(mode(&shared), 0o750, "who made a folder decides who sees it");
}

#[tokio::test]
async fn a_reader_works_beside_a_writer_and_sees_its_commits() {
    let mut kit = Kit::new().await;
    let beside = Library::open_reader(kit.folder.path()).await.expect("opened beside the writer");
    let call = kit.call(1, 10).answered("204").make();
    kit.put(vec![call.clone()]).await;
    assert_eq!(beside.call(call.id).await.expect("read"), Some(call), "what was committed is seen at once");
}

#[tokio::test]
async fn a_reader_can_open_what_a_writer_left_behind() {
    let Kit { folder, writer, reader, .. } = Kit::new().await;
    reader.close().await;
    writer.close().await.expect("closed");
    let reader = Library::open_reader(folder.path()).await.expect("opened");
    assert_eq!(reader.last_seq().await.expect("read"), 1, "the journal is there");
}

#[tokio::test]
async fn a_folder_without_a_library_is_said_to_be_empty() {
    let folder = tempfile::tempdir().expect("a folder");
    let error = Library::open_reader(folder.path()).await.expect_err("nothing to read");
    assert!(matches!(error, StoreError::Missing), "{error}");
    assert!(std::fs::read_dir(folder.path()).expect("listed").next().is_none(), "and nothing is created");
}

#[tokio::test]
async fn a_library_of_a_newer_program_is_refused_in_words() {
    let kit = Kit::new().await;
    let folder = kit.folder;
    kit.reader.close().await;
    kit.writer.close().await.expect("closed");
    change(
        folder.path(),
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9999, 'later', 1, x'00', 0)",
    )
    .await;
    for error in [
        Library::open_writer(folder.path(), "test").await.err().expect("refused for writing"),
        Library::open_reader(folder.path()).await.expect_err("refused for reading"),
    ] {
        assert!(matches!(error, StoreError::NewerThanApp { library: 9999, .. }), "{error}");
        assert!(error.to_string().contains("newer CallDoc"), "a manager understands it: {error}");
    }
}

#[tokio::test]
async fn a_library_that_was_never_brought_up_to_date_is_not_read() {
    let kit = Kit::new().await;
    let folder = kit.folder;
    kit.reader.close().await;
    kit.writer.close().await.expect("closed");
    change(folder.path(), "DELETE FROM _sqlx_migrations").await;
    let error = Library::open_reader(folder.path()).await.expect_err("refused");
    assert!(matches!(error, StoreError::OlderThanApp { library: 0, .. }), "{error}");
}

#[tokio::test]
async fn a_file_that_is_no_library_is_called_damaged() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("library.sqlite3"), "Dear Sirs, ".repeat(1_000)).expect("written");
    for error in [
        Library::open_writer(folder.path(), "test").await.err().expect("refused for writing"),
        Library::open_reader(folder.path()).await.expect_err("refused for reading"),
    ] {
        assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
    }
}

async fn change(folder: &Path, statement: &'static str) {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(folder.join("library.sqlite3"));
    let mut connection = options.connect().await.expect("opened by hand");
    connection.execute(statement).await.expect("changed by hand");
    connection.close().await.expect("closed");
}
