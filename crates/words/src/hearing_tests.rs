use super::hearing::Hearing;
use super::sources::{Said, bare, in_quotes, said_in, standard_reports, ways};
use super::*;
use model::report::{Dimension, Field, Measure, Scope};
use std::collections::{BTreeMap, BTreeSet, HashMap};

fn hearing(texts: &[(&str, &str)]) -> Hearing {
    Hearing::of(texts.iter().map(|(english, german)| ((*english).to_owned(), (*german).to_owned())), None)
}

#[test]
fn a_sentence_is_heard_as_it_stands() {
    let hearing = hearing(&[("Not set up.", "Nicht eingerichtet.")]);
    assert_eq!(hearing.hear("Not set up.").as_deref(), Some("Nicht eingerichtet."), "word for word");
    assert_eq!(hearing.hear("Not set up"), None, "without its full stop it is another one");
    assert_eq!(hearing.hear(""), None, "nothing is nothing");
}

#[test]
fn what_the_desk_filled_in_stands_in_the_german_too() {
    let hearing = hearing(&[
        ("Reach {host}, port {port}", "{host} an Port {port} erreichen"),
        ("{a} has extension {b} too.", "{a} hat auch die Nebenstelle {b}."),
    ]);
    for (english, german) in [
        ("Reach 192.168.42.1, port 50797", "192.168.42.1 an Port 50797 erreichen"),
        ("Ann, Ben has extension 204 too.", "Ann, Ben hat auch die Nebenstelle 204."),
        ("{odd} has extension {b} too.", "{odd} hat auch die Nebenstelle {b}."),
        ("Dr. Ann Keller has extension 204 too.", "Dr. Ann Keller hat auch die Nebenstelle 204."),
    ] {
        assert_eq!(hearing.hear(english).as_deref(), Some(german), "{english}");
    }
    for other in ["Reach , port 1", "Reach the beach", "has extension 2 too.", "Ann has extension 2"] {
        assert_eq!(hearing.hear(other), None, "{other}");
    }
}

#[test]
fn the_sentence_with_the_most_words_of_its_own_is_the_one() {
    let hearing = hearing(&[
        ("{file} could not be removed.", "{file} blieb."),
        ("The file {name} could not be removed.", "Die Datei {name} blieb."),
        ("The {what}", "Das: {what}"),
    ]);
    let said = hearing.hear("The file a.wav could not be removed.");
    assert_eq!(said.as_deref(), Some("Die Datei a.wav blieb."), "not the one that any name fits");
    assert_eq!(
        hearing.hear("The b could not be removed.").as_deref(),
        Some("The b blieb."),
        "the longer one"
    );
}

#[test]
fn a_count_is_a_number() {
    let hearing =
        hearing(&[("{count} minutes", "{count} Minuten"), ("{count_a} of {b}", "{count_a} von {b}")]);
    assert_eq!(hearing.hear("1,234.5 minutes").as_deref(), Some("1,234.5 Minuten"), "as numbers are written");
    assert_eq!(hearing.hear("Some minutes"), None, "a name that ends so is none");
    assert_eq!(hearing.hear("Friends of Ann"), None, "nor one that holds the rest");
}

#[test]
fn only_what_the_desk_says_is_looked_up_again() {
    let hearing = hearing(&[
        ("{says} Trying again in {count} seconds.", "{says} Neuer Versuch in {count} Sekunden."),
        ("No answer from {place}.", "Keine Antwort von {place}."),
        ("Sales", "Vertrieb"),
    ]);
    assert_eq!(
        hearing.hear("No answer from Sales. Trying again in 5 seconds.").as_deref(),
        Some("Keine Antwort von Sales. Neuer Versuch in 5 Sekunden."),
        "the sentence is, the name in it is not"
    );
    assert_eq!(
        hearing.hear("Odd. Trying again in 5 seconds.").as_deref(),
        Some("Odd. Neuer Versuch in 5 Sekunden."),
        "what nobody knows stays as it came"
    );
}

#[test]
fn what_must_be_known_is_or_the_sentence_is_another_one() {
    let hearing = hearing(&[("{known} after {a}", "{known} nach {a}"), ("answered", "angenommen")]);
    assert_eq!(hearing.hear("answered after 12 s").as_deref(), Some("angenommen nach 12 s"), "it is");
    assert_eq!(hearing.hear("Look after Ann"), None, "not half of it in German");
}

#[test]
fn sentences_behind_each_other_are_heard_one_by_one() {
    let hearing = hearing(&[("It is full.", "Sie ist voll."), ("Make room.", "Schaffen Sie Platz.")]);
    assert_eq!(hearing.hear("It is full. Make room.").as_deref(), Some("Sie ist voll. Schaffen Sie Platz."));
    assert_eq!(hearing.hear("It is full. Odd.").as_deref(), Some("Sie ist voll. Odd."), "what is known");
    assert_eq!(hearing.hear("Odd. It is full."), None, "a name may stand before");
}

