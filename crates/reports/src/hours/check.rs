//! Why hours cannot be stored, in words.

use super::{MINUTES_A_DAY, RuleDate};
use model::report::{BusinessHours, HoursOf, OfficeHours, Open};

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/// More than any office has; each is looked at for each day of a report.
const SETS_MAX: usize = 500;
const RULES_MAX: usize = 1_000;
const SPANS_MAX: usize = 24;

/// The first thing that is wrong.
pub fn check(hours: &OfficeHours) -> Result<(), String> {
    if hours.of.len() > SETS_MAX {
        return Err(format!("At most {SETS_MAX} sites and groups can have hours of their own."));
    }
    for (place, set) in hours.of.iter().enumerate() {
        if set.group.as_ref().is_some_and(|group| group.site != set.site) {
            return Err("The hours of a group are set for another site than the group's.".into());
        }
        if hours.of[..place].iter().any(|other| is_same(other, set)) {
            return Err(match &set.group {
                None => "The hours of one site are set twice. Remove one of the two.".into(),
                Some(group) => {
                    format!("The hours of group {} are set twice. Remove one of the two.", group.number)
                }
            });
        }
        check_one(&set.hours)?;
    }
    Ok(())
}

fn is_same(a: &HoursOf, b: &HoursOf) -> bool {
    a.site == b.site && a.group == b.group
}

fn check_one(hours: &BusinessHours) -> Result<(), String> {
    for (name, spans) in DAYS.iter().zip(&hours.week) {
        check_day(name, spans)?;
    }
    for (place, name) in DAYS.iter().enumerate() {
        let (today, next) = (&hours.week[place], &hours.week[(place + 1) % 7]);
        let night = today.iter().find(|open| minutes(**open).1 > MINUTES_A_DAY);
        let Some(night) = night else { continue };
        let into = minutes(*night).1 - MINUTES_A_DAY;
        if let Some(morning) = next.iter().find(|open| open.from_minute < into) {
            return Err(format!(
                "The hours of {name} reach into {}: {} and {} overlap.",
                DAYS[(place + 1) % 7],
                written(*night),
                written(*morning)
            ));
        }
    }
    if hours.days.len() > RULES_MAX {
        return Err(format!("At most {RULES_MAX} holidays and exceptions are kept."));
    }
    for rule in &hours.days {
        if RuleDate::read(&rule.date).is_none() {
            return Err(format!(
                "“{}” is no date. Write it as 2026-12-24, or as 12-25 for every year.",
                rule.date
            ));
        }
        check_day(&rule.date, &rule.open)?;
    }
    Ok(())
}

fn check_day(name: &str, spans: &[Open]) -> Result<(), String> {
    if spans.len() > SPANS_MAX {
        return Err(format!("{name} has more than {SPANS_MAX} spans of hours."));
    }
    if let Some(open) =
        spans.iter().find(|open| open.from_minute >= MINUTES_A_DAY || open.to_minute > MINUTES_A_DAY)
    {
        return Err(format!("{name}: {} is no time of a day, which ends at 24:00.", written(*open)));
    }
    let mut sorted = spans.to_vec();
    sorted.sort_by_key(|open| open.from_minute);
    let overlap = sorted.windows(2).find(|two| minutes(two[0]).1 > two[1].from_minute);
    if let Some(two) = overlap {
        return Err(format!("{name}: {} and {} overlap.", written(two[0]), written(two[1])));
    }
    Ok(())
}

/// Over midnight the end is counted on.
fn minutes(open: Open) -> (u16, u16) {
    let over = if open.to_minute <= open.from_minute { MINUTES_A_DAY } else { 0 };
    (open.from_minute, open.to_minute + over)
}

fn written(open: Open) -> String {
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    format!("{} to {}", clock(open.from_minute), clock(open.to_minute))
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::report::{DayRule, GroupRef};

    fn refused(change: impl Fn(&mut HoursOf)) -> String {
        let mut set = HoursOf { site: 1, group: None, hours: BusinessHours::default() };
        change(&mut set);
        check(&OfficeHours { of: vec![set] }).expect_err("wrong hours")
    }

    fn open(from_minute: u16, to_minute: u16) -> Open {
        Open { from_minute, to_minute }
    }

    #[test]
    fn what_is_wrong_is_said_in_words() {
        let overlap = refused(|set| set.hours.week[0] = vec![open(660, 900), open(480, 720)]);
        assert_eq!(overlap, "Monday: 08:00 to 12:00 and 11:00 to 15:00 overlap.", "in whichever order");
        let night = refused(|set| {
            set.hours.week[6] = vec![open(1_320, 360)];
            set.hours.week[0] = vec![open(300, 720)];
        });
        assert!(night.contains("reach into Monday"), "over midnight too: {night}");
        let late = refused(|set| set.hours.week[0] = vec![open(0, 1_500)]);
        assert!(late.contains("24:00"), "no such time: {late}");
        for date in ["2026-02-29", "13-01", "24.12.", "2026-1-1", "", "+026-01-01"] {
            let says = refused(|set| {
                set.hours.days = vec![DayRule { date: date.into(), name: String::new(), open: Vec::new() }]
            });
            assert!(says.contains("is no date"), "{date}: {says}");
        }
        let elsewhere = refused(|set| set.group = Some(GroupRef { site: 2, number: "600".into() }));
        assert!(elsewhere.contains("another site"), "a group belongs to its site: {elsewhere}");
    }

    #[test]
    fn hours_as_offices_have_them_are_taken() {
        let mut hours = BusinessHours::default();
        hours.week[0] = vec![open(480, 720), open(720, 1_020)];
        hours.week[4] = vec![open(1_320, 360)];
        hours.days = vec![DayRule { date: "02-29".into(), name: "Leap day".into(), open: Vec::new() }];
        let set = HoursOf { site: 1, group: None, hours };
        assert_eq!(check(&OfficeHours { of: vec![set.clone()] }), Ok(()), "split, overnight, yearly");
        assert!(check(&OfficeHours { of: vec![set.clone(), set] }).is_err(), "but each once");
    }
}
