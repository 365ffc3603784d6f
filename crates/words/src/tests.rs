use super::*;
use std::collections::{BTreeMap, BTreeSet};

/// Whose texts are looked up: the window's, those of the shell around it, and those of files and letters.
const SOURCES: [&str; 5] =
    ["ui/src", "src-tauri/src", "crates/exports/src", "crates/desk/src/reporting", "crates/desk/src/keeping"];
/// How a key stands in the sources.
const ASKED: [&str; 3] = ["say(", "fill(", "plural("];

/// Every text in the sources that is looked up, with the file it is in.
fn keys() -> BTreeMap<String, String> {
    let mut keys = BTreeMap::new();
    let mut folders: Vec<_> = SOURCES.into_iter().map(|source| sources::root().join(source)).collect();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the sources are there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if path.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&path).expect("text");
                for key in keys_in(&text) {
                    keys.insert(key, path.file_name().unwrap_or_default().to_string_lossy().into_owned());
                }
            }
        }
    }
    keys
}

fn keys_in(source: &str) -> Vec<String> {
    let mut keys = Vec::new();
    for asked in ASKED {
        for (at, _) in source.match_indices(asked) {
            let begins = source[..at].chars().next_back();
            // `resay(` is another word.
            if begins.is_some_and(|before| before.is_alphanumeric() || before == '_') {
                continue;
            }
            let mut rest = &source[at + asked.len()..];
            if asked == "plural(" {
                let Some(comma) = rest.find(',') else { continue };
                rest = &rest[comma + 1..];
            }
            let Some((key, rest)) = literal(rest) else { continue };
            keys.push(key);
            if asked == "plural("
                && let Some((key, _)) = literal(rest.trim_start_matches([',', ' ', '\n']))
            {
                keys.push(key);
            }
        }
    }
    keys
}

/// A text in quotes at the beginning, and what comes after it.
fn literal(source: &str) -> Option<(String, &str)> {
    let source = source.trim_start().strip_prefix('"')?;
    let mut escaped = false;
    for (at, letter) in source.char_indices() {
        match letter {
            '"' if !escaped => {
                let text = source[..at].replace("\\\"", "\"").replace("\\n", "\n");
                return Some((text, &source[at + 1..]));
            }
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    None
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn every_text_of_the_window_that_is_looked_up_has_a_german_one() {
    let german = catalogue::german();
    let keys = keys();
    assert!(keys.len() > 100, "the sources are read: {}", keys.len());
    let lacking: Vec<_> = keys.iter().filter(|(key, _)| !german.contains_key(*key)).collect();
    assert!(lacking.is_empty(), "crates/words/src/de/ lacks {lacking:#?}");
    let unused: Vec<_> = german.keys().filter(|key| !keys.contains_key(*key)).collect();
    assert!(unused.is_empty(), "nobody asks for {unused:#?} any more");
}

#[test]
fn a_text_stands_in_one_catalogue_only() {
    let mut seen = BTreeSet::new();
    for po in catalogue::GERMAN {
        for key in catalogue::read(po).into_keys() {
            assert!(seen.insert(key.clone()), "{key:?} stands twice, and only one of them is said");
        }
    }
}

#[test]
fn both_languages_have_the_same_placeholders() {
    for (english, german) in catalogue::german() {
        assert_eq!(placeholders(english), placeholders(german), "{english:?} and {german:?}");
    }
}

#[test]
fn a_text_is_said_in_the_language_that_was_chosen_and_else_in_english() {
    let odd = "Something that no catalogue has";
    assert_eq!(Language::English.say("Today"), "Today", "English is what is in the sources");
    assert_eq!(Language::German.say("Today"), "Heute", "German is in the catalogue");
    assert_eq!(Language::German.say(odd), odd, "better English than nothing");
}

#[test]
fn counts_and_names_stand_where_the_text_has_them() {
    let english = Language::English;
    assert_eq!(english.plural(1, "{count} more", "{count} more"), "1 more", "one");
    assert_eq!(
        english.fill("{name}, {name}, {other}", &[("name", "Ann")]),
        "Ann, Ann, {other}",
        "what is not given stays"
    );
}

#[test]
fn a_catalogue_is_read_as_gettext_writes_it() {
    let po = "# by hand\nmsgid \"\"\nmsgstr \"Language: de\\n\"\n\nmsgid \"One \\\"two\\\"\"\nmsgstr \"\"\n\"Eins \"\n\"\\\"zwei\\\"\"\n\nmsgid \"Not yet\"\nmsgstr \"\"\n";
    let read = catalogue::read(po);
    assert_eq!(read.get("One \"two\"").map(String::as_str), Some("Eins \"zwei\""), "lines are put together");
    assert_eq!(read.len(), 1, "the head and what has no text yet are left out");
}

#[test]
fn a_locale_of_any_german_speaking_country_is_german() {
    for (locale, language) in [
        ("de", Language::German),
        ("de-AT", Language::German),
        ("en-GB", Language::English),
        ("den", Language::English),
        ("", Language::English),
    ] {
        assert_eq!(Language::of_locale(locale), language, "{locale:?}");
    }
}
