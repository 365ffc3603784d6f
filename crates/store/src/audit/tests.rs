use super::*;
use crate::AuditKey;
use crate::writer::open;
use crate::{Library, Writer};
use sqlx::Executor;
use tempfile::TempDir;

fn deed(n: i64) -> Deed {
    Deed {
        at: At(n),
        who: "ann".into(),
        recording: (n % 2 == 0).then_some(RecordingId(n)),
        what: format!("{{\"did\":{n}}}"),
    }
}

async fn five() -> (TempDir, Writer, Reader) {
    let folder = tempfile::tempdir().expect("a folder");
    let (writer, reader) = Library::open_writer(folder.path(), "test").await.expect("a library");
    for n in 1..=5 {
        writer.hand().audit(&[deed(n)]).await.expect("noted");
    }
    (folder, writer, reader)
}

/// Five entries, all of them vouched for.
async fn five_seen() -> (TempDir, Writer, Reader) {
    let folder = tempfile::tempdir().expect("a folder");
    let (writer, reader) = Library::open_writer(folder.path(), "test").await.expect("a library");
    writer.hand().begin_audit_witness(&key()).await.expect("begun");
    for n in 1..=5 {
        writer.hand().audit(&[deed(n)]).await.expect("noted");
    }
    (folder, writer, reader)
}

fn key() -> AuditKey {
    AuditKey::from_bytes([7; 32])
}

/// Every hash computed again, as somebody does who knows how CallDoc computes them.
async fn compute_anew(writer: &Writer) {
    let hand = writer.hand();
    let mut turn = hand.turn().await.expect("a turn");
    let connection = open(&mut turn).expect("open");
    let rows = sqlx::query(ENTRIES_AFTER).bind(0).bind(100).fetch_all(&mut *connection).await.expect("read");
    let mut before = BEGINNING.to_vec();
    for row in &rows {
        let entry = entry(row).expect("an entry");
        let hash = chained(&before, entry.n, &entry.deed).to_vec();
        sqlx::query("UPDATE audit SET hash = ? WHERE n = ?")
            .bind(&hash)
            .bind(entry.n)
            .execute(&mut *connection)
            .await
            .expect("changed");
        before = hash;
    }
}

/// Cut off with the count, so that nothing within the library tells of it.
const CUT: &str = "DELETE FROM audit WHERE n > 3; UPDATE sqlite_sequence SET seq = 3 WHERE name = 'audit'";

/// As another program would that has taken the guards away.
async fn tamper(writer: &Writer, with: &'static str) {
    let hand = writer.hand();
    let mut turn = hand.turn().await.expect("a turn");
    let connection = open(&mut turn).expect("open");
    connection
        .execute(
            "DROP TRIGGER IF EXISTS audit_is_never_changed; DROP TRIGGER IF EXISTS audit_is_never_shortened;",
        )
        .await
        .expect("dropped");
    connection.execute(with).await.expect("tampered with");
}

async fn told(with: &'static str) -> (i64, String) {
    let (_folder, writer, reader) = five().await;
    tamper(&writer, with).await;
    let complaints = reader.integrity_check().await.expect("checked");
    assert_eq!(complaints.len(), 2, "the break and the guards that are gone: {complaints:?}");
    reader.check_audit().await.expect("checked").broken.expect("broken")
}

#[tokio::test]
async fn a_log_that_nobody_touched_is_whole() {
    let (_folder, writer, reader) = five().await;
    let check = reader.check_audit().await.expect("checked");
    assert_eq!(check, AuditCheck { entries: 5, ..AuditCheck::default() }, "all five follow from each other");
    assert_eq!(reader.integrity_check().await.expect("checked"), Vec::<String>::new(), "and soundly");
    let newest = reader.audit(None, None, 2).await.expect("read");
    assert_eq!(newest.iter().map(|entry| entry.n).collect::<Vec<_>>(), [5, 4], "the newest first");
    let of_two = reader.audit(Some(RecordingId(2)), None, 9).await.expect("read");
    assert_eq!(of_two.iter().map(|entry| entry.n).collect::<Vec<_>>(), [2], "of one recording");
    drop(writer);
}

