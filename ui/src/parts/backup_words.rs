//! Backups in words: how safe the office's data is, what goes on, how long ago.

use super::icon::Glyph;
use crate::state::hours_draft::day_names;
use crate::state::schedule_draft::time_text;
use crate::words::{fill, plural, say};
use contract::backups::{BackupProgress, BackupState, BackupStep, BackupWhy, Standing};
use contract::reports::Every;

/// How a standing looks: the class of its colour, its sign, and the sentence that a manager reads first.
pub fn standing_look(standing: Standing) -> (&'static str, Glyph, &'static str) {
    match standing {
        Standing::Never => ("bad", Glyph::Warning, say("Nothing is backed up yet")),
        Standing::Failed => ("bad", Glyph::Warning, say("The latest backup failed")),
        Standing::Away => ("warn", Glyph::Warning, say("The latest backup cannot be reached now")),
        Standing::Old => ("warn", Glyph::Clock, say("The latest backup is old")),
        Standing::ByHand => ("ok", Glyph::Shield, say("Your data is backed up")),
        Standing::Safe => ("ok", Glyph::Shield, say("Your data is safe")),
    }
}

/// What it means, and what to do.
pub fn standing_advice(standing: Standing) -> &'static str {
    match standing {
        Standing::Never => say(
            "If this computer breaks or is stolen, all calls, notes and recordings are lost. Make a first backup now, and let CallDoc make the next ones by itself.",
        ),
        Standing::Failed => {
            say("The list below says why. What was backed up before is still there, as far as its disk is.")
        }
        Standing::Away => {
            say("Its disk may be unplugged, or its folder moved. If that was on purpose, all is well.")
        }
        Standing::Old => say("What came since is on this computer only."),
        Standing::ByHand => say(
            "CallDoc makes no backups by itself: what comes from now on is on this computer only. Switch on the schedule below.",
        ),
        Standing::Safe => say("Everything was read back after it was written, so it can be restored."),
    }
}

pub fn step_words(step: BackupStep) -> &'static str {
    match step {
        BackupStep::Copying => say("Copying the database"),
        BackupStep::Writing => say("Writing the backup"),
        BackupStep::Verifying => say("Reading it back"),
        BackupStep::Unpacking => say("Unpacking the backup"),
        BackupStep::Checking => say("Looking through the unpacked library"),
    }
}

#[allow(clippy::cast_precision_loss)]
pub fn percent(now: BackupProgress) -> f64 {
    (now.done_bytes as f64 * 100.0 / now.of_bytes.max(1) as f64).min(100.0)
}

pub fn why_words(why: BackupWhy) -> &'static str {
    match why {
        BackupWhy::ByHand => say("By hand"),
        BackupWhy::Schedule => say("By itself"),
        BackupWhy::Update => say("Before an update"),
        BackupWhy::Restored => say("Restored"),
    }
}

/// Class, sign and word of a line of the list.
pub fn state_look(state: BackupState, why: BackupWhy) -> (&'static str, Glyph, &'static str) {
    match (state, why) {
        (BackupState::Good, BackupWhy::Restored) => ("went", Glyph::Back, say("Restored")),
        (BackupState::Good, BackupWhy::ByHand | BackupWhy::Schedule | BackupWhy::Update) => {
            ("went", Glyph::Good, say("Good"))
        }
        (BackupState::Failed, _) => ("failed-line", Glyph::Warning, say("Failed")),
        (BackupState::Begun, _) => ("waits", Glyph::Clock, say("Being made")),
        (BackupState::Removed, _) => ("gone", Glyph::Skipped, say("Replaced")),
    }
}

/// `every day at 13:00`, as within a sentence.
pub fn every_words(every: Every) -> String {
    match every {
        Every::Hour { minute: _ } => say("every hour").to_owned(),
        Every::Day { minute_of_day } => fill("every day at {time}", &[("time", &time_text(minute_of_day))]),
        Every::Workday { minute_of_day } => {
            fill("Monday to Friday at {time}", &[("time", &time_text(minute_of_day))])
        }
        Every::Week { day, minute_of_day } => {
            let time = time_text(minute_of_day);
            match usize::from(day).checked_sub(1).and_then(|at| day_names().get(at).copied()) {
                Some(name) => fill("every {day} at {time}", &[("day", name), ("time", &time)]),
                None => fill("every week at {time}", &[("time", &time)]),
            }
        }
        Every::Month { day, minute_of_day } => fill(
            "on day {day} of every month at {time}",
            &[("day", &day.to_string()), ("time", &time_text(minute_of_day))],
        ),
    }
}

/// `5 minutes ago`, in the largest unit of which it is at least one.
pub fn ago(ms: i64) -> String {
    let minutes = ms.max(0).unsigned_abs() / 60_000;
    match minutes {
        0 => say("just now").to_owned(),
        1..60 => plural(minutes, "{count} minute ago", "{count} minutes ago"),
        60..1_440 => plural(minutes / 60, "{count} hour ago", "{count} hours ago"),
        _ => plural(minutes / 1_440, "{count} day ago", "{count} days ago"),
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
