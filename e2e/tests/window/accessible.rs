//! Every screen looked over by axe-core, in light, dark and high contrast: names, roles, contrast, order of focus.

use crate::place::Place;
use e2e::{CALLS, Office, SCREENS, SETTINGS, SETTINGS_TABS, Window};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::time::Duration;

/// A screen with hundreds of elements takes seconds on a loaded machine.
const LOOKED_OVER: Duration = Duration::from_secs(60);
/// WCAG 2.2 AA, and what axe's makers advise beyond it.
const RULES: &str = "['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']";
/// The buttons of the appearance that make each of the looks.
const LOOKS: [(&str, [&str; 2]); 4] = [
    ("light", ["theme-light", "contrast-usual"]),
    ("dark", ["theme-dark", "contrast-usual"]),
    ("high contrast", ["theme-light", "contrast-more"]),
    ("dark, high contrast", ["theme-dark", "contrast-more"]),
];

#[tokio::test]
async fn every_screen_can_be_used_by_everybody_in_every_look() {
    let Some(axe) = script() else { return };
    let Some(place) = Place::new() else { return };
    let (_driver, window) = place.open(Office::Demo).await;
    window.run(&axe, Vec::new()).await.expect("axe is taken in by the page");
    let mut amiss = Vec::new();
    for (look, buttons) in LOOKS {
        window.go_to(SETTINGS).await.expect("the rail leads to the settings");
        window.click("[data-testid='tab-appearance']").await.expect("the appearance is there");
        for button in buttons {
            window.click(&format!("[data-testid='{button}']")).await.expect("the look can be chosen");
        }
        for screen in SCREENS {
            window.go_to(screen).await.expect("each screen shows what it has");
            amiss.extend(look_over(&window, &format!("{} in {look}", screen.word)).await);
        }
        for tab in SETTINGS_TABS {
            window.click(&format!("[data-testid='tab-{tab}']")).await.expect("each part can be gone to");
            amiss.extend(look_over(&window, &format!("settings, {tab}, in {look}")).await);
        }
        window.go_to(CALLS).await.expect("the rail leads to Calls");
        window.press("?").await.expect("a key is heard");
        window.see("[data-testid='keys'] dl").await.expect("all keys are shown");
        amiss.extend(look_over(&window, &format!("keys in {look}")).await);
        window.press("\u{e00c}").await.expect("Esc is heard");
    }
    assert!(amiss.is_empty(), "{} things keep people out:\n{}", amiss.len(), amiss.join("\n"));
    window.close().await.expect("the window closes");
}

#[tokio::test]
async fn the_first_run_can_be_used_by_everybody() {
    let Some(axe) = script() else { return };
    let Some(place) = Place::new() else { return };
    let (_driver, window) = place.open(Office::Own).await;
    window.see("[data-testid='setup']").await.expect("a new library is greeted");
    window.run(&axe, Vec::new()).await.expect("axe is taken in by the page");
    let mut amiss = look_over(&window, "the welcome").await;
    window.click("[data-testid='setup-connect']").await.expect("one's own office can be connected");
    amiss.extend(look_over(&window, "the address").await);
    window.type_into("[data-testid='setup-host']", "127.0.0.1").await.expect("the form takes it");
    window.click("[data-testid='setup-next']").await.expect("it goes on");
    window.see("[data-testid='manager-steps'] li").await.expect("it tells what to set");
    amiss.extend(look_over(&window, "DevLink3").await);
    assert!(amiss.is_empty(), "{} things keep people out:\n{}", amiss.len(), amiss.join("\n"));
    window.close().await.expect("the window closes");
}

/// Where `cargo xtask test` has put it.
fn script() -> Option<String> {
    let script = std::env::var_os("CALLDOC_AXE").map(PathBuf::from);
    if script.is_none() {
        println!("Left out: CALLDOC_AXE does not name axe-core's script. `cargo xtask test` sets it.");
    }
    std::fs::read_to_string(script?).ok()
}

/// What is amiss on what is painted now, a line each.
async fn look_over(window: &Window, place: &str) -> Vec<String> {
    let begin = format!(
        "window.__axe = null; axe.run(document, {{ runOnly: {RULES} }}).then(\
         found => {{ window.__axe = found.violations; }}, error => {{ window.__axe = String(error); }});"
    );
    window.run(&begin, Vec::new()).await.expect("axe begins");
    let found = window
        .until("axe to be through", LOOKED_OVER, "return window.__axe;", "", |found| !found.is_null())
        .await
        .expect("axe comes to an end");
    let Value::Array(found) = found else { panic!("axe failed on {place}: {found}") };
    let line = |violation: &Value, node: &Value| {
        let word = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
        let summary = word(node, "failureSummary").replace('\n', " ");
        format!(
            "{place}: {} ({}): {} {summary}",
            word(violation, "id"),
            word(violation, "impact"),
            word(node, "html")
        )
    };
    let nodes = |violation: &Value| violation["nodes"].as_array().cloned().unwrap_or_else(|| vec![json!({})]);
    found
        .iter()
        .flat_map(|violation| nodes(violation).iter().map(|node| line(violation, node)).collect::<Vec<_>>())
        .collect()
}