#[tokio::test]
async fn nobody_changes_or_shortens_the_log_through_the_front_door() {
    let (_folder, writer, _reader) = five().await;
    let hand = writer.hand();
    let mut turn = hand.turn().await.expect("a turn");
    let connection = open(&mut turn).expect("open");
    for statement in ["UPDATE audit SET who = 'bob'", "DELETE FROM audit WHERE n = 5"] {
        let error = connection.execute(statement).await.expect_err("refused");
        assert!(error.to_string().contains("the audit log is never"), "{error}");
    }
}

#[tokio::test]
async fn an_entry_that_another_program_changed_is_told() {
    let (n, _) = told("UPDATE audit SET what = '{\"did\":9}' WHERE n = 3").await;
    assert_eq!(n, 3, "its hash is another");
    let (n, _) = told("UPDATE audit SET who = 'bob', what = 'x' WHERE n = 1").await;
    assert_eq!(n, 1, "the first one too");
    let (n, _) = told("UPDATE audit SET recording = NULL WHERE n = 2").await;
    assert_eq!(n, 2, "whatever of it was changed");
}

#[tokio::test]
async fn entries_that_were_taken_out_or_cut_off_are_told() {
    let (n, says) = told("DELETE FROM audit WHERE n IN (2, 3)").await;
    assert_eq!((n, says.as_str()), (2, "Entries 2 to 3 were taken out."), "from the middle");
    let (n, says) = told("DELETE FROM audit WHERE n = 5").await;
    assert_eq!((n, says.as_str()), (5, "Entry 5 was taken out."), "the end, by the number that was given");
    let (n, _) = told("DELETE FROM audit").await;
    assert_eq!(n, 1, "all of them");
    let (n, _) =
        told("DELETE FROM audit WHERE n = 5; UPDATE sqlite_sequence SET seq = 3 WHERE name = 'audit'").await;
    assert_eq!(n, 4, "a count that is too low");
}

#[tokio::test]
async fn what_is_written_after_a_cut_does_not_hide_it() {
    let (_folder, writer, reader) = five().await;
    tamper(&writer, "DELETE FROM audit WHERE n = 5").await;
    let deed = Deed { at: At(6), who: "ann".into(), recording: None, what: "{}".into() };
    writer.hand().audit(&[deed]).await.expect("noted");
    let (n, _) = reader.check_audit().await.expect("checked").broken.expect("broken");
    assert_eq!(n, 5, "a number that was given once is not given again");
}

#[tokio::test]
async fn a_transaction_that_is_rolled_back_leaves_no_gap() {
    let (_folder, writer, reader) = five().await;
    {
        let hand = writer.hand();
        let mut turn = hand.turn().await.expect("a turn");
        let mut transaction = begin(&mut turn).await.expect("begun");
        let deed = Deed { at: At(6), who: "ann".into(), recording: None, what: "{}".into() };
        append(&mut transaction, &hand.witness, &[deed]).await.expect("appended");
        transaction.rollback().await.expect("rolled back");
    }
    let check = reader.check_audit().await.expect("checked");
    assert_eq!(check, AuditCheck { entries: 5, ..AuditCheck::default() }, "as if it had never been");
}

#[tokio::test]
async fn a_log_that_was_cut_off_with_its_count_is_told_by_its_witness() {
    let (_folder, writer, reader) = five_seen().await;
    let check = reader.check_audit().await.expect("checked");
    assert_eq!(check, AuditCheck { entries: 5, broken: None, unseen: Some(0) }, "all five are vouched for");
    tamper(&writer, CUT).await;
    let (n, says) = reader.check_audit().await.expect("checked").broken.expect("broken");
    assert_eq!(n, 4, "the first that is gone: {says}");
    assert!(says.contains("keychain"), "and who says so: {says}");
}

