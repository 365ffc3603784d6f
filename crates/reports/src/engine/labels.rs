//! What rows are called.

use super::office::Office;
use crate::calendar::{Calendar, span_label};
use model::report::{Dimension, Key, Who};
use model::{At, EventKind};

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

pub(crate) fn label(office: &Office, calendar: &Calendar, dimension: Dimension, key: &Key) -> String {
    let book = &office.book;
    match key {
        Key::None => nothing(dimension).to_owned(),
        Key::Who { who: Who::Person { id } } => book.person(*id),
        Key::Who { who: Who::Extension { site, number } } => book.extension(*site, number),
        Key::Group { group } => book.group(group),
        Key::Site { site } => book.site(*site),
        Key::Text { text } => match dimension {
            Dimension::Trunk => book.trunk(text),
            Dimension::OutsideNumber => book.number(text),
            Dimension::EventSequence => begun_large(&text.replace('_', " ")),
            _ => text.clone(),
        },
        Key::Direction { direction: 0 } => "Inbound".to_owned(),
        Key::Direction { direction: 1 } => "Outbound".to_owned(),
        Key::Direction { .. } => "Internal".to_owned(),
        Key::Event { code } => EventKind::from_code(*code)
            .map_or_else(String::new, |kind| begun_large(&kind.word().replace('_', " "))),
        Key::Span { from_ms, .. } => span_label(calendar, dimension, At(*from_ms)),
        Key::HourOfDay { hour } => format!("{hour:02}:00"),
        Key::DayOfWeek { day } => {
            let day = usize::from(*day).checked_sub(1).and_then(|day| DAYS.get(day));
            day.map_or_else(String::new, |day| (*day).to_owned())
        }
    }
}

/// What a row is called that stands for nothing of the kind.
fn nothing(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Person => "Nobody",
        Dimension::Group => "No group",
        Dimension::OutsideNumber | Dimension::LocalNumber => "No number",
        Dimension::OutsideName => "No name",
        Dimension::Trunk => "No trunk",
        Dimension::AccountCode => "No account code",
        Dimension::Tag => "No tag",
        Dimension::EventSequence | Dimension::FinalEvent => "No events",
        Dimension::Direction
        | Dimension::Site
        | Dimension::QuarterHour
        | Dimension::HalfHour
        | Dimension::Hour
        | Dimension::Day
        | Dimension::Week
        | Dimension::Month
        | Dimension::HourOfDay
        | Dimension::DayOfWeek => "",
    }
}

fn begun_large(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
