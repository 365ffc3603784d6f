//! A restored library takes the library's place, whatever ends it in between.

use super::kit::{Kit, file_of, listed, nobody};
use crate::backups::taking_over::take_over_by;
use crate::backups::{TakenOver, prepare};
use crate::keeping::steps::Steps;
use contract::backups::Protection;

const STEPS: [&str; 5] = [
    "bring a recording along",
    "note where the library goes",
    "move the library aside",
    "put the restored library in its place",
    "end",
];

#[tokio::test]
async fn a_kill_at_any_step_loses_nothing() {
    for cut in STEPS {
        let mut kit = Kit::new().await;
        kit.tone(400).await;
        let line = kit.back_up(false, Protection::Nothing).await;
        kit.add_site("After").await;
        prepare(&kit.library(), &file_of(&line), None, nobody()).await.expect("prepared");
        kit.desk.close().await.expect("closed");
        let steps = Steps::default();
        steps.watch(move |next| next != cut);
        let now = kit.clock.now();
        assert!(take_over_by(&kit.library(), now, &steps).is_err(), "ended before: {cut}");
        kit.open().await;
        assert_eq!(kit.sites().await, ["Before"], "the next opening goes on: {cut}");
        let verified = kit.desk.verify_recordings(|_, _| {}).await.expect("verified");
        assert_eq!((verified.good, verified.missing.len()), (1, 0), "its recording is there: {cut}");
        let aside = kit.beside();
        assert_eq!(aside.len(), 1, "one library was moved aside: {cut}: {aside:?}");
        let old = kit.place.path().join(&aside[0]);
        let (_writer, reader) = store::Library::open_writer(&old, "test").await.expect("it opens");
        assert_eq!(reader.sites().await.expect("read").len(), 2, "with everything that was entered: {cut}");
    }
}

#[tokio::test]
async fn a_library_that_is_open_elsewhere_stays() {
    let kit = Kit::new().await;
    let line = kit.back_up(false, Protection::Nothing).await;
    prepare(&kit.library(), &file_of(&line), None, nobody()).await.expect("prepared");
    let taken = take_over_by(&kit.library(), kit.clock.now(), &Steps::default()).expect("asked");
    assert!(matches!(taken, TakenOver::Held { by } if by.starts_with("test")), "its holder is named");
    assert_eq!(kit.sites().await, ["Before"], "and works on");
    assert_eq!(kit.beside(), ["library.restored"], "what stands ready waits");
}

#[tokio::test]
async fn on_a_new_computer_there_is_no_library_to_move_aside() {
    let kit = Kit::new().await;
    let line = kit.back_up(false, Protection::Nothing).await;
    let fresh = tempfile::tempdir().expect("a folder");
    let library = fresh.path().join("CallDoc/library");
    std::fs::create_dir(fresh.path().join("CallDoc")).expect("made");
    prepare(&library, &file_of(&line), None, nobody()).await.expect("prepared");
    let taken = take_over_by(&library, kit.clock.now(), &Steps::default()).expect("in place");
    assert_eq!(taken, TakenOver::Done { aside: None }, "nothing was there");
    assert_eq!(listed(&fresh.path().join("CallDoc")), ["library"], "the library, and nothing else");
    assert_eq!(
        take_over_by(&library, kit.clock.now(), &Steps::default()).expect("asked"),
        TakenOver::Nothing,
        "once"
    );
}

#[tokio::test]
async fn half_of_an_unpacked_library_takes_nobodys_place() {
    let kit = Kit::new().await;
    // As a kill while it is unpacked, and one within the removal of what stood ready, leave it.
    for left in ["library.restoring", "library.restored"] {
        std::fs::create_dir(kit.place.path().join(left)).expect("made");
        std::fs::write(kit.place.path().join(left).join("library.sqlite3"), "half").expect("written");
    }
    kit.desk.close().await.expect("closed");
    let taken = take_over_by(&kit.library(), kit.clock.now(), &Steps::default()).expect("asked");
    assert_eq!(taken, TakenOver::Nothing, "without its note, it is none");
}
