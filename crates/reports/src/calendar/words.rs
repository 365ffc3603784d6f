//! Times as people write them.

use super::{Calendar, Stretch};
use jiff::Zoned;
use jiff::civil::{Date, Weekday};
use model::At;
use model::report::Dimension;

impl Calendar {
    /// `21 November 2026`, `1 to 30 November 2026`, with times of day where they are not midnight.
    pub fn words(&self, stretch: Stretch) -> String {
        let (from, to) = (self.zoned(stretch.from), self.zoned(stretch.to));
        if self.start_of(from.date()) == stretch.from && self.start_of(to.date()) == stretch.to {
            return dates(from.date(), self.date(stretch.to.plus_ms(-1)));
        }
        if from.date() == to.date() {
            return format!("{}, {} to {}", date(from.date()), clock(&from), clock(&to));
        }
        format!("{}, {} to {}, {}", date(from.date()), clock(&from), date(to.date()), clock(&to))
    }
}

/// What an interval is called.
pub(crate) fn span_label(calendar: &Calendar, dimension: Dimension, from: At) -> String {
    let zoned = calendar.zoned(from);
    match dimension {
        Dimension::Day => format!("{} {}", weekday(zoned.date()), date(zoned.date())),
        Dimension::Week => format!("Week of {}", date(zoned.date())),
        Dimension::Month => format!("{} {}", month(zoned.date()), zoned.year()),
        _ if comes_again(&zoned) => {
            format!("{}, {} (after the clocks went back)", date(zoned.date()), clock(&zoned))
        }
        _ => format!("{}, {}", date(zoned.date()), clock(&zoned)),
    }
}

/// The second of two times that are the same on the wall.
fn comes_again(zoned: &Zoned) -> bool {
    let first = zoned.datetime().to_zoned(zoned.time_zone().clone());
    first.is_ok_and(|first| first.timestamp() < zoned.timestamp())
}

fn dates(first: Date, last: Date) -> String {
    if first == last {
        return date(first);
    }
    if (first.year(), first.month()) == (last.year(), last.month()) {
        return format!("{} to {}", first.day(), date(last));
    }
    if first.year() == last.year() {
        return format!("{} {} to {}", first.day(), month(first), date(last));
    }
    format!("{} {} {} to {}", first.day(), month(first), first.year(), date(last))
}

fn date(date: Date) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// Written out rather than by the calendar's library: other languages find them here.
fn month(date: Date) -> &'static str {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(date.month() - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or_default()
}

fn weekday(date: Date) -> &'static str {
    match date.weekday() {
        Weekday::Monday => "Mon",
        Weekday::Tuesday => "Tue",
        Weekday::Wednesday => "Wed",
        Weekday::Thursday => "Thu",
        Weekday::Friday => "Fri",
        Weekday::Saturday => "Sat",
        Weekday::Sunday => "Sun",
    }
}

fn clock(zoned: &Zoned) -> String {
    zoned.strftime("%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{at, berlin};
    use super::*;

    #[test]
    fn a_stretch_is_written_as_people_say_it() {
        for (from, to, words) in [
            ("2026-11-21T00:00", "2026-11-22T00:00", "21 November 2026"),
            ("2026-11-01T00:00", "2026-12-01T00:00", "1 to 30 November 2026"),
            ("2026-10-30T00:00", "2026-11-03T00:00", "30 October to 2 November 2026"),
            ("2025-12-30T00:00", "2026-01-03T00:00", "30 December 2025 to 2 January 2026"),
            ("2026-11-21T08:00", "2026-11-21T12:30", "21 November 2026, 08:00 to 12:30"),
            ("2026-11-21T08:00", "2026-11-22T00:00", "21 November 2026, 08:00 to 22 November 2026, 00:00"),
        ] {
            assert_eq!(berlin().words(Stretch { from: at(from), to: at(to) }), words, "{from} to {to}");
        }
    }

    #[test]
    fn the_hour_that_comes_twice_says_which_it_is() {
        let label = |at| span_label(&berlin(), Dimension::Hour, at);
        let first = at("2026-10-25T02:00");
        assert_eq!(label(first), "25 October 2026, 02:00", "the first");
        let second = first.plus_ms(3_600_000);
        assert_eq!(label(second), "25 October 2026, 02:00 (after the clocks went back)", "the second");
        assert_eq!(span_label(&berlin(), Dimension::Month, first), "October 2026", "a month");
        assert_eq!(
            span_label(&berlin(), Dimension::Day, first),
            "Sun 25 October 2026",
            "a day with its weekday"
        );
    }
}
