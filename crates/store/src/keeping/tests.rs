//! Recordings of a library in a folder of its own, kept and let go.

use crate::recordings::matching::RECORDINGS_OF_GONE_CALL;
use crate::recordings::write::insert;
use crate::recordings::{NewRecording, StoredState, VersionWhy};
use crate::writer::open;
use crate::{
    Deed, Doomed, Hand, Left, Library, Note, OriginalNow, Reader, Replacement, RetentionRule, Site,
    StoreError, Tagged, Writer, marks,
};
use model::{At, CallId, Direction, RecordingId, SiteId};
use tempfile::TempDir;

const DAY: i64 = 24 * 3_600_000;
const NOW: At = At(1_000 * DAY);

struct Kit {
    _folder: TempDir,
    _writer: Writer,
    reader: Reader,
    hand: Hand,
    site: SiteId,
}

impl Kit {
    async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut writer, reader) = Library::open_writer(folder.path(), "test").await.expect("a library");
        let site = writer.save_site(&Site::default()).await.expect("a site");
        let hand = writer.hand();
        Self { _folder: folder, _writer: writer, reader, hand, site }
    }

    /// A recording of `days` ago, of a call or of none.
    async fn recording(
        &self,
        days: i64,
        direction: Direction,
        group: Option<&str>,
        call: Option<i64>,
    ) -> RecordingId {
        let mut turn = self.hand.turn().await.expect("a turn");
        let connection = open(&mut turn).expect("open");
        let n: i64 = sqlx::query_scalar("SELECT count(*) FROM recordings")
            .fetch_one(&mut *connection)
            .await
            .expect("counted");
        let mut new = NewRecording {
            site: self.site,
            started_at: NOW.plus_ms(-days * DAY),
            length_ms: 60_000,
            channels: 1,
            original_format: "WAV".into(),
            original_bytes: 1_000,
            original_sha256: n.to_be_bytes().repeat(4),
            pool: 1,
            stored_file: format!("{n}.opus"),
            stored_bytes: 100,
            stored_sha256: vec![1; 32],
            ..NewRecording::default()
        };
        new.says.file_name = format!("rec{n}.wav");
        new.says.direction = Some(direction);
        new.says.group = group.map(str::to_owned);
        let id = insert(connection, &new).await.expect("stored");
        if call.is_some() {
            sqlx::query("UPDATE recordings SET call = ? WHERE id = ?")
                .bind(call)
                .bind(id.0)
                .execute(&mut *connection)
                .await
                .expect("matched");
            marks::matched(connection, id, None).await.expect("marked");
        }
        id
    }

    /// As the matching does it.
    async fn match_to(&self, id: RecordingId, call: Option<i64>) {
        let mut turn = self.hand.turn().await.expect("a turn");
        let connection = open(&mut turn).expect("open");
        let before: Option<i64> = sqlx::query_scalar("SELECT call FROM recordings WHERE id = ?")
            .bind(id.0)
            .fetch_one(&mut *connection)
            .await
            .expect("there");
        sqlx::query("UPDATE recordings SET call = ? WHERE id = ?")
            .bind(call)
            .bind(id.0)
            .execute(&mut *connection)
            .await
            .expect("matched");
        marks::matched(connection, id, before.map(CallId)).await.expect("marked");
    }

    async fn ids(&self, condition: &'static str) -> Vec<i64> {
        let mut snapshot = self.reader.snapshot().await.expect("a snapshot");
        sqlx::query_scalar(condition).fetch_all(&mut *snapshot).await.expect("asked")
    }
}

fn deed(what: &str) -> Deed {
    Deed { at: NOW, who: "ann".into(), recording: None, what: format!("{{\"did\":\"{what}\"}}") }
}

fn note(call: Option<i64>, recording: Option<RecordingId>, text: &str) -> Note {
    Note { call: call.map(CallId), recording, text: text.into(), written_at: NOW, ..Note::default() }
}

