//! The form of a rate table while a person fills it in: text as typed, turned into rates when it makes sense.

use crate::parts::money::{from_text, to_text};
use crate::words::say;
use contract::rates::{Rate, RateTable, TimeBand};

/// One line of the grid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RateDraft {
    pub prefix: String,
    pub label: String,
    /// Name of a time of the week; empty: at all others.
    pub band: String,
    pub per_minute: String,
    pub connect_fee: String,
    pub minimum: String,
    pub minimum_seconds: String,
    pub step_seconds: String,
}

/// A column of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    Prefix,
    Label,
    Band,
    PerMinute,
    ConnectFee,
    Minimum,
    MinimumSeconds,
    StepSeconds,
}

/// A time of the week.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BandDraft {
    pub name: String,
    /// Monday first.
    pub days: [bool; 7],
    /// As a clock shows it.
    pub from: String,
    pub to: String,
}

/// The table without its lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeadDraft {
    pub id: i64,
    pub name: String,
    pub currency: String,
    /// Empty: all that have no table of their own.
    pub sites: Vec<i64>,
}

/// Where something is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Name,
    Currency,
    /// By its index.
    Band(usize),
    /// By its index, and the column.
    Rate(usize, Column),
    /// There is none.
    Rates,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    pub place: Place,
    pub says: String,
}

/// Turns what was typed into a table.
///
/// # Errors
/// Everything that is wrong, in the order of the form. What only the whole table can tell (two rates for the same
/// numbers and times), the desk says when it is saved.
pub fn table(
    head: &HeadDraft,
    bands: &[BandDraft],
    rates: &[RateDraft],
) -> Result<RateTable, Vec<Complaint>> {
    let mut complaints = Vec::new();
    let mut complain = |place: Place, says: &str| complaints.push(Complaint { place, says: says.to_owned() });
    let currency = head.currency.trim().to_uppercase();
    if head.name.trim().is_empty() {
        complain(Place::Name, say("Give the table a name, for instance the carrier's."));
    }
    if currency.len() != 3 || !currency.chars().all(|c| c.is_ascii_uppercase()) {
        complain(Place::Currency, say("Three letters, for instance EUR."));
    }
    let mut good_bands = Vec::new();
    for (index, band) in bands.iter().enumerate() {
        match band.to_band() {
            Ok(band) if good_bands.iter().any(|known: &TimeBand| known.name == band.name) => {
                complain(Place::Band(index), say("Another time of the week has this name."));
            }
            Ok(band) => good_bands.push(band),
            Err(says) => complain(Place::Band(index), says),
        }
    }
    let mut good_rates = Vec::new();
    for (index, rate) in rates.iter().enumerate().filter(|(_, rate)| !rate.is_blank()) {
        match rate.to_rate(bands) {
            Ok(rate) => good_rates.push(rate),
            Err(wrong) => {
                wrong.into_iter().for_each(|(column, says)| complain(Place::Rate(index, column), says))
            }
        }
    }
    if rates.iter().all(RateDraft::is_blank) {
        complain(Place::Rates, say("Add at least one rate, or read them from a file."));
    }
    if !complaints.is_empty() {
        return Err(complaints);
    }
    Ok(RateTable {
        id: head.id,
        name: head.name.trim().to_owned(),
        currency,
        sites: head.sites.clone(),
        bands: good_bands,
        rates: good_rates,
    })
}

impl HeadDraft {
    pub fn of(table: &RateTable) -> Self {
        Self {
            id: table.id,
            name: table.name.clone(),
            currency: table.currency.clone(),
            sites: table.sites.clone(),
        }
    }
}

impl BandDraft {
    pub fn of(band: &TimeBand) -> Self {
        Self {
            name: band.name.clone(),
            days: band.days,
            from: minute_text(band.from_minute),
            to: minute_text(band.to_minute),
        }
    }

    fn to_band(&self) -> Result<TimeBand, &'static str> {
        let name = self.name.trim();
        if name.is_empty() {
            return Err(say("Give this time of the week a name, for instance Evening."));
        }
        if !self.days.contains(&true) {
            return Err(say("Choose at least one day."));
        }
        let (Some(from_minute), Some(to_minute)) = (minute_of(&self.from), minute_of(&self.to)) else {
            return Err(say("Enter from when to when, for instance 18:00 to 8:00."));
        };
        Ok(TimeBand { name: name.to_owned(), days: self.days, from_minute, to_minute })
    }
}

