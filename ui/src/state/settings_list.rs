//! Every setting by name, with what it is for and where it is.

use super::settings_index::{Setting, tab};
use super::settings_list_recordings::of_recordings;
use super::settings_tab::SettingsTab as Tab;
use crate::words::say;

/// In the order of the tabs.
pub fn settings() -> Vec<Setting> {
    [of_calls(), of_recordings(), of_the_rest()].concat()
}

fn of_calls() -> Vec<Setting> {
    vec![
        tab(
            Tab::PhoneSystem,
            "site-name",
            say("Name of the office"),
            say("As it is called in lists and reports."),
        ),
        tab(
            Tab::PhoneSystem,
            "site-zone",
            say("Time zone of the PBX's clock"),
            say("Records carry the PBX's local time; days are cut by it."),
        ),
        tab(
            Tab::PhoneSystem,
            "site-country",
            say("Country"),
            say("Numbers are recognised however they are written, and shown as people there write them."),
        ),
        tab(
            Tab::PhoneSystem,
            "site-access",
            say("Digits for an outside line"),
            say("Dialled before an outside number; numbers are shown and compared without them."),
        ),
        tab(
            Tab::PhoneSystem,
            "devlink-on",
            say("DevLink3: live events"),
            say("Shows calls while they ring. Needs the CTI licence and a service user."),
        ),
        tab(Tab::PhoneSystem, "devlink-host", say("Address of the PBX"), say("Where DevLink3 is reached.")),
        tab(
            Tab::PhoneSystem,
            "devlink-port",
            say("Port"),
            say("Of DevLink3: 50796 with TLS, 50797 without."),
        ),
        tab(Tab::PhoneSystem, "devlink-tls", say("Encrypted (TLS)"), say("The connection to the PBX.")),
        tab(
            Tab::PhoneSystem,
            "devlink-user",
            say("Service user"),
            say("Of Manager's Security Settings, with DevLink3 among its rights."),
        ),
        tab(
            Tab::PhoneSystem,
            "devlink-password",
            say("Password"),
            say("Of the service user; kept in this computer's keychain, nowhere else."),
        ),
        tab(
            Tab::PhoneSystem,
            "forget-certificate",
            say("Trusted certificate (SHA-256)"),
            say("The PBX's certificate that was seen first; another one is refused."),
        ),
        tab(
            Tab::PhoneSystem,
            "smdr-listen",
            say("SMDR: call records"),
            say("One record when a call is over, without a licence."),
        ),
        tab(
            Tab::PhoneSystem,
            "smdr-host",
            say("Listen on this address"),
            say("0.0.0.0: all of this computer's."),
        ),
        tab(Tab::PhoneSystem, "smdr-port", say("Port"), say("Of SMDR, the same as in Manager.")),
        tab(
            Tab::PhoneSystem,
            "smdr-only-from",
            say("Only from this address"),
            say("The PBX's address keeps others out; empty lets anyone deliver."),
        ),
        tab(
            Tab::PeopleAndNames,
            "directory-filter",
            say("People"),
            say("Who has which extension, and since when."),
        ),
        tab(
            Tab::PeopleAndNames,
            "directory-number-name",
            say("Names of groups and trunks"),
            say("Given by hand; empty goes back to what the PBX calls them."),
        ),
        tab(
            Tab::PeopleAndNames,
            "directory-import",
            say("Take in people from a file"),
            say("A CSV with name and extension; what each line would do is shown first."),
        ),
        tab(
            Tab::CallCost,
            "rates-name",
            say("Rate tables"),
            say("What a carrier asks for outbound calls, by prefix and time of the week."),
        ),
        tab(Tab::CallCost, "rates-currency", say("Currency"), say("In which calls cost.")),
    ]
}

