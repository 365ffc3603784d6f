//! The list of calls: pages without gaps or repeats, and filters that mean what they say.

use crate::kit::{Kit, Who, office, seen};
use model::{At, Call, CallId, Direction, EventKind};
use store::{CallFilter, CallSort, CallTotals, Changes, NameKind, NumberFilter, PageRequest, StoreError};

const SORTS: [CallSort; 4] =
    [CallSort::NewestFirst, CallSort::OldestFirst, CallSort::LongestFirst, CallSort::ShortestFirst];

async fn all_pages(kit: &Kit, filter: &CallFilter, sort: CallSort, limit: u32) -> Vec<Call> {
    let mut request = PageRequest { filter: filter.clone(), sort, after: None, limit };
    let mut all = Vec::new();
    loop {
        let page = kit.reader.calls(&request).await.expect("a page");
        assert!(page.calls.len() <= limit as usize, "no page is longer than asked");
        all.extend(page.calls);
        match page.next {
            Some(next) => request.after = Some(next),
            None => return all,
        }
    }
}

#[tokio::test]
async fn pages_of_calls_with_equal_times_have_no_gaps_and_no_repeats() {
    let mut kit = Kit::new().await;
    let calls: Vec<Call> =
        (0..40).map(|n| kit.call(n, i64::from(n / 10)).abandoned(i64::from(n % 3), "204").make()).collect();
    kit.put(calls).await;
    let agent = CallFilter { agent: Some("204".into()), ..CallFilter::default() };
    for filter in [CallFilter::default(), agent] {
        for sort in SORTS {
            let whole: Vec<CallId> =
                all_pages(&kit, &filter, sort, 1_000).await.iter().map(|call| call.id).collect();
            assert_eq!(whole.len(), 40, "{sort:?}: every call stands in the list");
            for limit in [1, 7, 20, 40] {
                let paged = all_pages(&kit, &filter, sort, limit).await;
                let ids: Vec<CallId> = paged.iter().map(|call| call.id).collect();
                assert_eq!(ids, whole, "{sort:?} in pages of {limit}");
            }
        }
    }
}

#[tokio::test]
async fn each_sort_puts_the_right_call_first() {
    let mut kit = Kit::new().await;
    let early_long = kit.call(1, 10).abandoned(50, "204").make();
    let late_short = kit.call(2, 20).abandoned(5, "204").make();
    kit.put(vec![early_long.clone(), late_short.clone()]).await;
    for (sort, first) in SORTS.into_iter().zip([&late_short, &early_long, &early_long, &late_short]) {
        let calls = all_pages(&kit, &CallFilter::default(), sort, 10).await;
        assert_eq!(&calls[0], first, "{sort:?}");
    }
}

#[tokio::test]
async fn a_page_stays_right_when_a_call_comes_in_between() {
    let mut kit = Kit::new().await;
    let calls: Vec<Call> = (0..4).map(|n| kit.call(n, i64::from(n)).answered("204").make()).collect();
    kit.put(calls.clone()).await;
    let mut request = PageRequest { limit: 2, ..PageRequest::default() };
    request.after = kit.reader.calls(&request).await.expect("the first page").next;
    kit.put(vec![kit.call(9, 100).answered("204").make()]).await;
    let second = kit.reader.calls(&request).await.expect("the second page");
    let ids: Vec<CallId> = second.calls.iter().map(|call| call.id).collect();
    assert_eq!(ids, [calls[1].id, calls[0].id], "a new call shifts nothing");
}

#[tokio::test]
async fn a_cursor_of_another_list_or_none_at_all_is_refused() {
    let kit = Kit::new().await;
    for after in ["", "n", "l5.1", "n5", "n5.", "nfive.1", "n1.2.3", "n99999999999999999999.1", "';--"] {
        let request = PageRequest { after: Some(after.into()), limit: 10, ..PageRequest::default() };
        let error = kit.reader.calls(&request).await.expect_err("not a cursor of this list");
        assert!(matches!(error, StoreError::BadCursor), "{after:?}: {error}");
    }
}

