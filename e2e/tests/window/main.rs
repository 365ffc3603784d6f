//! The real window, from a simulated call to its row and its opened events. Run by `cargo xtask test`.

// Who runs the tests alone is told why they did nothing.
#![allow(clippy::print_stdout)]

mod accessible;
mod computer;
mod first_run;
mod place;
mod recordings;
mod reports;
mod rescue;

use e2e::{CALLS, LIVE, Office, PEOPLE, SCREENS, SETTINGS, Theme};
use place::Place;
use serde_json::Value;
use std::time::Duration;

/// The demo's office makes its first calls within seconds; a machine that builds beside it is slow.
const FIRST_CALL: Duration = Duration::from_secs(90);
/// Drawing the whole window takes a moment; a busy machine takes longer.
const REDRAWN: Duration = Duration::from_secs(30);
/// A demo's call lasts up to a minute.
const CALL_LENGTH: Duration = Duration::from_secs(150);

#[tokio::test]
async fn a_simulated_call_is_seen_live_then_as_a_row_with_its_events() {
    let Some(place) = Place::new() else { return };
    let (_driver, window) = place.open(Office::Demo).await;
    window.see("[data-testid='demo-mark']").await.expect("invented calls are marked as such");

    window.go_to(LIVE).await.expect("the rail leads to Live");
    let id = window
        .until(
            "the first call",
            FIRST_CALL,
            "return document.querySelector(arguments[0])?.dataset.callId ?? null;",
            "[data-testid='live-call']",
            |id| id.is_string(),
        )
        .await
        .expect("the office makes a call and it is shown as it happens");
    let id = id.as_str().unwrap_or_default().to_owned();
    window.see("[data-testid='person']").await.expect("the people of the office are shown beside its calls");

    window.click("[data-testid='nav-calls']").await.expect("the rail leads to Calls");
    let row = format!("[data-testid='call-row'][data-call-id='{id}']");
    window.see(&row).await.expect("a call that lives is in the list of calls");
    window.see_within(&format!("{row}:not(.live)"), CALL_LENGTH).await.expect("it ends, and its row says so");
    let outcome =
        window.text(&format!("{row} [data-testid='call-outcome']")).await.expect("the page answers");
    assert!(!outcome.trim().is_empty(), "a call that ended has an outcome in words");

    window.click(&row).await.expect("a row can be clicked");
    window
        .see("[data-testid='call-detail'] [data-testid='event-line']")
        .await
        .expect("it opens with its events");
    window.see("[data-testid='call-detail'] [data-testid='call-bar']").await.expect("the call bar is drawn");
    let basis = window.text("[data-testid='basis']").await.expect("the page answers");
    assert!(basis.contains("DevLink3"), "it says that it was heard over DevLink3, got: {basis}");

    let complaints = window.complaints().await.expect("complaints are kept");
    assert!(complaints.is_empty(), "the page has nothing to complain about: {complaints:#?}");
    window.close().await.expect("the window closes");
}

#[tokio::test]
async fn two_calls_joined_by_hand_are_one_until_it_is_taken_back() {
    let Some(place) = Place::new() else { return };
    let (_driver, window) = place.open(Office::Demo).await;
    window.go_to(CALLS).await.expect("the rail leads to Calls");
    // The demo's earlier calls may be hours apart; two that end now are neighbours.
    window.see("[data-testid='call-row']:not(.live)").await.expect("there are earlier calls");
    let script = "const over = [...document.querySelectorAll(arguments[0])].map(row => row.dataset.callId); \
         window.__earlier ??= over[0]; return over.indexOf(window.__earlier) > 1 ? over[0] : null;";
    let over = "[data-testid='call-row']:not(.live)";
    let id = window.until("two calls to end", CALL_LENGTH, script, over, Value::is_string).await;
    let id = id.expect("the demo's calls end");
    let row = format!("[data-testid='call-row'][data-call-id='{}']", id.as_str().unwrap_or_default());
    // A call that begins moves the rows: the mouse would hit another one.
    window
        .run("document.querySelector(arguments[0]).click();", vec![Value::from(row)])
        .await
        .expect("a call that is over opens");
    window.see("[data-testid='call-detail'] [data-testid='event-line']").await.expect("with its events");
    window.click("[data-testid='call-detail'] [data-testid='join-call']").await.expect("it can be joined");
    window.click("[data-testid='join-candidate']").await.expect("neighbours in time are offered");
    window.click("[data-testid='confirm-join']").await.expect("what will happen is confirmed");
    window
        .see("[data-testid='call-detail'] [data-testid='take-back']")
        .await
        .expect("the joined call is shown");
    let decided = window.text("[data-testid='decision']").await.expect("the page answers");
    assert!(decided.contains("one conversation"), "it says what was decided, got: {decided}");

    window.click("[data-testid='take-back']").await.expect("a decision can be taken back");
    window.click("[data-testid='confirm-take-back']").await.expect("that is confirmed too");
    window.see("[data-testid='decision'].over").await.expect("it is kept as taken back");
    let complaints = window.complaints().await.expect("complaints are kept");
    assert!(complaints.is_empty(), "the page has nothing to complain about: {complaints:#?}");
    window.close().await.expect("the window closes");
}

