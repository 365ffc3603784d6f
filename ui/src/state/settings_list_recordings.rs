//! The settings of recordings by name, with what each is for and where it is.

use super::settings_index::{Setting, part};
use super::settings_tab::RecordingsPart as Part;
use crate::words::say;

/// In the order of the parts.
pub(super) fn of_recordings() -> Vec<Setting> {
    vec![
        part(
            Part::Sources,
            "source-name",
            say("Recording sources"),
            say("Folders and servers that recorders write to."),
        ),
        part(
            Part::Sources,
            "source-folder",
            say("Folder"),
            say("Where recordings come from; its subfolders are looked through as well."),
        ),
        part(
            Part::Sources,
            "source-every",
            say("Look through all of it every … seconds"),
            say("New files are often told at once; this finds the others."),
        ),
        part(
            Part::Sources,
            "source-enabled",
            say("Take recordings in from here"),
            say("Off: the source stays here and nothing is looked for."),
        ),
        part(
            Part::Sources,
            "source-remove-after",
            say("Remove a file there once its copy was verified"),
            say("Off: CallDoc changes nothing at the recorder."),
        ),
        part(
            Part::Sources,
            "source-naming",
            say("File names are read by"),
            say("The preset that says what names of files mean."),
        ),
        part(
            Part::Names,
            "naming-pattern",
            say("Pattern"),
            say("What the name of a recording's file says: extension, time, number."),
        ),
        part(
            Part::Storage,
            "pool-folder",
            say("Pools"),
            say("Folders, on one disk or several, that recordings are stored in."),
        ),
        part(Part::Storage, "pool-max", say("At most, in GB"), say("Empty: as much as the disk holds.")),
        part(
            Part::Storage,
            "pool-free",
            say("Left free on the disk, in GB"),
            say("What other programs need."),
        ),
        part(
            Part::Storage,
            "encoding-kilobits",
            say("Quality"),
            say("Kilobits for each second of a recording; more is larger."),
        ),
        part(
            Part::Storage,
            "encoding-keep",
            say("Keep the original file beside the stored one"),
            say("Takes about as much room again as the recorder's files did."),
        ),
        part(
            Part::Retention,
            "retention-days",
            say("Days kept"),
            say("How long recordings are kept; without a rule, for ever."),
        ),
        part(
            Part::Retention,
            "retention-automatic",
            say("Carry the rules out once a day"),
            say("Otherwise only when you press the button."),
        ),
        part(
            Part::Encryption,
            "encryption-on",
            say("Encryption of recordings"),
            say("Stored recordings can only be heard with the key in this computer's keychain."),
        ),
        part(
            Part::Encryption,
            "recovery-typed",
            say("Recovery key"),
            say("Puts the key back into the keychain."),
        ),
        part(Part::Sound, "player-device", say("Sound"), say("What recordings are heard through.")),
        part(
            Part::Verify,
            "verify-begin",
            say("Verification"),
            say("Looks whether each stored file is what was put there."),
        ),
        part(
            Part::Scorecards,
            "scorecard-name",
            say("Scorecards"),
            say("Questions that calls are scored by."),
        ),
        part(
            Part::Audit,
            "audit",
            say("Audit log"),
            say("Every play, export, deletion and change of settings."),
        ),
    ]
}
