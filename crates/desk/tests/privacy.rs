//! How long things are kept: the journal goes first, and what rests on it stays or goes by its own time.

mod office;
mod sounds;

use contract::calls::{AskCall, AskCalls, CallFilter, CallSort};
use contract::keeping::{AskAudit, CheckAudit};
use contract::notes::SaveNote;
use contract::privacy::{
    AskNumber, AskPrivacy, EraseNumber, KeepTimes, PreviewPrivacy, RunPrivacy, SavePrivacy,
};
use contract::published::Call;
use contract::recordings::{AskRecordings, HoldRecordings, RecordingFilter, RecordingPage, RecordingSort};
use contract::sites::{SaveSite, Site};
use desk::{Answer, Clock, Desk, Look, Opening};
use model::{At, Said, SiteId};
use office::{calls, opening};
use simulator::{Kind, TapeSettings, tape};
use std::path::Path;
use std::sync::Arc;

const DAY_MS: i64 = 24 * 3_600_000;

/// Three evenings of an office, each as long after the one before.
struct Library {
    folder: tempfile::TempDir,
    desk: Desk,
    clock: Arc<Clock>,
    site: SiteId,
}

impl Library {
    /// `between`: days between two evenings.
    async fn with(evenings: u32, between: i64) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let settings = TapeSettings { calls: 14, kinds: Kind::PLAIN.to_vec(), ..TapeSettings::default() };
        let clock = Arc::new(Clock::by_hand(settings.begins));
        let opening = Opening { clock: Arc::clone(&clock), ..opening(folder.path()) };
        let desk = Desk::open(opening).await.expect("opened");
        let site = Site { name: "Office".into(), time_zone: settings.zone.clone(), ..Site::default() };
        let saved = SaveSite { site, password: None, forget_fingerprint: false };
        let site = SiteId(desk.answer(saved).await.expect("saved").site.id);
        let mut begins = settings.begins;
        for evening in 0..evenings {
            // Numbers of legs begin anew with each tape, as after a restart of the PBX that nobody saw: the last one has them.
            let devlink = evening + 1 == evenings;
            let settings = TapeSettings { seed: u64::from(evening) + 1, begins, devlink, ..settings.clone() };
            for said in &tape(&settings).expect("an office").spoken {
                clock.turn_to(said.at);
                desk.said(site, said.said, said.bytes.clone()).await.expect("taken");
                desk.settle().await.expect("settled");
            }
            // Everything that waits for time to pass has waited.
            clock.turn_to(clock.now().plus_ms(3_600_000));
            desk.settle().await.expect("settled");
            begins = begins.plus_ms(between * DAY_MS);
        }
        clock.turn_to(begins);
        desk.settle().await.expect("settled");
        Self { folder, desk, clock, site }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    async fn keep(&self, times: KeepTimes) {
        self.desk.answer(SavePrivacy { times }).await.expect("saved");
    }

    async fn sound(&self) {
        let look = Look::open(self.path()).await.expect("a library");
        let complaints = look.complaints().await.expect("read");
        assert!(complaints.is_empty(), "the library is whole: {complaints:?}");
    }
}

