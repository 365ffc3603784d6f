//! Where in the window one is.

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Screen {
    #[default]
    Today,
    Live,
    Calls,
    People,
    Recordings,
    Settings,
}

impl Screen {
    /// In the order of the rail and of the keys that lead to them.
    pub const ALL: [Screen; 6] =
        [Screen::Today, Screen::Live, Screen::Calls, Screen::People, Screen::Recordings, Screen::Settings];

    pub fn title(self) -> &'static str {
        match self {
            Screen::Today => "Today",
            Screen::Live => "Live",
            Screen::Calls => "Calls",
            Screen::People => "People",
            Screen::Recordings => "Recordings",
            Screen::Settings => "Settings",
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
            Screen::Settings => "settings",
        }
    }
}
