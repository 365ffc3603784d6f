use super::*;
use std::path::{Path, PathBuf};

/// Fields of forms that a person gets to by another setting of the same form.
const BESIDE_OTHERS: &[&str] = &[
    "naming-name",
    "pool-name",
    "source-host",
    "source-port",
    "source-user",
    "source-password",
    "source-passphrase",
    "source-forget-key",
    "lock-current",
    "lock-again",
    "now-recordings",
    "now-passphrase",
    "now-passphrase-again",
    "backup-passphrase",
    "backup-passphrase-again",
    "restore-passphrase",
];

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the sources are there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&path).expect("text");
                found.push((path, text));
            }
        }
    }
    found
}

/// The tags of fields, from their names to their ends.
fn fields(text: &str) -> Vec<&str> {
    let begins = ["<TextField", "<TextBox", "<TickBox"];
    let at = begins.iter().flat_map(|begin| text.match_indices(begin));
    at.filter_map(|(at, _)| text[at..].split_once("/>").map(|(tag, _)| tag)).collect()
}

fn hook(tag: &str) -> Option<&str> {
    tag.split_once("testid=\"")?.1.split_once('"').map(|(hook, _)| hook)
}

#[test]
fn each_field_of_the_settings_has_a_sentence_of_help() {
    for (path, text) in sources("src/screens/settings") {
        for tag in fields(&text) {
            assert!(tag.contains("hint"), "{}: {tag}", path.display());
        }
    }
}

#[test]
fn each_field_of_the_settings_is_found_by_the_search() {
    for (path, text) in sources("src/screens/settings") {
        for hook in fields(&text).into_iter().filter_map(hook) {
            let known =
                settings().iter().any(|setting| setting.hook == hook) || BESIDE_OTHERS.contains(&hook);
            assert!(known, "state/settings_index.rs lacks {hook} of {}", path.display());
        }
    }
}

#[test]
fn the_search_leads_to_what_is_there() {
    let all: String = sources("src/screens").into_iter().map(|(_, text)| text).collect();
    for setting in settings() {
        // Some hooks are put together: "theme-" and a word.
        let stem = setting.hook.split_once('-').map_or(setting.hook, |(stem, _)| stem);
        let there = all.contains(&format!("\"{}\"", setting.hook)) || all.contains(&format!("\"{stem}-{{"));
        assert!(there, "no field has the hook {}", setting.hook);
    }
}

#[test]
fn settings_are_found_by_words_of_their_names_and_of_what_they_are_for() {
    let names = |typed: &str| matching(typed).into_iter().map(|setting| setting.name).collect::<Vec<_>>();
    assert_eq!(names("zoom"), ["Zoom"], "by name, in either case");
    assert!(names("keychain password").contains(&"Password"), "by words of its help, in any order");
    assert_eq!(names("port")[0], "Port", "those whose name it is come first");
    assert!(names("  ").is_empty() && names("xyzzy").is_empty(), "nothing is found by nothing");
}
