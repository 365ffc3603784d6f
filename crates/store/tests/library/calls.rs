//! Calls: whole, replaced as a whole, and gone with everything of theirs.

use crate::kit::{Kit, Who, office};
use model::fact::{LegId, NodeId};
use model::{
    At, Basis, Call, CallId, Direction, Ending, Event, EventKind, Filled, Match, MatchMethod, Position,
    RecordRef, Related, Relation, SiteId,
};
use store::Changes;

fn full(site: SiteId) -> Call {
    let position = Position { seq: 1, index: 9 };
    let event = Event {
        kind: EventKind::Overflow,
        started_at: At(1_000),
        ended_at: Some(At(2_000)),
        beside: true,
        agent: Some("204".into()),
        group: Some("300".into()),
        party: Some("207".into()),
        device: Some("E204".into()),
        cause: Some(126),
        note: Some("dnd".into()),
    };
    Call {
        id: CallId::begun_at(position),
        site,
        direction: Direction::Outbound,
        started_at: At(1_000),
        start_known: false,
        ended_at: Some(At(9_000)),
        external_number: Some("0301234567".into()),
        external_e164: Some("+49301234567".into()),
        external_name: Some("O'Brien, \"Bob\"\0%_\\ \u{1f4de}".into()),
        withheld: true,
        dialed_number: Some("90301234567".into()),
        caller_extension: Some("204".into()),
        emergency: true,
        account_code: Some("4711".into()),
        tag: Some("spring offer".into()),
        trunk: Some("1.3".into()),
        charge_ten_thousandths: Some(-12),
        ending: Some(Ending::ReceivingDrop),
        events: vec![event, Event { kind: EventKind::Talking, started_at: At(2_000), ..Event::default() }],
        related: vec![
            Related { id: CallId(70), relation: Relation::Consultation },
            Related { id: CallId(80), relation: Relation::Twin },
            Related { id: CallId(81), relation: Relation::Conference },
        ],
        basis: Basis {
            devlink_facts: 12,
            legs: vec![LegId { node: NodeId(0x0a00_0001), call: 3 }],
            records: vec![RecordRef { position, call_id: 1_000_014 }],
            matched: Some(Match { method: MatchMethod::CallId, confidence: 1.0, clock_ahead_ms: 0 }),
            filled: Filled { fields: Filled::TRUNK, seen_from: Some(At(1_500)), seen_until: None },
            decisions: vec![3, 5],
            first: position,
            last: position,
        },
    }
}

#[tokio::test]
async fn a_call_comes_back_with_everything_concluded_about_it() {
    let mut kit = Kit::new().await;
    let call = full(kit.site);
    kit.put(vec![call.clone()]).await;
    assert_eq!(kit.reader.call(call.id).await.expect("read"), Some(call), "every field survives");
    assert_eq!(kit.reader.call(CallId(5)).await.expect("read"), None, "another id is nobody's");
}

#[tokio::test]
async fn every_direction_ending_and_kind_of_event_survives() {
    let mut kit = Kit::new().await;
    let directions = [Direction::Inbound, Direction::Outbound, Direction::Internal];
    let endings = [None, Some(Ending::CallingDrop), Some(Ending::ReceivingDrop), Some(Ending::Unseen)];
    let mut calls = Vec::new();
    for (n, kind) in EventKind::ALL.into_iter().enumerate() {
        let maker = kit.call(n as u32, n as i64).direction(directions[n % 3]).then(kind, 1, Who::Nobody);
        calls.push(Call { ending: endings[n % 4], ..maker.make() });
    }
    kit.put(calls.clone()).await;
    for call in calls {
        assert_eq!(kit.reader.call(call.id).await.expect("read"), Some(call), "as it was written");
    }
}

