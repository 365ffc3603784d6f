//! The parts of the settings.

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SettingsTab {
    #[default]
    PhoneSystem,
    PeopleAndNames,
    CallCost,
    Recordings,
    BusinessHours,
    Mail,
    Privacy,
    Health,
    Appearance,
}

impl SettingsTab {
    /// In the order of the tabs.
    pub const ALL: [SettingsTab; 9] = [
        SettingsTab::PhoneSystem,
        SettingsTab::PeopleAndNames,
        SettingsTab::CallCost,
        SettingsTab::Recordings,
        SettingsTab::BusinessHours,
        SettingsTab::Mail,
        SettingsTab::Privacy,
        SettingsTab::Health,
        SettingsTab::Appearance,
    ];

    pub fn title(self) -> &'static str {
        match self {
            SettingsTab::PhoneSystem => "Phone system",
            SettingsTab::PeopleAndNames => "People and names",
            SettingsTab::CallCost => "Call cost",
            SettingsTab::Recordings => "Recordings",
            SettingsTab::BusinessHours => "Business hours",
            SettingsTab::Mail => "Mail",
            SettingsTab::Privacy => "Privacy",
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
            SettingsTab::Recordings => "recordings",
            SettingsTab::BusinessHours => "business-hours",
            SettingsTab::Mail => "mail",
            SettingsTab::Privacy => "privacy",
            SettingsTab::Health => "health",
            SettingsTab::Appearance => "appearance",
        }
    }
}

/// The parts of the settings of recordings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RecordingsPart {
    #[default]
    Sources,
    Names,
    Storage,
    Retention,
    Encryption,
    Sound,
    Verify,
    Scorecards,
    Audit,
}

impl RecordingsPart {
    /// In the order they are listed.
    pub const ALL: [RecordingsPart; 9] = [
        RecordingsPart::Sources,
        RecordingsPart::Names,
        RecordingsPart::Storage,
        RecordingsPart::Retention,
        RecordingsPart::Encryption,
        RecordingsPart::Sound,
        RecordingsPart::Verify,
        RecordingsPart::Scorecards,
        RecordingsPart::Audit,
    ];

    pub fn title(self) -> &'static str {
        match self {
            RecordingsPart::Sources => "Sources",
            RecordingsPart::Names => "File names",
            RecordingsPart::Storage => "Storage",
            RecordingsPart::Retention => "Retention",
            RecordingsPart::Encryption => "Encryption",
            RecordingsPart::Sound => "Sound",
            RecordingsPart::Verify => "Verification",
            RecordingsPart::Scorecards => "Scorecards",
            RecordingsPart::Audit => "Audit log",
        }
    }

    /// As spelt in test hooks.
    pub fn word(self) -> &'static str {
        match self {
            RecordingsPart::Sources => "sources",
            RecordingsPart::Names => "names",
            RecordingsPart::Storage => "storage",
            RecordingsPart::Retention => "retention",
            RecordingsPart::Encryption => "encryption",
            RecordingsPart::Sound => "sound",
            RecordingsPart::Verify => "verify",
            RecordingsPart::Scorecards => "scorecards",
            RecordingsPart::Audit => "audit",
        }
    }
}
