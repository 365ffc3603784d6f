//! What is decided by hand is kept: over a restart, over a rebuild, until it is taken back.

mod office;

use contract::FailureCode;
use contract::calls::AskCall;
use contract::decisions::{AskDecisions, AskNeighbours, JoinCalls, Part, PartCall, TakeBack};
use contract::published::Call;
use desk::{Answer, Desk};
use office::{calls, open, quiet_site};
use std::path::Path;

/// Three callers, the first and the last of the same number.
const ROWS: &[u8] = b"\
2026/03/09 10:00:00,00:00:30,5,01707123456,I,200,5678,,0,1000013,0,E201,Ann Keller,T9001,Line 1.1,0,0\r\n\
2026/03/09 10:01:00,00:02:00,4,02079460123,I,200,5678,,0,1000014,0,E202,Ben Ortiz,T9002,Line 1.2,0,0\r\n\
2026/03/09 10:04:00,00:01:00,8,01707123456,I,200,5678,,0,1000015,0,E202,Ben Ortiz,T9001,Line 1.1,0,0\r\n";

async fn with_calls(folder: &Path) -> Desk {
    let desk = open(folder).await;
    let site = quiet_site(&desk).await;
    desk.import_smdr(site, ROWS, |_| {}).await.expect("imported");
    desk
}

async fn stored(desk: Desk, folder: &Path) -> Vec<Call> {
    desk.close().await.expect("closed");
    calls(folder).await
}

#[tokio::test]
async fn calls_joined_by_hand_stay_joined_until_it_is_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let before = stored(with_calls(folder.path()).await, folder.path()).await;
    let (first, second) = (before[0].id.clone(), before[1].id.clone());

    let desk = open(folder.path()).await;
    let done = desk
        .answer(JoinCalls { first: first.clone(), second: second.clone() })
        .await
        .expect("the two are joined");
    let view = desk.answer(AskCall { id: done.id.clone() }).await.expect("the joined call");
    assert_eq!(view.decisions.len(), 1, "the call says what was decided about it");
    assert!(!view.decisions[0].taken_back && view.decisions[0].says.contains("one conversation"));
    let joined = stored(desk, folder.path()).await;
    assert_eq!(joined.len(), before.len() - 1, "one call less");

    let desk = open(folder.path()).await;
    let rebuilt = desk.rebuild().await.expect("rebuilt");
    assert_eq!((rebuilt.added, rebuilt.removed, rebuilt.changed), (0, 0, 0), "a rebuild keeps the decision");
    assert_eq!(stored(desk, folder.path()).await, joined, "to the letter");

    let desk = open(folder.path()).await;
    let back = desk.answer(TakeBack { decision: done.decision }).await.expect("taken back");
    assert!([&first, &second].contains(&&back.id), "one of the two is shown again");
    let again = desk.answer(TakeBack { decision: done.decision }).await.expect_err("only once");
    assert_eq!(again.code, FailureCode::Invalid, "{}", again.message);
    let lines = desk.answer(AskDecisions {}).await.expect("decisions");
    assert!(lines.len() == 1 && lines[0].taken_back, "what was decided is not forgotten: {lines:?}");
    assert_eq!(stored(desk, folder.path()).await, before, "as if nothing had been decided");
}

#[tokio::test]
async fn what_cannot_be_decided_is_refused_in_words_and_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = with_calls(folder.path()).await;
    desk.settle().await.expect("settled");
    let before = calls(folder.path()).await;
    let id = before[0].id.clone();
    let same = desk.answer(JoinCalls { first: id.clone(), second: id.clone() }).await.expect_err("itself");
    assert!(same.message.contains("same call"), "{}", same.message);
    let unknown = JoinCalls { first: id.clone(), second: "zzzz".to_owned() };
    let unknown = desk.answer(unknown).await.expect_err("no such call");
    assert_eq!(unknown.code, FailureCode::NotFound, "{}", unknown.message);
    let part = desk.answer(PartCall { id: id.clone(), what: Part::Records }).await.expect_err("one source");
    assert!(part.message.contains("one source alone"), "{}", part.message);
    let none = desk.answer(TakeBack { decision: 77 }).await.expect_err("no such decision");
    assert_eq!(none.code, FailureCode::NotFound, "{}", none.message);
    assert!(desk.answer(AskDecisions {}).await.expect("decisions").is_empty(), "nothing was written down");
    assert_eq!(stored(desk, folder.path()).await, before, "and the calls are as they were");
}

#[tokio::test]
async fn calls_that_may_belong_together_are_offered_nearest_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = with_calls(folder.path()).await;
    desk.settle().await.expect("settled");
    let all = calls(folder.path()).await;
    let ids = |rows: &[contract::calls::CallRow]| rows.iter().map(|row| row.id.clone()).collect::<Vec<_>>();
    let of_first = desk.answer(AskNeighbours { id: all[0].id.clone() }).await.expect("neighbours");
    assert_eq!(ids(&of_first), [&*all[2].id, &*all[1].id], "the same number before what is nearer in time");
    let of_second = desk.answer(AskNeighbours { id: all[1].id.clone() }).await.expect("neighbours");
    assert_eq!(ids(&of_second), [&*all[0].id, &*all[2].id], "25 seconds before, and 56 after");
}