#[tokio::test]
async fn a_changed_call_replaces_the_whole_of_the_old_one() {
    let mut kit = Kit::new().await;
    let before = Call { id: kit.call(1, 10).make().id, ..full(kit.site) };
    kit.put(vec![before]).await;
    let after = kit.call(1, 10).then(EventKind::Ringing, 3, Who::Agent("205")).make();
    kit.put(vec![after.clone()]).await;
    assert_eq!(
        kit.reader.call(after.id).await.expect("read"),
        Some(after),
        "no event or relation of the old one"
    );
}

#[tokio::test]
async fn of_a_call_given_twice_in_one_commit_the_last_counts() {
    let mut kit = Kit::new().await;
    let ringing = kit.call(1, 10).abandoned(5, "204").live().make();
    let other = kit.call(2, 11).answered("205").make();
    let answered = kit.call(1, 10).answered("204").make();
    kit.put(vec![ringing, other.clone(), answered.clone()]).await;
    assert_eq!(kit.reader.call(answered.id).await.expect("read"), Some(answered), "the later state");
    assert_eq!(kit.reader.call(other.id).await.expect("read"), Some(other), "its neighbour is untouched");
}

#[tokio::test]
async fn a_call_that_is_gone_takes_its_events_with_it() {
    let mut kit = Kit::new().await;
    let calls: Vec<Call> = (0..300).map(|n| kit.call(n, 10).answered("204").make()).collect();
    kit.put(calls.clone()).await;
    let gone = calls[..299].iter().map(|call| call.id).collect();
    let changes = Changes { gone, ..Changes::default() };
    kit.writer.commit(&[], &changes).await.expect("committed");
    assert_eq!(kit.list(Default::default()).await, [calls[299].id], "one is left");
    let changes = Changes { gone: vec![calls[299].id, CallId(12_345)], ..Changes::default() };
    kit.writer.commit(&[], &changes).await.expect("an id that never was is no error");
    assert_eq!(
        kit.reader.integrity_check().await.expect("checked"),
        Vec::<String>::new(),
        "no event is left over"
    );
}

#[tokio::test]
async fn an_old_call_can_be_written_after_newer_ones() {
    let mut kit = Kit::new().await;
    let (late, early) = (kit.call(9, 90).answered("204").make(), kit.call(3, 30).answered("204").make());
    kit.put(vec![late.clone()]).await;
    kit.put(vec![early.clone()]).await;
    assert_eq!(kit.list(Default::default()).await, [early.id, late.id], "both stand, in order of time");
}

#[tokio::test]
async fn calls_in_progress_are_found_until_they_end() {
    let mut kit = Kit::new().await;
    let ended = kit.call(1, 10).answered("204").make();
    let second = kit.call(2, 30).abandoned(5, "205").live().make();
    let first = kit.call(3, 20).abandoned(5, "206").live().make();
    kit.put(vec![ended, second.clone(), first.clone()]).await;
    assert_eq!(
        kit.reader.open_calls().await.expect("read"),
        [first.clone(), second.clone()],
        "longest-lived first"
    );
    kit.put(vec![kit.call(2, 30).answered("205").make()]).await;
    assert_eq!(kit.reader.open_calls().await.expect("read"), [first], "the other one ended");
}

#[tokio::test]
async fn recently_ended_calls_are_those_a_late_record_may_belong_to() {
    let mut kit = Kit::new().await;
    let other_site = kit.writer.save_site(&office("Branch")).await.expect("a second site");
    let old = kit.call(1, 1_000).answered("204").make();
    let across = kit.call(2, 1_990).answered("204").make();
    let recent = kit.call(3, 2_100).answered("204").make();
    let living = kit.call(4, 2_200).answered("204").live().make();
    let elsewhere = Call { site: other_site, ..kit.call(5, 2_100).answered("204").make() };
    kit.put(vec![old, across.clone(), recent.clone(), living, elsewhere]).await;
    let found = kit.reader.recently_ended(kit.site, At::from_seconds(2_000)).await.expect("read");
    assert_eq!(found, [across, recent], "ended since then, at this site, also when begun before");
}
