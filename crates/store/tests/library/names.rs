//! What numbers are called: the PBX's words with their dates, trunks that calls show, names given by hand.

use crate::kit::{Kit, Who, office};
use model::{At, Call, EventKind, SiteId};
use store::{Changes, DatedName, GivenName, NameKind, NameSeen, Nameable, SeenKind, ToldBy};

async fn see(kit: &mut Kit, name: NameSeen) {
    kit.writer.commit(&[], &Changes { names: vec![name], ..Changes::default() }).await.expect("committed");
}

fn told(site: SiteId, number: &str, name: &str, at: i64, told_by: ToldBy) -> NameSeen {
    let name = DatedName { text: name.into(), at: At(at), told_by };
    NameSeen { site, kind: NameKind::Extension, number: number.into(), name }
}

async fn shown(kit: &Kit) -> Vec<(i64, String, ToldBy, i64, String)> {
    let names = kit.reader.pbx_names().await.expect("read");
    names.into_iter().map(|name| (name.site.0, name.number, name.told_by, name.since.0, name.name)).collect()
}

#[tokio::test]
async fn each_name_is_kept_with_when_it_began() {
    let mut kit = Kit::new().await;
    let branch = kit.writer.save_site(&office("Branch")).await.expect("a site");
    let site = kit.site;
    for name in [
        told(site, "204", "Ann", 10, ToldBy::Link),
        told(site, "204", "Ann", 20, ToldBy::Link),
        told(site, "204", "", 30, ToldBy::Link),
        told(site, "204", "Bob", 40, ToldBy::Link),
        told(site, "204", "Bob", 50, ToldBy::Link),
        told(branch, "204", "Zoe", 60, ToldBy::Link),
    ] {
        see(&mut kit, name).await;
    }
    let wanted = [
        (site.0, "204".into(), ToldBy::Link, 10, "Ann".into()),
        (site.0, "204".into(), ToldBy::Link, 40, "Bob".into()),
        (branch.0, "204".into(), ToldBy::Link, 60, "Zoe".into()),
    ];
    assert_eq!(shown(&kit).await, wanted, "an empty name takes none away, and the same one again is no news");
}

#[tokio::test]
async fn a_log_of_last_year_is_put_in_its_place() {
    let mut kit = Kit::new().await;
    let site = kit.site;
    for (name, at) in [("Bob", 500), ("Ann", 100), ("Ann", 200), ("Bob", 300), ("Eve", 250), ("Bob", 600)] {
        see(&mut kit, told(site, "204", name, at, ToldBy::Record)).await;
    }
    let names: Vec<(i64, String)> = shown(&kit).await.into_iter().map(|name| (name.3, name.4)).collect();
    let wanted = [(100, "Ann".to_owned()), (250, "Eve".to_owned()), (300, "Bob".to_owned())];
    assert_eq!(names, wanted, "Bob had his name earlier than was known at first");
}

#[tokio::test]
async fn those_who_spell_a_name_in_their_own_way_do_not_take_turns() {
    let mut kit = Kit::new().await;
    let site = kit.site;
    for at in [10, 20, 30] {
        see(&mut kit, told(site, "204", "Ann Keller", at, ToldBy::List)).await;
        see(&mut kit, told(site, "204", "Ann K", at + 5, ToldBy::Record)).await;
    }
    let wanted = [
        (site.0, "204".into(), ToldBy::List, 10, "Ann Keller".into()),
        (site.0, "204".into(), ToldBy::Record, 15, "Ann K".into()),
    ];
    assert_eq!(shown(&kit).await, wanted, "one row each");
}

#[tokio::test]
async fn numbers_that_calls_show_are_known_once() {
    let mut kit = Kit::new().await;
    let on = |call: Call, trunk: &str| Call { trunk: Some(trunk.into()), ..call };
    let held = kit.call(4, 40).then(EventKind::Hold, 5, Who::Agent("207"));
    let calls = vec![
        on(kit.call(1, 10).answered("204").make(), "Line 1.2"),
        on(kit.call(2, 20).then(EventKind::Queue, 5, Who::Group("300")).answered("205").make(), "Line 1.1"),
        on(kit.call(3, 30).answered("204").make(), "Line 1.2"),
        held.make(),
    ];
    for _ in 0..2 {
        kit.put(calls.clone()).await;
    }
    for (kind, wanted) in [
        (SeenKind::Extension, vec!["204", "205"]),
        (SeenKind::Group, vec!["300"]),
        (SeenKind::Trunk, vec!["Line 1.1", "Line 1.2"]),
    ] {
        let seen = kit.reader.numbers_seen(kind).await.expect("read");
        let numbers: Vec<&str> = seen.iter().map(|(_, number)| number.as_str()).collect();
        assert_eq!(numbers, wanted, "{kind:?}: each once, and only who rang or talked");
    }
    kit.writer.clear_projection().await.expect("cleared");
    assert_eq!(
        kit.reader.numbers_seen(SeenKind::Trunk).await.expect("read"),
        [],
        "they come from the journal"
    );
    kit.put(calls).await;
    assert_eq!(kit.reader.numbers_seen(SeenKind::Trunk).await.expect("read").len(), 2, "and come again");
}

#[tokio::test]
async fn a_name_given_by_hand_stands_until_it_is_taken_away() {
    let kit = Kit::new().await;
    let (site, hand) = (kit.site, kit.writer.hand());
    hand.name_number(site, Nameable::Group, "300", Some("Sales")).await.expect("named");
    hand.name_number(site, Nameable::Trunk, "300", Some("ISDN")).await.expect("named");
    hand.name_number(site, Nameable::Group, "300", Some("Sale & Co")).await.expect("named anew");
    let given = kit.reader.given_names().await.expect("read");
    let group = GivenName { site, kind: Nameable::Group, number: "300".into(), name: "Sale & Co".into() };
    assert_eq!((given.len(), &given[0]), (2, &group), "a group and a trunk of the same number are two");
    hand.name_number(site, Nameable::Group, "300", None).await.expect("taken away");
    assert_eq!(kit.reader.given_names().await.expect("read").len(), 1, "the trunk's is left");
    let nowhere = hand.name_number(SiteId(99), Nameable::Group, "300", Some("Sales")).await;
    assert!(nowhere.is_err(), "a site that is not there has no groups");
}
