//! Why an update did not come to be, in words a manager understands.

use contract::updates::UpdateTrouble;

/// What was being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Looking,
    Fetching,
    BackingUp,
    Installing,
}

/// What went wrong, told apart by what a person can do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The server was not reached.
    Unreachable,
    /// It was reached, and what it said is no list of releases.
    NoList,
    /// There is a newer version, but not for this kind of computer or installation.
    NotForThisComputer,
    /// The download ended before its end.
    Cut,
    /// More than any version of CallDoc has.
    TooLarge,
    /// What came is not what CallDoc's makers signed.
    WrongSignature,
    /// It is signed, but for another version than was announced: an old one under a new number.
    WrongVersion,
    DiskFull,
    /// The backup says by itself what was in its way.
    NoBackup {
        says: String,
    },
    /// The system asked for a password and did not get it.
    NotAllowed,
    /// The system's installer refused.
    Refused,
    Other,
}

/// The old version goes on working in every case, and each sentence says so where that could be doubted.
pub fn trouble(step: Step, cause: &Cause, detail: Option<String>) -> UpdateTrouble {
    let (says, advice) = words(step, cause);
    UpdateTrouble { says, advice: advice.to_owned(), detail }
}

fn words(step: Step, cause: &Cause) -> (String, &'static str) {
    const AGAIN: &str = "CallDoc tries again by itself; nothing needs to be done.";
    const STAYS: &str = "The version that runs was not touched and goes on working.";
    match cause {
        Cause::Unreachable if step == Step::Looking => {
            ("The update server could not be reached.".to_owned(), AGAIN)
        }
        Cause::Unreachable | Cause::Cut => (
            format!("The download broke off. {STAYS}"),
            "Look whether this computer is online, then try again.",
        ),
        Cause::NoList => {
            ("The update server answered with something that is no list of versions.".to_owned(), AGAIN)
        }
        Cause::NotForThisComputer => (
            "There is a newer version, but not for this computer or for the way CallDoc was installed on it."
                .to_owned(),
            "Fetch the new version from where this one came from, or ask who installed it.",
        ),
        Cause::TooLarge => (
            format!("The download is larger than CallDoc can be, and was stopped. {STAYS}"),
            "Try again tomorrow. If it happens again, tell who looks after CallDoc here.",
        ),
        Cause::WrongSignature => (
            format!(
                "The download is not signed by CallDoc's makers: it was damaged on its way, or somebody changed it. It was thrown away. {STAYS}"
            ),
            "Try again later. If it happens again, tell who looks after this network.",
        ),
        Cause::WrongVersion => (
            format!("The download is an older version under a newer number, and was thrown away. {STAYS}"),
            "Tell who looks after this network: somebody may be offering an old version on purpose.",
        ),
        Cause::DiskFull => (
            match step {
                Step::BackingUp => format!(
                    "The disk is full: there is no room for a backup of the library, and without one nothing is installed. {STAYS}"
                ),
                Step::Looking | Step::Fetching | Step::Installing => {
                    format!("There is not enough room on the disk. {STAYS}")
                }
            },
            "Make room on the disk, then try again.",
        ),
        Cause::NoBackup { says } => (
            format!(
                "The library could not be backed up, and without a backup nothing is installed. {says} {STAYS}"
            ),
            "Put right what is in the way of the backup, then try again.",
        ),
        Cause::NotAllowed => (
            format!("The system asked for a password to install it, and did not get one. {STAYS}"),
            "Try again, and give the password of somebody who may install programs.",
        ),
        Cause::Refused => (
            format!("The system's installer refused the new version. {STAYS}"),
            "Look whether another installation is running and whether there is room on the disk, then try again.",
        ),
        Cause::Other => (
            match step {
                Step::Looking => "Whether there is a newer version could not be found out.".to_owned(),
                Step::Fetching | Step::BackingUp | Step::Installing => {
                    format!("The update did not work. {STAYS}")
                }
            },
            "Try again. If it happens again, the technical detail helps who looks after CallDoc here.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_can_go_wrong_after_the_download_says_that_the_old_version_works() {
        let causes = [
            Cause::Cut,
            Cause::TooLarge,
            Cause::WrongSignature,
            Cause::WrongVersion,
            Cause::DiskFull,
            Cause::NoBackup { says: "The folder is gone.".to_owned() },
            Cause::NotAllowed,
            Cause::Refused,
            Cause::Other,
        ];
        for cause in causes {
            for step in [Step::Fetching, Step::BackingUp, Step::Installing] {
                let told = trouble(step, &cause, None);
                assert!(told.says.contains("goes on working"), "{cause:?} while {step:?}: {}", told.says);
                assert!(!told.advice.is_empty(), "{cause:?} says what to do");
            }
        }
    }

    #[test]
    fn a_backup_that_failed_says_why_in_its_own_words() {
        let cause = Cause::NoBackup { says: "The folder for backups is gone.".to_owned() };
        let told = trouble(Step::BackingUp, &cause, Some("ENOENT".to_owned()));
        assert!(told.says.contains("The folder for backups is gone."), "its own words: {}", told.says);
        assert_eq!(told.detail.as_deref(), Some("ENOENT"), "and the chain behind it");
    }
}
