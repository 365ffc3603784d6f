//! Every setting by name, with what it is for and where it is: what the search of the settings and the palette look
//! through. A test holds it against the forms.

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

const fn tab(tab: Tab, hook: &'static str, name: &'static str, help: &'static str) -> Setting {
    Setting { name, help, place: Place::Tab(tab), hook }
}

const fn part(part: Part, hook: &'static str, name: &'static str, help: &'static str) -> Setting {
    Setting { name, help, place: Place::Recordings(part), hook }
}

pub const SETTINGS: &[Setting] = &[
    tab(Tab::PhoneSystem, "site-name", "Name of the office", "As it is called in lists and reports."),
    tab(
        Tab::PhoneSystem,
        "site-zone",
        "Time zone of the PBX's clock",
        "Records carry the PBX's local time; days are cut by it.",
    ),
    tab(
        Tab::PhoneSystem,
        "site-country",
        "Country",
        "Numbers are recognised however they are written, and shown as people there write them.",
    ),
    tab(
        Tab::PhoneSystem,
        "site-access",
        "Digits for an outside line",
        "Dialled before an outside number; numbers are shown and compared without them.",
    ),
    tab(
        Tab::PhoneSystem,
        "devlink-on",
        "DevLink3: live events",
        "Shows calls while they ring. Needs the CTI licence and a service user.",
    ),
    tab(Tab::PhoneSystem, "devlink-host", "Address of the PBX", "Where DevLink3 is reached."),
    tab(Tab::PhoneSystem, "devlink-port", "Port", "Of DevLink3: 50796 with TLS, 50797 without."),
    tab(Tab::PhoneSystem, "devlink-tls", "Encrypted (TLS)", "The connection to the PBX."),
    tab(
        Tab::PhoneSystem,
        "devlink-user",
        "Service user",
        "Of Manager's Security Settings, with DevLink3 among its rights.",
    ),
    tab(
        Tab::PhoneSystem,
        "devlink-password",
        "Password",
        "Of the service user; kept in this computer's keychain, nowhere else.",
    ),
    tab(
        Tab::PhoneSystem,
        "forget-certificate",
        "Trusted certificate (SHA-256)",
        "The PBX's certificate that was seen first; another one is refused.",
    ),
    tab(
        Tab::PhoneSystem,
        "smdr-listen",
        "SMDR: call records",
        "One record when a call is over, without a licence.",
    ),
    tab(Tab::PhoneSystem, "smdr-host", "Listen on this address", "0.0.0.0: all of this computer's."),
    tab(Tab::PhoneSystem, "smdr-port", "Port", "Of SMDR, the same as in Manager."),
    tab(
        Tab::PhoneSystem,
        "smdr-only-from",
        "Only from this address",
        "The PBX's address keeps others out; empty lets anyone deliver.",
    ),
    tab(Tab::PeopleAndNames, "directory-filter", "People", "Who has which extension, and since when."),
    tab(
        Tab::PeopleAndNames,
        "directory-number-name",
        "Names of groups and trunks",
        "Given by hand; empty goes back to what the PBX calls them.",
    ),
    tab(
        Tab::PeopleAndNames,
        "directory-import",
        "Take in people from a file",
        "A CSV with name and extension; what each line would do is shown first.",
    ),
    tab(
        Tab::CallCost,
        "rates-name",
        "Rate tables",
        "What a carrier asks for outbound calls, by prefix and time of the week.",
    ),
    tab(Tab::CallCost, "rates-currency", "Currency", "In which calls cost."),
    part(Part::Sources, "source-name", "Recording sources", "Folders and servers that recorders write to."),
    part(
        Part::Sources,
        "source-folder",
        "Folder",
        "Where recordings come from; its subfolders are looked through as well.",
    ),
    part(
        Part::Sources,
        "source-every",
        "Look through all of it every … seconds",
        "New files are often told at once; this finds the others.",
    ),
    part(
        Part::Sources,
        "source-enabled",
        "Take recordings in from here",
        "Off: the source stays here and nothing is looked for.",
    ),
    part(
        Part::Sources,
        "source-remove-after",
        "Remove a file there once its copy was verified",
        "Off: CallDoc changes nothing at the recorder.",
    ),
    part(
        Part::Sources,
        "source-naming",
        "File names are read by",
        "The preset that says what names of files mean.",
    ),
    part(
        Part::Names,
        "naming-pattern",
        "Pattern",
        "What the name of a recording's file says: extension, time, number.",
    ),
    part(
        Part::Storage,
        "pool-folder",
        "Pools",
        "Folders, on one disk or several, that recordings are stored in.",
    ),
    part(Part::Storage, "pool-max", "At most, in GB", "Empty: as much as the disk holds."),
    part(Part::Storage, "pool-free", "Left free on the disk, in GB", "What other programs need."),
    part(
        Part::Storage,
        "encoding-kilobits",
        "Quality",
        "Kilobits for each second of a recording; more is larger.",
    ),
    part(
        Part::Storage,
        "encoding-keep",
        "Keep the original file beside the stored one",
        "Takes about as much room again as the recorder's files did.",
    ),
    part(
        Part::Retention,
        "retention-days",
        "Days kept",
        "How long recordings are kept; without a rule, for ever.",
    ),
    part(
        Part::Retention,
        "retention-automatic",
        "Carry the rules out once a day",
        "Otherwise only when you press the button.",
    ),
    part(
        Part::Encryption,
        "encryption-on",
        "Encryption of recordings",
        "Stored recordings can only be heard with the key in this computer's keychain.",
    ),
    part(Part::Encryption, "recovery-typed", "Recovery key", "Puts the key back into the keychain."),
    part(Part::Sound, "player-device", "Sound", "What recordings are heard through."),
    part(
        Part::Verify,
        "verify-begin",
        "Verification",
        "Looks whether each stored file is what was put there.",
    ),
    part(Part::Scorecards, "scorecard-name", "Scorecards", "Questions that calls are scored by."),
    part(Part::Audit, "audit", "Audit log", "Every play, export, deletion and change of settings."),
    tab(
        Tab::BusinessHours,
        "hours-from",
        "Business hours",
        "When the office, or a group, is open; with holidays.",
    ),
    tab(
        Tab::BusinessHours,
        "service-seconds",
        "Answered within, seconds",
        "A call that is answered within so long counts as in time.",
    ),
    tab(
        Tab::BusinessHours,
        "short-seconds",
        "Short abandons: under, seconds",
        "Callers who give up sooner are left out of answer rates.",
    ),
    tab(Tab::Mail, "mail-host", "Server", "Of outgoing mail; reports on schedule go out through it."),
    tab(Tab::Mail, "mail-port", "Port", "Of the mail server: 587 or 465."),
    tab(Tab::Mail, "mail-user", "User", "Empty, if the server asks for none."),
    tab(
        Tab::Mail,
        "mail-password",
        "Password",
        "Of the mail server; kept in this computer's keychain, nowhere else.",
    ),
    tab(Tab::Mail, "mail-from", "From", "The address that mails come from."),
    tab(Tab::Mail, "mail-test-to", "Send a test", "With what is typed, without saving it."),
    tab(Tab::Health, "health-list", "Health", "What went wrong, in plain words, the newest first."),
    tab(Tab::Appearance, "theme-system", "Theme", "Light, dark, or as the system is."),
    tab(
        Tab::Appearance,
        "contrast-more",
        "Contrast",
        "Stronger lines and words, for eyes or screens that need it.",
    ),
    tab(Tab::Appearance, "motion-still", "Motion", "Nothing moves by itself."),
    tab(
        Tab::Appearance,
        "language-de",
        "Language",
        "English or German; times and numbers stay as the system writes them.",
    ),
    tab(Tab::Appearance, "rows-compact", "Rows of lists", "Compact shows more at once."),
    tab(Tab::Appearance, "zoom", "Zoom", "80 to 150 percent; also Ctrl with + and −."),
    tab(
        Tab::Portable,
        "export-settings",
        "Export settings",
        "Writes all settings to one file, without passwords and calls.",
    ),
    tab(Tab::Backups, "backup-on", "Backups by schedule", "One file with everything, made by itself."),
    tab(
        Tab::Backups,
        "backup-folder",
        "Folder that backups go to",
        "Best on another disk or on a server: what breaks this computer must not break its backups.",
    ),
    tab(Tab::Backups, "backup-keep", "Keep", "So many backups; older ones are removed."),
    tab(
        Tab::Backups,
        "backup-recordings",
        "With the sound of recordings",
        "Whether backups by schedule hold the recordings too.",
    ),
    tab(
        Tab::Backups,
        "backup-encrypted",
        "Encrypted by a passphrase",
        "Whoever finds a backup cannot read it.",
    ),
    tab(
        Tab::Backups,
        "now-folder",
        "Back up now",
        "A backup by hand, to a disk, a memory stick or a server.",
    ),
    tab(
        Tab::Privacy,
        "number-typed",
        "Number to export or erase",
        "Everything about one outside number, as a file or gone for good.",
    ),
    tab(Tab::Privacy, "lock-new", "Passphrase of the lock", "Nobody sees the window without it."),
    tab(Tab::Privacy, "lock-idle", "Lock after (minutes)", "When nobody used the window for so long."),
    tab(
        Tab::Portable,
        "import-settings",
        "Import settings",
        "Shows what a file would change before it is taken in.",
    ),
    tab(
        Tab::ThisComputer,
        "autostart",
        "Start CallDoc with the computer",
        "It collects calls as soon as you log in, without opening its window.",
    ),
    tab(
        Tab::ThisComputer,
        "closing",
        "Closing the window",
        "Whether calls go on being collected, or it quits.",
    ),
    tab(
        Tab::ThisComputer,
        "notice-abandoned",
        "Notification: a caller gave up",
        "Somebody waited, reached nobody and hung up.",
    ),
    tab(
        Tab::ThisComputer,
        "notice-missed",
        "Notification: a caller reached nobody",
        "Missed calls: voicemail, no answer, busy.",
    ),
    tab(
        Tab::ThisComputer,
        "notice-links",
        "Notification: a source is lost",
        "The connection to the phone system or to the recordings is gone, or back.",
    ),
    tab(
        Tab::ThisComputer,
        "notice-upkeep",
        "Notification: backups and updates",
        "One of them did not work, or a new version is there.",
    ),
    tab(Tab::ThisComputer, "quiet", "Quiet hours", "When no notification is shown."),
    tab(
        Tab::ThisComputer,
        "look",
        "Look for new versions",
        "Updates of CallDoc: once a day, or only when asked.",
    ),
    tab(Tab::ThisComputer, "channel", "Which versions", "Updates: stable, or beta before a release."),
    tab(Tab::About, "licence-find", "Licences", "What CallDoc is built from."),
];

/// Settings with all the words that were typed in their names, help or place; those that begin a name come first.
pub fn matching(typed: &str) -> Vec<&'static Setting> {
    let typed = typed.trim().to_lowercase();
    if typed.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(bool, &Setting)> = SETTINGS
        .iter()
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
