//! Keys of calls that are there already, after a site's country has changed.

use crate::kit::{Kit, office};
use model::{Call, CallId};
use store::{CallFilter, KeysDue, NumberFilter, Site};

async fn with_calls() -> (Kit, Site) {
    let mut kit = Kit::new().await;
    let calls: Vec<Call> = (1..=5)
        .map(|n| kit.call(n, i64::from(n)).number(&format!("0301{n}")).answered("204").make())
        .collect();
    kit.put(calls).await;
    let site = Site { id: kit.site, ..office("Office") };
    (kit, site)
}

#[tokio::test]
async fn a_change_of_country_makes_the_keys_of_all_calls_due() {
    let (mut kit, mut site) = with_calls().await;
    kit.writer.save_site(&site).await.expect("saved");
    assert_eq!(kit.reader.keys_due().await.expect("read"), [], "nothing changed");
    site.name = "Head office".into();
    kit.writer.save_site(&site).await.expect("saved");
    assert_eq!(kit.reader.keys_due().await.expect("read"), [], "a name bears on no number");
    site.country = Some("DE".into());
    kit.writer.save_site(&site).await.expect("saved");
    let due = kit.reader.keys_due().await.expect("read");
    assert_eq!(due.len(), 1, "the one site");
    assert_eq!(kit.reader.numbers_due(due[0], 100).await.expect("read").len(), 5, "with all of its calls");
    kit.writer.clear_projection().await.expect("cleared");
    assert_eq!(
        kit.reader.keys_due().await.expect("read"),
        [],
        "calls that are made anew come with their keys"
    );
}

#[tokio::test]
async fn keys_are_made_from_the_latest_call_on_and_go_on_where_they_stopped() {
    let (mut kit, site) = with_calls().await;
    let changed = Site { country: Some("DE".into()), ..site };
    kit.writer.save_site(&changed).await.expect("saved");
    let hand = kit.writer.hand();
    let due = kit.reader.keys_due().await.expect("read")[0];
    let first = kit.reader.numbers_due(due, 2).await.expect("read");
    let numbers: Vec<&str> = first.iter().map(|due| due.external_number.as_str()).collect();
    assert_eq!(numbers, ["03015", "03014"], "what people look at first");
    let keys: Vec<(CallId, Option<String>)> =
        first.iter().map(|due| (due.call, Some(format!("+49{}", &due.external_number[1..])))).collect();
    let next = first.last().map(|due| due.call);
    assert!(hand.set_keys(due, &keys, next).await.expect("stored"), "the country is still the same");
    let by_key = CallFilter { number: Some(NumberFilter::Exact("+493015".into())), ..CallFilter::default() };
    assert_eq!(kit.list(by_key).await.len(), 1, "found by its new key");

    let due = kit.reader.keys_due().await.expect("read")[0];
    assert_eq!(kit.reader.numbers_due(due, 100).await.expect("read").len(), 3, "the others are left");
    assert!(hand.set_keys(due, &[], None).await.expect("stored"), "done");
    assert_eq!(kit.reader.keys_due().await.expect("read"), [], "nothing is due any more");
}

#[tokio::test]
async fn keys_of_a_country_that_has_changed_meanwhile_are_not_stored() {
    let (mut kit, site) = with_calls().await;
    kit.writer.save_site(&Site { country: Some("DE".into()), ..site.clone() }).await.expect("saved");
    let old = KeysDue { site: kit.site, below: CallId(3) };
    let keys = [(CallId::begun_at(model::Position { seq: 1, index: 1 }), Some("+49".to_owned()))];
    assert!(!kit.writer.hand().set_keys(old, &keys, None).await.expect("asked"), "it began elsewhere");
    let due = kit.reader.keys_due().await.expect("read");
    assert_eq!(due.len(), 1, "all are still due");
    let numbers = kit.reader.numbers_due(due[0], 100).await.expect("read");
    assert!(numbers.iter().all(|due| due.external_e164.is_none()), "and none was touched");
}
