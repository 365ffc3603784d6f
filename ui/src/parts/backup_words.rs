//! Backups in words: how safe the office's data is, what goes on, how long ago.

use super::icon::Glyph;
use crate::state::hours_draft::DAY_NAMES;
use crate::state::schedule_draft::time_text;
use contract::backups::{BackupState, BackupStep, BackupWhy, Standing};
use contract::reports::Every;

/// How a standing looks: the class of its colour, its sign, and the sentence that a manager reads first.
pub fn standing_look(standing: Standing) -> (&'static str, Glyph, &'static str) {
    match standing {
        Standing::Never => ("bad", Glyph::Warning, "Nothing is backed up yet"),
        Standing::Failed => ("bad", Glyph::Warning, "The latest backup failed"),
        Standing::Away => ("warn", Glyph::Warning, "The latest backup cannot be reached now"),
        Standing::Old => ("warn", Glyph::Clock, "The latest backup is old"),
        Standing::ByHand => ("ok", Glyph::Shield, "Your data is backed up"),
        Standing::Safe => ("ok", Glyph::Shield, "Your data is safe"),
    }
}

/// What it means, and what to do.
pub fn standing_advice(standing: Standing) -> &'static str {
    match standing {
        Standing::Never => {
            "If this computer breaks or is stolen, all calls, notes and recordings are lost. Make a first backup now, and let CallDoc make the next ones by itself."
        }
        Standing::Failed => {
            "The list below says why. What was backed up before is still there, as far as its disk is."
        }
        Standing::Away => {
            "Its disk may be unplugged, or its folder moved. If that was on purpose, all is well."
        }
        Standing::Old => "What came since is on this computer only.",
        Standing::ByHand => {
            "CallDoc makes no backups by itself: what comes from now on is on this computer only. Switch on the schedule below."
        }
        Standing::Safe => "Everything was read back after it was written, so it can be restored.",
    }
}

pub fn step_words(step: BackupStep) -> &'static str {
    match step {
        BackupStep::Copying => "Copying the database",
        BackupStep::Writing => "Writing the backup",
        BackupStep::Verifying => "Reading it back",
        BackupStep::Unpacking => "Unpacking the backup",
        BackupStep::Checking => "Looking through the unpacked library",
    }
}

pub fn why_words(why: BackupWhy) -> &'static str {
    match why {
        BackupWhy::ByHand => "By hand",
        BackupWhy::Schedule => "By itself",
        BackupWhy::Update => "Before an update",
        BackupWhy::Restored => "Restored",
    }
}

/// Class, sign and word of a line of the list.
pub fn state_look(state: BackupState, why: BackupWhy) -> (&'static str, Glyph, &'static str) {
    match (state, why) {
        (BackupState::Good, BackupWhy::Restored) => ("went", Glyph::Back, "Restored"),
        (BackupState::Good, BackupWhy::ByHand | BackupWhy::Schedule | BackupWhy::Update) => {
            ("went", Glyph::Good, "Good")
        }
        (BackupState::Failed, _) => ("failed-line", Glyph::Warning, "Failed"),
        (BackupState::Begun, _) => ("waits", Glyph::Clock, "Being made"),
        (BackupState::Removed, _) => ("gone", Glyph::Skipped, "Replaced"),
    }
}

/// `every day at 13:00`, as within a sentence.
pub fn every_words(every: Every) -> String {
    match every {
        Every::Hour { minute: _ } => "every hour".to_owned(),
        Every::Day { minute_of_day } => format!("every day at {}", time_text(minute_of_day)),
        Every::Workday { minute_of_day } => format!("Monday to Friday at {}", time_text(minute_of_day)),
        Every::Week { day, minute_of_day } => {
            let name = usize::from(day).checked_sub(1).and_then(|at| DAY_NAMES.get(at)).unwrap_or(&"week");
            format!("every {name} at {}", time_text(minute_of_day))
        }
        Every::Month { day, minute_of_day } => {
            format!("on day {day} of every month at {}", time_text(minute_of_day))
        }
    }
}

/// `5 minutes ago`, in the largest unit of which it is at least one.
pub fn ago(ms: i64) -> String {
    let minutes = ms.max(0) / 60_000;
    let counted = |count: i64, unit: &str| {
        let plural = if count == 1 { "" } else { "s" };
        format!("{count} {unit}{plural} ago")
    };
    match minutes {
        0 => "just now".to_owned(),
        1..60 => counted(minutes, "minute"),
        60..1_440 => counted(minutes / 60, "hour"),
        _ => counted(minutes / 1_440, "day"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_ago_is_said_in_the_largest_unit() {
        for (ms, words) in [
            (-5, "just now"),
            (59_000, "just now"),
            (60_000, "1 minute ago"),
            (7_200_000, "2 hours ago"),
            (86_400_000, "1 day ago"),
            (40 * 86_400_000, "40 days ago"),
        ] {
            assert_eq!(ago(ms), words, "{ms}");
        }
    }

    #[test]
    fn times_are_said_as_people_say_them() {
        assert_eq!(every_words(Every::Day { minute_of_day: 780 }), "every day at 13:00", "daily");
        assert_eq!(
            every_words(Every::Week { day: 5, minute_of_day: 1_020 }),
            "every Friday at 17:00",
            "weekly"
        );
    }
}
