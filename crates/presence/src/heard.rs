//! What the desk says, as far as the tray and notifications care.

use contract::backups::{BackupLine, BackupState};
use contract::calls::CallRow;
use contract::links::Lamp;
use contract::live::LiveCall;
use contract::{Place, Push};

#[derive(Clone, Debug)]
pub enum Heard {
    Call(Box<CallRow>),
    CallGone(String),
    Lamp(Lamp),
    /// All there is, after the beginning and after something was missed.
    Everything {
        calls: Vec<LiveCall>,
        lamps: Vec<Lamp>,
    },
    /// The lock was closed: the desk says nothing more until it is opened, and then everything.
    Locked,
    /// The library could not be opened: nothing is collected.
    NoLibrary {
        says: String,
    },
    /// Something went wrong, or there is something, that nobody may be looking for just now.
    Upkeep {
        title: String,
        says: String,
        place: Place,
    },
}

impl Heard {
    /// `None`: of no interest here. [`Push::AskAgain`] is the caller's to answer, with everything.
    pub fn of(push: Push) -> Option<Self> {
        match push {
            Push::Call(call) => Some(Heard::Call(Box::new(call.row))),
            Push::CallGone { id } => Some(Heard::CallGone(id)),
            Push::Lamp(lamp) => Some(Heard::Lamp(lamp)),
            // What other screens live from.
            _ => None,
        }
    }

    /// Of the log of backups, the newest first: a failure that was not told yet. `told` is the id of the one that was.
    pub fn of_backups(log: &[BackupLine], told: Option<i64>) -> Option<(i64, Self)> {
        let newest = log.first()?;
        let is_new = newest.state == BackupState::Failed && told != Some(newest.id);
        is_new.then(|| {
            let title = "A backup was not made".to_owned();
            (newest.id, Heard::Upkeep { title, says: newest.says.clone(), place: Place::Backups })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::backups::BackupWhy;

    fn line(id: i64, state: BackupState) -> BackupLine {
        BackupLine {
            id,
            at_ms: 0,
            why: BackupWhy::Schedule,
            state,
            name: String::new(),
            folder: String::new(),
            bytes: 0,
            recordings: false,
            encrypted: false,
            says: "The disk is full.".to_owned(),
        }
    }

    #[test]
    fn a_backup_that_failed_is_told_once() {
        let log = [line(2, BackupState::Failed), line(1, BackupState::Good)];
        let (told, heard) = Heard::of_backups(&log, None).expect("the newest one failed");
        let Heard::Upkeep { says, .. } = heard else { panic!("it is about upkeep") };
        assert_eq!(says, "The disk is full.", "in the backup's own words");
        assert!(Heard::of_backups(&log, Some(told)).is_none(), "and not again");
        let good = [line(3, BackupState::Good), line(2, BackupState::Failed)];
        assert!(Heard::of_backups(&good, None).is_none(), "the next one was made");
        let begun = [line(4, BackupState::Begun), line(2, BackupState::Failed)];
        assert!(Heard::of_backups(&begun, None).is_none(), "or is being made");
    }
}