#[tokio::test]
async fn a_log_whose_hashes_were_all_computed_anew_is_told_by_its_witness() {
    let (_folder, writer, reader) = five_seen().await;
    tamper(&writer, "UPDATE audit SET who = 'bob' WHERE n = 2").await;
    compute_anew(&writer).await;
    let (n, says) = reader.check_audit().await.expect("checked").broken.expect("broken");
    assert!(n == 5 && says.contains("written anew"), "the newest is not the one that was seen: {n}, {says}");
}

#[tokio::test]
async fn what_is_written_after_a_forgery_never_vouches_for_it() {
    let (_folder, writer, reader) = five_seen().await;
    tamper(&writer, CUT).await;
    for n in 6..=9 {
        writer.hand().audit(&[deed(n)]).await.expect("noted");
    }
    let (n, _) = reader.check_audit().await.expect("checked").broken.expect("broken");
    assert_eq!(n, 5, "the entry that was seen is another one now, however many follow");
    tamper(&writer, "DELETE FROM office_settings").await;
    let (_, says) = reader.check_audit().await.expect("checked").broken.expect("broken");
    assert!(says.contains("vouches"), "nor does it help to take the witness's row out: {says}");
}

#[tokio::test]
async fn without_its_witness_the_check_says_that_it_proves_less() {
    let (folder, writer, reader) = five().await;
    assert_eq!(reader.check_audit().await.expect("checked").unseen, None, "nobody vouches for any");
    writer.hand().begin_audit_witness(&key()).await.expect("begun");
    writer.hand().audit(&[deed(6)]).await.expect("noted");
    assert_eq!(reader.check_audit().await.expect("checked").unseen, Some(5), "what was there before");
    reader.close().await;
    writer.close().await.expect("closed");
    // On a computer whose keychain does not have it.
    let (writer, reader) = Library::open_writer(folder.path(), "test").await.expect("a library");
    writer.hand().audit(&[deed(7)]).await.expect("noted");
    let check = reader.check_audit().await.expect("checked");
    assert_eq!(check, AuditCheck { entries: 7, broken: None, unseen: None }, "whole as far as that tells");
    assert_eq!(reader.audit_witnesses().await.expect("read"), [key().fingerprint()], "whom to ask for");
    reader.call_audit_witness(key());
    assert_eq!(reader.check_audit().await.expect("checked").unseen, Some(6), "back again: one more");
    writer.hand().audit(&[deed(8)]).await.expect("noted");
    let check = reader.check_audit().await.expect("checked");
    assert_eq!(check, AuditCheck { entries: 8, broken: None, unseen: Some(6) }, "that one is never seen");
    let row: String = reader
        .office_setting(&format!("audit_witness:{}", key().fingerprint()))
        .await
        .expect("read")
        .expect("a row");
    assert!(!row.contains(&"07".repeat(32)), "the secret is not in it: {row}");
}

#[tokio::test]
async fn a_guard_that_was_replaced_by_one_of_its_name_is_told() {
    for with in [
        "CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit BEGIN SELECT 1; END;
         CREATE TRIGGER audit_is_never_shortened BEFORE DELETE ON audit BEGIN SELECT 1; END;",
        "CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit BEGIN
            SELECT RAISE(ABORT, 'the audit log is never changed');
         END;
         CREATE TRIGGER audit_is_never_shortened BEFORE DELETE ON audit WHEN 0 BEGIN
            SELECT RAISE(ABORT, 'the audit log is never shortened');
         END;",
    ] {
        let (_folder, writer, reader) = five().await;
        tamper(&writer, with).await;
        let complaints = reader.integrity_check().await.expect("checked");
        assert!(complaints[0].contains("guard"), "their names are not enough: {complaints:?}");
    }
    let (_folder, writer, reader) = five().await;
    let hand = writer.hand();
    let mut turn = hand.turn().await.expect("a turn");
    let swallow = "CREATE TRIGGER more BEFORE INSERT ON audit BEGIN SELECT RAISE(IGNORE); END";
    open(&mut turn).expect("open").execute(swallow).await.expect("made");
    let complaints = reader.integrity_check().await.expect("checked");
    assert!(complaints[0].contains("trigger of its own"), "one that swallows entries: {complaints:?}");
}
