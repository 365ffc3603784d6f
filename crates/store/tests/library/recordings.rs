//! The list of recordings: what filters find, pages, totals, and what matching writes.

use crate::kit::Kit;
use model::{At, CallId, Direction, RecordingId, RecordingMatch};
use store::{
    Begun, MatchDecision, MatchWrite, NewIntakeFile, NewRecording, NumberFilter, RecordingFilter,
    RecordingPageRequest, RecordingSays, RecordingSort, SeenFile, TookIn,
};

fn new(kit: &Kit, n: i64) -> NewRecording {
    NewRecording {
        site: kit.site,
        started_at: At(n * 10_000),
        length_ms: 1_000 + n % 7 * 1_000,
        channels: 1,
        says: RecordingSays {
            file_name: format!("{}_0{}_call{n}.wav", 200 + n % 3, 2_079_460_000 + n),
            extension: Some((200 + n % 3).to_string()),
            group: (n % 2 == 0).then(|| "300".to_owned()),
            number: Some(format!("0{}", 2_079_460_000 + n)),
            direction: Some(if n % 2 == 0 { Direction::Inbound } else { Direction::Outbound }),
            ..RecordingSays::default()
        },
        original_sha256: vec![n as u8; 32],
        pool: 1,
        stored_file: format!("{n}.opus"),
        stored_bytes: 100,
        stored_sha256: vec![n as u8; 32],
        number_key: Some(format!("+44{}", 2_079_460_000 + n)),
        ..NewRecording::default()
    }
}

async fn take(kit: &Kit, new: &NewRecording) -> TookIn {
    let seen =
        SeenFile { source: None, file: new.says.file_name.clone(), bytes: 1, changed_at: new.started_at };
    let hand = kit.writer.hand();
    let file = NewIntakeFile { seen, seen_at: At(0), detail: "{}".into() };
    let Begun::New(file) = hand.begin_intake(&file).await.expect("begun") else { panic!("known already") };
    hand.take_in(file, new).await.expect("taken in")
}

async fn with(kit: &Kit, count: i64) -> Vec<RecordingId> {
    let mut ids = Vec::new();
    for n in 1..=count {
        match take(kit, &new(kit, n)).await {
            TookIn::New(id) => ids.push(id),
            TookIn::Before(id) => panic!("{id:?} is there already"),
        }
    }
    ids
}

async fn found(kit: &Kit, filter: RecordingFilter) -> Vec<i64> {
    let request = RecordingPageRequest { filter, limit: 100, ..RecordingPageRequest::default() };
    let page = kit.reader.recordings(&request).await.expect("a page");
    page.recordings.iter().map(|recording| recording.id.0).collect()
}

#[tokio::test]
async fn each_filter_finds_what_it_says() {
    let kit = Kit::new().await;
    let ids: Vec<i64> = with(&kit, 12).await.into_iter().map(|id| id.0).collect();
    let of = |wanted: fn(i64) -> bool| -> Vec<i64> {
        (1..=12).rev().filter(|n| wanted(*n)).map(|n| ids[n as usize - 1]).collect()
    };
    let text = |text: &str| RecordingFilter { text: Some(text.into()), ..RecordingFilter::default() };
    let number =
        |number: NumberFilter| RecordingFilter { number: Some(number), ..RecordingFilter::default() };
    let typed = |text: &str, begins: &[&str]| {
        let begins = begins.iter().map(|begin| (*begin).to_owned()).collect();
        number(NumberFilter::Typed { text: text.into(), begins })
    };
    for (what, filter, wanted) in [
        ("everything", RecordingFilter::default(), of(|_| true)),
        (
            "a time",
            RecordingFilter { from: Some(At(30_000)), to: Some(At(50_000)), ..Default::default() },
            of(|n| n == 3 || n == 4),
        ),
        (
            "an extension",
            RecordingFilter { agent: Some("201".into()), ..Default::default() },
            of(|n| n % 3 == 1),
        ),
        ("a group", RecordingFilter { group: Some("300".into()), ..Default::default() }, of(|n| n % 2 == 0)),
        (
            "a direction",
            RecordingFilter { direction: Some(Direction::Outbound), ..Default::default() },
            of(|n| n % 2 == 1),
        ),
        ("a length", RecordingFilter { min_ms: Some(6_000), ..Default::default() }, of(|n| n % 7 >= 5)),
        ("no call", RecordingFilter { unmatched: true, ..Default::default() }, of(|_| true)),
        ("the trash", RecordingFilter { trashed: true, ..Default::default() }, Vec::new()),
        ("a piece of a name", text("call7"), of(|n| n == 7)),
        ("two pieces", text("call 2079460012"), of(|n| n == 12)),
        ("two letters", text("l3"), of(|n| n == 3)),
        (
            "an extension and a group",
            RecordingFilter { agent: Some("201".into()), group: Some("300".into()), ..Default::default() },
            of(|n| n % 6 == 4),
        ),
        ("the end of a number", typed("946 0011", &[]), of(|n| n == 11)),
        ("a whole number", typed("020 7946 0011", &["+442079460011"]), of(|n| n == 11)),
        ("an exact number", number(NumberFilter::Exact("+442079460002".into())), of(|n| n == 2)),
        ("nobody", text("nobody at all"), Vec::new()),
    ] {
        assert_eq!(found(&kit, filter.clone()).await, wanted, "{what}: {filter:?}");
        let totals = kit.reader.recording_totals(&filter).await.expect("totals");
        assert_eq!(totals.recordings, wanted.len() as u64, "the totals of {what}");
        assert_eq!(totals.bytes, 100 * wanted.len() as u64, "and their bytes");
    }
}

