//! A number that a person types, in whatever way, finds the same calls.

use crate::kit::Kit;
use model::{Call, CallId};
use store::{CallFilter, NumberFilter, Span};

fn keyed(call: Call, number: &str, key: Option<&str>) -> Call {
    Call { external_number: Some(number.into()), external_e164: key.map(str::to_owned), ..call }
}

async fn office() -> (Kit, Vec<CallId>) {
    let mut kit = Kit::new().await;
    let munich = Some("+498955501432");
    let calls = vec![
        keyed(kit.call(1, 10).abandoned(20, "204").make(), "08955501432", munich),
        keyed(kit.call(2, 20).answered("204").make(), "+498955501432", munich),
        keyed(kit.call(3, 30).answered("205").make(), "00498955501432", munich),
        keyed(kit.call(4, 40).answered("205").make(), "+4989555014321", Some("+4989555014321")),
        keyed(kit.call(5, 50).answered("205").make(), "55501432", None),
        keyed(kit.call(6, 60).answered("205").make(), "+442071838750", Some("+442071838750")),
    ];
    let ids = calls.iter().map(|call| call.id).collect();
    kit.put(calls).await;
    (kit, ids)
}

fn typed(text: &str, begins: &[&str]) -> NumberFilter {
    NumberFilter::Typed {
        text: text.into(),
        begins: begins.iter().map(|begin| (*begin).to_owned()).collect(),
    }
}

#[tokio::test]
async fn a_typed_number_finds_calls_by_their_keys() {
    let (mut kit, ids) = office().await;
    let munich = ["+498955501432"];
    let cases = [
        (typed("+49 89 5550 1432", &munich), vec![ids[0], ids[1], ids[2], ids[3]]),
        (typed("089/5550-1432", &["08955501432", "+498955501432"]), vec![ids[0], ids[1], ids[2], ids[3]]),
        (typed("55501432", &[]), vec![ids[0], ids[1], ids[2]]),
        (typed("5550143", &[]), vec![ids[0], ids[1], ids[2], ids[3], ids[4]]),
        (typed("089", &["+4989"]), vec![ids[0], ids[1], ids[2], ids[3]]),
        (typed("20718387", &[]), vec![ids[5]]),
        (NumberFilter::Exact("+498955501432".into()), vec![ids[0], ids[1], ids[2]]),
        (NumberFilter::Exact("55501432".into()), vec![ids[4]]),
        (NumberFilter::Anywhere("498955501432".into()), vec![ids[0], ids[1], ids[2], ids[3]]),
    ];
    for indexes in ["with", "without"] {
        for (filter, wanted) in &cases {
            let filter = CallFilter { number: Some(filter.clone()), ..CallFilter::default() };
            let totals = kit.reader.totals(&filter).await.expect("totals");
            assert_eq!(kit.list(filter.clone()).await, *wanted, "{filter:?}, {indexes} its indexes");
            assert_eq!(totals.calls, wanted.len() as u64, "totals agree: {filter:?}");
        }
        kit.writer.begin_bulk().await.expect("an import begins");
    }
}

#[tokio::test]
async fn search_joins_the_ways_in_which_a_number_came() {
    let (kit, ids) = office().await;
    for (text, begins) in [("089 5550 1432", vec!["+498955501432".to_owned()]), ("55501432", vec![])] {
        let found = kit.reader.search(text, &begins, 9).await.expect("searched");
        let munich = found.numbers.iter().find(|party| party.e164.as_deref() == Some("+498955501432"));
        let munich = munich.unwrap_or_else(|| panic!("{text}: {found:#?}"));
        assert_eq!(munich.number, "00498955501432", "as it came last: {text}");
        let calls: Vec<CallId> = found.calls.iter().map(|call| call.id).collect();
        for id in &ids[..3] {
            assert!(calls.contains(id), "{text} finds all of its calls");
        }
    }
}

#[tokio::test]
async fn who_was_called_back_at_the_same_number_in_another_form_was_called_back() {
    let mut kit = Kit::new().await;
    let munich = Some("+498955501432");
    let lost = keyed(kit.call(1, 10).abandoned(20, "204").make(), "08955501432", munich);
    kit.put(vec![lost]).await;
    let day = Span { from: model::At(0), to: model::At::from_seconds(86_400) };
    let open = kit.reader.not_called_back(day, 5_000, 10).await.expect("read");
    assert_eq!(open.total, 1, "nobody has called yet");
    let back = keyed(kit.call(2, 100).answered("204").make(), "00498955501432", munich);
    kit.put(vec![back]).await;
    let open = kit.reader.not_called_back(day, 5_000, 10).await.expect("read");
    assert_eq!(open.total, 0, "the number is the same, however it is dialled");
}
