//! The screens that a person can go to, and the two ways they are lit.

/// One entry of the rail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// As in `nav-today`.
    pub word: &'static str,
    /// Something that only this screen paints once it has what it shows.
    pub shows: &'static str,
}

pub const TODAY: Screen = Screen { word: "today", shows: "[data-testid='figure-calls-in']" };
pub const LIVE: Screen = Screen { word: "live", shows: "[data-testid='live-count']" };
pub const CALLS: Screen = Screen { word: "calls", shows: "[data-testid='call-row']" };
pub const PEOPLE: Screen = Screen { word: "people", shows: "[data-testid='people-row']" };
pub const RECORDINGS: Screen = Screen { word: "recordings", shows: "[data-testid='recording-row']" };
pub const REPORTS: Screen = Screen { word: "reports", shows: "[data-testid='report-item']" };
pub const SETTINGS: Screen =
    Screen { word: "settings", shows: "[data-testid='settings'] [data-testid='tab-phone-system']" };
/// In the order of the rail.
pub const SCREENS: [Screen; 7] = [TODAY, LIVE, CALLS, PEOPLE, RECORDINGS, REPORTS, SETTINGS];

/// The parts of the settings, as in `tab-mail`.
pub const SETTINGS_TABS: [&str; 13] = [
    "phone-system",
    "people-and-names",
    "call-cost",
    "recordings",
    "business-hours",
    "mail",
    "backups",
    "privacy",
    "health",
    "appearance",
    "portable",
    "this-computer",
    "about",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
}

impl Theme {
    pub fn word(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}
