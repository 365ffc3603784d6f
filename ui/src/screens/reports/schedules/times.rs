//! When and where a schedule sends, in words.

use crate::state::hours_draft::DAY_NAMES;
use crate::state::schedule_draft::time_text;
use contract::reports::{Destination, Every};

pub fn every_words(every: Every) -> String {
    match every {
        Every::Hour { minute: 0 } => "Every full hour".to_owned(),
        Every::Hour { minute } => format!("Every hour, {minute} minutes past"),
        Every::Day { minute_of_day } => format!("Every day at {}", time_text(minute_of_day)),
        Every::Workday { minute_of_day } => format!("Monday to Friday at {}", time_text(minute_of_day)),
        Every::Week { day, minute_of_day } => {
            let name = usize::from(day).checked_sub(1).and_then(|at| DAY_NAMES.get(at)).unwrap_or(&"week");
            format!("Every {name} at {}", time_text(minute_of_day))
        }
        Every::Month { day: 31, minute_of_day } => {
            format!("On the last day of every month at {}", time_text(minute_of_day))
        }
        Every::Month { day, minute_of_day } => {
            format!("On day {day} of every month at {}", time_text(minute_of_day))
        }
    }
}

pub fn to_words(to: &Destination) -> String {
    match to {
        Destination::Folder { folder } => format!("to the folder {folder}"),
        Destination::Mail { to, subject: _ } => match to.as_slice() {
            [only] => format!("by mail to {only}"),
            [first, rest @ ..] => format!("by mail to {first} and {} more", rest.len()),
            [] => "by mail".to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_as_people_say_them() {
        for (every, words) in [
            (Every::Hour { minute: 0 }, "Every full hour"),
            (Every::Workday { minute_of_day: 450 }, "Monday to Friday at 07:30"),
            (Every::Week { day: 5, minute_of_day: 1_020 }, "Every Friday at 17:00"),
            (Every::Month { day: 31, minute_of_day: 420 }, "On the last day of every month at 07:00"),
        ] {
            assert_eq!(every_words(every), words, "{every:?}");
        }
    }

    #[test]
    fn many_addresses_are_counted() {
        let to = ["a@example.com", "b@example.com", "c@example.com"].map(str::to_owned).to_vec();
        let words = to_words(&Destination::Mail { to, subject: String::new() });
        assert_eq!(words, "by mail to a@example.com and 2 more", "the first stands for them");
    }
}
