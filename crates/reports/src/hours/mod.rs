//! Business hours: whether a site or a group was open at an instant.

mod check;

pub use check::check;

use crate::calendar::{Calendar, Stretch, date_of, weekday};
use crate::steps::Steps;
use model::report::{BusinessHours, DayRule, GroupRef, OfficeHours, Open};
use std::collections::BTreeMap;

const MINUTE_MS: i64 = 60_000;
pub(crate) const MINUTES_A_DAY: u16 = 24 * 60;

/// All hours over one time.
#[derive(Clone, Debug)]
pub(crate) struct Opening {
    sites: BTreeMap<i64, Steps<bool>>,
    groups: BTreeMap<(i64, String), Steps<bool>>,
    always: Steps<bool>,
}

impl Opening {
    pub(crate) fn of(calendar: &Calendar, hours: &OfficeHours, stretch: Stretch) -> Self {
        let mut opening =
            Self { sites: BTreeMap::new(), groups: BTreeMap::new(), always: Steps::always(true) };
        for set in &hours.of {
            let steps = steps(calendar, &set.hours, stretch);
            match &set.group {
                None => opening.sites.insert(set.site, steps),
                Some(GroupRef { site, number }) => opening.groups.insert((*site, number.clone()), steps),
            };
        }
        opening
    }

    pub(crate) fn of_site(&self, site: i64) -> &Steps<bool> {
        self.sites.get(&site).unwrap_or(&self.always)
    }

    /// A group without hours of its own has its site's.
    pub(crate) fn of_group(&self, site: i64, number: &str) -> &Steps<bool> {
        let own = if self.groups.is_empty() { None } else { self.groups.get(&(site, number.to_owned())) };
        own.unwrap_or_else(|| self.of_site(site))
    }
}

/// A date of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RuleDate {
    Once { year: i16, month: i8, day: i8 },
    Yearly { month: i8, day: i8 },
}

impl RuleDate {
    /// `2026-12-24` or `12-25`.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('-').collect();
        let well_formed =
            |part: &&str, digits: usize| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
        match parts.as_slice() {
            [year, month, day] if well_formed(year, 4) && well_formed(month, 2) && well_formed(day, 2) => {
                let (year, month, day) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
                jiff::civil::Date::new(year, month, day).ok()?;
                Some(RuleDate::Once { year, month, day })
            }
            [month, day] if well_formed(month, 2) && well_formed(day, 2) => {
                let (month, day) = (month.parse().ok()?, day.parse().ok()?);
                // A leap year, so that the 29th of February can be named.
                jiff::civil::Date::new(2024, month, day).ok()?;
                Some(RuleDate::Yearly { month, day })
            }
            _ => None,
        }
    }

    fn is(self, date: jiff::civil::Date) -> bool {
        match self {
            RuleDate::Once { year, month, day } => {
                (date.year(), date.month(), date.day()) == (year, month, day)
            }
            RuleDate::Yearly { month, day } => (date.month(), date.day()) == (month, day),
        }
    }
}

fn steps(calendar: &Calendar, hours: &BusinessHours, stretch: Stretch) -> Steps<bool> {
    let rules: Vec<(RuleDate, &DayRule)> =
        hours.days.iter().filter_map(|rule| Some((RuleDate::read(&rule.date)?, rule))).collect();
    calendar.wall_clock(stretch.from, stretch.to, |day| {
        let date = date_of(day);
        let rule = rules.iter().rev().find(|(of, _)| of.is(date));
        let open = rule.map_or(&hours.week[weekday(day)], |(_, rule)| &rule.open);
        open.iter().map(|open| span(*open)).collect()
    })
}

