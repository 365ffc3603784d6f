//! Who had which extension, what calls cost, when the office is open.

use crate::office::HANDOVER;
use jiff::tz::TimeZone;
use model::At;
use model::report::{BusinessHours, DayRule, GroupRef, HoursOf, OfficeHours, Open};
use reports::{Book, Held, Tariff};
use std::sync::Arc;

const ZONE: &str = "Europe/Berlin";

/// Persons by number, groups by theirs. Person 4 has two phones.
pub(crate) struct Directory;

impl Book for Directory {
    fn holder(&self, site: i64, extension: &str, at: At) -> Held {
        let always = |by| Held { by, until: None };
        match (site, extension) {
            (1, "201") => always(Some(1)),
            (1, "202") if at < HANDOVER => Held { by: Some(2), until: Some(HANDOVER) },
            (1, "202") => always(Some(3)),
            (1, "204" | "205") => always(Some(4)),
            _ => always(None),
        }
    }

    fn person(&self, id: i64) -> String {
        format!("Person {id}")
    }

    fn extension(&self, site: i64, number: &str) -> String {
        format!("{number} of {site}")
    }

    fn group(&self, group: &GroupRef) -> String {
        format!("Group {} of {}", group.number, group.site)
    }

    fn site(&self, site: i64) -> String {
        format!("Site {site}")
    }

    fn trunk(&self, line: &str) -> String {
        line.to_owned()
    }

    fn tariff(&self, _site: i64, compared: &str, _given: &str) -> Option<Arc<dyn Tariff>> {
        // A number that is not known to the world has no rate.
        compared.starts_with('+').then(|| Arc::new(PerSecond) as Arc<dyn Tariff>)
    }
}

struct PerSecond;

impl Tariff for PerSecond {
    fn cost(&self, answered_at: At, seconds: u32) -> Option<i64> {
        cost(answered_at, seconds)
    }

    fn currency(&self) -> &str {
        "EUR"
    }
}

/// By the second, dearer on odd days; long calls have no rate.
pub(crate) fn cost(answered_at: At, seconds: u32) -> Option<i64> {
    let per_second = if answered_at.0 / 86_400_000 % 2 == 0 { 20 } else { 33 };
    (seconds < 20_000).then(|| i64::from(seconds) * per_second)
}

pub(crate) fn zone() -> TimeZone {
    TimeZone::get(ZONE).expect("a zone of the bundled data")
}

/// Site 1 by day with a lunch break and holidays, group 601 at night too; site 2 always.
pub(crate) fn hours() -> OfficeHours {
    let open = |from_minute, to_minute| Open { from_minute, to_minute };
    let mut week: [Vec<Open>; 7] =
        std::array::from_fn(|_| vec![open(8 * 60, 12 * 60), open(13 * 60, 17 * 60)]);
    week[6] = Vec::new();
    let night: [Vec<Open>; 7] = std::array::from_fn(|_| vec![open(20 * 60, 150)]);
    let days = vec![DayRule { date: "12-25".into(), name: "Christmas".into(), open: Vec::new() }];
    let group = GroupRef { site: 1, number: "601".into() };
    OfficeHours {
        of: vec![
            HoursOf { site: 1, group: None, hours: BusinessHours { week, days } },
            HoursOf { site: 1, group: Some(group), hours: BusinessHours { week: night, days: Vec::new() } },
        ],
    }
}