#[tokio::test]
async fn what_is_held_goes_into_no_trash_and_holding_takes_out_of_it() {
    let kit = Kit::new().await;
    let held = kit.recording(1, Direction::Inbound, None, None).await;
    let other = kit.recording(1, Direction::Inbound, None, None).await;
    kit.hand.hold(&[held], Some("court"), &deed("held")).await.expect("held");
    let left = kit.hand.trash(&[held, other, RecordingId(99)], &deed("trashed")).await.expect("asked");
    assert_eq!(left, [Some(Left::Held), None, Some(Left::Unknown)], "only what may go goes");
    assert_eq!(
        kit.hand.trash(&[other], &deed("trashed")).await.expect("asked"),
        [Some(Left::InTrash)],
        "once"
    );
    kit.hand.hold(&[other], Some("court"), &deed("held")).await.expect("held");
    let files = kit.reader.files(other).await.expect("read").expect("there");
    assert_eq!((files.trashed_at, files.hold_reason.as_deref()), (None, Some("court")), "a hold saves it");
    let error = kit.hand.delete_recording(other, &deed("deleted")).await.expect_err("refused");
    assert!(
        matches!(error, StoreError::UnknownRecording),
        "what is not in the trash is not deleted: {error}"
    );
    let told = kit.reader.audit(Some(other), None, 10).await.expect("read");
    assert_eq!(told.len(), 2, "trashed and held are told, what was refused is not");
    assert_eq!(kit.reader.check_audit().await.expect("checked").broken, None, "and the chain is whole");
}

#[tokio::test]
async fn a_deleted_recording_leaves_what_was_written_with_its_call() {
    let kit = Kit::new().await;
    let of_call = kit.recording(1, Direction::Inbound, None, Some(70)).await;
    let alone = kit.recording(1, Direction::Inbound, None, None).await;
    kit.hand.save_note(&note(None, Some(of_call), "refund agreed")).await.expect("noted");
    kit.hand.save_note(&note(None, Some(alone), "wrong number")).await.expect("noted");
    kit.hand.set_tags(&Tagged::Recording(alone), &["lost".into()], &[]).await.expect("tagged");
    kit.hand.trash(&[of_call, alone], &deed("trashed")).await.expect("trashed");
    for id in [of_call, alone] {
        kit.hand
            .delete_recording(id, &Deed { recording: Some(id), ..deed("deleted") })
            .await
            .expect("deleted");
    }
    let notes = kit.reader.notes_of_calls(&[CallId(70)]).await.expect("read");
    let texts: Vec<&str> = notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(texts, ["refund agreed"], "it is about the call as well");
    assert_eq!(
        kit.ids("SELECT id FROM notes").await.len(),
        1,
        "and with the other nothing is left to be about"
    );
    assert_eq!(kit.reader.tags().await.expect("read"), [], "nor are its tags");
    assert_eq!(kit.ids("SELECT rowid FROM recording_words").await, Vec::<i64>::new(), "nor its words");
    assert_eq!(
        kit.ids("SELECT rowid FROM call_words WHERE call_words MATCH '\"refund\"'").await,
        [70],
        "the call is still found by its note"
    );
    let told = kit.reader.audit(Some(of_call), None, 10).await.expect("read");
    assert_eq!(told.len(), 2, "the log still tells of a recording that is gone");
}

#[tokio::test]
async fn tags_of_a_recording_go_to_the_call_that_it_finds() {
    let kit = Kit::new().await;
    let id = kit.recording(1, Direction::Inbound, None, None).await;
    let add = ["Complaint".to_owned(), "Übergabe".to_owned()];
    kit.hand.set_tags(&Tagged::Recording(id), &add, &[]).await.expect("tagged");
    kit.hand.set_tags(&Tagged::Call(vec![CallId(70)]), &["complaint".into()], &[]).await.expect("tagged");
    kit.match_to(id, Some(70)).await;
    let tags = kit.reader.tags_of(&Tagged::Call(vec![CallId(70)])).await.expect("read");
    assert_eq!(tags, ["Complaint", "Übergabe"], "each once, with the letters that were there first");
    assert_eq!(
        kit.reader.tags_of(&Tagged::Recording(id)).await.expect("read"),
        tags,
        "they are the call's now"
    );
    let less = kit.hand.set_tags(&Tagged::Recording(id), &[], &["übergabe".into()]).await.expect("untagged");
    assert_eq!(less, ["Complaint"], "in either case, beyond A to Z as well");
    kit.match_to(id, None).await;
    assert_eq!(
        kit.reader.tags_of(&Tagged::Recording(id)).await.expect("read"),
        Vec::<String>::new(),
        "a call keeps what it was given"
    );
}