fn of_the_rest() -> Vec<Setting> {
    vec![
        tab(
            Tab::BusinessHours,
            "hours-from",
            say("Business hours"),
            say("When the office, or a group, is open; with holidays."),
        ),
        tab(
            Tab::BusinessHours,
            "service-seconds",
            say("Answered within, seconds"),
            say("A call that is answered within so long counts as in time."),
        ),
        tab(
            Tab::BusinessHours,
            "short-seconds",
            say("Short abandons: under, seconds"),
            say("Callers who give up sooner are left out of answer rates."),
        ),
        tab(
            Tab::Mail,
            "mail-host",
            say("Server"),
            say("Of outgoing mail; reports on schedule go out through it."),
        ),
        tab(Tab::Mail, "mail-port", say("Port"), say("Of the mail server: 587 or 465.")),
        tab(Tab::Mail, "mail-user", say("User"), say("Empty, if the server asks for none.")),
        tab(
            Tab::Mail,
            "mail-password",
            say("Password"),
            say("Of the mail server; kept in this computer's keychain, nowhere else."),
        ),
        tab(Tab::Mail, "mail-from", say("From"), say("The address that mails come from.")),
        tab(Tab::Mail, "mail-test-to", say("Send a test"), say("With what is typed, without saving it.")),
        tab(
            Tab::Health,
            "health-list",
            say("Health"),
            say("What went wrong, in plain words, the newest first."),
        ),
        tab(Tab::Appearance, "theme-system", say("Theme"), say("Light, dark, or as the system is.")),
        tab(
            Tab::Appearance,
            "contrast-more",
            say("Contrast"),
            say("Stronger lines and words, for eyes or screens that need it."),
        ),
        tab(Tab::Appearance, "motion-still", say("Motion"), say("Nothing moves by itself.")),
        tab(
            Tab::Appearance,
            "language-de",
            say("Language"),
            say("English or German; times and numbers stay as the system writes them."),
        ),
        tab(Tab::Appearance, "rows-compact", say("Rows of lists"), say("Compact shows more at once.")),
        tab(Tab::Appearance, "zoom", say("Zoom"), say("80 to 150 percent; also Ctrl with + and −.")),
        tab(
            Tab::Portable,
            "export-settings",
            say("Export settings"),
            say("Writes all settings to one file, without passwords and calls."),
        ),
        tab(
            Tab::Backups,
            "backup-on",
            say("Backups by schedule"),
            say("One file with everything, made by itself."),
        ),
        tab(
            Tab::Backups,
            "backup-folder",
            say("Folder that backups go to"),
            say("Best on another disk or on a server: what breaks this computer must not break its backups."),
        ),
        tab(Tab::Backups, "backup-keep", say("Keep"), say("So many backups; older ones are removed.")),
        tab(
            Tab::Backups,
            "backup-recordings",
            say("With the sound of recordings"),
            say("Whether backups by schedule hold the recordings too."),
        ),
        tab(
            Tab::Backups,
            "backup-encrypted",
            say("Encrypted by a passphrase"),
            say("Whoever finds a backup cannot read it."),
        ),
        tab(
            Tab::Backups,
            "now-folder",
            say("Back up now"),
            say("A backup by hand, to a disk, a memory stick or a server."),
        ),
        tab(
            Tab::Privacy,
            "number-typed",
            say("Number to export or erase"),
            say("Everything about one outside number, as a file or gone for good."),
        ),
        tab(
            Tab::Privacy,
            "lock-new",
            say("Passphrase of the lock"),
            say("Nobody sees the window without it."),
        ),
        tab(
            Tab::Privacy,
            "lock-idle",
            say("Lock after (minutes)"),
            say("When nobody used the window for so long."),
        ),
        tab(
            Tab::Portable,
            "import-settings",
            say("Import settings"),
            say("Shows what a file would change before it is taken in."),
        ),
        tab(
            Tab::ThisComputer,
            "autostart",
            say("Start CallDoc with the computer"),
            say("It collects calls as soon as you log in, without opening its window."),
        ),
        tab(
            Tab::ThisComputer,
            "closing",
            say("Closing the window"),
            say("Whether calls go on being collected, or it quits."),
        ),
        tab(
            Tab::ThisComputer,
            "notice-abandoned",
            say("Notification: a caller gave up"),
            say("Somebody waited, reached nobody and hung up."),
        ),
        tab(
            Tab::ThisComputer,
            "notice-missed",
            say("Notification: a caller reached nobody"),
            say("Missed calls: voicemail, no answer, busy."),
        ),
        tab(
            Tab::ThisComputer,
            "notice-links",
            say("Notification: a source is lost"),
            say("The connection to the phone system or to the recordings is gone, or back."),
        ),
        tab(
            Tab::ThisComputer,
            "notice-upkeep",
            say("Notification: backups and updates"),
            say("One of them did not work, or a new version is there."),
        ),
        tab(Tab::ThisComputer, "quiet", say("Quiet hours"), say("When no notification is shown.")),
        tab(
            Tab::ThisComputer,
            "look",
            say("Look for new versions"),
            say("Updates of CallDoc: once a day, or only when asked."),
        ),
        tab(
            Tab::ThisComputer,
            "channel",
            say("Which versions"),
            say("Updates: stable, or beta before a release."),
        ),
        tab(Tab::About, "licence-find", say("Licences"), say("What CallDoc is built from.")),
    ]
}
