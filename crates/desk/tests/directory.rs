//! People, groups and trunks: what the PBX says, what people enter, and which name a call shows.

mod office;

use contract::FailureCode;
use contract::calls::{AskCalls, CallFilter, CallRow, CallSort};
use contract::directory::{
    AskDirectory, Directory, Holding, ImportPeople, LineVerdict, NameNumber, NameSource, NumberKind,
    PersonEntry, PreviewPeople, RemovePerson, SavePerson,
};
use contract::search::AskSearch;
use desk::{Answer, Clock, Desk, Opening};
use model::{At, Said, SiteId};
use office::{open, opening, quiet_site};
use std::path::Path;
use std::sync::Arc;

/// 204 is Ann's until the end of May and Bob's from June on; 205 has no name; 300 is a hunt group.
const ROWS: &[u8] = b"\
2026/05/04 10:00:00,00:00:30,5,01707123456,I,204,5678,,0,1000013,0,E204,Ann Keller,T9001,Line 1.1,0,0\r\n\
2026/05/05 10:00:00,00:00:30,5,01707123456,I,205,5678,,0,1000014,0,E205,,T9001,Line 1.2,0,0\r\n\
2026/06/04 10:00:00,00:00:30,5,01707123456,I,204,5678,,0,1000015,0,E204,Bob Miller,T9001,Line 1.1,0,0\r\n\
2026/06/05 10:00:00,00:00:30,5,01707123456,I,205,5678,,0,1000016,0,E205,,T9001,Line 1.1,0,0\r\n";

/// 2026-07-01 12:00 UTC
const NOW: At = At(1_782_907_200_000);
/// 2026-06-01 00:00 in London
const JUNE: i64 = 1_780_268_400_000;

async fn at_noon(folder: &Path) -> Desk {
    let clock = Arc::new(Clock::by_hand(NOW));
    Desk::open(Opening { clock, ..opening(folder) }).await.expect("the library opens")
}

async fn with_calls(folder: &Path) -> (Desk, SiteId) {
    let desk = at_noon(folder).await;
    let site = quiet_site(&desk).await;
    desk.import_smdr(site, ROWS, |_| {}).await.expect("imported");
    (desk, site)
}

async fn rows(desk: &Desk) -> Vec<CallRow> {
    let ask =
        AskCalls { filter: CallFilter::default(), sort: CallSort::OldestFirst, after: None, limit: 100 };
    desk.answer(ask).await.expect("a page").rows
}

async fn talked(desk: &Desk) -> Vec<Option<String>> {
    rows(desk).await.into_iter().map(|row| row.talked[0].name.clone()).collect()
}

async fn directory(desk: &Desk) -> Directory {
    desk.answer(AskDirectory {}).await.expect("the directory")
}

fn holding(site: SiteId, extension: &str, from_ms: Option<i64>, to_ms: Option<i64>) -> Holding {
    Holding { site: site.0, extension: extension.to_owned(), from_ms, to_ms }
}

fn person(name: &str, extensions: Vec<Holding>) -> PersonEntry {
    PersonEntry { id: 0, name: name.to_owned(), extensions, source: NameSource::Hand }
}

fn names(names: &[&str]) -> Vec<Option<String>> {
    names.iter().map(|name| Some(*name).filter(|name| !name.is_empty()).map(str::to_owned)).collect()
}

