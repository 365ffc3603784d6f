//! Recordings of a simulated office find their calls, with lookalikes among both.

use crate::desk::Opening;
use crate::library::Means;
use crate::{Answer, Clock, Desk, RunOnlyKeychain, Start};
use contract::recordings::{
    AskRecordingCandidates, AskRecordings, MatchRecording, MatchTo, RecordingFilter, RecordingRow,
    RecordingSort,
};
use contract::sites::{SaveSite, Site};
use model::{RecordingId, RecordingMatch, SiteId};
use playback::NoDevice;
use simulator::{Neighbours, Recorded, RecordingSettings, Tape, TapeSettings, recordings, tape};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use store::{Begun, NewIntakeFile, NewRecording, SeenFile, TookIn};

async fn desk(folder: &Path, clock: &Arc<Clock>, zone: &str) -> (Desk, SiteId) {
    let opening = Opening {
        library: folder.to_owned(),
        demo: false,
        keychain: Arc::new(RunOnlyKeychain::default()),
        holder: "test".into(),
        sources: Start::Nothing,
        clock: Arc::clone(clock),
        spoken: crate::Language::English,
    };
    let means = Means { sound: Arc::new(NoDevice), cut: None };
    let desk = Desk::open_with(opening, means).await.expect("the library opens");
    let site = Site { name: "Office".into(), time_zone: zone.into(), ..Site::default() };
    let saved =
        desk.answer(SaveSite { site, password: None, forget_fingerprint: false }).await.expect("saved");
    (desk, SiteId(saved.site.id))
}

/// Hears the whole tape by its own clock.
async fn hear(desk: &Desk, site: SiteId, clock: &Clock, tape: &Tape) {
    for said in &tape.spoken {
        clock.turn_to(said.at);
        desk.said(site, said.said, said.bytes.clone()).await.expect("taken");
        desk.settle().await.expect("settled");
    }
    clock.turn_to(clock.now().plus_ms(600_000));
    desk.settle().await.expect("settled");
}

/// A recording as the intake would bring it, without its sound.
async fn bring(desk: &Desk, site: SiteId, recorded: &Recorded, n: usize) -> RecordingId {
    let patterns = desk.patterns(None).await.expect("patterns");
    let side = recorded.side_file.as_ref().map(|side| side.text.as_bytes());
    let length_ms = recorded.length_ms.cast_signed();
    let facts = desk.facts_of(site, &recorded.file_name, &patterns, side, recorded.ended_at, length_ms);
    let seen =
        SeenFile { source: None, file: recorded.file_name.clone(), bytes: 1, changed_at: recorded.ended_at };
    let file = NewIntakeFile { seen, seen_at: recorded.ended_at, detail: "{}".into() };
    let Begun::New(file) = desk.hand().begin_intake(&file).await.expect("begun") else {
        panic!("{} is there twice", recorded.file_name)
    };
    let mut sha256 = vec![0; 32];
    sha256[..8].copy_from_slice(&n.to_le_bytes());
    let new = NewRecording {
        site,
        started_at: facts.started_at,
        started_by: facts.started_by,
        length_ms,
        channels: 1,
        says: facts.says,
        number_key: facts.number_key,
        original_sha256: sha256.clone(),
        pool: 1,
        stored_file: format!("{n}.opus"),
        stored_sha256: sha256,
        ..NewRecording::default()
    };
    match desk.hand().take_in(file, &new).await.expect("taken in") {
        TookIn::New(id) => id,
        TookIn::Before(id) => panic!("{id:?} is there already"),
    }
}

async fn rows(desk: &Desk) -> BTreeMap<RecordingId, RecordingRow> {
    let mut all = BTreeMap::new();
    let mut after = None;
    loop {
        let (filter, sort) = (RecordingFilter::default(), RecordingSort::OldestFirst);
        let page = desk.answer(AskRecordings { filter, sort, after, limit: 500 }).await.expect("a page");
        all.extend(page.rows.into_iter().map(|row| (RecordingId(row.id.parse().expect("a number")), row)));
        after = page.next;
        if after.is_none() {
            return all;
        }
    }
}

/// Five hundred calls, a good third of which have one beside them that is easily mistaken for them.
fn lookalikes() -> TapeSettings {
    TapeSettings {
        seed: 11,
        calls: 500,
        neighbours: Neighbours {
            same_caller_within_seconds: 0.1,
            equal_lengths_at_once: 0.1,
            back_to_back: 0.2,
            ..Neighbours::default()
        },
        ..TapeSettings::default()
    }
}

/// A desk that heard an office, with all that was recorded of it.
struct Office {
    desk: Desk,
    tape: Tape,
    made: Vec<Recorded>,
    /// Which of `made` each is.
    brought: BTreeMap<RecordingId, usize>,
    _folder: tempfile::TempDir,
}

/// What became of the recordings, told in words where it is not what it should be.
#[derive(Debug, Default)]
struct Judged {
    right: usize,
    without_call: Vec<String>,
    /// With its confidence.
    wrong: Vec<(f32, String)>,
}