#[tokio::test]
async fn both_calls_notes_and_tags_are_shown_on_one_that_was_joined_of_them() {
    let kit = Kit::new().await;
    kit.recording(1, Direction::Inbound, None, Some(70)).await;
    kit.recording(1, Direction::Inbound, None, Some(80)).await;
    for call in [70, 80] {
        kit.hand.save_note(&note(Some(call), None, &format!("about {call}"))).await.expect("noted");
        kit.hand.set_tags(&Tagged::Call(vec![CallId(call)]), &["VIP".into()], &[]).await.expect("tagged");
    }
    let joined = [(CallId(70), CallId(70)), (CallId(70), CallId(80)), (CallId(90), CallId(90))];
    let marks = kit.reader.marks_of_calls(&joined).await.expect("read");
    let of_70 = marks.get(&CallId(70)).expect("marked");
    assert_eq!((of_70.recordings, of_70.notes), (2, 2), "of both");
    assert_eq!(of_70.tags, ["VIP"], "a tag of both is shown once");
    assert_eq!(marks.get(&CallId(90)), None, "nothing was written about the third");
    let apart = kit.reader.marks_of_calls(&[(CallId(80), CallId(80))]).await.expect("read");
    assert_eq!(apart.get(&CallId(80)).map(|marks| marks.notes), Some(1), "taken back, each has its own");
    kit.hand
        .set_tags(&Tagged::Call(vec![CallId(70), CallId(80)]), &[], &["vip".into()])
        .await
        .expect("untagged");
    assert_eq!(kit.reader.tags().await.expect("read"), [], "taken off the joined one, it is off both");
}

#[tokio::test]
async fn a_note_changes_in_place_and_its_words_with_it() {
    let kit = Kit::new().await;
    let id = kit.recording(1, Direction::Inbound, None, Some(70)).await;
    let mut stored =
        kit.hand.save_note(&note(Some(70), Some(id), "invoice 100% wrong")).await.expect("noted");
    let found = "SELECT rowid FROM recording_words WHERE recording_words MATCH '\"invoice\"'";
    assert_eq!(kit.ids(found).await, [id.0], "found by its note");
    stored.text = "all well".into();
    stored.changed_at = Some(NOW.plus_ms(5));
    let changed = kit.hand.save_note(&stored).await.expect("changed");
    assert_eq!(changed, stored, "what it is about stays");
    assert_eq!(kit.ids(found).await, Vec::<i64>::new(), "and the old words find nothing any more");
    assert_eq!(kit.ids("SELECT notes FROM recordings").await, [1], "counted beside the row");
    kit.hand.remove_note(stored.id, &[]).await.expect("removed");
    assert_eq!(kit.ids("SELECT notes FROM recordings").await, [0], "and no more");
    let error = kit.hand.remove_note(stored.id, &[]).await.expect_err("refused");
    assert!(matches!(error, StoreError::UnknownNote), "{error}");
}

fn rule(name: &str, keep_days: Option<u32>) -> RetentionRule {
    RetentionRule { name: name.into(), keep_days, ..RetentionRule::default() }
}

