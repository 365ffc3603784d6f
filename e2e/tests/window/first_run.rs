//! From a new library to one that listens, step by step, and back again without losing what was typed.

use crate::nobody_listens_here;
use crate::place::Place;
use e2e::{Office, Window};
use std::time::Duration;

/// It comes from the desk, after the step is painted.
const GUESSED: Duration = Duration::from_secs(30);

async fn step(window: &Window, word: &str) {
    window.see(&format!("[data-testid='setup'][data-step='{word}']")).await.expect("the step is shown");
}

async fn value(window: &Window, field: &str) -> String {
    let script = "return document.querySelector(arguments[0]).value;";
    let value =
        window.run(script, vec![format!("[data-testid='{field}']").into()]).await.expect("the page answers");
    value.as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_new_library_leads_to_a_phone_system_step_by_step() {
    let Some(place) = Place::new() else { return };
    let (_driver, window) = place.open(Office::Own).await;
    step(&window, "welcome").await;
    let marks = window.count("[data-testid='demo-mark']").await.expect("the page answers");
    assert_eq!(marks, 0, "one's own library is no demo");

    window.click("[data-testid='setup-connect']").await.expect("one's own office can be connected");
    window.click("[data-testid='setup-next']").await.expect("it can be pressed");
    window.see(".field.wrong").await.expect("an address is asked for before it goes on");
    window.type_into("[data-testid='setup-host']", "127.0.0.1").await.expect("the form takes it");
    window.click("[data-testid='setup-next']").await.expect("it goes on");

    step(&window, "devlink").await;
    window.see("[data-testid='manager-steps'] li").await.expect("it tells what to set in Manager");
    let own = window.text("[data-testid='own-address']").await.expect("the page answers");
    assert_eq!(own, "127.0.0.1", "with the address by which the PBX reaches this computer");
    window.click("[data-testid='setup-back']").await.expect("one can go back");
    assert_eq!(value(&window, "setup-host").await, "127.0.0.1", "what was typed is still there");
    window.click("[data-testid='setup-next']").await.expect("and on again");
    window.click("[data-testid='setup-devlink-on']").await.expect("DevLink3 can be left out");
    window.click("[data-testid='setup-next']").await.expect("it goes on without");

    step(&window, "smdr").await;
    let port = nobody_listens_here().to_string();
    window.type_into("[data-testid='smdr-port']", &port).await.expect("the form takes it");
    window.click("[data-testid='setup-next']").await.expect("it goes on");
    step(&window, "recordings").await;
    window.click("[data-testid='setup-next']").await.expect("without recordings as well");

    step(&window, "place").await;
    let zone = "return document.querySelector(arguments[0]).value;";
    window
        .until("the zone to be guessed", GUESSED, zone, "[data-testid='site-zone']", |zone| zone != "")
        .await
        .expect("it is that of this computer");
    window.type_into("[data-testid='site-name']", "Main office").await.expect("the form takes it");
    window.click("[data-testid='setup-next']").await.expect("it is finished");
    step(&window, "done").await;
    window
        .see("[data-testid='checklist-line'][data-state='awaited']")
        .await
        .expect("SMDR's first record is awaited");

    window.click("[data-testid='setup-open']").await.expect("CallDoc opens");
    window.see("[data-testid='today'] [data-testid='checklist']").await.expect("the list stays on Today");
    let complaints = window.complaints().await.expect("complaints are kept");
    assert!(complaints.is_empty(), "the page has nothing to complain about: {complaints:#?}");
    window.close().await.expect("the window closes");
}

#[tokio::test]
async fn who_sets_up_later_finds_the_way_on_every_screen() {
    let Some(place) = Place::new() else { return };
    let (_driver, window) = place.open(Office::Own).await;
    window.click("[data-testid='setup-later']").await.expect("it can wait");
    window
        .see("[data-testid='first-run']")
        .await
        .expect("without a phone system there is nothing to show but the way");
    window.click("[data-testid='set-up']").await.expect("the way can be taken");
    step(&window, "welcome").await;
    window.close().await.expect("the window closes");
}
