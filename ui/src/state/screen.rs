//! Where in the window one is.

use crate::words::say;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Screen {
    #[default]
    Today,
    Live,
    Calls,
    People,
    Recordings,
    Reports,
    Settings,
}

impl Screen {
    /// In the order of the rail and of the keys that lead to them.
    pub const ALL: [Screen; 7] = [
        Screen::Today,
        Screen::Live,
        Screen::Calls,
        Screen::People,
        Screen::Recordings,
        Screen::Reports,
        Screen::Settings,
    ];

    pub fn title(self) -> &'static str {
        match self {
            Screen::Today => say("Today"),
            Screen::Live => say("Live"),
            Screen::Calls => say("Calls"),
            Screen::People => say("People"),
            Screen::Recordings => say("Recordings"),
            Screen::Reports => say("Reports"),
            Screen::Settings => say("Settings"),
        }
    }

    /// As spelt in test hooks.
    pub fn word(self) -> &'static str {
        match self {
            Screen::Today => "today",
            Screen::Live => "live",
            Screen::Calls => "calls",
            Screen::People => "people",
            Screen::Recordings => "recordings",
            Screen::Reports => "reports",
            Screen::Settings => "settings",
        }
    }
}