#[tokio::test]
async fn the_first_rule_that_fits_says_and_the_preview_is_what_is_done() {
    let kit = Kit::new().await;
    let tagged = kit.recording(500, Direction::Inbound, None, Some(70)).await;
    kit.hand.set_tags(&Tagged::Call(vec![CallId(70)]), &["contract".into()], &[]).await.expect("tagged");
    let sales = kit.recording(100, Direction::Outbound, Some("300"), Some(71)).await;
    let unmatched = kit.recording(40, Direction::Inbound, None, None).await;
    let held = kit.recording(400, Direction::Inbound, None, Some(72)).await;
    kit.hand.hold(&[held], Some("court"), &deed("held")).await.expect("held");
    let old = kit.recording(400, Direction::Inbound, None, Some(73)).await;
    let young = kit.recording(10, Direction::Inbound, None, Some(74)).await;
    let rules = [
        RetentionRule { tag: Some("CONTRACT".into()), ..rule("contracts for ever", None) },
        RetentionRule {
            group: Some("300".into()),
            direction: Some(Direction::Outbound),
            ..rule("sales", Some(90))
        },
        RetentionRule { unmatched: true, ..rule("unmatched", Some(30)) },
        rule("all others", Some(365)),
    ];
    let preview = kit.reader.retention_due(&rules, NOW).await.expect("previewed");
    let due: Vec<_> = preview.iter().map(|due| (due.recording, due.rule, due.held)).collect();
    assert_eq!(
        due,
        [(held, 3, true), (old, 3, false), (sales, 1, false), (unmatched, 2, false)],
        "oldest first, each by its first rule"
    );
    assert_eq!(kit.reader.rule_of(&rules, tagged).await.expect("asked"), Some(0), "kept by its tag");
    assert_eq!(kit.reader.rule_of(&rules, young).await.expect("asked"), Some(3), "it has time left");
    kit.hand.save_retention(&rules, ("retention", "{}"), &[]).await.expect("saved");
    assert_eq!(kit.reader.retention_rules().await.expect("read"), rules, "as they were entered");
    let done = kit.hand.run_retention(&kit.reader, NOW, deed).await.expect("run");
    assert_eq!(done, preview, "what was shown before is what is done");
    assert_eq!(
        kit.ids("SELECT id FROM recordings WHERE trashed_at IS NOT NULL ORDER BY id").await,
        [sales.0, unmatched.0, old.0],
        "and nothing else, least of all what is held"
    );
    let told = kit.reader.audit(Some(sales), None, 1).await.expect("read");
    assert_eq!(told[0].deed.what, "{\"did\":\"sales\"}", "by which rule it went is told");
}

#[tokio::test]
async fn the_instant_of_a_rule_is_the_last_that_is_kept() {
    let kit = Kit::new().await;
    let id = kit.recording(30, Direction::Inbound, None, None).await;
    let rules = [rule("a month", Some(30))];
    assert_eq!(kit.reader.retention_due(&rules, NOW).await.expect("asked"), [], "thirty days are kept");
    let due = kit.reader.retention_due(&rules, NOW.plus_ms(1)).await.expect("asked");
    assert_eq!(due.iter().map(|due| due.recording).collect::<Vec<_>>(), [id], "a moment more is not");
    assert_eq!(kit.reader.retention_due(&[], NOW).await.expect("asked"), [], "without rules nothing goes");
}

#[tokio::test]
async fn a_database_that_somebody_made_up_leads_to_no_file_outside_of_the_pool() {
    let kit = Kit::new().await;
    let id = kit.recording(1, Direction::Inbound, None, None).await;
    for bad in ["../../secret.txt", "/home/ann/secret.txt", "2026/../../secret.txt", "./secret.txt"] {
        sqlx::query("UPDATE recordings SET stored_file = ?1, original_file = ?1 WHERE id = ?2")
            .bind(bad)
            .bind(id.0)
            .execute(open(&mut kit.hand.turn().await.expect("a turn")).expect("open"))
            .await
            .expect("made up");
        kit.hand.doom(&[Doomed { pool: 1, file: bad.into() }]).await.expect("made up");
        let files = kit.reader.files(id).await.expect("read").expect("there");
        let row = kit.reader.recording(id).await.expect("read").expect("there");
        let mut names = vec![files.stored_file, row.stored_file];
        names.extend(files.original_file.into_iter().chain(row.original_file));
        names.extend(kit.reader.doomed().await.expect("read").into_iter().map(|doomed| doomed.file));
        let is_nowhere = names.iter().all(|name| name == "outside of the pool");
        assert!(names.len() > 4 && is_nowhere, "all that says where a file is: {bad} became {names:?}");
    }
}