fn days(journal: Option<u32>) -> KeepTimes {
    KeepTimes { journal_days: journal, ..KeepTimes::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_older_than_the_journal_stay_and_a_rebuild_says_so() {
    let library = Library::with(3, 20).await;
    let whole = library.desk.rebuild().await.expect("rebuilt");
    assert_eq!((whole.changed, whole.settled), (0, 0), "the whole journal gives the same calls: {whole:?}");
    let before = calls(library.path()).await;
    library.keep(days(Some(30))).await;
    let preview = library.desk.answer(PreviewPrivacy { times: days(Some(30)) }).await.expect("a preview");
    let done = library.desk.answer(RunPrivacy {}).await.expect("done");
    assert!(done.journal_entries > 20, "two evenings' entries went: {done:?}");
    assert_eq!(done.journal_entries, preview.journal.count, "as many as the preview said");
    assert_eq!(calls(library.path()).await, before, "no call changed by it");
    library.sound().await;

    let rebuilt = library.desk.rebuild().await.expect("rebuilt");
    assert!(rebuilt.settled > 20, "what nothing can make anew is told: {rebuilt:?}");
    assert!(rebuilt.entries < 2_000, "only what is there is read: {rebuilt:?}");
    assert_eq!(
        (rebuilt.added, rebuilt.removed, rebuilt.changed),
        (0, 0, 0),
        "and all is as it was: {rebuilt:?}"
    );
    assert_eq!(calls(library.path()).await, before, "to the letter");
    library.sound().await;
    let again = library.desk.answer(RunPrivacy {}).await.expect("done");
    assert_eq!(again.journal_entries, 0, "nothing more is over");
    let view = library.desk.answer(AskPrivacy {}).await.expect("asked");
    assert!(view.settled_until_ms.is_some(), "the page tells up to when: {view:?}");
    library.desk.close().await.expect("closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_journal_goes_on_counting_after_all_of_it_went() {
    let library = Library::with(1, 40).await;
    library.keep(days(Some(7))).await;
    library.desk.answer(RunPrivacy {}).await.expect("done");
    let last = library.desk.reader().last_seq().await.expect("asked");
    let count = calls(library.path()).await.len();
    library.desk.close().await.expect("closed");

    let opening = Opening { clock: Arc::clone(&library.clock), ..opening(library.path()) };
    let desk = Desk::open(opening).await.expect("opened again");
    let row: &[u8] =
        b"2026/03/09 10:00:00,00:00:05,7,01707299900,I,403,390664,,0,9001,0,E403,Ann,T9001,Line 1.2,0,0\r\n";
    desk.said(library.site, Said::SmdrLines, row.to_vec()).await.expect("taken");
    desk.settle().await.expect("settled");
    assert!(desk.reader().last_seq().await.expect("asked") > last, "no number is given twice");
    library.clock.turn_to(library.clock.now().plus_ms(DAY_MS));
    desk.settle().await.expect("settled");
    assert_eq!(calls(library.path()).await.len(), count + 1, "so no call takes the place of another");
    let rebuilt = desk.rebuild().await.expect("rebuilt");
    assert_eq!((rebuilt.added, rebuilt.removed, rebuilt.changed), (0, 0, 0), "{rebuilt:?}");
    desk.close().await.expect("closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_is_imported_again_brings_no_call_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = Arc::new(Clock::by_hand(At(1_770_000_000_000)));
    let desk =
        Desk::open(Opening { clock: Arc::clone(&clock), ..opening(folder.path()) }).await.expect("opened");
    let site = office::quiet_site(&desk).await;
    let log: &[u8] = include_bytes!("fixtures/manual.csv");
    desk.import_smdr(site, log, |_| {}).await.expect("imported");
    let before = calls(folder.path()).await.len();
    clock.turn_to(clock.now().plus_ms(60 * DAY_MS));
    desk.settle().await.expect("settled");
    let times = KeepTimes { calls_days: Some(30), ..days(Some(30)) };
    desk.answer(SavePrivacy { times }).await.expect("saved");
    let preview = desk.answer(PreviewPrivacy { times }).await.expect("a preview");
    let done = desk.answer(RunPrivacy {}).await.expect("done");
    assert_eq!(preview.calls.count, done.calls, "as the preview said");
    assert!(done.calls >= before as u64, "all are over their time: {done:?}");
    assert_eq!(calls(folder.path()).await.len(), 0, "and gone");
    desk.import_smdr(site, log, |_| {}).await.expect("imported again");
    desk.rebuild().await.expect("rebuilt");
    assert_eq!(calls(folder.path()).await.len(), 0, "they are known for good");
    desk.close().await.expect("closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_are_shortened_where_the_journal_is_gone_and_stay_so() {
    let library = Library::with(2, 40).await;
    let before = calls(library.path()).await;
    let times = KeepTimes { whole_numbers_days: Some(30), ..days(Some(30)) };
    library.keep(times).await;
    let preview = library.desk.answer(PreviewPrivacy { times }).await.expect("a preview");
    let done = library.desk.answer(RunPrivacy {}).await.expect("done");
    assert!(preview.numbers.count > 5, "there is something to shorten: {preview:?}");
    assert!(done.shortened >= preview.numbers.count, "and it was: {done:?}");
    let whole = |call: &Call| {
        call.external_number.as_ref().is_some_and(|number| !number.ends_with("xxx") && number.len() > 6)
    };
    let after = calls(library.path()).await;
    assert_eq!(after.len(), before.len(), "the calls stay");
    let limit = At(library.clock.now().0 - 30 * DAY_MS);
    let started =
        |call: &Call| call.started_at.parse::<jiff::Timestamp>().expect("an instant").as_millisecond();
    for call in &after {
        assert_eq!(whole(call), whole_before(&before, call) && started(call) >= limit.0, "by age: {call:?}");
    }
    library.desk.rebuild().await.expect("rebuilt");
    assert_eq!(calls(library.path()).await, after, "nothing brings the digits back");
    assert_eq!(library.desk.answer(RunPrivacy {}).await.expect("done").shortened, 0, "once");
    library.desk.close().await.expect("closed");
}

fn whole_before(before: &[Call], call: &Call) -> bool {
    let known = before.iter().find(|known| known.id == call.id).expect("it was there");
    known.external_number.as_ref().is_some_and(|number| number.len() > 6)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_number_is_nowhere_and_does_not_come_back() {
    let library = Library::with(1, 1).await;
    let desk = &library.desk;
    let before = calls(library.path()).await;
    let call = before
        .iter()
        .find(|call| call.external_number.as_ref().is_some_and(|number| number.len() > 8) && call.answered)
        .expect("somebody called");
    let number = call.external_number.clone().expect("a number");
    let digits = number.trim_start_matches(['+', '0']).to_owned();
    let note = SaveNote {
        id: None,
        call: Some(call.id.clone()),
        recording: None,
        about_ms: None,
        text: format!("Call {number} back"),
    };
    desk.answer(note).await.expect("noted");
    let view = desk.answer(AskNumber { number: number.clone() }).await.expect("looked at");
    assert!(view.calls > 0 && view.notes == 1, "what there is, before it goes: {view:?}");

    let place = library.path().join("subject.zip");
    desk.export_number(&number, &place).await.expect("exported");
    let mut zip = zip::ZipArchive::new(std::fs::File::open(&place).expect("there")).expect("a zip");
    let text = std::io::read_to_string(zip.by_name("calls.json").expect("in it")).expect("text");
    let exported: Vec<Call> = serde_json::from_str(&text).expect("calls");
    assert_eq!(exported.len() as u64, view.calls, "each of its calls");
    assert!(text.contains("Call ") && text.contains(&number), "with what was written about them");
    drop(zip);
    std::fs::remove_file(&place).expect("removed");

    let erased = desk.answer(EraseNumber { number: number.clone() }).await.expect("erased");
    assert_eq!((erased.calls, erased.left.len()), (view.calls, 0), "all of it: {erased:?}");
    let after = calls(library.path()).await;
    assert_eq!(after.len(), before.len(), "the calls stay as figures");
    let view = desk.answer(AskNumber { number: number.clone() }).await.expect("looked at");
    assert_eq!((view.calls, view.notes), (0, 0), "nothing is found any more: {view:?}");
    let rebuilt = desk.rebuild().await.expect("rebuilt");
    assert_eq!(
        (rebuilt.added, rebuilt.removed, rebuilt.changed),
        (0, 0, 0),
        "the journal tells the same: {rebuilt:?}"
    );
    assert_eq!(calls(library.path()).await, after, "and brings nothing back");
    library.sound().await;
    let audit = desk.answer(AskAudit { recording: None, before: None, limit: 50 }).await.expect("the log");
    assert!(audit.lines.iter().any(|line| line.says.contains("erased")), "it is told that it was: {audit:?}");
    assert!(!format!("{audit:?}").contains(&digits), "and not whose");
    desk.close().await.expect("closed");
    for file in std::fs::read_dir(library.path()).expect("a folder") {
        let file = file.expect("a file").path();
        if file.is_file() {
            let bytes = std::fs::read(&file).expect("read");
            let found = bytes.windows(digits.len()).any(|window| window == digits.as_bytes());
            assert!(!found, "{} holds it still", file.display());
        }
    }
}

async fn recordings(desk: &Desk) -> RecordingPage {
    let (filter, sort) = (RecordingFilter::default(), RecordingSort::NewestFirst);
    desk.answer(AskRecordings { filter, sort, after: None, limit: 100 }).await.expect("a list")
}

#[tokio::test(flavor = "multi_thread")]
async fn recordings_of_an_erased_number_are_deleted_but_for_those_under_hold() {
    let library = Library::with(1, 1).await;
    let desk = &library.desk;
    let drop = tempfile::tempdir().expect("a folder");
    let names = [
        "204_02079460123_20260309100100.wav",
        "205_02079460123_20260309110100.wav",
        "206_02079460999_20260309120100.wav",
    ];
    for (name, seed) in names.iter().zip(1..) {
        sounds::write(&drop.path().join(name), 2.0, seed);
    }
    let taken =
        desk.import_recordings(library.site, &[drop.path().to_owned()], |_, _| {}).await.expect("imported");
    assert_eq!(taken.imported, 3, "all of them: {taken:?}");
    let page = recordings(desk).await;
    let held = page.rows.iter().find(|row| row.people[0].number == "205").expect("the second one").id.clone();
    let hold = |why: Option<&str>| HoldRecordings { ids: vec![held.clone()], why: why.map(str::to_owned) };
    desk.answer(hold(Some("a dispute"))).await.expect("held");

    let number = "02079460123".to_owned();
    let view = desk.answer(AskNumber { number: number.clone() }).await.expect("looked at");
    assert_eq!((view.recordings, view.held), (2, 1), "the number's, by the files' names: {view:?}");
    let erased = desk.answer(EraseNumber { number: number.clone() }).await.expect("erased");
    assert_eq!((erased.recordings, erased.left.len()), (1, 1), "the free one: {erased:?}");
    assert!(erased.left[0].contains("legal hold"), "and it says why the other stays: {erased:?}");
    let page = recordings(desk).await;
    let people: Vec<&str> = page.rows.iter().map(|row| row.people[0].number.as_str()).collect();
    assert_eq!(people, ["206", "205"], "another number's is not touched");

    desk.answer(hold(None)).await.expect("released");
    let erased = desk.answer(EraseNumber { number }).await.expect("erased once more");
    assert_eq!((erased.recordings, erased.left.len()), (1, 0), "now this one as well: {erased:?}");
    assert_eq!(recordings(desk).await.rows.len(), 1, "only the other number's is left");
    let sounds = sounds::files_in(&library.path().join("recordings"));
    let sounds: Vec<&String> = sounds.iter().filter(|name| name.ends_with(".opus")).collect();
    assert_eq!(sounds.len(), 1, "its sound, and no other's: {sounds:?}");
    library.sound().await;
    desk.close().await.expect("closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_log_is_shortened_by_its_rule_and_still_proven() {
    let library = Library::with(1, 1).await;
    let desk = &library.desk;
    let times = KeepTimes { audit_days: Some(30), ..KeepTimes::default() };
    for _ in 0..5 {
        library.keep(times).await;
    }
    library.clock.turn_to(library.clock.now().plus_ms(40 * DAY_MS));
    library.keep(times).await;
    let done = desk.answer(RunPrivacy {}).await.expect("done");
    assert!(done.audit_entries >= 5, "the old ones went: {done:?}");
    let check = desk.answer(CheckAudit {}).await.expect("checked");
    assert_eq!(check.broken, None, "the rest follows from what an entry of it tells: {check:?}");
    library.sound().await;
    desk.close().await.expect("closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_older_than_the_journal_is_not_decided_about_any_more() {
    let library = Library::with(1, 40).await;
    let desk = &library.desk;
    let all = AskCalls { filter: CallFilter::default(), sort: CallSort::OldestFirst, after: None, limit: 2 };
    let rows = desk.answer(all).await.expect("calls").rows;
    library.keep(days(Some(7))).await;
    desk.answer(RunPrivacy {}).await.expect("done");
    let join = contract::decisions::JoinCalls { first: rows[0].id.clone(), second: rows[1].id.clone() };
    let refused = desk.answer(join).await.expect_err("refused");
    assert!(refused.message.contains("journal"), "in words: {}", refused.message);
    assert!(desk.answer(AskCall { id: rows[0].id.clone() }).await.is_ok(), "it can still be opened");
    desk.close().await.expect("closed");
}