#[tokio::test]
async fn each_filter_leaves_what_it_names() {
    let mut kit = Kit::new().await;
    let branch = kit.writer.save_site(&office("Branch")).await.expect("a site");
    let answered = kit.call(1, 10).number("0301111").answered("204").make();
    let abandoned = kit
        .call(2, 20)
        .number("0302222")
        .then(EventKind::Queue, 30, Who::Group("300"))
        .then(EventKind::Ringing, 5, Who::AgentOf("205", "300"))
        .make();
    let outbound = kit.call(3, 30).direction(Direction::Outbound).number("+49401111").answered("204").make();
    let voicemail = kit
        .call(4, 40)
        .then(EventKind::Ringing, 9, Who::Agent("204"))
        .then(EventKind::Voicemail, 200, Who::Agent("204"))
        .make();
    let elsewhere = Call { site: branch, ..kit.call(5, 50).answered("299").make() };
    let all = [&answered, &abandoned, &outbound, &voicemail, &elsewhere];
    kit.put(all.into_iter().cloned().collect()).await;

    let none = CallFilter::default;
    let anywhere = |text: &str| Some(NumberFilter::Anywhere(text.into()));
    let exact = |text: &str| Some(NumberFilter::Exact(text.into()));
    let cases: Vec<(&str, CallFilter, Vec<&Call>)> = vec![
        ("nothing", none(), all.to_vec()),
        ("from", CallFilter { from: Some(At::from_seconds(40)), ..none() }, vec![&voicemail, &elsewhere]),
        ("to", CallFilter { to: Some(At::from_seconds(20)), ..none() }, vec![&answered]),
        ("site", CallFilter { sites: vec![branch], ..none() }, vec![&elsewhere]),
        ("two sites", CallFilter { sites: vec![branch, kit.site], ..none() }, all.to_vec()),
        ("direction", CallFilter { direction: Some(Direction::Outbound), ..none() }, vec![&outbound]),
        ("internal", CallFilter { direction: Some(Direction::Internal), ..none() }, vec![]),
        ("digits", CallFilter { number: anywhere("1111"), ..none() }, vec![&answered, &outbound]),
        ("typed digits", CallFilter { number: anywhere("(030) 22-22"), ..none() }, vec![&abandoned]),
        ("exact", CallFilter { number: exact("0301111"), ..none() }, vec![&answered]),
        ("exact part", CallFilter { number: exact("030"), ..none() }, vec![]),
        ("agent", CallFilter { agent: Some("204".into()), ..none() }, vec![&answered, &outbound, &voicemail]),
        ("agent rung", CallFilter { agent: Some("205".into()), ..none() }, vec![&abandoned]),
        ("group", CallFilter { group: Some("300".into()), ..none() }, vec![&abandoned]),
        (
            "agent and group",
            CallFilter { agent: Some("205".into()), group: Some("300".into()), ..none() },
            vec![&abandoned],
        ),
        (
            "agent from",
            CallFilter { agent: Some("204".into()), from: Some(At::from_seconds(30)), ..none() },
            vec![&outbound, &voicemail],
        ),
        (
            "number and agent",
            CallFilter { agent: Some("204".into()), number: exact("0302222"), ..none() },
            vec![],
        ),
        ("answered", CallFilter { answered: true, ..none() }, vec![&answered, &outbound, &elsewhere]),
        ("abandoned", CallFilter { abandoned: true, ..none() }, vec![&abandoned]),
        ("missed", CallFilter { missed: true, ..none() }, vec![&abandoned, &voicemail]),
        ("voicemail", CallFilter { voicemail: true, ..none() }, vec![&voicemail]),
        ("length", CallFilter { min_ms: Some(100_000), ..none() }, vec![&voicemail]),
    ];
    for (name, filter, wanted) in cases {
        let ids: Vec<CallId> = wanted.iter().map(|call| call.id).collect();
        assert_eq!(kit.list(filter.clone()).await, ids, "{name}");
        let totals = kit.reader.totals(&filter).await.expect("totals");
        assert_eq!(totals.calls, ids.len() as u64, "totals agree with the list: {name}");
        for sort in SORTS {
            let mut sorted: Vec<CallId> =
                all_pages(&kit, &filter, sort, 2).await.iter().map(|call| call.id).collect();
            sorted.sort_unstable();
            assert_eq!(sorted, ids, "{name}, {sort:?}");
        }
    }
}