/// With every cut tried at every place, this would not end.
#[test]
fn a_long_text_that_fits_nothing_ends() {
    let many: Vec<(String, String)> =
        (0..500).map(|n| (format!("{{a}} and {{b}} and {{c}} {n}."), "{a} {b} {c}".to_owned())).collect();
    let hearing = Hearing::of(many, None);
    let long = "one and ".repeat(40);
    assert_eq!(hearing.hear(&long), None, "nothing ends like it");
}

#[test]
fn an_english_window_hears_what_was_said() {
    let (english, german) = (Language::English, Language::German);
    assert_eq!(english.hear("Not set up."), "Not set up.", "as it came");
    assert_eq!(english.term("Talk time"), "Talk time", "and so do the names of figures");
    assert_eq!(german.hear("Not set up."), "Nicht eingerichtet.", "a German one does not");
    assert_eq!(german.term("Talk time"), "Gesprächszeit", "nor names");
    let odd = "Nobody has ever said this.";
    assert_eq!(german.hear(odd), odd, "better English than nothing");
}

#[test]
fn dates_in_reports_are_written_as_germans_do() {
    for (english, german) in [
        ("21 November 2026", "21. November 2026"),
        ("1 to 30 November 2026", "1. bis 30. November 2026"),
        ("30 October to 2 November 2026", "30. Oktober bis 2. November 2026"),
        ("30 December 2025 to 2 January 2026", "30. Dezember 2025 bis 2. Januar 2026"),
        ("21 November 2026, 08:00 to 12:30", "21. November 2026, 08:00 bis 12:30"),
        (
            "21 November 2026, 08:00 to 22 November 2026, 00:00",
            "21. November 2026, 08:00 bis 22. November 2026, 00:00",
        ),
        ("Sun 25 October 2026", "So, 25. Oktober 2026"),
        ("Week of 2 March 2026", "Woche ab 2. März 2026"),
        ("May 2026", "Mai 2026"),
        ("25 October 2026, 02:00", "25. Oktober 2026, 02:00"),
    ] {
        assert_eq!(Language::German.hear(english), german, "{english}");
    }
}

fn desk() -> BTreeMap<String, String> {
    catalogue::DESK.into_iter().flat_map(catalogue::read).collect()
}

fn known(text: &str) -> bool {
    let texts: HashMap<String, String> = desk().into_iter().map(|(key, text)| (bare(&key), text)).collect();
    texts.contains_key(&bare(text)) || catalogue::german().contains_key(text)
}

/// Of the given places, in a set that can be asked many times.
fn lacking(said: Said) -> Vec<(String, String)> {
    let texts: BTreeSet<String> = desk().into_keys().chain(catalogue::german().keys().cloned()).collect();
    let ways_known: BTreeSet<String> = texts.iter().map(|key| bare(key)).collect();
    said.into_iter().filter(|(text, _)| !ways(text).iter().any(|way| ways_known.contains(way))).collect()
}

/// From a capital to a full stop.
fn is_sentence(text: &str) -> bool {
    text.contains(' ')
        && text.trim_end().ends_with(['.', '?'])
        && text.trim_start().starts_with(|first: char| first.is_uppercase() || "“\"{".contains(first))
}

#[test]
fn both_languages_of_the_desk_have_the_same_places() {
    for (english, german) in desk() {
        let places = |text: &str| -> BTreeSet<String> {
            text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect()
        };
        assert_eq!(places(&english), places(&german), "{english:?} and {german:?}");
    }
}

#[test]
fn a_text_of_the_desk_stands_once_and_differs_from_the_windows() {
    let mut seen = BTreeSet::new();
    for (english, german) in catalogue::DESK.into_iter().flat_map(catalogue::read) {
        // What takes only numbers, or only what is known, leaves the rest to another one.
        let kinds = english.replace("{count", "#{").replace("{known", "*{");
        assert!(seen.insert(bare(&kinds)), "{english:?} stands twice, and only one of them is said");
        let window = catalogue::german().get(&english);
        assert_ne!(window, Some(&german), "{english:?} is said by the window already");
    }
}

#[test]
fn no_sentence_of_the_desk_is_taken_for_another_one() {
    let filled = |text: &str, known: &str| {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((own, place)) = rest.split_once('{') {
            let (name, after) = place.split_once('}').expect("a place has an end");
            filled.push_str(own);
            filled.push_str(match name {
                name if name.starts_with("count") => "7",
                name if name.starts_with("known") => known,
                _ => "Ann",
            });
            rest = after;
        }
        filled + rest
    };
    // Places beside each other are one when they are filled.
    for (english, german) in desk().into_iter().filter(|(english, _)| !english.contains("}{")) {
        let said = hearing::german().hear(&filled(&english, "answered"));
        assert_eq!(said, Some(filled(&german, "angenommen")), "{english:?}");
    }
}

