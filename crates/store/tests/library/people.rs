//! The directory as people entered it, and who is meant by a text at which time.

use crate::kit::{Kit, Who, office, seen};
use model::{At, CallId, EventKind, SiteId};
use store::{CallFilter, Changes, Holding, Library, NameKind, Nameable, Person, PersonSource, StoreError};

fn person(name: &str, holdings: Vec<Holding>) -> Person {
    Person { id: 0, name: name.into(), source: PersonSource::Hand, holdings }
}

fn holding(site: SiteId, extension: &str, from: Option<i64>, to: Option<i64>) -> Holding {
    Holding {
        site,
        extension: extension.into(),
        from: from.map(At::from_seconds),
        to: to.map(At::from_seconds),
    }
}

#[tokio::test]
async fn a_person_comes_back_with_every_extension_and_its_dates() {
    let kit = Kit::new().await;
    let (site, hand) = (kit.site, kit.writer.hand());
    let mut ann =
        person("Ann", vec![holding(site, "204", None, Some(50)), holding(site, "310", Some(50), None)]);
    let bob =
        Person { source: PersonSource::Csv, ..person("Bob", vec![holding(site, "204", Some(50), None)]) };
    let ids = hand.save_people(&[ann.clone(), bob.clone()]).await.expect("entered");
    ann.id = ids[0];
    let stored = kit.reader.people().await.expect("read");
    assert_eq!(stored, [ann.clone(), Person { id: ids[1], ..bob }], "in the order in which they came");

    ann.name = "Ann Keller".into();
    ann.holdings.remove(0);
    hand.save_people(&[ann.clone()]).await.expect("changed");
    assert_eq!(kit.reader.people().await.expect("read")[0], ann, "in place, with fewer extensions");
    hand.remove_person(ann.id).await.expect("removed");
    let names: Vec<String> =
        kit.reader.people().await.expect("read").into_iter().map(|person| person.name).collect();
    assert_eq!(names, ["Bob"], "and gone with everything of theirs");
    assert_eq!(kit.reader.integrity_check().await.expect("checked"), Vec::<String>::new(), "soundly");
}

#[tokio::test]
async fn of_several_people_all_are_entered_or_none() {
    let kit = Kit::new().await;
    let hand = kit.writer.hand();
    let nobody = Person { id: 77, ..person("Nobody", Vec::new()) };
    let error = hand.save_people(&[person("Ann", Vec::new()), nobody]).await.expect_err("refused");
    assert!(matches!(error, StoreError::UnknownPerson), "{error}");
    let stray = person("Bob", vec![holding(SiteId(99), "204", None, None)]);
    hand.save_people(&[person("Ann", Vec::new()), stray]).await.expect_err("refused");
    assert_eq!(kit.reader.people().await.expect("read"), [], "nobody");
    let gone = hand.remove_person(5).await.expect_err("refused");
    assert!(matches!(gone, StoreError::UnknownPerson), "{gone}");
}

#[tokio::test]
async fn what_people_enter_goes_between_two_commits_and_ends_with_the_writer() {
    let mut kit = Kit::new().await;
    let hand = kit.writer.hand();
    let call = kit.call(1, 10).answered("204").make();
    let committing = kit.put(vec![call]);
    let (_, entered) = tokio::join!(committing, hand.save_people(&[]));
    assert_eq!(entered.expect("entered"), Vec::<i64>::new(), "both go through");
    let Kit { folder, writer, .. } = kit;
    writer.close().await.expect("closed");
    let late = hand.save_people(&[]).await.expect_err("refused");
    assert!(matches!(late, StoreError::Closed), "{late}");
    Library::open_writer(folder.path(), "next").await.expect("a hand holds no library open");
}

#[tokio::test]
async fn a_name_finds_the_calls_of_the_time_in_which_it_held() {
    let mut kit = Kit::new().await;
    let site = kit.site;
    let branch = kit.writer.save_site(&office("Branch")).await.expect("a site");
    let calls: Vec<_> = [10, 30, 50, 70]
        .into_iter()
        .map(|at| kit.call(at as u32, at).then(EventKind::Ringing, 5, Who::AgentOf("204", "300")).make())
        .collect();
    let ids: Vec<CallId> = calls.iter().map(|call| call.id).collect();
    let names = vec![
        seen(site, NameKind::Extension, "204", "Old Hand", 1_000),
        seen(site, NameKind::Extension, "204", "New Hand", 60_000),
        seen(branch, NameKind::Extension, "204", "Stranger", 1_000),
        seen(site, NameKind::Group, "300", "Service", 1_000),
    ];
    kit.writer.commit(&[], &Changes { calls, names, ..Changes::default() }).await.expect("committed");
    let hand = kit.writer.hand();
    let ann = person("Ann Keller", vec![holding(site, "204", Some(20), Some(40))]);
    hand.save_people(&[ann]).await.expect("entered");
    for (text, wanted) in [
        ("hand", vec![ids[0], ids[2], ids[3]]),
        ("old hand", vec![ids[0], ids[2]]),
        ("new hand", vec![ids[3]]),
        ("keller", vec![ids[1]]),
        ("stranger", vec![]),
        ("service", ids.clone()),
    ] {
        let filter = CallFilter { text: Some(text.into()), ..CallFilter::default() };
        assert_eq!(kit.list(filter).await, wanted, "{text}");
    }
    hand.name_number(site, Nameable::Group, "300", Some("Help desk")).await.expect("named");
    for (text, wanted) in [("service", vec![]), ("help", ids)] {
        let filter = CallFilter { text: Some(text.into()), ..CallFilter::default() };
        assert_eq!(
            kit.list(filter).await,
            wanted,
            "a name given by hand stands instead of the PBX's: {text}"
        );
    }
    let found = kit.reader.search("keller", &[], 5).await.expect("searched");
    assert_eq!(found.people[0].number, "204", "people of the directory are found too");
    let found = kit.reader.search("hand", &[], 5).await.expect("searched");
    let names: Vec<&str> = found.people.iter().map(|named| named.name.as_str()).collect();
    assert_eq!(names, ["New Hand", "Old Hand"], "who is there now first");
}

#[tokio::test]
async fn extensions_of_calls_that_nobody_has_are_counted() {
    let mut kit = Kit::new().await;
    let calls = (0..6_u32).map(|n| {
        let agent = ["204", "205", "206"][n as usize % 3];
        let maker = kit.call(n, i64::from(n) * 10).answered(agent);
        if n == 5 { maker.consultation_of(CallId(1)).make() } else { maker.make() }
    });
    let calls = calls.collect();
    kit.put(calls).await;
    let one_site = kit.reader.unmapped(|_, extension| extension == "205").await.expect("read");
    let shown: Vec<_> =
        one_site.iter().map(|row| (row.extension.as_str(), row.calls, row.last_at.0)).collect();
    assert_eq!(
        shown,
        [("204", 2, 30_000), ("206", 1, 20_000)],
        "with the most calls first; no consultations"
    );
    kit.writer.save_site(&office("Branch")).await.expect("a site");
    let site = kit.site;
    let two_sites =
        kit.reader.unmapped(move |of, extension| of == site && extension == "205").await.expect("read");
    assert_eq!(two_sites, one_site, "an extension of another site's name is nobody's calls there");
}
