//! The demo where nobody can see it: on a virtual screen, driven for two minutes, with a picture of every screen.

use crate::display::VirtualScreen;
use crate::process::{built, must, target};
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// As many as a person reads in a closing summary.
const RECENT: usize = 5;

/// Runs the app's demo from this profile's folder for two minutes, leaves pictures in target/demo/ and tells the calls.
pub(crate) fn pictures(profile_folder: &str, library: Option<&Path>) -> Result<()> {
    let folder = target().join("demo");
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be written", folder.display()))?;
    let fresh = folder.join("library");
    // A library of an earlier run would be told as part of this one.
    if library.is_none() && fresh.exists() {
        fs::remove_dir_all(&fresh)?;
    }
    let library = library.unwrap_or(&fresh);
    println!("There is no screen here: the demo runs for two minutes on a virtual one,");
    println!("and its pictures go to {}", folder.display());
    {
        let screen = VirtualScreen::start()?;
        let mut look = screen.command(built(profile_folder, "e2e-demo").as_os_str());
        look.arg("--app").arg(built(profile_folder, "calldoc"));
        look.arg("--library").arg(library).arg("--pictures").arg(&folder);
        must(&mut look)?;
    }
    let told = Command::new(built(profile_folder, "calldoc-cli"))
        .args(["calls", "--json", "--all", "--library"])
        .arg(library)
        .output()
        .context("calldoc-cli could not be started")?;
    anyhow::ensure!(
        told.status.success(),
        "the calls could not be read: {}",
        String::from_utf8_lossy(&told.stderr).trim()
    );
    print!("{}", summary(&String::from_utf8_lossy(&told.stdout))?);
    Ok(())
}

/// JSON Lines of calls, newest first, to the closing words.
fn summary(lines: &str) -> Result<String> {
    let calls = lines
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(serde_json::from_str)
        .collect::<Result<Vec<serde_json::Value>, _>>()
        .context("calldoc-cli wrote a line that is not JSON")?;
    let (live, past): (Vec<_>, Vec<_>) = calls.iter().partition(|call| is_from_the_link(call));
    let mut said = format!(
        "Calls in the demo's library: {}, of which {} were heard live in these two minutes.\n",
        calls.len(),
        live.len()
    );
    said.push_str(&format!("  live:    {}\n  history: {}\n", outcomes(&live), outcomes(&past)));
    for call in live.iter().take(RECENT) {
        let word = |name: &str| call[name].as_str().unwrap_or("-");
        said.push_str(&format!(
            "  {}  {:<8}  {:<20}  {:>5.0} s  {}\n",
            word("started_at"),
            word("direction"),
            word("external_number"),
            call["total_s"].as_f64().unwrap_or(0.0),
            outcome(call)
        ));
    }
    Ok(said)
}

fn outcomes(calls: &[&serde_json::Value]) -> String {
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    for call in calls {
        *counted.entry(outcome(call)).or_default() += 1;
    }
    if counted.is_empty() {
        return "none".to_owned();
    }
    counted.iter().map(|(outcome, count)| format!("{count} {outcome}")).collect::<Vec<_>>().join(", ")
}

fn outcome(call: &serde_json::Value) -> &'static str {
    let is = |name: &str| call[name].as_bool().unwrap_or(false);
    if call["ended_at"].is_null() {
        "still going"
    } else if is("answered") {
        "answered"
    } else if is("voicemail") {
        "to voicemail"
    } else if is("abandoned") {
        "abandoned"
    } else {
        "not answered"
    }
}

/// The history came as SMDR records alone.
fn is_from_the_link(call: &serde_json::Value) -> bool {
    call["sources"].as_array().is_some_and(|sources| sources.iter().any(|source| source == "devlink3"))
}

#[cfg(test)]
mod tests {
    use super::summary;

    #[test]
    fn the_summary_tells_live_calls_from_history() {
        let lines = concat!(
            r#"{"started_at":"2026-11-20T10:00:00+01:00","ended_at":null,"direction":"inbound","sources":["devlink3"]}"#,
            "\n",
            r#"{"started_at":"2026-11-19T10:00:00+01:00","ended_at":"x","abandoned":true,"sources":["smdr"]}"#,
            "\n"
        );
        let said = summary(lines).expect("both lines are JSON");
        assert!(said.contains("library: 2, of which 1 were"), "one came over the link, got: {said}");
        assert!(said.contains("live:    1 still going"), "a call without an end is going on, got: {said}");
        assert!(said.contains("history: 1 abandoned"), "the one from SMDR alone is history, got: {said}");
    }
}
