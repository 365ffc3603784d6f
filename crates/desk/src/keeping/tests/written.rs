use super::kit::Kit;
use crate::{Answer, Look};
use contract::calls::{AskCall, AskCalls, CallFilter, CallSort};
use contract::decisions::{JoinCalls, TakeBack};
use contract::directory::{AskDirectory, Holding, NameSource, PersonEntry, SavePerson};
use contract::notes::{AskTags, RemoveNote, SaveNote, SetTags};
use contract::recordings::{MatchRecording, MatchTo, RecordingFilter};
use contract::scorecards::{
    Answer as Given, AskScores, Question, QuestionKind, SaveScore, SaveScorecard, Scorecard,
};
use contract::search::AskSearch;

/// Two inbound calls that 201 answered.
const ROWS: &[u8] = b"\
2026/11/20 10:00:00,00:01:00,9,01711234567,I,201,5678,,0,1000015,0,E201,Ann,T9001,Line 1.1,0,0\r\n\
2026/11/20 11:00:00,00:02:00,5,01715550000,I,201,5678,,0,1000016,0,E201,Ann,T9001,Line 1.1,0,0\r\n";

async fn calls(kit: &Kit, filter: CallFilter) -> Vec<contract::calls::CallRow> {
    let ask = AskCalls { filter, sort: CallSort::OldestFirst, after: None, limit: 100 };
    kit.desk.answer(ask).await.expect("a page").rows
}

async fn two(kit: &Kit) -> [String; 2] {
    kit.desk.import_smdr(kit.site, ROWS, |_| {}).await.expect("imported");
    let rows = calls(kit, CallFilter::default()).await;
    [rows[0].id.clone(), rows[1].id.clone()]
}

fn note(call: Option<&str>, recording: Option<&str>, text: &str) -> SaveNote {
    SaveNote {
        id: None,
        call: call.map(str::to_owned),
        recording: recording.map(str::to_owned),
        about_ms: None,
        text: text.to_owned(),
    }
}

fn tags(call: Option<&str>, recording: Option<&str>, add: &str) -> SetTags {
    SetTags {
        call: call.map(str::to_owned),
        recording: recording.map(str::to_owned),
        add: vec![add.to_owned()],
        remove: Vec::new(),
    }
}

#[tokio::test]
async fn what_is_written_is_shown_with_its_call_and_found_from_anywhere() {
    let kit = Kit::new().await;
    let [first, second] = two(&kit).await;
    let recording = kit.tone(440, 1).await;
    kit.desk.answer(tags(None, Some(&recording), "  Urgent   case ")).await.expect("tagged");
    let to = MatchTo::Call(first.clone());
    let row = kit.desk.answer(MatchRecording { id: recording.clone(), to }).await.expect("matched");
    assert_eq!(row.tags, ["Urgent case"], "its tag is the call's now");
    let saved = kit.desk.answer(note(None, Some(&recording), "Refund agreed")).await.expect("noted");
    kit.desk.answer(note(Some(&second), None, "calls back")).await.expect("noted");
    assert!(kit.desk.answer(note(Some(&second), None, "  ")).await.is_err(), "an empty note is none");
    let rows = calls(&kit, CallFilter::default()).await;
    let marks: Vec<_> = rows.iter().map(|row| (row.recordings, row.notes, row.tags.join(","))).collect();
    assert_eq!(marks, [(1, 1, "Urgent case".to_owned()), (0, 1, String::new())], "marks of the list");
    let recorded = calls(&kit, CallFilter { recorded: true, ..CallFilter::default() }).await;
    assert_eq!(recorded.iter().map(|row| &row.id).collect::<Vec<_>>(), [&first], "as a filter");
    let view = kit.desk.answer(AskCall { id: first.clone() }).await.expect("opened");
    assert_eq!((view.recordings.len(), view.notes.len(), view.row.notes), (1, 1, 1), "and opened");
    let found = kit.desk.answer(AskSearch { text: "refund".into() }).await.expect("searched");
    assert_eq!(found.notes.iter().map(|note| note.id).collect::<Vec<_>>(), [saved.id], "the note");
    assert_eq!(found.calls.iter().map(|row| &row.id).collect::<Vec<_>>(), [&first], "its call");
    assert_eq!(found.recordings.iter().map(|row| &row.id).collect::<Vec<_>>(), [&recording], "its recording");
    let used = kit.desk.answer(AskTags {}).await.expect("read");
    assert_eq!((used[0].tag.as_str(), used[0].times), ("Urgent case", 1), "for completion");
    let look = Look::open(kit.folder.path()).await.expect("beside it");
    let published = look.call(&first).await.expect("read");
    assert_eq!(published.recordings, std::slice::from_ref(&recording), "scripts see them too");
    assert_eq!(
        (published.notes, published.tags),
        (vec!["Refund agreed".to_owned()], vec!["Urgent case".to_owned()])
    );
    kit.desk.answer(RemoveNote { id: saved.id }).await.expect("removed");
    let noted = kit.list(RecordingFilter { noted: true, ..RecordingFilter::default() }).await;
    assert_eq!(noted.len(), 0, "gone everywhere");
    let told = kit.told(Some(&recording)).await;
    assert_eq!(told.last().map(String::as_str), Some("Note removed: Refund agreed"), "{told:?}");
}

