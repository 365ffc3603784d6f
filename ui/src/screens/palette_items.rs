//! What the search offers, and where each leads.

use crate::parts::icon::Glyph;
use crate::parts::recording_words::party as recording_party;
use crate::parts::words::{length, named, outcome, party};
use crate::state::look::{Contrast, Rows, Theme, Zoom};
use crate::state::report_list::{sections, word};
use crate::state::settings_index::{Setting, matching};
use crate::state::settings_tab::SettingsTab;
use crate::state::{Range, Screen};
use crate::words::{fill, say};
use contract::reports::Reports;
use contract::search::Found;

/// Of settings; more would push what was found in the library out of sight.
const MOST_SETTINGS: usize = 5;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Item {
    pub title: String,
    pub beside: String,
    pub target: Target,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    Screen(Screen),
    Settings(SettingsTab),
    Setting(Setting),
    Theme(Theme),
    Contrast(Contrast),
    Zoom(Zoom),
    Rows(Rows),
    Print,
    SetUp,
    FoldRail,
    Keys,
    Range(Range),
    Person(String),
    Group(String),
    Number(String),
    Call {
        id: String,
        number: Option<String>,
        started_ms: i64,
    },
    /// A call of which only a note is known, found by words of it.
    NoteOfCall {
        call: String,
        words: String,
    },
    Recording(String),
    /// A report by its word.
    Report(String),
    Schedules,
    Trash,
    Scores,
}

impl Item {
    pub fn kind(&self) -> &'static str {
        match self.target {
            Target::Screen(_) | Target::Settings(_) | Target::SetUp => say("Screen"),
            Target::Setting(_) => say("Setting"),
            Target::Theme(_)
            | Target::Contrast(_)
            | Target::Zoom(_)
            | Target::Rows(_)
            | Target::FoldRail
            | Target::Print
            | Target::Keys => say("Action"),
            Target::Range(_) => say("Calls of"),
            Target::Person(_) => say("Person"),
            Target::Group(_) => say("Group"),
            Target::Number(_) => say("Number"),
            Target::Call { .. } => say("Call"),
            Target::Recording(_) => say("Recording"),
            Target::NoteOfCall { .. } => say("Note"),
            Target::Report(_) => say("Report"),
            Target::Trash | Target::Scores | Target::Schedules => say("Screen"),
        }
    }

    pub fn glyph(&self) -> Glyph {
        match self.target {
            Target::Screen(Screen::Today) | Target::Range(_) => Glyph::Today,
            Target::Screen(Screen::Live) => Glyph::Live,
            Target::Screen(Screen::Calls) | Target::Call { .. } => Glyph::Calls,
            Target::Screen(Screen::Recordings) | Target::Recording(_) => Glyph::Recordings,
            Target::Screen(Screen::Reports) | Target::Report(_) => Glyph::Reports,
            Target::Schedules => Glyph::Clock,
            Target::NoteOfCall { .. } => Glyph::Note,
            Target::Trash => Glyph::Trash,
            Target::Scores => Glyph::Score,
            Target::Screen(Screen::People) | Target::Person(_) => Glyph::Person,
            Target::Screen(Screen::Settings) | Target::Settings(_) | Target::Setting(_) => Glyph::Settings,
            Target::Theme(_)
            | Target::Contrast(_)
            | Target::Zoom(_)
            | Target::Rows(_)
            | Target::FoldRail
            | Target::Print
            | Target::Keys => Glyph::Action,
            Target::SetUp => Glyph::Phone,
            Target::Group(_) => Glyph::Group,
            Target::Number(_) => Glyph::Phone,
        }
    }
}

