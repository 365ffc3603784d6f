//! The forms of backups while they are filled in: the schedule, and one of now. Passphrases are beside them.

use super::schedule_draft::{minute_of, time_text};
use crate::words::say;
use contract::backups::{BackUpNow, BackupSchedule, Protection, SaveBackupSchedule};
use contract::reports::Every;

/// As the desk has it; told before anything is sent.
pub const LEAST_CHARACTERS: usize = 8;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    Daily,
    Workdays,
    Weekly,
}

impl How {
    pub const ALL: [How; 3] = [How::Daily, How::Workdays, How::Weekly];

    pub fn title(self) -> &'static str {
        match self {
            How::Daily => say("Every day"),
            How::Workdays => say("Monday to Friday"),
            How::Weekly => say("Every week"),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupDraft {
    pub on: bool,
    pub how: How,
    /// 1 is Monday.
    pub weekday: u8,
    /// `13:00`, as time fields write it.
    pub time: String,
    pub folder: String,
    pub keep: String,
    pub recordings: bool,
    pub encrypted: bool,
    pub passphrase_kept: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Time,
    Folder,
    Keep,
    Passphrase,
    Again,
}

pub type Complaint = (Field, &'static str);

impl BackupDraft {
    pub fn of(schedule: &BackupSchedule) -> Self {
        let (how, weekday, minute) = match schedule.every {
            Every::Week { day, minute_of_day } => (How::Weekly, day, minute_of_day),
            Every::Workday { minute_of_day } => (How::Workdays, 1, minute_of_day),
            // Nothing else is offered here.
            Every::Day { minute_of_day } | Every::Month { day: _, minute_of_day } => {
                (How::Daily, 1, minute_of_day)
            }
            Every::Hour { minute: _ } => (How::Daily, 1, 13 * 60),
        };
        Self {
            on: schedule.on,
            how,
            weekday,
            time: time_text(minute),
            folder: schedule.folder.clone(),
            keep: schedule.keep.to_string(),
            recordings: schedule.recordings,
            encrypted: schedule.encrypted,
            passphrase_kept: schedule.passphrase_kept,
        }
    }

    /// With the passphrase as it was typed, twice; nothing typed keeps the one that is there.
    ///
    /// # Errors
    /// What is wrong, field by field.
    pub fn to_save(&self, typed: &str, again: &str) -> Result<SaveBackupSchedule, Vec<Complaint>> {
        let mut wrong = Vec::new();
        let minute_of_day = minute_of(&self.time);
        if minute_of_day.is_none() {
            wrong.push((Field::Time, say("Say at what time.")));
        }
        if self.on && self.folder.trim().is_empty() {
            wrong.push((Field::Folder, say("Say which folder.")));
        }
        let keep = self.keep.trim().parse::<u32>().ok().filter(|keep| (1..=1_000).contains(keep));
        if keep.is_none() {
            wrong.push((Field::Keep, say("A number from 1 to 1000.")));
        }
        let passphrase = match (self.encrypted, typed.is_empty()) {
            (true, false) => twice(typed, again).map_err(|complaint| wrong.push(complaint)).ok(),
            (true, true) if !self.passphrase_kept => {
                wrong.push((Field::Passphrase, say("Enter a passphrase.")));
                None
            }
            (true, true) | (false, _) => None,
        };
        match (minute_of_day, keep) {
            (Some(minute_of_day), Some(keep)) if wrong.is_empty() => Ok(SaveBackupSchedule {
                schedule: BackupSchedule {
                    on: self.on,
                    every: match self.how {
                        How::Daily => Every::Day { minute_of_day },
                        How::Workdays => Every::Workday { minute_of_day },
                        How::Weekly => Every::Week { day: self.weekday, minute_of_day },
                    },
                    folder: self.folder.trim().to_owned(),
                    keep,
                    recordings: self.recordings,
                    encrypted: self.encrypted,
                    passphrase_kept: self.passphrase_kept,
                },
                passphrase,
            }),
            (Some(_) | None, Some(_) | None) => Err(wrong),
        }
    }
}

/// How one of now is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Nothing,
    Kept,
    Typed,
}

/// # Errors
/// What is wrong, field by field.
pub fn to_back_up(
    folder: &str,
    recordings: bool,
    by: By,
    typed: &str,
    again: &str,
) -> Result<BackUpNow, Vec<Complaint>> {
    let mut wrong = Vec::new();
    if folder.trim().is_empty() {
        wrong.push((Field::Folder, say("Say which folder.")));
    }
    let protection = match by {
        By::Nothing => Some(Protection::Nothing),
        By::Kept => Some(Protection::Kept),
        By::Typed => {
            twice(typed, again).map(Protection::Typed).map_err(|complaint| wrong.push(complaint)).ok()
        }
    };
    match protection {
        Some(protection) if wrong.is_empty() => {
            Ok(BackUpNow { folder: folder.trim().to_owned(), recordings, protection })
        }
        Some(_) | None => Err(wrong),
    }
}

fn twice(typed: &str, again: &str) -> Result<String, Complaint> {
    if typed.chars().count() < LEAST_CHARACTERS {
        return Err((Field::Passphrase, say("At least 8 characters; a few words are good.")));
    }
    if typed != again {
        return Err((Field::Again, say("This is not the same. Type it once more.")));
    }
    Ok(typed.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schedule(every: Every) -> BackupSchedule {
        BackupSchedule {
            on: true,
            every,
            folder: "/backups".into(),
            keep: 14,
            recordings: true,
            encrypted: false,
            passphrase_kept: false,
        }
    }

    #[test]
    fn what_is_stored_comes_back_as_it_was() {
        for every in [
            Every::Day { minute_of_day: 780 },
            Every::Workday { minute_of_day: 0 },
            Every::Week { day: 5, minute_of_day: 1_439 },
        ] {
            let stored = schedule(every);
            let again = BackupDraft::of(&stored).to_save("", "").expect("all is filled in");
            assert_eq!((again.schedule, again.passphrase), (stored, None), "nothing is lost on the way");
        }
    }

    #[test]
    fn a_form_says_what_is_missing_field_by_field() {
        let mut draft = BackupDraft::of(&schedule(Every::Day { minute_of_day: 0 }));
        (draft.time, draft.folder, draft.keep) = (String::new(), " ".into(), "0".into());
        draft.encrypted = true;
        let fields = |wrong: Vec<Complaint>| wrong.into_iter().map(|(field, _)| field).collect::<Vec<_>>();
        let wrong = draft.to_save("", "").expect_err("nothing fits");
        assert_eq!(
            fields(wrong),
            [Field::Time, Field::Folder, Field::Keep, Field::Passphrase],
            "each of them"
        );
        draft.on = false;
        let wrong = draft.to_save("short", "short").expect_err("too short");
        assert_eq!(fields(wrong), [Field::Time, Field::Keep, Field::Passphrase], "no folder while it is off");
    }

    #[test]
    fn a_passphrase_is_typed_twice_and_a_kept_one_not_again() {
        let mut draft = BackupDraft::of(&schedule(Every::Day { minute_of_day: 0 }));
        draft.encrypted = true;
        assert!(draft.to_save("correct horse", "correct hors").is_err(), "a slip is found");
        let save = draft.to_save("correct horse", "correct horse").expect("both the same");
        assert_eq!(save.passphrase.as_deref(), Some("correct horse"), "for the keychain");
        draft.passphrase_kept = true;
        assert_eq!(draft.to_save("", "").expect("it is there").passphrase, None, "the one that is there");
    }

    #[test]
    fn one_of_now_is_protected_as_was_chosen() {
        let now = |by, typed, again| to_back_up("/b", false, by, typed, again);
        assert_eq!(now(By::Nothing, "", "").expect("fits").protection, Protection::Nothing, "not at all");
        assert_eq!(now(By::Kept, "x", "").expect("fits").protection, Protection::Kept, "by what is kept");
        assert!(now(By::Typed, "correct horse", "").is_err(), "typed once only");
        assert!(to_back_up(" ", true, By::Nothing, "", "").is_err(), "it has to go somewhere");
    }
}