#[tokio::test]
async fn a_file_that_takes_another_ones_place_leaves_that_one_doomed() {
    let kit = Kit::new().await;
    let id = kit.recording(1, Direction::Inbound, None, None).await;
    let file = |file: &str| Doomed { pool: 1, file: file.into() };
    kit.hand.doom(&[file("0.v1.opus")]).await.expect("doomed");
    assert_eq!(kit.reader.doomed().await.expect("read"), [file("0.v1.opus")], "until a recording has it");
    let mut with = Replacement {
        recording: id,
        sha256_before: vec![1; 32],
        stored_file: "0.v1.opus".into(),
        stored_bytes: 90,
        stored_sha256: vec![2; 32],
        sealed_with: Some("abcd".into()),
        original: OriginalNow::AsItWas,
        why: VersionWhy::Encrypted,
        detail: None,
        at: NOW,
        doomed: vec![file("0.opus")],
        placed: vec![file("0.v1.opus")],
    };
    kit.hand.replace_files(&with, &[deed("encrypted")]).await.expect("replaced");
    assert_eq!(kit.reader.doomed().await.expect("read"), [file("0.opus")], "from here on the old one");
    let files = kit.reader.files(id).await.expect("read").expect("there");
    assert_eq!(
        (files.stored_file.as_str(), files.state),
        ("0.v1.opus", StoredState::Good),
        "the new one counts"
    );
    with.stored_file = "0.v2.opus".into();
    let error = kit.hand.replace_files(&with, &[]).await.expect_err("refused");
    assert!(matches!(error, StoreError::UnknownRecording), "it is not what it was made of any more: {error}");
    kit.hand.doomed_are_gone(&[file("0.opus")]).await.expect("told");
    assert_eq!(kit.reader.doomed().await.expect("read"), [], "nothing is left to remove");
    let sealed = kit.reader.files_sealed_otherwise(Some("abcd"), RecordingId(0), 10).await.expect("read");
    assert_eq!(sealed, [], "all are encrypted with this key");
    assert_eq!(kit.reader.count_sealed_otherwise(None).await.expect("read"), 1, "and one is at all");
}

#[tokio::test]
async fn live_work_gets_its_turn_while_very_many_are_put_into_the_trash() {
    let kit = Kit::new().await;
    for _ in 0..1_100 {
        kit.recording(30, Direction::Inbound, None, None).await;
    }
    kit.hand.save_retention(&[rule("a week", Some(7))], ("retention", "{}"), &[]).await.expect("saved");
    let begun = tokio::sync::Notify::new();
    let run = kit.hand.run_retention(&kit.reader, NOW, |rule| {
        begun.notify_one();
        deed(rule)
    });
    let live = async {
        begun.notified().await;
        kit.hand.audit(&[deed("live")]).await.expect("noted");
    };
    let (done, ()) = tokio::join!(run, live);
    assert_eq!(done.expect("run").len(), 1_100, "all of them");
    let n = kit.ids("SELECT n FROM audit WHERE what LIKE '%live%'").await[0];
    assert!(n <= 501, "what is asked for meanwhile waits for the first five hundred, not for all: {n}");
    assert_eq!(
        kit.ids("SELECT count(*) FROM recordings WHERE trashed_at IS NULL").await,
        [0],
        "none is left"
    );
}

#[tokio::test]
async fn of_a_call_that_is_gone_only_its_own_recordings_are_looked_at() {
    let kit = Kit::new().await;
    kit.recording(3, Direction::Inbound, None, Some(70)).await;
    kit.recording(2, Direction::Inbound, None, Some(71)).await;
    let times = kit.reader.recordings_of_gone_call(CallId(70)).await.expect("asked");
    assert_eq!(times, [NOW.plus_ms(-3 * DAY)], "the other call's stay as they are");
    assert_eq!(kit.reader.recordings_of_gone_call(CallId(9)).await.expect("asked"), [], "it had none");
    let mut snapshot = kit.reader.snapshot().await.expect("a snapshot");
    let explained = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {RECORDINGS_OF_GONE_CALL}"));
    let plan: Vec<(i64, i64, i64, String)> =
        sqlx::query_as(explained).bind(70).fetch_all(&mut *snapshot).await.expect("explained");
    let searches =
        plan.iter().any(|step| step.3.contains("SEARCH r USING INDEX recordings_by_call (call=?)"));
    assert!(searches && !plan.iter().any(|step| step.3.contains("SCAN r")), "by its index: {plan:?}");
}
