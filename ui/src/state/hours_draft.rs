//! Business hours while they are filled in: weeks of spans, single dates, and what service level means.

use super::Day;
use super::schedule_draft::{minute_of, time_text};
use crate::words::{fill, say};
use contract::reports::{HoursView, SaveHours, Service, ServiceOf};
use model::report::{BusinessHours, DayRule, GroupRef, HoursOf, OfficeHours, Open};

/// Monday first.
pub fn day_names() -> [&'static str; 7] {
    [
        say("Monday"),
        say("Tuesday"),
        say("Wednesday"),
        say("Thursday"),
        say("Friday"),
        say("Saturday"),
        say("Sunday"),
    ]
}

/// A day has room for no more without overlapping in practice, and the form stays one that can be read.
const MOST_SPANS: usize = 6;
const MIDNIGHT: u16 = 24 * 60;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoursDraft {
    pub of: Vec<PlaceDraft>,
    pub service_seconds: String,
    pub short_seconds: String,
    pub service_of: ServiceOf,
    next_key: u32,
}

/// Hours of a site or of one of its groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceDraft {
    pub key: u32,
    pub site: i64,
    pub group: Option<GroupRef>,
    pub week: [Vec<SpanDraft>; 7],
    pub days: Vec<DateDraft>,
}