impl Office {
    async fn heard(settings: &TapeSettings) -> Self {
        let tape = tape(settings).expect("an office");
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Arc::new(Clock::by_hand(tape.spoken[0].at));
        let (desk, site) = desk(folder.path(), &clock, &settings.zone).await;
        hear(&desk, site, &clock, &tape).await;
        let made = recordings(tape.truth.iter().map(|truth| &truth.call), &RecordingSettings::default());
        assert!(made.len() > 300, "there is something to match: {}", made.len());
        let mut brought = BTreeMap::new();
        for (n, recorded) in made.iter().enumerate() {
            brought.insert(bring(&desk, site, recorded, n + 1).await, n);
        }
        desk.library().matching.all_due();
        desk.match_what_is_due().await.expect("matched");
        Self { desk, tape, made, brought, _folder: folder }
    }

    async fn judged(&self, rows: &BTreeMap<RecordingId, RecordingRow>) -> Judged {
        let zone = self.desk.office_zone();
        let truth: BTreeMap<&str, _> =
            self.tape.truth.iter().map(|truth| (truth.call.id.as_str(), &truth.call)).collect();
        let mut judged = Judged::default();
        for (id, n) in &self.brought {
            let (recorded, row) = (&self.made[*n], &rows[id]);
            let call = truth[recorded.call.as_str()];
            let found = match &row.call {
                Some(call) => self.desk.call(call).await.ok(),
                None => None,
            };
            let began = zone.parse(&call.started_at).expect("a time");
            let told = format!("{} ({:?}, {})", recorded.file_name, recorded.by, call.started_at);
            match found {
                None => judged.without_call.push(told),
                Some(found)
                    if (found.started_at - began).abs() < 3_000
                        && found.external_number == call.external_number =>
                {
                    judged.right += 1;
                }
                Some(found) => {
                    let other = zone.rfc3339(found.started_at);
                    let told =
                        format!("{told}: {:?} with {:?} at {other}", row.matched, found.external_number);
                    judged.wrong.push((row.confidence.unwrap_or(1.0), told));
                }
            }
        }
        judged
    }
}

#[tokio::test]
async fn recordings_of_five_hundred_calls_with_lookalikes_find_their_calls() {
    let office = Office::heard(&lookalikes()).await;
    let desk = &office.desk;
    let rows = rows(desk).await;
    let judged = office.judged(&rows).await;
    assert_eq!(judged.right, office.brought.len(), "each finds its own call: {judged:#?}");

    // By hand, and back.
    let (id, row) = rows.iter().find(|(_, row)| row.matched == RecordingMatch::Score).expect("one by score");
    let id = id.0.to_string();
    let candidates = desk.answer(AskRecordingCandidates { id: id.clone() }).await.expect("candidates");
    assert_eq!(Some(&candidates[0].call.id), row.call.as_ref(), "its own call is the likeliest");
    let decide = |to| desk.answer(MatchRecording { id: id.clone(), to });
    let none = decide(MatchTo::None).await.expect("decided");
    assert_eq!((none.call, none.matched), (None, RecordingMatch::NoneByHand), "it belongs to no call");
    desk.library().matching.all_due();
    desk.match_what_is_due().await.expect("matched");
    let rebuilt = desk.rebuild().await.expect("rebuilt");
    assert!(rebuilt.calls > 400, "all calls were made anew: {rebuilt:?}");
    desk.match_what_is_due().await.expect("matched");
    let now = self::rows(desk).await;
    let decided = &now[&RecordingId(id.parse().expect("a number"))];
    assert_eq!(decided.matched, RecordingMatch::NoneByHand, "the rules do not change it");
    let back = decide(MatchTo::Rules).await.expect("taken back");
    assert_eq!(back.call, row.call, "as the rules say");
    let after = self::rows(desk).await;
    let changed = rows.iter().filter(|(id, row)| after[id].call != row.call).count();
    assert_eq!(changed, 0, "a rebuild and a decision that was taken back change nothing");
    assert_eq!(after.len(), office.brought.len(), "no recording is lost");
    desk.close().await.expect("closed");
}

/// Records do not tell hunt groups. What is named by a group's number alone could then be of any extension that is not in
/// the records, and is left to a person.
#[tokio::test]
async fn with_records_alone_all_but_recordings_named_by_a_group_find_their_calls() {
    let office = Office::heard(&TapeSettings { devlink: false, ..lookalikes() }).await;
    let judged = office.judged(&rows(&office.desk).await).await;
    assert!(judged.wrong.is_empty(), "none is given to another call: {judged:#?}");
    assert_eq!((judged.right, judged.without_call.len()), (527, 17), "as many as can be told: {judged:#?}");
    let groups = judged.without_call.iter().filter(|told| told.contains("(Group")).count();
    assert_eq!(groups, 17, "and those that cannot are groups': {judged:#?}");
    office.desk.close().await.expect("closed");
}

#[tokio::test]
async fn with_devlink3_alone_recordings_of_five_hundred_calls_find_their_calls() {
    let office = Office::heard(&TapeSettings { smdr: false, ..lookalikes() }).await;
    let judged = office.judged(&rows(&office.desk).await).await;
    assert_eq!(judged.right, office.brought.len(), "each finds its own call: {judged:#?}");
    office.desk.close().await.expect("closed");
}
