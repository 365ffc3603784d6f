//! Every setting by name, with what it is for and where it is: what the search of the settings and the palette look
//! through. A test holds it against the forms.

use super::settings_list::settings;
use super::settings_tab::{RecordingsPart as Part, SettingsTab as Tab};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Setting {
    /// As the form calls it.
    pub name: &'static str,
    /// What it is for.
    pub help: &'static str,
    pub place: Place,
    /// Test hook of its field, by which it is found in the page; the field may stand in a form that has to be opened.
    pub hook: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    Tab(Tab),
    Recordings(Part),
}

impl Place {
    pub fn tab(self) -> Tab {
        match self {
            Place::Tab(tab) => tab,
            Place::Recordings(_) => Tab::Recordings,
        }
    }

    /// "Recordings, Storage"
    pub fn words(self) -> String {
        match self {
            Place::Tab(tab) => tab.title().to_owned(),
            Place::Recordings(part) => format!("{}, {}", Tab::Recordings.title(), part.title()),
        }
    }
}

pub(super) fn tab(tab: Tab, hook: &'static str, name: &'static str, help: &'static str) -> Setting {
    Setting { name, help, place: Place::Tab(tab), hook }
}

pub(super) fn part(part: Part, hook: &'static str, name: &'static str, help: &'static str) -> Setting {
    Setting { name, help, place: Place::Recordings(part), hook }
}

/// Settings with all the words that were typed in their names, help or place; those that begin a name come first.
pub fn matching(typed: &str) -> Vec<Setting> {
    let typed = typed.trim().to_lowercase();
    if typed.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(bool, Setting)> = settings()
        .into_iter()
        .filter(|setting| {
            let text = format!("{} {} {}", setting.name, setting.help, setting.place.words()).to_lowercase();
            typed.split_whitespace().all(|word| text.contains(word))
        })
        .map(|setting| (!setting.name.to_lowercase().contains(&typed), setting))
        .collect();
    found.sort_by_key(|(elsewhere, _)| *elsewhere);
    found.into_iter().map(|(_, setting)| setting).collect()
}

#[cfg(test)]
#[path = "settings_index_tests.rs"]
mod tests;
