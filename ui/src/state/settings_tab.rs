//! The parts of the settings.

use crate::words::say;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SettingsTab {
    #[default]
    PhoneSystem,
    PeopleAndNames,
    CallCost,
    Recordings,
    BusinessHours,
    Mail,
    Backups,
    Privacy,
    Health,
    Appearance,
    Portable,
    ThisComputer,
    About,
}

impl SettingsTab {
    /// In the order of the tabs.
    pub const ALL: [SettingsTab; 13] = [
        SettingsTab::PhoneSystem,
        SettingsTab::PeopleAndNames,
        SettingsTab::CallCost,
        SettingsTab::Recordings,
        SettingsTab::BusinessHours,
        SettingsTab::Mail,
        SettingsTab::Backups,
        SettingsTab::Privacy,
        SettingsTab::Health,
        SettingsTab::Appearance,
        SettingsTab::Portable,
        SettingsTab::ThisComputer,
        SettingsTab::About,
    ];

    pub fn title(self) -> &'static str {
        match self {
            SettingsTab::PhoneSystem => say("Phone system"),
            SettingsTab::PeopleAndNames => say("People and names"),
            SettingsTab::CallCost => say("Call cost"),
            SettingsTab::Recordings => say("Recordings"),
            SettingsTab::BusinessHours => say("Business hours"),
            SettingsTab::Mail => say("Mail"),
            SettingsTab::Backups => say("Backups"),
            SettingsTab::Privacy => say("Privacy"),
            SettingsTab::Health => say("Health"),
            SettingsTab::Appearance => say("Appearance"),
            SettingsTab::Portable => say("Export and import"),
            SettingsTab::ThisComputer => say("This computer"),
            SettingsTab::About => say("About"),
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
            SettingsTab::Backups => "backups",
            SettingsTab::Privacy => "privacy",
            SettingsTab::Health => "health",
            SettingsTab::Appearance => "appearance",
            SettingsTab::Portable => "portable",
            SettingsTab::ThisComputer => "this-computer",
            SettingsTab::About => "about",
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
            RecordingsPart::Sources => say("Sources"),
            RecordingsPart::Names => say("File names"),
            RecordingsPart::Storage => say("Storage"),
            RecordingsPart::Retention => say("Retention"),
            RecordingsPart::Encryption => say("Encryption"),
            RecordingsPart::Sound => say("Sound"),
            RecordingsPart::Verify => say("Verification"),
            RecordingsPart::Scorecards => say("Scorecards"),
            RecordingsPart::Audit => say("Audit log"),
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