impl RateDraft {
    pub fn of(rate: &Rate) -> Self {
        Self {
            prefix: rate.prefix.clone(),
            label: rate.label.clone(),
            band: rate.band.clone().unwrap_or_default(),
            per_minute: to_text(rate.per_minute),
            connect_fee: some(rate.connect_fee, to_text),
            minimum: some(rate.minimum, to_text),
            minimum_seconds: some(i64::from(rate.minimum_seconds), |seconds| seconds.to_string()),
            step_seconds: some(i64::from(rate.step_seconds), |seconds| seconds.to_string()),
        }
    }

    /// Nothing was typed into it.
    pub fn is_blank(&self) -> bool {
        *self == Self { band: self.band.clone(), ..Self::default() }
    }

    pub fn get(&self, column: Column) -> &String {
        match column {
            Column::Prefix => &self.prefix,
            Column::Label => &self.label,
            Column::Band => &self.band,
            Column::PerMinute => &self.per_minute,
            Column::ConnectFee => &self.connect_fee,
            Column::Minimum => &self.minimum,
            Column::MinimumSeconds => &self.minimum_seconds,
            Column::StepSeconds => &self.step_seconds,
        }
    }

    pub fn set(&mut self, column: Column, text: String) {
        let place = match column {
            Column::Prefix => &mut self.prefix,
            Column::Label => &mut self.label,
            Column::Band => &mut self.band,
            Column::PerMinute => &mut self.per_minute,
            Column::ConnectFee => &mut self.connect_fee,
            Column::Minimum => &mut self.minimum,
            Column::MinimumSeconds => &mut self.minimum_seconds,
            Column::StepSeconds => &mut self.step_seconds,
        };
        *place = text;
    }

    /// What one looks for in a long table.
    pub fn matches(&self, text: &str) -> bool {
        let text = text.trim().to_lowercase();
        self.prefix.contains(&text) || self.label.to_lowercase().contains(&text)
    }

    fn to_rate(&self, bands: &[BandDraft]) -> Result<Rate, Vec<(Column, &'static str)>> {
        let not_an_amount = say("An amount such as 0.0190, with at most four decimals.");
        let not_seconds = say("A whole number of seconds.");
        let mut wrong = Vec::new();
        let prefix: String = self.prefix.chars().filter(|c| !c.is_whitespace()).collect();
        let digits = prefix.strip_prefix('+').unwrap_or(&prefix);
        if !digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '*' | '#')) {
            wrong.push((Column::Prefix, say("Digits, with + before a country; empty is everything else.")));
        }
        let band = self.band.trim();
        if !band.is_empty() && !bands.iter().any(|known| known.name.trim() == band) {
            wrong.push((Column::Band, say("There is no time of the week of this name.")));
        }
        let mut amount = |column: Column| {
            let amount = from_text(self.get(column));
            if amount.is_none() {
                wrong.push((column, not_an_amount));
            }
            amount.unwrap_or_default()
        };
        let per_minute = amount(Column::PerMinute);
        let connect_fee = amount(Column::ConnectFee);
        let minimum = amount(Column::Minimum);
        let mut seconds = |column: Column| {
            let text = self.get(column).trim();
            let seconds = if text.is_empty() { Ok(0) } else { text.parse::<u32>() };
            seconds.unwrap_or_else(|_| {
                wrong.push((column, not_seconds));
                0
            })
        };
        let minimum_seconds = seconds(Column::MinimumSeconds);
        let step_seconds = seconds(Column::StepSeconds);
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let band = (!band.is_empty()).then(|| band.to_owned());
        let label = self.label.trim().to_owned();
        Ok(Rate { prefix, label, band, per_minute, connect_fee, minimum, minimum_seconds, step_seconds })
    }
}

/// What is not asked for stays an empty field.
fn some(number: i64, text: impl Fn(i64) -> String) -> String {
    if number == 0 { String::new() } else { text(number) }
}

/// `18:00`, as time fields of a page write it.
pub fn minute_text(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60 % 24, minute % 60)
}

/// Minutes since midnight.
pub fn minute_of(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    // Some browsers add seconds.
    let minutes = minutes.split_once(':').map_or(minutes, |(minutes, _)| minutes);
    let (hours, minutes) = (hours.parse::<u16>().ok()?, minutes.parse::<u16>().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// A length of talking: `1:23`, or seconds.
pub fn seconds_of(text: &str) -> Option<u32> {
    let text = text.trim();
    let Some((minutes, seconds)) = text.split_once(':') else { return text.parse().ok() };
    let (minutes, seconds) = (minutes.parse::<u32>().ok()?, seconds.parse::<u32>().ok()?);
    (seconds < 60).then(|| minutes.checked_mul(60)?.checked_add(seconds)).flatten()
}

#[cfg(test)]
#[path = "rates_draft_tests.rs"]
mod tests;