/// In milliseconds since midnight; one over midnight ends on the next day.
fn span(open: Open) -> (i64, i64) {
    let (from, to) = (i64::from(open.from_minute), i64::from(open.to_minute));
    let to = if to <= from { to + i64::from(MINUTES_A_DAY) } else { to };
    (from * MINUTE_MS, to * MINUTE_MS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::tests::{at, berlin};
    use model::report::HoursOf;

    fn open(from_minute: u16, to_minute: u16) -> Open {
        Open { from_minute, to_minute }
    }

    fn is_open(hours: BusinessHours, time: &str) -> bool {
        let stretch = Stretch { from: at("2026-01-01T00:00"), to: at("2027-01-01T00:00") };
        steps(&berlin(), &hours, stretch).at(at(time).0)
    }

    fn every_day(open: &[Open]) -> BusinessHours {
        BusinessHours { week: std::array::from_fn(|_| open.to_vec()), days: Vec::new() }
    }

    #[test]
    fn split_spans_leave_the_lunch_break_out() {
        let split = [open(8 * 60, 12 * 60), open(13 * 60, 17 * 60)];
        for (time, wanted) in [
            ("2026-06-05T07:59:59", false),
            ("2026-06-05T08:00", true),
            ("2026-06-05T11:59:59", true),
            ("2026-06-05T12:00", false),
            ("2026-06-05T13:00", true),
            ("2026-06-05T17:00", false),
        ] {
            assert_eq!(is_open(every_day(&split), time), wanted, "{time}");
        }
    }

    #[test]
    fn a_span_over_midnight_belongs_to_the_day_it_begins_on() {
        let mut hours = BusinessHours::default();
        hours.week[4] = vec![open(22 * 60, 6 * 60)];
        for (time, wanted) in [
            ("2026-06-05T21:59", false),
            ("2026-06-05T22:00", true),
            ("2026-06-06T05:59", true),
            ("2026-06-06T06:00", false),
            ("2026-06-06T22:00", false),
        ] {
            assert_eq!(is_open(hours.clone(), time), wanted, "{time}: a Friday's night");
        }
        hours.days.push(DayRule { date: "2026-06-06".into(), name: "Closed".into(), open: Vec::new() });
        assert!(is_open(hours, "2026-06-06T05:00"), "a holiday does not end the night before it");
    }

    #[test]
    fn holidays_come_every_year_and_the_last_rule_of_a_date_holds() {
        let mut hours = every_day(&[open(8 * 60, 17 * 60)]);
        hours.days = vec![
            DayRule { date: "12-24".into(), name: "Christmas Eve".into(), open: vec![open(8 * 60, 12 * 60)] },
            DayRule { date: "12-25".into(), name: "Christmas".into(), open: Vec::new() },
            DayRule { date: "2026-12-24".into(), name: "This year".into(), open: Vec::new() },
        ];
        for (time, wanted) in
            [("2026-12-23T10:00", true), ("2026-12-24T10:00", false), ("2026-12-25T10:00", false)]
        {
            assert_eq!(is_open(hours.clone(), time), wanted, "{time}");
        }
    }

    #[test]
    fn hours_follow_the_wall_clock_when_the_clocks_change() {
        let night = every_day(&[open(22 * 60, 2 * 60 + 30)]);
        let quarter_past_two = at("2026-10-25T02:15");
        let stretch = Stretch { from: at("2026-10-24T00:00"), to: at("2026-10-26T00:00") };
        let steps = steps(&berlin(), &night, stretch);
        assert!(steps.at(quarter_past_two.0), "the first quarter past two");
        assert!(!steps.at(quarter_past_two.0 + 1_800_000), "then half past is over");
        assert!(steps.at(quarter_past_two.0 + 3_600_000), "and the second quarter past two");
        assert!(
            is_open(every_day(&[open(0, 0)]), "2026-03-29T03:30"),
            "midnight to midnight is the whole day"
        );
        assert!(is_open(every_day(&[open(0, 1_440)]), "2026-10-25T23:59"), "however it is written");
    }

    #[test]
    fn a_group_without_hours_has_its_sites_and_a_site_without_is_open() {
        let hours = OfficeHours {
            of: vec![
                HoursOf { site: 1, group: None, hours: BusinessHours::default() },
                HoursOf {
                    site: 1,
                    group: Some(GroupRef { site: 1, number: "600".into() }),
                    hours: every_day(&[open(0, 1_440)]),
                },
            ],
        };
        let stretch = Stretch { from: at("2026-06-01T00:00"), to: at("2026-07-01T00:00") };
        let opening = Opening::of(&berlin(), &hours, stretch);
        let noon = at("2026-06-05T12:00").0;
        assert!(!opening.of_site(1).at(noon), "set to be closed always");
        assert!(opening.of_group(1, "600").at(noon), "has hours of its own");
        assert!(!opening.of_group(1, "601").at(noon), "has its site's");
        assert!(opening.of_group(2, "600").at(noon), "what is not set is open");
    }
}
