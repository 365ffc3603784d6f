//! Quiet hours, and pausing by hand.

use crate::here::Here;
use contract::computer::{Pause, QuietHours};
use model::At;

const HOUR_MS: i64 = 3_600_000;
/// "Until tomorrow" ends when an office begins, not at midnight.
const MORNING_MINUTE: u16 = 7 * 60;

/// Until when nothing is shown; `None` when things may be shown now.
pub fn is_quiet(hours: &QuietHours, paused_until: Option<At>, here: &Here) -> Option<At> {
    let by_hours = in_hours(hours, here.minute()).then(|| here.next(hours.to_minute));
    let by_hand = paused_until.filter(|until| *until > here.now);
    by_hours.max(by_hand)
}

/// `None`: notifications come through again.
pub fn paused_until(pause: Pause, here: &Here) -> Option<At> {
    match pause {
        Pause::ForAnHour => Some(here.now.plus_ms(HOUR_MS)),
        Pause::UntilTomorrow => Some(here.next(MORNING_MINUTE)),
        Pause::Resume => None,
    }
}

/// The same minute twice is no time at all, rather than the whole day: nobody means to hear nothing ever.
fn in_hours(hours: &QuietHours, minute: u16) -> bool {
    let (from, to) = (hours.from_minute, hours.to_minute);
    hours.on && if from <= to { (from..to).contains(&minute) } else { minute >= from || minute < to }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::here::clock;

    const NIGHT: QuietHours = QuietHours { on: true, from_minute: 19 * 60, to_minute: 7 * 60 };

    #[test]
    fn quiet_hours_go_over_midnight() {
        let morning = clock("2026-11-21T07:00").now;
        assert_eq!(is_quiet(&NIGHT, None, &clock("2026-11-20T19:00")), Some(morning), "the first minute");
        assert_eq!(is_quiet(&NIGHT, None, &clock("2026-11-21T06:59")), Some(morning), "the last minute");
        assert_eq!(is_quiet(&NIGHT, None, &clock("2026-11-21T07:00")), None, "the day has begun");
        assert_eq!(is_quiet(&NIGHT, None, &clock("2026-11-20T18:59")), None, "the evening has not");
    }

    #[test]
    fn quiet_hours_within_a_day_and_those_that_are_off() {
        let lunch = QuietHours { on: true, from_minute: 720, to_minute: 780 };
        assert!(is_quiet(&lunch, None, &clock("2026-11-20T12:30")).is_some(), "in the break");
        assert!(is_quiet(&lunch, None, &clock("2026-11-20T13:00")).is_none(), "after it");
        let off = QuietHours { on: false, ..lunch };
        assert!(is_quiet(&off, None, &clock("2026-11-20T12:30")).is_none(), "switched off");
        let none = QuietHours { on: true, from_minute: 600, to_minute: 600 };
        assert!(is_quiet(&none, None, &clock("2026-11-20T10:00")).is_none(), "from ten to ten is no time");
    }

    #[test]
    fn a_pause_ends_by_itself_and_the_later_end_counts() {
        let noon = clock("2026-11-20T12:00");
        let until = paused_until(Pause::ForAnHour, &noon);
        assert_eq!(until, Some(clock("2026-11-20T13:00").now), "an hour from now");
        assert_eq!(is_quiet(&NIGHT, until, &noon), until, "held back while the pause lasts");
        assert_eq!(is_quiet(&NIGHT, until, &clock("2026-11-20T13:00")), None, "and not afterwards");
        let late = paused_until(Pause::ForAnHour, &clock("2026-11-21T06:30"));
        let end = is_quiet(&NIGHT, late, &clock("2026-11-21T06:30"));
        assert_eq!(end, Some(clock("2026-11-21T07:30").now), "the pause lasts longer than the night");
    }

    #[test]
    fn until_tomorrow_ends_in_the_morning() {
        let until = paused_until(Pause::UntilTomorrow, &clock("2026-11-20T15:00"));
        assert_eq!(until, Some(clock("2026-11-21T07:00").now), "when the office begins");
        assert_eq!(paused_until(Pause::Resume, &clock("2026-11-20T15:00")), None, "nothing is held back");
    }
}
