//! Settings of this computer, through the window.

use crate::place::Place;
use e2e::{Office, SETTINGS, Window};
use std::time::Duration;

/// A file is written in a moment; a busy disk takes longer.
const KEPT: Duration = Duration::from_secs(30);

/// A library without a phone system greets with the first run each time.
async fn settings(window: &Window, tab: &str) {
    window.click("[data-testid='setup-later']").await.expect("setting up can wait");
    window.go_to(SETTINGS).await.expect("the rail leads to the settings");
    window.click(&format!("[data-testid='tab-{tab}']")).await.expect("the tab can be chosen");
}

#[tokio::test]
async fn what_is_chosen_for_this_computer_holds_over_a_restart() {
    let Some(place) = Place::new() else { return };
    let (driver, window) = place.open(Office::Own).await;
    settings(&window, "this-computer").await;
    window.see("[data-testid='computer-apart']").await.expect("a library of its own ends with its window");
    window.click("[data-testid='closing-keep']").await.expect("what closing does can be chosen");
    window.see("[data-testid='closing-keep'][aria-pressed='true']").await.expect("it holds at once");
    window.click("[data-testid='quiet']").await.expect("quiet hours can be switched on");
    window.see("[data-testid='quiet-from']").await.expect("and say from when");
    let state = window.text("[data-testid='update-state']").await.expect("the page answers");
    assert!(state.contains("not set up in this build"), "a build without a key says so, got: {state}");
    window.click("[data-testid='tab-appearance']").await.expect("so can the look");
    window.click("[data-testid='theme-dark']").await.expect("dark, say");
    let asked = "window.__TAURI_INTERNALS__.invoke('preferences', { ask: {} })\
         .then(kept => { window.__kept = kept; }); \
         return window.__kept?.some(([name, word]) => name === 'theme' && word === 'dark') ?? false;";
    window
        .until("the look to be kept", KEPT, asked, "", |kept| kept == true)
        .await
        .expect("the shell keeps it");
    let complaints = window.complaints().await.expect("complaints are kept");
    assert!(complaints.is_empty(), "the page has nothing to complain about: {complaints:#?}");
    // Closing ends it, whatever was chosen: nothing would bring this window back.
    window.close().await.expect("the window closes");
    drop(driver);

    let (_driver, window) = place.open(Office::Own).await;
    settings(&window, "this-computer").await;
    window.see("[data-testid='closing-keep'][aria-pressed='true']").await.expect("it was kept");
    window.see("[data-testid='quiet-from']").await.expect("and this too");
    window.see("html[data-theme='dark']").await.expect("as well as the look");
    window.close().await.expect("the window closes");
}

#[tokio::test]
async fn about_says_what_it_is_built_from_or_why_it_cannot() {
    let Some(place) = Place::new() else { return };
    let (_driver, window) = place.open(Office::Own).await;
    settings(&window, "about").await;
    window.see("[data-testid='about']").await.expect("which version it is");
    // Only the installed program has the list beside it.
    window
        .see("[data-testid='licences'], [data-testid='licence-card'] [data-testid='failed']")
        .await
        .expect("it says");
    window.close().await.expect("the window closes");
}

#[tokio::test]
async fn the_page_cannot_be_led_to_another_place() {
    let Some(place) = Place::new() else { return };
    let (_driver, window) = place.open(Office::Own).await;
    window.see("[data-testid='setup']").await.expect("the page is there");
    let lead = "window.location.href = arguments[0]; return true;";
    for outside in ["https://example.com/", "http://127.0.0.1:9/", "file:///etc/hostname"] {
        window.run(lead, vec![outside.into()]).await.expect("the page tries");
        window.see("[data-testid='setup']").await.expect("and is still there");
    }
    let opened = "return window.open('https://example.com/') === null;";
    let refused = window.run(opened, Vec::new()).await.expect("the page tries to open a window");
    assert_eq!(refused, true, "and gets none");
    let place_now = window.run("return window.location.href;", Vec::new()).await.expect("the page answers");
    let place_now = place_now.as_str().unwrap_or_default().trim_end_matches('/');
    assert_eq!(place_now, "tauri://localhost", "it never left");
    window.close().await.expect("the window closes");
}
