//! Calls by what people wrote about them and by their recordings.

use crate::kit::Kit;
use model::{At, CallId, RecordingId, RecordingMatch};
use store::{
    Begun, CallFilter, MatchDecision, MatchWrite, NewIntakeFile, NewRecording, Note, SeenFile, Tagged, TookIn,
};

/// A recording of a call.
async fn record(kit: &Kit, sound: u8, call: CallId) -> RecordingId {
    let hand = kit.writer.hand();
    let seen = SeenFile { source: None, file: format!("{sound}.wav"), bytes: 1, changed_at: At(1) };
    let new = NewIntakeFile { seen, seen_at: At(1), detail: "{}".into() };
    let Begun::New(file) = hand.begin_intake(&new).await.expect("begun") else { panic!("a file is new") };
    let new = NewRecording {
        site: kit.site,
        started_at: At(1),
        length_ms: 1_000,
        channels: 1,
        original_sha256: vec![sound; 32],
        stored_sha256: vec![sound; 32],
        pool: 1,
        stored_file: format!("{sound}.opus"),
        ..NewRecording::default()
    };
    let TookIn::New(id) = hand.take_in(file, &new).await.expect("taken in") else { panic!("it is new") };
    let to = MatchWrite {
        id,
        call: Some(call),
        matched: RecordingMatch::CallId,
        confidence: None,
        reasons: Vec::new(),
        direction: None,
        number: None,
        number_key: None,
        name: None,
        group: None,
        people: Vec::new(),
    };
    hand.match_recordings(MatchDecision::Rules, &[to], &[]).await.expect("matched");
    id
}

fn note(call: Option<CallId>, recording: Option<RecordingId>, text: &str) -> Note {
    Note { call, recording, text: text.into(), written_at: At(5), ..Note::default() }
}

async fn tag(kit: &Kit, call: CallId, tag: &str) {
    kit.writer.hand().set_tags(&Tagged::Call(vec![call]), &[tag.into()], &[]).await.expect("tagged");
}

/// Five calls: the first has a recording with a note, the second a note, the third a tag, the fifth all of it.
async fn five() -> (Kit, Vec<CallId>) {
    let mut kit = Kit::new().await;
    let calls: Vec<_> = (1..=5).map(|n| kit.call(n, i64::from(n) * 10).answered("204").make()).collect();
    let ids: Vec<CallId> = calls.iter().map(|call| call.id).collect();
    kit.put(calls).await;
    let hand = kit.writer.hand();
    let first = record(&kit, 1, ids[0]).await;
    hand.save_note(&note(None, Some(first), "Refund of 40 euros agreed")).await.expect("noted");
    hand.save_note(&note(Some(ids[1]), None, "calls back on Monday")).await.expect("noted");
    tag(&kit, ids[2], "Complaint").await;
    record(&kit, 5, ids[4]).await;
    hand.save_note(&note(Some(ids[4]), None, "refund refused")).await.expect("noted");
    tag(&kit, ids[4], "complaint").await;
    (kit, ids)
}

#[tokio::test]
async fn calls_are_listed_by_recording_note_and_tag_alone_and_together() {
    let (kit, ids) = five().await;
    let of = |numbers: &[usize]| numbers.iter().map(|n| ids[*n]).collect::<Vec<_>>();
    let all = CallFilter::default;
    assert_eq!(kit.list(CallFilter { recorded: true, ..all() }).await, of(&[0, 4]), "with a recording");
    assert_eq!(
        kit.list(CallFilter { noted: true, ..all() }).await,
        of(&[0, 1, 4]),
        "a recording's note counts"
    );
    let tagged = CallFilter { tag: Some("COMPLAINT".into()), ..all() };
    assert_eq!(kit.list(tagged.clone()).await, of(&[2, 4]), "in either case");
    let both = CallFilter { noted: true, recorded: true, ..tagged.clone() };
    assert_eq!(kit.list(both).await, of(&[4]), "joined by and");
    let more = CallFilter { from: Some(At::from_seconds(40)), agent: Some("204".into()), ..tagged.clone() };
    assert_eq!(kit.list(more).await, of(&[4]), "with any other filter");
    assert_eq!(kit.reader.totals(&tagged).await.expect("totals").calls, 2, "totals count the same calls");
    assert!(kit.list(CallFilter { tag: Some("none".into()), ..all() }).await.is_empty(), "nobody used it");
}

#[tokio::test]
async fn a_recording_in_the_trash_does_not_count() {
    let (kit, ids) = five().await;
    let deed = store::Deed { at: At(9), who: "ann".into(), recording: None, what: "{}".into() };
    let first = kit.reader.recordings_of_call(ids[0]).await.expect("read")[0].id;
    kit.writer.hand().trash(&[first], &deed).await.expect("trashed");
    let recorded = kit.list(CallFilter { recorded: true, ..CallFilter::default() }).await;
    assert_eq!(recorded, [ids[4]], "it cannot be heard");
    let noted = kit.list(CallFilter { noted: true, ..CallFilter::default() }).await;
    assert_eq!(noted.len(), 3, "what was written about it is still there");
}

#[tokio::test]
async fn words_of_notes_and_tags_find_their_calls() {
    let (kit, ids) = five().await;
    let text = |text: &str| CallFilter { text: Some(text.into()), ..CallFilter::default() };
    assert_eq!(kit.list(text("refund")).await, [ids[0], ids[4]], "a word, in either case");
    assert_eq!(kit.list(text("euros refund")).await, [ids[0]], "all words, in any order");
    assert_eq!(kit.list(text("plain")).await, [ids[2], ids[4]], "a piece of a tag");
    assert_eq!(kit.list(text("40")).await, [ids[0]], "two digits, too short for the index");
    assert_eq!(kit.list(text("on mo")).await, [ids[1]], "short pieces");
    assert_eq!(kit.list(text("100%\"' OR")).await, [], "what looks like a question to the index is none");
    let found = kit.reader.calls_by_words("refund", 1).await.expect("found");
    assert_eq!(found, [ids[4]], "the latest first");
    let notes = kit.reader.notes_by_words("refund", 9).await.expect("found");
    let texts: Vec<&str> = notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(
        texts,
        ["refund refused", "Refund of 40 euros agreed"],
        "the notes themselves, the latest first"
    );
}

#[tokio::test]
async fn what_was_written_about_a_call_finds_the_one_that_it_was_joined_into() {
    let (kit, ids) = five().await;
    let joined = vec![(ids[1], ids[3])];
    let with = |filter: CallFilter| CallFilter { joined: joined.clone(), ..filter };
    let noted = kit.list(with(CallFilter { noted: true, ..CallFilter::default() })).await;
    assert_eq!(noted, [ids[0], ids[3], ids[4]], "as the one that is shown");
    let text = kit.list(with(CallFilter { text: Some("monday".into()), ..CallFilter::default() })).await;
    assert_eq!(text, [ids[3]], "by its words as well");
    let both = CallFilter { noted: true, tag: Some("complaint".into()), ..CallFilter::default() };
    assert_eq!(kit.list(with(both)).await, [ids[4]], "where another filter leads");
}