#[test]
fn whatever_is_translated_is_still_said() {
    let places = ["crates", "src-tauri/src", "ui/src/ipc"];
    let mut said: BTreeSet<String> =
        places.into_iter().flat_map(said_in).flat_map(|(text, _)| ways(&text)).collect();
    said.extend(standard_reports().into_keys());
    assert!(said.len() > 2_000, "the sources are read: {}", said.len());
    let ways_said: BTreeSet<&str> = said.iter().map(|text| text.trim_end_matches("{}").trim()).collect();
    // What goes on behind something else that is said stands in the sources without that.
    let own = |key: &str| {
        let begun = ["{says}", "{known}"].into_iter().find_map(|begun| key.strip_prefix(begun));
        begun.map(|rest| bare(rest).trim_end_matches("{}").trim().to_owned())
    };
    let is_said = |key: &String| {
        said.contains(&bare(key)) || own(key).is_some_and(|own| ways_said.contains(own.as_str()))
    };
    let stale: Vec<_> = desk().into_keys().filter(|key| !is_said(key)).collect();
    assert!(stale.is_empty(), "nobody says {stale:#?} any more");
}

#[test]
fn every_report_and_all_that_it_is_made_of_has_a_german_name() {
    let mut said = standard_reports();
    let mut add = |text: &str, what: &str| said.insert(text.to_owned(), what.to_owned());
    for measure in Measure::ALL {
        add(measure.label(), "figure");
        for scope in [Scope::Call, Scope::Person, Scope::Group] {
            add(measure.formula(scope), "formula");
        }
    }
    Field::ALL.into_iter().for_each(|field| drop(add(field.label(), "column")));
    Dimension::ALL.into_iter().for_each(|dimension| drop(add(dimension.label(), "rows")));
    said.remove("");
    assert!(said.len() > 250, "all of them: {}", said.len());
    let lacking = lacking(said);
    assert!(lacking.is_empty(), "crates/words/src/de/desk/reports.po lacks {lacking:#?}");
}

#[test]
fn what_can_be_looked_at_every_day_is_all_german() {
    // Steps in IP Office Manager, lamps and their advice, tests, health, its advice, updates: names of steps included.
    let places = [
        "crates/devlink3/src/words",
        "crates/smdr/src/words.rs",
        "crates/desk/src/health/advice.rs",
        "crates/desk/src/health/standing.rs",
        "crates/desk/src/finding/mod.rs",
        "crates/desk/src/answers/checklist.rs",
        "crates/presence/src/closing.rs",
        "crates/presence/src/heard.rs",
        "crates/presence/src/notices.rs",
        "crates/presence/src/tray.rs",
        "crates/presence/src/update_words.rs",
        "crates/presence/src/words.rs",
    ];
    let said =
        places.into_iter().flat_map(said_in).filter(|(text, _)| text.trim().contains(' ')).collect::<Said>();
    assert!(said.len() > 200, "all of them: {}", said.len());
    let lacking: Vec<_> =
        lacking(said).into_iter().filter(|(text, _)| !STAYS.contains(&text.as_str())).collect();
    assert!(lacking.is_empty(), "crates/words/src/de/desk/standing.po lacks {lacking:#?}");
}

#[test]
fn whatever_can_fail_says_so_in_german() {
    let places = [
        "crates/desk/src",
        "crates/directory/src",
        "crates/rates/src",
        "crates/backup/src/trouble.rs",
        "crates/store/src/error.rs",
        "crates/store/src/audit",
        "crates/mail/src/error.rs",
        "crates/sftp/src/error.rs",
        "crates/recordings/src",
        "crates/reports/src",
        "crates/model/src/report",
        "crates/playback/src/device",
        "crates/smdr/src/settings.rs",
        "crates/smdr/src/complaint.rs",
        "ui/src/ipc",
    ];
    let said = places.into_iter().flat_map(said_in).filter(|(text, _)| is_sentence(text)).collect::<Said>();
    assert!(said.len() > 400, "all of them: {}", said.len());
    let lacking: Vec<_> =
        lacking(said).into_iter().filter(|(text, _)| !STAYS.contains(&text.as_str())).collect();
    assert!(lacking.is_empty(), "crates/words/src/de/desk/ lacks {lacking:#?}");
}

/// Parts of no language, what goes into a file or a letter, and sentences about braces, which would be taken for places.
const STAYS: [&str; 6] = [
    " ({version})",
    "CallDoc keeps recordings in this folder.\n",
    "SELECT hash FROM audit WHERE n = ?",
    "There is no field {{{word}}}. Fields are: {}.",
    "{{{word}}} takes no form after a colon.",
    "{{{}}} stands here a second time.",
];

#[test]
fn texts_are_found_in_sources_as_they_are_said() {
    let source = "// \"not this\"\nlet a = '\"'; say(\"one \\\n   two\"); b(r#\"a \"raw\" one\"#, \"\\\"q\\\" \\u{2026}\", 'x')";
    assert_eq!(in_quotes(source), ["one two", "a \"raw\" one", "\"q\" …"], "without comments and letters");
    assert_eq!(bare("At {host}{pbx}, {count:?} times."), "At {}, {} times.", "whatever places are called");
    assert!(known("Connected to {}{}."), "places beside each other are one");
}