#[tokio::test]
async fn an_extension_renamed_in_june_leaves_older_calls_their_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let (desk, _) = with_calls(folder.path()).await;
    let wanted = names(&["Ann Keller", "", "Bob Miller", ""]);
    assert_eq!(talked(&desk).await, wanted, "each call has the name of its time");
    let shown = directory(&desk).await;
    let people: Vec<(&str, NameSource)> =
        shown.people.iter().map(|person| (person.name.as_str(), person.source)).collect();
    assert_eq!(people, [("Ann Keller", NameSource::Pbx), ("Bob Miller", NameSource::Pbx)], "as the PBX says");
    assert_eq!(shown.unmapped.len(), 1, "205 is nobody's");
    assert_eq!((shown.unmapped[0].extension.as_str(), shown.unmapped[0].calls), ("205", 2), "with its calls");
    desk.rebuild().await.expect("rebuilt");
    assert_eq!(talked(&desk).await, wanted, "what the PBX said is in the journal");
    desk.close().await.expect("closed");
    let desk = at_noon(folder.path()).await;
    assert_eq!(talked(&desk).await, wanted, "and in the library");
    assert_eq!(directory(&desk).await, shown, "all of it");
    desk.close().await.expect("closed");
}

#[tokio::test]
async fn what_a_person_enters_is_never_overwritten_by_what_the_pbx_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let (desk, site) = with_calls(folder.path()).await;
    let cara =
        person("Cara Diaz", vec![holding(site, "204", Some(JUNE), None), holding(site, "205", None, None)]);
    let saved = desk.answer(SavePerson { person: cara }).await.expect("saved");
    assert!(saved.id > 0 && saved.source == NameSource::Hand, "a person of their own: {saved:?}");
    let wanted = names(&["Ann Keller", "Cara Diaz", "Cara Diaz", "Cara Diaz"]);
    assert_eq!(talked(&desk).await, wanted, "by the dates that were entered");
    desk.said(site, Said::UserList, b"204,Bob the PBX's\r\n205,Extn205\r\n".to_vec()).await.expect("heard");
    desk.settle().await.expect("settled");
    assert_eq!(talked(&desk).await, wanted, "the PBX's list changes nothing of it");
    desk.rebuild().await.expect("rebuilt");
    desk.close().await.expect("closed");
    let desk = at_noon(folder.path()).await;
    assert_eq!(talked(&desk).await, wanted, "after a rebuild and a restart too");
    assert!(directory(&desk).await.unmapped.is_empty(), "205 is Cara's");
    let found = desk.answer(AskSearch { text: "cara".to_owned() }).await.expect("searched");
    assert_eq!(found.people.len(), 2, "found by name, with each extension: {found:?}");
    let filter = CallFilter { text: Some("cara".to_owned()), ..CallFilter::default() };
    let ask = AskCalls { filter, sort: CallSort::OldestFirst, after: None, limit: 100 };
    assert_eq!(desk.answer(ask).await.expect("a page").rows.len(), 3, "her calls, not Ann's");

    desk.answer(RemovePerson { id: saved.id }).await.expect("removed");
    assert_eq!(talked(&desk).await[1], Some("Extn205".to_owned()), "the PBX's word counts again");
    let nobody = desk.answer(RemovePerson { id: saved.id }).await.expect_err("gone");
    assert_eq!(nobody.code, FailureCode::NotFound, "{}", nobody.message);
    let pbx = desk.answer(RemovePerson { id: 0 }).await.expect_err("the PBX's");
    assert!(pbx.message.contains("phone system itself"), "{}", pbx.message);
    desk.close().await.expect("closed");
}

#[tokio::test]
async fn an_extension_that_another_has_at_the_same_time_is_refused_in_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let (desk, site) = with_calls(folder.path()).await;
    let bob = person("Bob Miller", vec![holding(site, "204", Some(JUNE), None)]);
    let bob = desk.answer(SavePerson { person: bob }).await.expect("saved");
    let ann = person("Ann Keller", vec![holding(site, "204", None, None)]);
    let refused = desk.answer(SavePerson { person: ann.clone() }).await.expect_err("Bob has it");
    assert_eq!(refused.code, FailureCode::Invalid, "{}", refused.message);
    assert!(refused.message.contains("Bob Miller since 2026-06-01"), "{}", refused.message);
    let until = PersonEntry { extensions: vec![holding(site, "204", None, Some(JUNE))], ..ann };
    desk.answer(SavePerson { person: until }).await.expect("until June it is hers");
    let renamed = PersonEntry { name: "Bob M. Miller".to_owned(), ..bob.clone() };
    let renamed =
        desk.answer(SavePerson { person: renamed }).await.expect("a person is not in their own way");
    assert_eq!(renamed.id, bob.id, "the same one");
    let nobody = PersonEntry { id: 99, ..person("Nobody", Vec::new()) };
    let gone = desk.answer(SavePerson { person: nobody }).await.expect_err("no such person");
    assert_eq!(gone.code, FailureCode::NotFound, "{}", gone.message);
    desk.close().await.expect("closed");
}