/// Times as time fields write them; 00:00 at the end is midnight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpanDraft {
    pub key: u32,
    pub from: String,
    pub to: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateDraft {
    pub key: u32,
    /// `2026-12-24`, as date fields write it.
    pub date: String,
    pub repeats: Repeats,
    pub name: String,
    pub open: Vec<SpanDraft>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeats {
    Once,
    EveryYear,
}

impl HoursDraft {
    /// `year` is shown for dates of every year.
    pub fn of(view: &HoursView, year: i64) -> Self {
        let mut draft = Self {
            of: Vec::new(),
            service_seconds: view.service.seconds.to_string(),
            short_seconds: view.service.short_seconds.to_string(),
            service_of: view.service.of,
            next_key: 0,
        };
        for place in &view.hours.of {
            let week = std::array::from_fn(|day| draft.spans(&place.hours.week[day]));
            let days = place.hours.days.iter().map(|rule| draft.date_of(rule, year)).collect();
            let key = draft.key();
            draft.of.push(PlaceDraft { key, site: place.site, group: place.group.clone(), week, days });
        }
        draft
    }

    /// Hours for another place: Monday to Friday, 9 to 17 o'clock, or a copy of those of its site.
    pub fn add_place(&mut self, site: i64, group: Option<GroupRef>) -> u32 {
        let of_site = self.of.iter().find(|place| place.site == site && place.group.is_none()).cloned();
        let mut week: [Vec<SpanDraft>; 7] = std::array::from_fn(|_| Vec::new());
        for (day, spans) in week.iter_mut().enumerate() {
            let known = of_site.as_ref().map(|place| place.week[day].clone());
            *spans = known.unwrap_or_else(|| if day < 5 { vec![self.span(540, 1_020)] } else { Vec::new() });
            for span in spans.iter_mut() {
                span.key = self.key();
            }
        }
        let key = self.key();
        self.of.push(PlaceDraft { key, site, group, week, days: Vec::new() });
        key
    }

    pub fn remove_place(&mut self, key: u32) {
        self.of.retain(|place| place.key != key);
    }

    pub fn place(&self, key: u32) -> Option<&PlaceDraft> {
        self.of.iter().find(|place| place.key == key)
    }

    pub fn place_mut(&mut self, key: u32) -> Option<&mut PlaceDraft> {
        self.of.iter_mut().find(|place| place.key == key)
    }

    /// Another span of a weekday, after the last one.
    pub fn add_span(&mut self, place: u32, day: usize) {
        let last = self.place(place).and_then(|place| place.week[day].last().cloned());
        let span = self.following(last.as_ref());
        if let Some(place) = self.place_mut(place)
            && place.week[day].len() < MOST_SPANS
        {
            place.week[day].push(span);
        }
    }

    /// The first day's spans for Monday to Friday.
    pub fn copy_to_workdays(&mut self, place: u32) {
        let Some(monday) = self.place(place).map(|place| place.week[0].clone()) else { return };
        for day in 1..5 {
            let mut spans = monday.clone();
            for span in &mut spans {
                span.key = self.key();
            }
            if let Some(place) = self.place_mut(place) {
                place.week[day] = spans;
            }
        }
    }

    /// Another date, closed until it is given spans.
    pub fn add_date(&mut self, place: u32, date: String) {
        let key = self.key();
        if let Some(place) = self.place_mut(place) {
            place.days.push(DateDraft {
                key,
                date,
                repeats: Repeats::Once,
                name: String::new(),
                open: Vec::new(),
            });
        }
    }

    pub fn add_date_span(&mut self, place: u32, date: u32) {
        let last = self.place(place).and_then(|place| {
            place.days.iter().find(|rule| rule.key == date).and_then(|rule| rule.open.last().cloned())
        });
        let span = self.following(last.as_ref());
        if let Some(rule) =
            self.place_mut(place).and_then(|place| place.days.iter_mut().find(|rule| rule.key == date))
            && rule.open.len() < MOST_SPANS
        {
            rule.open.push(span);
        }
    }

    /// Changes or removes a span wherever it stands.
    pub fn change_span(&mut self, place: u32, key: u32, with: impl FnOnce(&mut SpanDraft)) {
        let found = self.place_mut(place).and_then(|place| {
            let of_week = place.week.iter_mut().flatten();
            let of_days = place.days.iter_mut().flat_map(|rule| &mut rule.open);
            of_week.chain(of_days).find(|span| span.key == key)
        });
        if let Some(span) = found {
            with(span);
        }
    }

    pub fn remove_span(&mut self, place: u32, key: u32) {
        if let Some(place) = self.place_mut(place) {
            for spans in place.week.iter_mut().chain(place.days.iter_mut().map(|rule| &mut rule.open)) {
                spans.retain(|span| span.key != key);
            }
        }
    }

    /// # Errors
    /// Why it cannot be stored, as sentences.
    pub fn to_save(&self) -> Result<SaveHours, Vec<String>> {
        let mut wrong = Vec::new();
        let mut of = Vec::new();
        for place in &self.of {
            match place.to_hours() {
                Ok(hours) => of.push(HoursOf { site: place.site, group: place.group.clone(), hours }),
                Err(says) => wrong.extend(says),
            }
        }
        let mut seconds = |text: &str, what: &str| {
            let read = text.trim().parse::<u32>().ok().filter(|seconds| (1..=3_600).contains(seconds));
            if read.is_none() {
                wrong.push(fill("{what}: a number of seconds from 1 to 3,600.", &[("what", what)]));
            }
            read.unwrap_or_default()
        };
        let service = Service {
            seconds: seconds(&self.service_seconds, say("Answered within")),
            short_seconds: seconds(&self.short_seconds, say("Short abandons")),
            of: self.service_of,
        };
        if wrong.is_empty() { Ok(SaveHours { hours: OfficeHours { of }, service }) } else { Err(wrong) }
    }

    fn key(&mut self) -> u32 {
        self.next_key += 1;
        self.next_key
    }

    fn span(&mut self, from_minute: u16, to_minute: u16) -> SpanDraft {
        SpanDraft { key: self.key(), from: time_text(from_minute), to: time_text(to_minute) }
    }

    fn spans(&mut self, open: &[Open]) -> Vec<SpanDraft> {
        open.iter().map(|open| self.span(open.from_minute, open.to_minute)).collect()
    }

    fn date_of(&mut self, rule: &DayRule, year: i64) -> DateDraft {
        let every_year = rule.date.len() == "12-25".len();
        let date = if every_year { format!("{year:04}-{}", rule.date) } else { rule.date.clone() };
        DateDraft {
            key: self.key(),
            date,
            repeats: if every_year { Repeats::EveryYear } else { Repeats::Once },
            name: rule.name.clone(),
            open: self.spans(&rule.open),
        }
    }

    /// After an hour's break, four hours; the first one is a whole day's.
    fn following(&mut self, last: Option<&SpanDraft>) -> SpanDraft {
        match last.and_then(|span| minute_of(&span.to)) {
            Some(end) if end + 120 <= MIDNIGHT => self.span(end + 60, (end + 300).min(MIDNIGHT - 1)),
            Some(_) => self.span(0, 0),
            None => self.span(540, 1_020),
        }
    }
}

impl PlaceDraft {
    fn to_hours(&self) -> Result<BusinessHours, Vec<String>> {
        let mut wrong = Vec::new();
        let mut hours = BusinessHours::default();
        for (day, spans) in self.week.iter().enumerate() {
            match to_spans(spans) {
                Ok(open) => hours.week[day] = open,
                Err(says) => wrong.push(format!("{}: {says}", day_names()[day])),
            }
        }
        for day in 0..7 {
            if runs_into(&hours.week[day], &hours.week[(day + 1) % 7]) {
                let (this, next) = (day_names()[day], day_names()[(day + 1) % 7]);
                wrong.push(fill(
                    "{day}: it runs over midnight into what {next} has anyway.",
                    &[("day", this), ("next", next)],
                ));
            }
        }
        for rule in &self.days {
            match rule.to_rule() {
                Ok(rule) => hours.days.push(rule),
                Err(says) => wrong.push(says),
            }
        }
        if wrong.is_empty() { Ok(hours) } else { Err(wrong) }
    }
}

impl DateDraft {
    fn to_rule(&self) -> Result<DayRule, String> {
        let Some(day) = Day::from_text(&self.date) else {
            return Err(say("A holiday or exception has no date.").to_owned());
        };
        let text = day.to_text();
        let open = to_spans(&self.open).map_err(|says| format!("{text}: {says}"))?;
        let date = match self.repeats {
            Repeats::Once => text,
            Repeats::EveryYear => text.get("2026-".len()..).unwrap_or_default().to_owned(),
        };
        Ok(DayRule { date, name: self.name.trim().to_owned(), open })
    }
}

/// In order of time.
fn to_spans(drafts: &[SpanDraft]) -> Result<Vec<Open>, &'static str> {
    let mut spans = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let (Some(from), Some(to)) = (minute_of(&draft.from), minute_of(&draft.to)) else {
            return Err(say("a time is missing."));
        };
        // A day that is open around the clock goes from midnight to midnight.
        let to_minute = if to == 0 { MIDNIGHT } else { to };
        if from == to && from != 0 {
            return Err(say("it ends when it begins."));
        }
        spans.push(Open { from_minute: from, to_minute });
    }
    spans.sort_by_key(|open| open.from_minute);
    let overlap = spans.windows(2).any(|pair| end_of(pair[0]) > pair[1].from_minute);
    if overlap { Err(say("two times overlap.")) } else { Ok(spans) }
}

/// The end, counted from the midnight before the beginning.
fn end_of(open: Open) -> u16 {
    if open.to_minute <= open.from_minute { open.to_minute + MIDNIGHT } else { open.to_minute }
}

fn runs_into(day: &[Open], next: &[Open]) -> bool {
    let over = day.last().map(|open| end_of(*open)).filter(|end| *end > MIDNIGHT).map(|end| end - MIDNIGHT);
    over.zip(next.first()).is_some_and(|(over, first)| over > first.from_minute)
}

#[cfg(test)]
#[path = "hours_draft_tests.rs"]
mod tests;
