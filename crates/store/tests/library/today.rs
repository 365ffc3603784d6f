//! What the Today screen counts.

use crate::kit::{Kit, Who};
use model::{At, Call, Direction, EventKind};
use store::{DayCounts, Span};

const SHORT_MS: i64 = 5_000;

fn span(from: i64, to: i64) -> Span {
    Span { from: At::from_seconds(from), to: At::from_seconds(to) }
}

fn on_hold(kit: &Kit, n: u32, at_seconds: i64) -> Call {
    kit.call(n, at_seconds).answered("204").then(EventKind::Hold, 30, Who::Agent("204")).make()
}

#[tokio::test]
async fn a_day_counts_each_call_once_and_short_abandons_apart() {
    let mut kit = Kit::new().await;
    let main = kit.call(1, 100).answered("204").make();
    kit.put(vec![
        main.clone(),
        kit.call(2, 200).abandoned(20, "204").make(),
        kit.call(3, 300).abandoned(3, "204").make(),
        on_hold(&kit, 4, 400),
        kit.call(5, 500).direction(Direction::Outbound).answered("204").make(),
        kit.call(6, 600).direction(Direction::Internal).answered("204").make(),
        kit.call(7, 700).abandoned(9, "204").live().make(),
        kit.call(8, 800).answered("204").consultation_of(main.id).make(),
        kit.call(9, 99).answered("204").make(),
        kit.call(10, 1_000).answered("204").make(),
    ])
    .await;
    let days =
        kit.reader.day_counts(&[span(100, 1_000), span(5_000, 6_000)], SHORT_MS).await.expect("counted");
    let wanted = DayCounts {
        inbound: 5,
        outbound: 1,
        answered: 2,
        abandoned: 2,
        short_abandons: 1,
        abandoned_on_hold: 1,
        waited_ms: 5_000 + 20_000 + 5_000,
        waits: 3,
    };
    assert_eq!(days[0], wanted, "the start belongs to it, the end to the next");
    assert_eq!(days[1], DayCounts::default(), "an empty day is all noughts");
}

#[tokio::test]
async fn quarter_hours_hold_each_inbound_call_once() {
    let mut kit = Kit::new().await;
    kit.put(vec![
        kit.call(1, 1_000).answered("204").make(),
        on_hold(&kit, 2, 1_001),
        kit.call(3, 1_899).abandoned(60, "204").make(),
        kit.call(4, 1_900).abandoned(2, "204").make(),
        kit.call(5, 2_000).then(EventKind::Voicemail, 20, Who::Nobody).make(),
        kit.call(6, 2_001).direction(Direction::Outbound).answered("204").make(),
    ])
    .await;
    let spans = [span(1_000, 90_000), span(90_000, 91_000)];
    let quarters = kit.reader.quarter_counts(&spans, SHORT_MS).await.expect("counted");
    let first = quarters[0][0];
    assert_eq!(first.start_at, At::from_seconds(1_000), "quarters begin with the span");
    assert_eq!((first.answered, first.abandoned, first.other), (2, 1, 0), "abandoned on hold was answered");
    let second = quarters[0][1];
    assert_eq!(second.start_at, At::from_seconds(1_900), "a quarter of an hour later");
    assert_eq!(
        (second.answered, second.short_abandons, second.other),
        (0, 1, 1),
        "voicemail is another thing"
    );
    assert_eq!(quarters[0].len(), 2, "quarters without inbound calls are left out");
    assert!(quarters[1].is_empty(), "a span without calls has none");
}

#[tokio::test]
async fn callers_who_were_served_later_are_not_listed() {
    let mut kit = Kit::new().await;
    let lost = |n, at, number: &str| kit.call(n, at).number(number).abandoned(20, "204").make();
    let twice = lost(2, 200, "111");
    let withheld = Call { withheld: true, ..kit.call(9, 900).abandoned(30, "204").make() };
    kit.put(vec![
        lost(1, 100, "111"),
        twice.clone(),
        lost(3, 300, "222"),
        kit.call(4, 400).direction(Direction::Outbound).number("222").answered("204").make(),
        lost(5, 500, "333"),
        kit.call(6, 600).number("333").answered("204").make(),
        kit.call(7, 650).number("444").answered("204").make(),
        lost(8, 700, "444"),
        kit.call(10, 750).direction(Direction::Outbound).number("444").abandoned(20, "204").make(),
        withheld.clone(),
        kit.call(11, 950).number("555").abandoned(2, "204").make(),
    ])
    .await;
    let list = kit.reader.not_called_back(span(0, 1_000), SHORT_MS, 10).await.expect("listed");
    let shown: Vec<(Option<&str>, u32, i64)> = list
        .callers
        .iter()
        .map(|caller| (caller.call.external_number.as_deref(), caller.times, caller.waited_ms))
        .collect();
    let wanted = [(None, 1, 30_000), (Some("444"), 1, 20_000), (Some("111"), 2, 20_000)];
    assert_eq!(shown, wanted, "the latest first; a try that nobody answered is no call back");
    assert_eq!(list.callers[2].call, twice, "the latest call of one who tried twice");
    assert_eq!(list.callers[0].call, withheld, "a withheld number stands for itself");
    assert_eq!(list.total, 3, "all of them");

    let first = kit.reader.not_called_back(span(0, 1_000), SHORT_MS, 1).await.expect("listed");
    assert_eq!((first.callers.len(), first.total), (1, 3), "the total counts those beyond the list");
    let none = kit.reader.not_called_back(span(5_000, 6_000), SHORT_MS, 10).await.expect("listed");
    assert_eq!((none.callers.len(), none.total), (0, 0), "nobody to call back");
}

#[tokio::test]
async fn a_group_counts_a_call_once_however_often_it_rang() {
    let mut kit = Kit::new().await;
    let main = kit.call(9, 10).answered("204").make();
    kit.put(vec![
        kit.call(1, 100)
            .then(EventKind::Queue, 10, Who::Group("300"))
            .then(EventKind::Ringing, 5, Who::AgentOf("204", "300"))
            .then(EventKind::Talking, 60, Who::AgentOf("204", "300"))
            .make(),
        kit.call(2, 200)
            .then(EventKind::Queue, 30, Who::Group("300"))
            .then(EventKind::Queue, 30, Who::Group("301"))
            .then(EventKind::Talking, 60, Who::Agent("205"))
            .make(),
        kit.call(3, 300).then(EventKind::Queue, 20, Who::Group("300")).make(),
        kit.call(4, 400).then(EventKind::Queue, 2, Who::Group("300")).make(),
        kit.call(5, 500).direction(Direction::Internal).then(EventKind::Queue, 60, Who::Group("300")).make(),
        kit.call(6, 600).then(EventKind::Queue, 60, Who::Group("302")).consultation_of(main.id).make(),
    ])
    .await;
    let groups = kit.reader.group_figures(span(0, 1_000), 20_000, SHORT_MS).await.expect("counted");
    let shown: Vec<_> = groups
        .iter()
        .map(|group| {
            (
                group.number.as_str(),
                group.offered,
                group.answered,
                group.abandoned,
                group.within_service_level,
            )
        })
        .collect();
    assert_eq!(
        shown,
        [("300", 3, 2, 1, 1), ("301", 1, 1, 0, 0)],
        "a call that two groups saw counts in both"
    );
    assert!(groups.iter().all(|group| group.site == kit.site), "of this site");
}
