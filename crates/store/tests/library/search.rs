//! Search from anywhere: a few of each, best first.

use crate::kit::{Kit, seen};
use model::Call;
use store::{Changes, Found, NameKind};

async fn office() -> (Kit, Vec<Call>) {
    let mut kit = Kit::new().await;
    let named = |call: Call, name: &str| Call { external_name: Some(name.into()), ..call };
    let calls = vec![
        named(kit.call(1, 10).number("0301234567").answered("204").make(), "Old name"),
        named(kit.call(2, 20).number("0301234567").answered("204").make(), "Bakery Kern"),
        kit.call(3, 30).number("0409876543").answered("205").make(),
        kit.call(4, 40).answered("205").make(),
    ];
    let seen = |kind, number: &str, name: &str| seen(kit.site, kind, number, name, 1);
    let names = vec![
        seen(NameKind::Extension, "204", "Ann Keller"),
        seen(NameKind::Extension, "205", "Kerstin Ös"),
        seen(NameKind::Extension, "220", "Bob Walker"),
        seen(NameKind::Group, "300", "Kerning"),
    ];
    let changes = Changes { calls: calls.clone(), names, ..Changes::default() };
    kit.writer.commit(&[], &changes).await.expect("committed");
    (kit, calls)
}

#[tokio::test]
async fn a_name_finds_people_groups_outside_parties_and_calls() {
    let (kit, calls) = office().await;
    let found = kit.reader.search(" ker ", &[], 5).await.expect("searched");
    let people: Vec<&str> = found.people.iter().map(|named| named.name.as_str()).collect();
    assert_eq!(people, ["Kerstin Ös", "Bob Walker"], "beginnings of names before middles");
    assert_eq!(found.groups[0].number, "300", "groups apart");
    assert_eq!(found.numbers.len(), 1, "one outside party");
    assert_eq!(found.numbers[0].name.as_deref(), Some("Bakery Kern"), "by the name last seen");
    assert_eq!(
        found.calls,
        [calls[1].clone(), calls[0].clone()],
        "all calls of that party, the latest first"
    );
    let umlaut = kit.reader.search("öS", &[], 5).await.expect("searched");
    assert_eq!(umlaut.people[0].number, "205", "letters beyond A to Z in either case");
}

#[tokio::test]
async fn digits_find_numbers_however_they_are_typed() {
    let (kit, calls) = office().await;
    for text in ["0301234567", "030 123", "(030) 12-34", "34567"] {
        let found = kit.reader.search(text, &[], 5).await.expect("searched");
        assert_eq!(found.numbers.len(), 1, "{text}");
        assert_eq!(found.numbers[0].number, "0301234567", "{text}");
        assert_eq!(found.calls.len(), 2, "{text}");
    }
    let found = kit.reader.search("20", &[], 5).await.expect("searched");
    let people: Vec<&str> = found.people.iter().map(|named| named.number.as_str()).collect();
    assert_eq!(people, ["204", "205"], "extensions by how they begin");
    assert!(found.numbers.is_empty(), "two digits stand in every other number");
    let by_id = kit.reader.search(&calls[2].id.to_text(), &[], 5).await.expect("searched");
    assert_eq!(by_id.calls.first(), Some(&calls[2]), "a call by its name");
}

#[tokio::test]
async fn nothing_or_nonsense_finds_nothing() {
    let (kit, _) = office().await;
    for text in ["", "  ", "%", "_", "\\", "' OR 1=1", "no such person", "\0", &"x".repeat(10_000)] {
        assert_eq!(kit.reader.search(text, &[], 5).await.expect("searched"), Found::default(), "{text:?}");
    }
    let one = kit.reader.search("ke", &[], 1).await.expect("searched");
    assert_eq!((one.people.len(), one.calls.len()), (1, 1), "no more than asked for");
}
