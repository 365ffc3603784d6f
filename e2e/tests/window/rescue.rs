//! A library whose database was overwritten, and the way back to its calls through the window.

use crate::place::Place;
use e2e::{CALLS, Office};
use jiff::{ToSpan, Zoned};
use std::path::PathBuf;
use std::process::Command;

/// A library with a call of today and a backup of it, made by the command line. Gives its database.
fn library_with_a_backup(place: &Place) -> PathBuf {
    let folder = place.folder.path();
    let (library, log, backups) = (folder.join("library"), folder.join("smdr.csv"), folder.join("backups"));
    let now = Zoned::now();
    // Of today, also just after midnight.
    let began = now.saturating_sub(5.minutes()).max(now.start_of_day().expect("a day begins"));
    let row = format!(
        "{},00:02:00,5,0301234567,I,204,204,,0,1000014155,0,E204,Ann Keller,T9001,Line 1.1,0,0\r\n",
        began.strftime("%Y/%m/%d %H:%M:%S")
    );
    std::fs::write(&log, row).expect("a log can be written");
    std::fs::create_dir(&backups).expect("a folder can be made");
    let backup = backups.join("office.calldoc-backup");
    for words in [&["import", "smdr"][..], &["backup"]] {
        let what = if words.len() == 2 { &log } else { &backup };
        let done = Command::new(place.app.with_file_name("calldoc-cli"))
            .arg("--library")
            .arg(&library)
            .args(words)
            .arg(what)
            .output()
            .expect("the command line was built beside the app");
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "calldoc-cli {words:?} failed: {said}");
    }
    library.join("library.sqlite3")
}

#[tokio::test]
async fn a_library_that_was_overwritten_is_restored_from_its_backup_in_the_window() {
    let Some(place) = Place::new() else { return };
    let database = library_with_a_backup(&place);
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