/// Screens and actions whose words begin with what was typed; all screens when nothing was.
pub fn fixed(text: &str) -> Vec<Item> {
    let screens = Screen::ALL.map(|screen| (screen.title().to_owned(), "", Target::Screen(screen)));
    if text.is_empty() {
        return screens.into_iter().map(item).collect();
    }
    let ranges = Range::NAMED
        .map(|range| (fill("Calls: {range}", &[("range", &range.title())]), "", Target::Range(range)));
    let actions = [
        (say("Light theme"), say("Appearance"), Target::Theme(Theme::Light)),
        (say("Dark theme"), say("Appearance"), Target::Theme(Theme::Dark)),
        (say("Theme as the system"), say("Appearance"), Target::Theme(Theme::System)),
        (say("High contrast"), say("Appearance"), Target::Contrast(Contrast::More)),
        (say("Usual contrast"), say("Appearance"), Target::Contrast(Contrast::Usual)),
        (say("Larger"), say("Appearance"), Target::Zoom(Zoom::Closer)),
        (say("Smaller"), say("Appearance"), Target::Zoom(Zoom::Further)),
        (say("Usual size"), say("Appearance"), Target::Zoom(Zoom::Usual)),
        (say("Compact rows"), say("Appearance"), Target::Rows(Rows::Compact)),
        (say("Roomy rows"), say("Appearance"), Target::Rows(Rows::Roomy)),
        (say("Fold or unfold the rail"), say("Appearance"), Target::FoldRail),
        (say("Print what is shown"), say("Action"), Target::Print),
        (say("Set up step by step"), say("Phone system"), Target::SetUp),
        (say("Add or change the phone system"), say("Settings"), Target::Settings(SettingsTab::PhoneSystem)),
        (
            say("Names of people, groups and trunks"),
            say("Settings"),
            Target::Settings(SettingsTab::PeopleAndNames),
        ),
        (say("Rates of call cost"), say("Settings"), Target::Settings(SettingsTab::CallCost)),
        (
            say("Where recordings come from and are kept"),
            say("Settings"),
            Target::Settings(SettingsTab::Recordings),
        ),
        (say("Trash of recordings"), say("Recordings"), Target::Trash),
        (say("Scores by person"), say("Recordings"), Target::Scores),
        (say("Reports on schedule"), say("Reports"), Target::Schedules),
        (
            say("Business hours and service level"),
            say("Settings"),
            Target::Settings(SettingsTab::BusinessHours),
        ),
        (say("Mail server for reports"), say("Settings"), Target::Settings(SettingsTab::Mail)),
        (say("Back up and restore"), say("Settings"), Target::Settings(SettingsTab::Backups)),
        (say("Privacy: how long things are kept"), say("Settings"), Target::Settings(SettingsTab::Privacy)),
        (say("Lock with a passphrase"), say("Settings"), Target::Settings(SettingsTab::Privacy)),
        (say("Export or erase a number"), say("Settings"), Target::Settings(SettingsTab::Privacy)),
        (say("Health"), say("Settings"), Target::Settings(SettingsTab::Health)),
        (say("Export and import"), say("Settings"), Target::Settings(SettingsTab::Portable)),
        (
            say("Start with the computer, closing, notifications"),
            say("Settings"),
            Target::Settings(SettingsTab::ThisComputer),
        ),
        (say("Look for updates"), say("Settings"), Target::Settings(SettingsTab::ThisComputer)),
        (say("About CallDoc and licences"), say("Settings"), Target::Settings(SettingsTab::About)),
        (say("Show all keys"), say("Help"), Target::Keys),
    ];
    let actions = actions.into_iter().map(|(title, beside, target)| (title.to_owned(), beside, target));
    screens
        .into_iter()
        .chain(ranges)
        .chain(actions)
        .filter(|(title, _, _)| has_word(title, text))
        .map(item)
        .collect()
}

/// Settings by their names and what they are for, the first few.
pub fn settings(text: &str) -> Vec<Item> {
    // A letter or two are in most sentences.
    if text.chars().count() < 3 {
        return Vec::new();
    }
    let found = matching(text).into_iter().take(MOST_SETTINGS);
    found
        .map(|setting| Item {
            title: setting.name.to_owned(),
            beside: format!("{} · {}", setting.place.words(), setting.help),
            target: Target::Setting(setting),
        })
        .collect()
}

/// Reports with a word that begins with what was typed.
pub fn reports(all: &Reports, text: &str) -> Vec<Item> {
    if text.is_empty() {
        return Vec::new();
    }
    let entries = sections(all, "").into_iter().flat_map(|section| section.entries);
    entries
        .filter(|entry| has_word(&entry.title, text))
        .map(|entry| Item {
            title: entry.title,
            beside: entry.says,
            target: Target::Report(word(&entry.report)),
        })
        .collect()
}

