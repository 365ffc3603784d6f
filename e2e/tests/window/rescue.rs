//! Libraries that cannot be opened, and the ways to them through the window: back to a backup, or once more.

use crate::place::Place;
use e2e::{CALLS, Office, library_with_a_backup};
use jiff::{ToSpan, Zoned};
use std::path::PathBuf;

/// With a call of today. Gives its database.
fn library(place: &Place) -> PathBuf {
    let now = Zoned::now();
    // Of today, also just after midnight.
    let began = now.saturating_sub(5.minutes()).max(now.start_of_day().expect("a day begins"));
    let began = began.strftime("%Y/%m/%d %H:%M:%S").to_string();
    library_with_a_backup(&place.app, place.folder.path(), &began).expect("the command line makes it")
}

#[tokio::test]
async fn a_library_that_was_overwritten_is_restored_from_its_backup_in_the_window() {
    let Some(place) = Place::new() else { return };
    let database = library(&place);
    let nonsense = "Dear Sirs, ".repeat(10_000);
    std::fs::write(&database, &nonsense).expect("the database is overwritten");
    let (_driver, window) = place.open(Office::Own).await;
    window
        .see("[data-testid='rescue'][data-why='damaged']")
        .await
        .expect("the window says that it is damaged");
    let says = window.text("[data-testid='rescue-says']").await.expect("the page answers");
    assert!(says.contains("Nothing was deleted"), "the first thing that a manager asks: {says}");
    window.click("[data-testid='rescue-again']").await.expect("it can be tried again");
    window.see("[data-testid='rescue-line']").await.expect("it is as damaged as before, and has a backup");
    let line = window.text("[data-testid='rescue-line']").await.expect("the page answers");
    assert!(line.contains("office.calldoc-backup"), "the one that was made: {line}");
    window.picture().await.expect("all of it is painted");

    window.click("[data-testid='rescue-restore']").await.expect("it can be chosen");
    window.see("[data-testid='rescue-asked']").await.expect("what will happen is told first");
    window.click("[data-testid='rescue-begin']").await.expect("and confirmed");
    window.see("[data-testid='rescue-done']").await.expect("it is restored and opened");
    let done = window.text("[data-testid='rescue-done']").await.expect("the page answers");
    assert!(done.contains("library.before-restore-"), "it says where the damaged one is: {done}");
    window.click("[data-testid='rescue-open']").await.expect("it goes on");
    window.go_to(CALLS).await.expect("the screens are there again");
    window.see("[data-testid='call-row']").await.expect("and so are the calls");

    let beside = std::fs::read_dir(place.folder.path()).expect("listed");
    let aside: Vec<PathBuf> = beside
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.to_string_lossy().contains("library.before-restore-"))
        .collect();
    assert_eq!(aside.len(), 1, "the damaged library is kept: {aside:?}");
    let kept = std::fs::read_to_string(aside[0].join("library.sqlite3")).expect("its database is there");
    assert_eq!(kept, nonsense, "byte for byte");
    let complaints = window.complaints().await.expect("complaints are kept");
    assert!(complaints.is_empty(), "the page has nothing to complain about: {complaints:#?}");
    window.close().await.expect("the window closes");
}

#[tokio::test]
async fn a_library_that_is_open_elsewhere_is_opened_once_it_is_closed_there() {
    let Some(place) = Place::new() else { return };
    library(&place);
    let (_first_driver, first) = place.open(Office::Own).await;
    first.see("[data-testid='today']").await.expect("the first window has it");
    let (_driver, window) = place.open(Office::Own).await;
    window.see("[data-testid='rescue'][data-why='held']").await.expect("the second says who has it");
    assert_eq!(window.count("[data-testid='rescue-line']").await.expect("the page answers"), 0, "no restore");
    first.close().await.expect("the first window closes");
    window.click("[data-testid='rescue-again']").await.expect("it can be tried again");
    window.go_to(CALLS).await.expect("the screens are there");
    window.see("[data-testid='call-row']").await.expect("and the calls");
    window.close().await.expect("the window closes");
}

#[tokio::test]
async fn a_library_that_cannot_be_reached_says_so_and_is_opened_when_it_can() {
    let Some(place) = Place::new() else { return };
    let database = library(&place);
    let away = database.with_extension("away");
    std::fs::rename(&database, &away).expect("taken away");
    // As a drive that is not mounted, or a share that does not answer.
    std::fs::create_dir(&database).expect("something that is no database");
    let (_driver, window) = place.open(Office::Own).await;
    window.see("[data-testid='rescue'][data-why='refused']").await.expect("the window says so");
    let says = window.text("[data-testid='rescue-says']").await.expect("the page answers");
    assert!(says.contains("Nothing was deleted"), "the first thing that a manager asks: {says}");
    std::fs::remove_dir(&database).expect("nothing was written into it");
    std::fs::rename(&away, &database).expect("brought back");
    window.click("[data-testid='rescue-again']").await.expect("it can be tried again");
    window.go_to(CALLS).await.expect("the screens are there");
    window.see("[data-testid='call-row']").await.expect("and the calls");
    window.close().await.expect("the window closes");
}