#[tokio::test]
async fn a_persons_day_is_drawn_in_the_states_of_their_phone() {
    let Some(place) = Place::new() else { return };
    let (_driver, window) = place.open(Office::Demo).await;
    window.go_to(PEOPLE).await.expect("the rail leads to People");
    // Nobody looked before the demo began: that part of the day is not drawn as idle.
    window.see("[data-testid='people-strip'] path.unknown").await.expect("what is not known is drawn so");
    let words = window.text("[data-testid='people-words']").await.expect("the page answers");
    assert!(words.contains("unknown"), "and said so to those who do not see it, got: {words}");
    window.close().await.expect("the window closes");
}

#[tokio::test]
async fn another_language_is_spoken_at_once_also_where_nothing_else_changes() {
    let Some(place) = Place::new() else { return };
    let (_driver, window) = place.open(Office::Demo).await;
    window.go_to(SETTINGS).await.expect("the rail leads to the settings");
    window.click("[data-testid='tab-appearance']").await.expect("the appearance is there");
    for (language, today) in [("de", "Heute"), ("en", "Today")] {
        window.click(&format!("[data-testid='language-{language}']")).await.expect("it can be chosen");
        let rail = "return document.querySelector(arguments[0])?.innerText ?? '';";
        let says = |text: &Value| text.as_str().is_some_and(|text| text.contains(today));
        window
            .until("the rail to follow", REDRAWN, rail, "[data-testid='nav-today']", says)
            .await
            .expect("all of the window is drawn anew");
    }
    window.close().await.expect("the window closes");
}

#[tokio::test]
async fn every_screen_paints_in_both_themes() {
    let Some(place) = Place::new() else { return };
    let (_driver, window) = place.open(Office::Demo).await;
    for theme in [Theme::Light, Theme::Dark] {
        window.light(theme).await.expect("the theme can be chosen");
        for screen in SCREENS {
            window.go_to(screen).await.expect("each screen shows what it has");
            window.picture().await.expect("and paints it");
        }
    }
    let complaints = window.complaints().await.expect("complaints are kept");
    assert!(complaints.is_empty(), "no screen breaks a rule of the page: {complaints:#?}");
    window.close().await.expect("the window closes");
}

#[tokio::test]
async fn a_phone_system_that_cannot_be_reached_is_told_by_the_test_of_the_connection() {
    let Some(place) = Place::new() else { return };
    let (_driver, window) = place.open(Office::Own).await;
    window.click("[data-testid='setup-later']").await.expect("the settings can be filled in by hand");
    window.go_to(SETTINGS).await.expect("the rail leads to the settings");
    window.click("[data-testid='empty'] button").await.expect("a phone system can be added");
    let port = nobody_listens_here().to_string();
    let fields = [
        ("site-name", "Main office"),
        ("devlink-host", "127.0.0.1"),
        ("devlink-port", port.as_str()),
        ("devlink-user", "cti"),
        ("devlink-password", "a password"),
    ];
    for (field, text) in fields {
        window.type_into(&format!("[data-testid='{field}']"), text).await.expect("the form takes it");
    }
    window.click("[data-testid='test-site']").await.expect("the connection can be tested before it is saved");
    let bad = "[data-testid='test-step'][data-result='bad']";
    window.see(bad).await.expect("the step that failed is marked");
    let said = window.text(bad).await.expect("the page answers");
    assert!(said.contains(&port) || said.contains("127.0.0.1"), "it says what was not reached, got: {said}");
    window.close().await.expect("the window closes");
}

/// A port of this computer that nothing answers on.
fn nobody_listens_here() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("a bound port has an address").port()
}

#[tokio::test]
async fn a_library_that_cannot_be_opened_is_told_in_the_window() {
    let Some(place) = Place::new() else { return };
    let in_the_way = place.folder.path().join("library");
    std::fs::write(&in_the_way, "not a folder").expect("a file can be written");
    let (_driver, window) = place.open(Office::Own).await;
    window.see("[data-testid='failed']").await.expect("the window opens and says why it has nothing to show");
    window.close().await.expect("the window closes");
}
