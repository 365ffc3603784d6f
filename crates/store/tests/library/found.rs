//! What few calls have is found by what the library has seen, and is the same as what a walk through the list finds.

use crate::kit::Kit;
use model::{Call, Direction};
use store::{CallFilter, CallSort, DayWords, NumberFilter, PageRequest};

const DAYS: i64 = 5;

/// Calls of five days with numbers, names, dialled numbers, codes and callers without a number.
async fn office() -> Kit {
    let mut kit = Kit::new().await;
    let mut calls: Vec<Call> = Vec::new();
    for n in 0..60_u32 {
        let at = i64::from(n % 5) * 86_400 + i64::from(n) * 60;
        let mut call = kit.call(n, at).number(&format!("0895550{:03}", n % 20)).answered("204").make();
        call.external_e164 = (n % 3 != 0).then(|| format!("+49895550{:03}", n % 20));
        call.external_name = (n % 4 == 0).then(|| format!("Müller {} GmbH & Co", n % 8));
        call.dialed_number = Some(format!("77{}", n % 3));
        if n % 7 == 0 {
            call.direction = Direction::Outbound;
            call.dialed_number = call.external_number.as_ref().map(|number| format!("9{number}"));
        }
        call.account_code = (n == 31).then(|| "Projekt-ZETA".to_owned());
        if n == 41 {
            call.external_number = None;
            call.external_e164 = None;
            call.external_name = Some("Nobody's 100% \"quoted\" name".to_owned());
        }
        calls.push(call);
    }
    kit.put(calls).await;
    kit
}

/// The leaves of the first `days` days are up to date, and with them what was seen.
async fn keep(kit: &Kit, days: i64) {
    for stale in kit.reader.stale_days(0..days).await.expect("days") {
        let (facts, _) = kit.reader.day_facts(stale.day).await.expect("facts");
        let words = DayWords::of(&facts.calls);
        assert!(
            kit.writer.hand().keep_leaf(stale, &[], &words).await.expect("kept"),
            "nothing changed meanwhile"
        );
    }
}

async fn ids(kit: &Kit, filter: &CallFilter, sort: CallSort, limit: u32) -> Vec<i64> {
    let mut request = PageRequest { filter: filter.clone(), sort, after: None, limit };
    let mut all = Vec::new();
    loop {
        let page = kit.reader.calls(&request).await.expect("a page");
        all.extend(page.calls.iter().map(|call| call.id.0));
        match page.next {
            Some(next) => request.after = Some(next),
            None => return all,
        }
    }
}

fn filters() -> Vec<CallFilter> {
    let text = |text: &str| CallFilter { text: Some(text.to_owned()), ..CallFilter::default() };
    let number = |number| CallFilter { number: Some(number), ..CallFilter::default() };
    let mut filters: Vec<CallFilter> = [
        "5550013",
        "90895550014",
        "müller",
        "Müller 4",
        "MüLLER 4 gmbh",
        "zeta",
        "100% \"quo",
        "773",
        "771",
        "gmbh & co",
        "nothing of the kind",
        "5\n",
        "'; DROP",
        "ab",
        "5550 013",
        "%55",
        "+4989555",
    ]
    .into_iter()
    .map(text)
    .collect();
    filters.extend(
        ["550013", "772", "000000", "08"]
            .into_iter()
            .map(|digits| number(NumberFilter::Anywhere(digits.into()))),
    );
    filters.push(number(NumberFilter::Typed {
        text: "0 89".into(),
        begins: vec!["+4989".into(), "089".into()],
    }));
    filters.push(CallFilter { direction: Some(Direction::Outbound), answered: true, ..text("0895550") });
    filters.push(CallFilter {
        min_ms: Some(65_000),
        direction: Some(Direction::Inbound),
        ..CallFilter::default()
    });
    filters.push(CallFilter { min_ms: Some(65_001), ..CallFilter::default() });
    filters
}

#[tokio::test]
async fn a_text_finds_the_same_calls_whether_their_days_were_taken_in_or_not() {
    let kit = office().await;
    let mut walked = Vec::new();
    for filter in filters() {
        walked.push(ids(&kit, &filter, CallSort::NewestFirst, 100).await);
    }
    assert!(
        walked.iter().filter(|calls| !calls.is_empty()).count() >= 12,
        "the texts find something: {walked:?}"
    );
    for days in [DAYS - 3, DAYS - 1, DAYS] {
        keep(&kit, days).await;
        for (filter, walked) in filters().iter().zip(&walked) {
            let newest = ids(&kit, filter, CallSort::NewestFirst, 4).await;
            assert_eq!(&newest, walked, "{filter:?}, {days} days are taken in");
            let mut oldest = ids(&kit, filter, CallSort::OldestFirst, 7).await;
            oldest.reverse();
            assert_eq!(&oldest, walked, "{filter:?}, the oldest first, {days} days are taken in");
            let longest = ids(&kit, filter, CallSort::LongestFirst, 30).await;
            assert_eq!(longest.len(), walked.len(), "{filter:?}, by length");
            let totals = kit.reader.totals(filter).await.expect("totals");
            assert_eq!(totals.calls, walked.len() as u64, "{filter:?}, counted");
        }
    }
}

#[tokio::test]
async fn a_call_that_came_or_changed_since_is_found_too() {
    let mut kit = office().await;
    keep(&kit, DAYS).await;
    let filter = CallFilter { text: Some("Quentin".into()), ..CallFilter::default() };
    assert_eq!(
        ids(&kit, &filter, CallSort::NewestFirst, 10).await,
        Vec::<i64>::new(),
        "nobody of that name yet"
    );
    let mut new = kit.call(70, 3_000).number("0201").answered("204").make();
    new.external_name = Some("Quentin".into());
    let mut changed = kit.call(3, 3 * 86_400 + 180).number("0895550003").answered("204").make();
    changed.external_name = Some("Frau Quentin".into());
    let wanted = vec![changed.id.0, new.id.0];
    kit.put(vec![new, changed]).await;
    assert_eq!(ids(&kit, &filter, CallSort::NewestFirst, 10).await, wanted, "before their days are taken in");
    keep(&kit, DAYS).await;
    assert_eq!(ids(&kit, &filter, CallSort::NewestFirst, 10).await, wanted, "and after");
}

#[tokio::test]
async fn a_rebuild_forgets_what_was_seen() {
    let mut kit = office().await;
    keep(&kit, DAYS).await;
    kit.writer.clear_projection().await.expect("forgotten");
    let filter = CallFilter { text: Some("Müller 4".into()), ..CallFilter::default() };
    assert_eq!(ids(&kit, &filter, CallSort::NewestFirst, 10).await, Vec::<i64>::new(), "the calls are gone");
    let mut call = kit.call(3, 60).number("0301").answered("204").make();
    call.external_name = Some("Müller 4".into());
    kit.put(vec![call.clone()]).await;
    assert_eq!(ids(&kit, &filter, CallSort::NewestFirst, 10).await, vec![call.id.0], "and come anew");
    keep(&kit, DAYS).await;
    assert_eq!(ids(&kit, &filter, CallSort::NewestFirst, 10).await, vec![call.id.0], "once");
}