#[tokio::test]
async fn a_file_of_people_is_looked_at_before_it_is_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let (desk, _) = with_calls(folder.path()).await;
    let text = "Name;Extension;From\nCara Diaz;205;\nBob Miller;204;2026-06-01\n;206;\nDora;207;31.6.2026\n";
    let seen = desk.answer(PreviewPeople { text: text.to_owned() }).await.expect("a preview");
    assert_eq!((seen.added, seen.changed, seen.same, seen.bad), (2, 0, 0, 2), "{seen:#?}");
    assert!(
        matches!(&seen.lines[3].verdict, LineVerdict::Bad { says } if says.contains("no date")),
        "{seen:?}"
    );
    assert_eq!(talked(&desk).await, names(&["Ann Keller", "", "Bob Miller", ""]), "nothing is taken yet");
    let taken = desk.answer(ImportPeople { text: text.to_owned() }).await.expect("taken in");
    assert_eq!(taken, seen, "as it was shown");
    assert_eq!(
        talked(&desk).await,
        names(&["Ann Keller", "Cara Diaz", "Bob Miller", "Cara Diaz"]),
        "with names"
    );
    let again = desk.answer(PreviewPeople { text: text.to_owned() }).await.expect("a preview");
    assert_eq!((again.added, again.same), (0, 2), "a second time it changes nothing");
    let people = directory(&desk).await.people;
    let cara = people.iter().find(|person| person.name == "Cara Diaz").expect("she is there");
    assert_eq!(cara.source, NameSource::Csv, "with where she comes from");
    desk.close().await.expect("closed");
}

#[tokio::test]
async fn groups_and_trunks_are_listed_and_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let (desk, site) = with_calls(folder.path()).await;
    desk.said(site, Said::HuntList, b"300,HG300\r\n".to_vec()).await.expect("heard");
    let trunk = "Line 1.1".to_owned();
    let name = |kind, number: &str, name: Option<&str>| NameNumber {
        site: site.0,
        kind,
        number: number.to_owned(),
        name: name.map(str::to_owned),
    };
    let shown = directory(&desk).await;
    assert_eq!(shown.groups[0].name.as_deref(), Some("HG300"), "as the PBX calls it");
    let trunks: Vec<&str> = shown.trunks.iter().map(|trunk| trunk.number.as_str()).collect();
    assert_eq!(trunks, ["Line 1.1", "Line 1.2"], "those that calls were on");
    desk.answer(name(NumberKind::Group, "300", Some(" Sales "))).await.expect("named");
    desk.answer(name(NumberKind::Trunk, &trunk, Some("ISDN"))).await.expect("named");
    let id = rows(&desk).await[0].id.clone();
    let view = desk.answer(contract::calls::AskCall { id }).await.expect("a call");
    assert_eq!(view.trunk.as_deref(), Some("ISDN (Line 1.1)"), "as people call it");
    desk.close().await.expect("closed");
    let desk = open(folder.path()).await;
    let shown = directory(&desk).await;
    assert_eq!(
        (shown.groups[0].name.as_deref(), shown.groups[0].source),
        (Some("Sales"), NameSource::Hand),
        "kept"
    );
    desk.answer(name(NumberKind::Group, "300", None)).await.expect("taken back");
    assert_eq!(directory(&desk).await.groups[0].name.as_deref(), Some("HG300"), "as the PBX calls it");
    desk.close().await.expect("closed");
}
