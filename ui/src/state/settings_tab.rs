//! The parts of the settings.

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SettingsTab {
    #[default]
    PhoneSystem,
    PeopleAndNames,
    CallCost,
    Health,
    Appearance,
}

impl SettingsTab {
    /// In the order of the tabs.
    pub const ALL: [SettingsTab; 5] = [
        SettingsTab::PhoneSystem,
        SettingsTab::PeopleAndNames,
        SettingsTab::CallCost,
        SettingsTab::Health,
        SettingsTab::Appearance,
    ];

    pub fn title(self) -> &'static str {
        match self {
            SettingsTab::PhoneSystem => "Phone system",
            SettingsTab::PeopleAndNames => "People and names",
            SettingsTab::CallCost => "Call cost",
            SettingsTab::Health => "Health",
            SettingsTab::Appearance => "Appearance",
        }
    }

    /// As spelt in test hooks.
    pub fn word(self) -> &'static str {
        match self {
            SettingsTab::PhoneSystem => "phone-system",
            SettingsTab::PeopleAndNames => "people-and-names",
            SettingsTab::CallCost => "call-cost",
            SettingsTab::Health => "health",
            SettingsTab::Appearance => "appearance",
        }
    }
}