#[tokio::test]
async fn notes_and_tags_follow_a_joined_call_and_are_each_its_own_again() {
    let kit = Kit::new().await;
    let [first, second] = two(&kit).await;
    for (id, text) in [(&first, "about the first"), (&second, "about the second")] {
        kit.desk.answer(note(Some(id), None, text)).await.expect("noted");
        kit.desk.answer(tags(Some(id), None, text)).await.expect("tagged");
    }
    let join = JoinCalls { first: first.clone(), second: second.clone() };
    let joined = kit.desk.answer(join).await.expect("joined");
    let view = kit.desk.answer(AskCall { id: joined.id.clone() }).await.expect("opened");
    assert_eq!((view.notes.len(), view.row.notes, view.row.tags.len()), (2, 2, 2), "both calls' are shown");
    let by_text = CallFilter { text: Some("second".into()), ..CallFilter::default() };
    let found = calls(&kit, by_text.clone()).await;
    assert_eq!(
        found.iter().map(|row| &row.id).collect::<Vec<_>>(),
        [&joined.id],
        "found as the one that is shown"
    );
    let tag = CallFilter { tag: Some("about the second".into()), ..CallFilter::default() };
    assert_eq!(calls(&kit, tag).await.len(), 1, "by its tag too");
    let searched = kit.desk.answer(AskSearch { text: "the second".into() }).await.expect("searched");
    assert_eq!(
        searched.calls.iter().map(|row| &row.id).collect::<Vec<_>>(),
        [&joined.id],
        "and from anywhere"
    );
    kit.desk.answer(TakeBack { decision: joined.decision }).await.expect("taken back");
    for id in [&first, &second] {
        let view = kit.desk.answer(AskCall { id: id.clone() }).await.expect("opened");
        assert_eq!((view.notes.len(), view.row.tags.len()), (1, 1), "each its own again");
    }
    assert_eq!(calls(&kit, by_text).await[0].id, second, "and found as itself");
}

fn question(id: u32, text: &str, kind: QuestionKind) -> Question {
    Question { id, text: text.to_owned(), kind }
}

#[tokio::test]
async fn scores_are_those_of_whoever_had_the_extension_then_with_the_questions_as_they_were() {
    let kit = Kit::new().await;
    let [first, second] = two(&kit).await;
    let person = |name: &str, from_ms, to_ms| PersonEntry {
        id: 0,
        name: name.to_owned(),
        extensions: vec![Holding { site: kit.site.0, extension: "201".to_owned(), from_ms, to_ms }],
        source: NameSource::Hand,
    };
    let starts: Vec<i64> =
        calls(&kit, CallFilter::default()).await.iter().map(|row| row.started_ms).collect();
    let between = (starts[0] + starts[1]) / 2;
    kit.desk.answer(SavePerson { person: person("Ann", None, Some(between)) }).await.expect("saved");
    kit.desk.answer(SavePerson { person: person("Ben", Some(between), None) }).await.expect("saved");
    assert_eq!(
        kit.desk.answer(AskDirectory {}).await.expect("read").people.len(),
        2,
        "two, one after the other"
    );
    let card = Scorecard {
        name: "Service".to_owned(),
        questions: vec![
            question(1, "Greeted?", QuestionKind::YesNo),
            question(2, "Friendly", QuestionKind::Scale),
            question(3, "What else?", QuestionKind::Text),
        ],
        ..Scorecard::default()
    };
    let mut card = kit.desk.answer(SaveScorecard { card }).await.expect("saved");
    let score = |call: &str, friendly: u8| SaveScore {
        id: None,
        scorecard: card.id,
        call: Some(call.to_owned()),
        recording: None,
        extension: "201".to_owned(),
        answers: vec![(1, Given::Yes), (2, Given::Scale(friendly))],
        comment: "ok".to_owned(),
    };
    let line = kit.desk.answer(score(&first, 6)).await.expect("scored");
    assert_eq!((line.percent, line.of.name.as_deref()), (Some(80.0), Some("Ann")), "hers at the time");
    let again = SaveScore { id: Some(line.id), ..score(&first, 8) };
    kit.desk.answer(score(&second, 2)).await.expect("scored");
    card.questions[0].text = "Said hello?".to_owned();
    let card = kit.desk.answer(SaveScorecard { card: card.clone() }).await.expect("changed");
    assert_eq!(card.used, 2, "filled in twice");
    let changed = kit.desk.answer(again).await.expect("changed");
    assert_eq!(
        (changed.percent, changed.answers[0].0.text.as_str()),
        (Some(90.0), "Greeted?"),
        "as it was asked then"
    );
    let all = AskScores { from_ms: None, to_ms: None, scorecard: None };
    let scores = kit.desk.answer(all.clone()).await.expect("read");
    let results: Vec<_> = scores.iter().map(|one| (one.of.name.clone(), one.cards, one.percent)).collect();
    assert_eq!(
        results,
        [(Some("Ann".to_owned()), 1, Some(90.0)), (Some("Ben".to_owned()), 1, Some(60.0))],
        "by person, each of their own time"
    );
    assert_eq!(
        scores[0].questions,
        [("Greeted?".to_owned(), 1, 10.0), ("Friendly".to_owned(), 1, 8.0)],
        "by question"
    );
    let later = AskScores { from_ms: Some(between), ..all };
    assert_eq!(kit.desk.answer(later).await.expect("read").len(), 1, "of calls in a time");
    let view = kit.desk.answer(AskCall { id: second }).await.expect("opened");
    assert_eq!(view.scores.len(), 1, "shown with the call");
}