#[tokio::test]
async fn pages_follow_each_other_in_every_order() {
    let kit = Kit::new().await;
    with(&kit, 23).await;
    for sort in [
        RecordingSort::NewestFirst,
        RecordingSort::OldestFirst,
        RecordingSort::LongestFirst,
        RecordingSort::ShortestFirst,
    ] {
        let mut request = RecordingPageRequest { sort, limit: 5, ..RecordingPageRequest::default() };
        let mut seen = Vec::new();
        loop {
            let page = kit.reader.recordings(&request).await.expect("a page");
            seen.extend(page.recordings.iter().map(|one| (one.length_ms, one.started_at.0, one.id.0)));
            request.after = page.next;
            if request.after.is_none() {
                break;
            }
        }
        let mut sorted = seen.clone();
        match sort {
            RecordingSort::NewestFirst => sorted.sort_by_key(|one| std::cmp::Reverse((one.1, one.2))),
            RecordingSort::OldestFirst => sorted.sort_by_key(|one| (one.1, one.2)),
            RecordingSort::LongestFirst => sorted.sort_by_key(|one| std::cmp::Reverse((one.0, one.2))),
            RecordingSort::ShortestFirst => sorted.sort_by_key(|one| (one.0, one.2)),
        }
        assert_eq!(seen.len(), 23, "each once: {sort:?}");
        assert_eq!(seen, sorted, "in order: {sort:?}");
    }
}

#[tokio::test]
async fn the_same_sound_is_taken_in_once_whatever_its_name() {
    let kit = Kit::new().await;
    let first = with(&kit, 1).await[0];
    let again = NewRecording {
        says: RecordingSays { file_name: "other.wav".into(), ..RecordingSays::default() },
        ..new(&kit, 1)
    };
    assert_eq!(take(&kit, &again).await, TookIn::Before(first), "it says which has the sound");
    assert_eq!(found(&kit, RecordingFilter::default()).await, [first.0], "and there is one");
}

#[tokio::test]
async fn what_was_decided_by_hand_is_not_changed_by_the_rules() {
    let kit = Kit::new().await;
    let id = with(&kit, 1).await[0];
    let hand = kit.writer.hand();
    let write = |call: i64, matched| MatchWrite {
        id,
        call: Some(CallId(call)),
        matched,
        people: vec!["207".into()],
        ..MatchWrite::default()
    };
    let by_rules = write(5, RecordingMatch::Score);
    let written = hand.match_recordings(MatchDecision::Rules, &[by_rules], &[]).await.expect("written");
    assert_eq!(written, [id], "there was no decision yet");
    let by_hand = write(6, RecordingMatch::ByHand);
    hand.match_recordings(MatchDecision::Person, &[by_hand], &[]).await.expect("written");
    let by_rules = write(7, RecordingMatch::CallId);
    let written = hand.match_recordings(MatchDecision::Rules, &[by_rules], &[]).await.expect("refused");
    assert!(written.is_empty(), "a person decided");
    let stored = kit.reader.recording(id).await.expect("read").expect("there");
    assert_eq!((stored.call, stored.matched), (Some(CallId(6)), RecordingMatch::ByHand), "as decided");
    let people = kit.reader.recording_people(&[id]).await.expect("read");
    assert_eq!(people, [(id, "207".to_owned())], "who talked on the call");
    let found = found(&kit, RecordingFilter { agent: Some("207".into()), ..Default::default() }).await;
    assert_eq!(found, [id.0], "and is found by it");
}
