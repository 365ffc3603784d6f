//! In which rows a part is, and what a table's rows are, in the same words.

use crate::directory::zone;
use crate::office::HANDOVER;
use crate::plain::{Part, Whose, person_of};
use jiff::Timestamp;
use model::figures::{agents, agents_rung};
use model::report::{Dimension, Key, Who};
use model::{At, Direction};
use std::collections::BTreeSet;

const HOUR_MS: i64 = 3_600_000;

/// Of a table's row.
pub(crate) fn word(dimension: Dimension, key: &Key) -> String {
    match key {
        Key::None => "-".to_owned(),
        Key::Who { who: Who::Person { id } } => format!("Person {id}"),
        Key::Who { who: Who::Extension { site, number } } => format!("{number} of {site}"),
        Key::Group { group } => format!("{}/{}", group.site, group.number),
        Key::Text { text } if dimension == Dimension::Tag => text.to_lowercase(),
        Key::Text { text } => text.clone(),
        Key::Direction { direction } => direction.to_string(),
        Key::Site { site } => site.to_string(),
        Key::Event { code } => code.to_string(),
        Key::Span { from_ms, .. } => zoned(*from_ms).strftime("%Y-%m-%dT%H:%M%z").to_string(),
        Key::HourOfDay { hour } => hour.to_string(),
        Key::DayOfWeek { day } => day.to_string(),
    }
}

fn zoned(at_ms: i64) -> jiff::Zoned {
    Timestamp::from_millisecond(at_ms).expect("a time").to_zoned(zone())
}

/// The interval that an instant is in.
pub(crate) fn interval(dimension: Dimension, at: At) -> Option<String> {
    let at = zoned(at.0);
    let minutes = |step: i8| {
        let begin = i64::from(at.minute() % step) * 60_000
            + i64::from(at.second()) * 1_000
            + i64::from(at.millisecond());
        let begin_ms = at.timestamp().as_millisecond() - begin;
        zoned(begin_ms).strftime("%Y-%m-%dT%H:%M%z").to_string()
    };
    let date = |date: jiff::civil::Date| {
        date.to_zoned(zone()).expect("a day").strftime("%Y-%m-%dT%H:%M%z").to_string()
    };
    let monday = || {
        let mut day = at.date();
        while day.weekday() != jiff::civil::Weekday::Monday {
            day = day.yesterday().expect("a day");
        }
        day
    };
    match dimension {
        Dimension::QuarterHour => Some(minutes(15)),
        Dimension::HalfHour => Some(minutes(30)),
        Dimension::Hour => Some(minutes(60)),
        Dimension::Day => Some(date(at.date())),
        Dimension::Week => Some(date(monday())),
        Dimension::Month => Some(date(at.date().first_of_month())),
        Dimension::HourOfDay => Some(at.hour().to_string()),
        Dimension::DayOfWeek => Some(at.weekday().to_monday_one_offset().to_string()),
        _ => None,
    }
}

/// The values a part has; more than one of tags only.
pub(crate) fn words(part: &Part<'_>, dimension: Dimension) -> Vec<String> {
    let call = part.call;
    let text = |text: Option<&str>| vec![text.unwrap_or("-").to_owned()];
    let main = || call.events.iter().filter(|event| !event.beside);
    if let Some(interval) = interval(dimension, call.started_at) {
        return vec![interval];
    }
    match dimension {
        Dimension::Person => match &part.whose {
            Whose::Person(extensions) => vec![person_of(call, &extensions[0])],
            Whose::Call | Whose::Group(_) => Vec::new(),
        },
        Dimension::Group => match &part.whose {
            Whose::Group(group) => vec![format!("{}/{group}", call.site.0)],
            Whose::Person(extensions) => vec![came_through(part, extensions)],
            Whose::Call => Vec::new(),
        },
        Dimension::OutsideNumber => text(part.number()),
        Dimension::OutsideName => text(call.external_name.as_deref()),
        Dimension::LocalNumber => {
            text(call.dialed_number.as_deref().filter(|_| call.direction == Direction::Inbound))
        }
        Dimension::Direction => vec![(call.direction as i64).to_string()],
        Dimension::Trunk => text(call.trunk.as_deref().and_then(|trunk| trunk.split('.').next())),
        Dimension::AccountCode => text(call.account_code.as_deref()),
        Dimension::Tag => {
            let all = part.added.tags.iter().chain(&call.tag).map(|tag| tag.to_lowercase());
            let all: BTreeSet<String> = all.collect();
            if all.is_empty() { text(None) } else { all.into_iter().collect() }
        }
        Dimension::Site => vec![call.site.0.to_string()],
        Dimension::EventSequence => {
            let kinds: Vec<&str> = main().map(|event| event.kind.word()).collect();
            text(Some(kinds.join(", ").as_str()).filter(|text| !text.is_empty()))
        }
        Dimension::FinalEvent => {
            vec![main().next_back().map_or_else(|| "-".to_owned(), |event| event.kind.code().to_string())]
        }
        _ => Vec::new(),
    }
}

/// The group of the first phone of the person's that came through one.
fn came_through(part: &Part<'_>, extensions: &[String]) -> String {
    let order = agents_rung(part.call).into_iter().chain(agents(part.call));
    let own = order.filter(|extension| extensions.iter().any(|own| own == extension));
    let group_of = |extension: &str| {
        let own = part.call.events.iter().filter(|event| event.agent.as_deref() == Some(extension));
        own.filter_map(|event| event.group.clone()).next()
    };
    let group = own.into_iter().find_map(group_of);
    group.map_or_else(|| "-".to_owned(), |group| format!("{}/{group}", part.call.site.0))
}

/// Whole hours of a time, which are all the borders there are in this zone.
pub(crate) fn hours(from: At, to: At) -> impl Iterator<Item = At> {
    const { assert!(HANDOVER.0 % HOUR_MS == 0, "the handover is a border too") };
    (0..).map(move |hour| from.plus_ms(hour * HOUR_MS)).take_while(move |at| *at < to)
}
