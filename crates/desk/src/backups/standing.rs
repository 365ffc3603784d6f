//! Whether what the office has is safe, judged from the log.

use crate::reporting::times;
use crate::zones::Zone;
use contract::backups::{BackupSchedule, Standing};
use model::At;
use store::{Backup, BackupState, BackupWhy};

/// Without a schedule, a good backup is young for so long.
const YOUNG_BY_HAND_MS: i64 = 14 * 24 * 3_600_000;

/// The newest good backup whose file was not removed. Those before updates are not counted: they lie within the library.
pub(super) fn last_good(lines: &[Backup]) -> Option<&Backup> {
    lines.iter().find(|line| counts(line) && line.state == BackupState::Good)
}

/// `is_there`: whether the file of the newest good one can be seen now.
pub(super) fn judge(
    lines: &[Backup],
    is_there: impl Fn(&Backup) -> bool,
    schedule: &BackupSchedule,
    zone: &Zone,
    now: At,
) -> Standing {
    let Some(good) = last_good(lines) else { return Standing::Never };
    let latest = lines.iter().find(|line| counts(line) && line.state != BackupState::Begun);
    if latest.is_some_and(|line| line.state == BackupState::Failed) {
        return Standing::Failed;
    }
    if !is_there(good) {
        return Standing::Away;
    }
    let old_at = match schedule.on {
        true => times::next(schedule.every, zone, good.begun_at)
            .and_then(|next| times::next(schedule.every, zone, next)),
        false => Some(good.begun_at.plus_ms(YOUNG_BY_HAND_MS)),
    };
    match old_at {
        Some(old_at) if now >= old_at => Standing::Old,
        Some(_) | None if schedule.on => Standing::Safe,
        Some(_) | None => Standing::ByHand,
    }
}

fn counts(line: &Backup) -> bool {
    matches!(line.why, BackupWhy::ByHand | BackupWhy::Schedule)
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::reports::Every;

    const DAY: i64 = 24 * 3_600_000;
    const NOON: At = At(1_795_176_000_000);

    fn line(days_ago: i64, why: BackupWhy, state: BackupState) -> Backup {
        Backup {
            id: 1,
            begun_at: NOON.plus_ms(-days_ago * DAY),
            due_at: None,
            why,
            state,
            file: "/backups/one".into(),
            bytes: 1,
            recordings: false,
            sealed: false,
            says: String::new(),
        }
    }

    fn standing(lines: &[Backup], on: bool) -> Standing {
        let schedule = BackupSchedule {
            on,
            every: Every::Day { minute_of_day: 60 },
            folder: "/backups".into(),
            keep: 7,
            recordings: false,
            encrypted: false,
            passphrase_kept: false,
        };
        judge(lines, |_| true, &schedule, &Zone::named("UTC"), NOON)
    }

    #[test]
    fn only_a_good_backup_elsewhere_makes_it_safe() {
        use BackupState::{Begun, Failed, Good, Removed};
        use BackupWhy::{ByHand, Schedule, Update};
        for (lines, on, wanted) in [
            (vec![], true, Standing::Never),
            (vec![line(0, Update, Good)], true, Standing::Never),
            (vec![line(0, Schedule, Removed)], true, Standing::Never),
            (vec![line(0, Schedule, Good)], true, Standing::Safe),
            (vec![line(0, Schedule, Begun), line(1, Schedule, Good)], true, Standing::Safe),
            (vec![line(0, Schedule, Failed), line(1, Schedule, Good)], true, Standing::Failed),
            (vec![line(3, Schedule, Good)], true, Standing::Old),
            (vec![line(13, ByHand, Good)], false, Standing::ByHand),
            (vec![line(14, ByHand, Good)], false, Standing::Old),
        ] {
            assert_eq!(standing(&lines, on), wanted, "{lines:?}");
        }
    }

    #[test]
    fn a_backup_that_is_out_of_reach_is_told() {
        let schedule = BackupSchedule {
            on: true,
            every: Every::Day { minute_of_day: 60 },
            folder: String::new(),
            keep: 1,
            recordings: false,
            encrypted: false,
            passphrase_kept: false,
        };
        let lines = [line(0, BackupWhy::Schedule, BackupState::Good)];
        let standing = judge(&lines, |_| false, &schedule, &Zone::named("UTC"), NOON);
        assert_eq!(standing, Standing::Away, "a disk that was taken along, for instance");
    }
}