#[tokio::test]
async fn text_is_looked_for_in_names_and_numbers_and_stands_for_itself() {
    let mut kit = Kit::new().await;
    let named =
        Call { external_name: Some("Bakery 50%_off".into()), ..kit.call(1, 10).answered("204").make() };
    let plain = kit.call(2, 20).number("0309999").answered("205").make();
    let grouped = kit.call(3, 30).then(EventKind::Queue, 9, Who::Group("300")).make();
    kit.put(vec![named.clone(), plain.clone(), grouped.clone()]).await;
    let seen = |kind, number: &str, name: &str| seen(kit.site, kind, number, name, 1);
    let names = vec![seen(NameKind::Extension, "205", "Zoë Äpfel"), seen(NameKind::Group, "300", "Service")];
    kit.writer.commit(&[], &Changes { names, ..Changes::default() }).await.expect("committed");

    for (text, wanted) in [
        ("bakery", vec![named.id]),
        ("50%_OFF", vec![named.id]),
        ("5_%", vec![]),
        ("%", vec![named.id]),
        ("9999", vec![plain.id]),
        ("äpfel", vec![plain.id]),
        ("serv", vec![grouped.id]),
        ("300", vec![grouped.id]),
        ("20", vec![named.id, plain.id]),
        ("' OR 1=1 --", vec![]),
        ("\\", vec![]),
    ] {
        let filter = CallFilter { text: Some(text.into()), ..CallFilter::default() };
        assert_eq!(kit.list(filter).await, wanted, "{text:?}");
    }
}

#[tokio::test]
async fn consultations_are_kept_but_not_listed_or_counted() {
    let mut kit = Kit::new().await;
    let main = kit.call(1, 10).answered("204").make();
    let consultation = kit.call(2, 20).answered("204").consultation_of(main.id).make();
    kit.put(vec![main.clone(), consultation.clone()]).await;
    let agent = CallFilter { agent: Some("204".into()), ..CallFilter::default() };
    for filter in [CallFilter::default(), agent] {
        assert_eq!(kit.list(filter.clone()).await, [main.id], "only the call it was made for");
        assert_eq!(kit.reader.totals(&filter).await.expect("totals").calls, 1, "one call");
    }
    let kept = kit.reader.call(consultation.id).await.expect("read");
    assert_eq!(kept, Some(consultation), "shown with the call it was made for");
}

#[tokio::test]
async fn totals_say_how_many_and_how_long_callers_waited() {
    let mut kit = Kit::new().await;
    let calls = vec![
        kit.call(1, 10).answered("204").make(),
        kit.call(2, 20).abandoned(16, "204").make(),
        kit.call(3, 30).abandoned(99, "204").live().make(),
        kit.call(4, 40).direction(Direction::Outbound).answered("204").make(),
    ];
    kit.put(calls).await;
    let totals = kit.reader.totals(&CallFilter::default()).await.expect("totals");
    let wanted = CallTotals { calls: 4, answered: 2, abandoned: 1, mean_wait_ms: Some(10_500) };
    assert_eq!(totals, wanted, "5 s and 16 s; the living and the outbound call wait for nothing");
    let nobody = CallFilter { agent: Some("999".into()), ..CallFilter::default() };
    let empty = kit.reader.totals(&nobody).await.expect("totals");
    assert_eq!(empty, CallTotals::default(), "no mean of nothing");
}

#[tokio::test]
async fn lists_are_the_same_while_a_bulk_import_runs() {
    let mut kit = Kit::new().await;
    kit.writer.begin_bulk().await.expect("begun");
    let calls: Vec<Call> = (0..50)
        .map(|n| {
            kit.call(n, i64::from(n)).number(&format!("030{}", n % 7)).abandoned(i64::from(n), "204").make()
        })
        .collect();
    kit.put(calls).await;
    let exact = Some(NumberFilter::Exact("0303".into()));
    let filter = CallFilter { number: exact, ..CallFilter::default() };
    let mut during = Vec::new();
    for sort in SORTS {
        during.push(all_pages(&kit, &filter, sort, 3).await);
        during.push(all_pages(&kit, &CallFilter::default(), sort, 3).await);
    }
    kit.writer.end_bulk().await.expect("ended");
    let mut after = Vec::new();
    for sort in SORTS {
        after.push(all_pages(&kit, &filter, sort, 3).await);
        after.push(all_pages(&kit, &CallFilter::default(), sort, 3).await);
    }
    assert_eq!(during, after, "the indexes only make it faster");
    assert_eq!(during[0].len(), 7, "3, 10, 17 and so on");
}