/// What the desk found. `when` writes an instant.
pub fn found(found: &Found, when: impl Fn(i64) -> String) -> Vec<Item> {
    let people = found.people.iter().map(|person| Item {
        title: named(person).to_owned(),
        beside: person.number.clone(),
        target: Target::Person(person.number.clone()),
    });
    let groups = found.groups.iter().map(|group| Item {
        title: named(group).to_owned(),
        beside: group.number.clone(),
        target: Target::Group(group.number.clone()),
    });
    let numbers = found.numbers.iter().map(|number| Item {
        title: named(number).to_owned(),
        beside: number.name.as_ref().map(|_| number.number.clone()).unwrap_or_default(),
        target: Target::Number(number.number.clone()),
    });
    let calls = found.calls.iter().map(|row| Item {
        title: party(row).0,
        beside: format!("{} · {}", when(row.started_ms), outcome(&row.outcome)),
        target: Target::Call { id: row.id.clone(), number: row.number.clone(), started_ms: row.started_ms },
    });
    let recordings = found.recordings.iter().map(|row| Item {
        title: recording_party(row).0,
        beside: format!("{} · {}", when(row.started_ms), length(row.length_ms)),
        target: Target::Recording(row.id.clone()),
    });
    let notes = found.notes.iter().filter_map(|note| {
        let target = match (&note.recording, &note.call) {
            (Some(recording), _) => Target::Recording(recording.clone()),
            (None, Some(call)) => Target::NoteOfCall { call: call.clone(), words: first_words(&note.text) },
            (None, None) => return None,
        };
        Some(Item {
            title: note.text.clone(),
            beside: fill("Note of {when}", &[("when", &when(note.written_ms))]),
            target,
        })
    });
    people.chain(groups).chain(numbers).chain(calls).chain(recordings).chain(notes).collect()
}

fn item((title, beside, target): (String, &str, Target)) -> Item {
    Item { title, beside: beside.to_owned(), target }
}

/// As many as tell one note from another.
fn first_words(text: &str) -> String {
    text.split_whitespace().take(4).collect::<Vec<_>>().join(" ")
}

fn has_word(title: &str, text: &str) -> bool {
    let (title, text) = (title.to_lowercase(), text.to_lowercase());
    title.starts_with(&text) || title.split_whitespace().any(|word| word.starts_with(&text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::calls::Named;

    #[test]
    fn an_empty_search_offers_the_screens() {
        let titles: Vec<String> = fixed("").into_iter().map(|item| item.title).collect();
        assert_eq!(
            titles,
            ["Today", "Live", "Calls", "People", "Recordings", "Reports", "Settings"],
            "the way around the window"
        );
    }

    #[test]
    fn actions_are_found_by_any_of_their_words() {
        let targets: Vec<Target> = fixed("dark").into_iter().map(|item| item.target).collect();
        assert_eq!(targets, [Target::Theme(Theme::Dark)], "a theme is an action");
        assert!(fixed("meier").is_empty(), "a name is no action");
        let zoom: Vec<Target> = fixed("larger").into_iter().map(|item| item.target).collect();
        assert_eq!(zoom, [Target::Zoom(Zoom::Closer)], "so is a zoom");
    }

    #[test]
    fn settings_are_found_by_what_they_are_for_and_only_a_few() {
        assert!(settings("po").is_empty(), "two letters are in most sentences");
        let found = settings("port");
        assert_eq!(found.len(), MOST_SETTINGS, "the library's finds stay in sight");
        assert!(found.iter().all(|item| item.kind() == "Setting"), "{found:?}");
    }

    #[test]
    fn each_report_is_found_by_any_word_of_its_name() {
        use crate::state::report_list::tests::definition;
        use contract::reports::StandardReport;
        use model::report::Chapter;
        let standard = |name: &str, title: &str| StandardReport {
            name: name.into(),
            definition: definition(title, Chapter::Calls),
        };
        let all = Reports { standard: vec![standard("lost-calls", "Lost call summary")], own: Vec::new() };
        let found = reports(&all, "summ");
        assert_eq!(found.len(), 1, "by its last word");
        assert_eq!(found[0].target, Target::Report("lost-calls".into()), "it leads to the report");
        assert!(reports(&all, "").is_empty(), "an empty search offers the screens only");
    }

    #[test]
    fn people_come_before_numbers() {
        let ann = Named { number: "204".into(), name: Some("Ann Keller".into()) };
        let outside = Named { number: "+4989".into(), name: None };
        let reply = Found { people: vec![ann], numbers: vec![outside], ..Found::default() };
        let kinds: Vec<_> = found(&reply, |_| String::new())
            .into_iter()
            .map(|item| (item.title.clone(), item.kind()))
            .collect();
        assert_eq!(
            kinds,
            [("Ann Keller".to_owned(), "Person"), ("+4989".to_owned(), "Number")],
            "in that order"
        );
    }
}
