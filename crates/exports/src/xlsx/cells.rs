//! One cell: what is written, and how it looks.

use crate::cell::{self, MONEY_PARTS};
use crate::change::Change;
use jiff::civil::date;
use jiff::tz::TimeZone;
use model::report::{Unit, Value};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};
use std::collections::HashMap;
use words::Language;

const DAY_MS: f64 = 86_400_000.0;
/// Excel's own limit, in UTF-16 units.
const TEXT_UNITS: usize = 32_767;
/// An office has one currency or a few; more are written without their name.
const MOST_CURRENCIES: usize = 32;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Look {
    Plain,
    Total,
    Average,
}

/// Number formats are in Excel's own, English writing; it shows them as the reader's system does.
pub(super) struct Cells {
    zone: TimeZone,
    language: Language,
    formats: HashMap<(Unit, Look), Format>,
    money: HashMap<(String, Look), Format>,
    parts: HashMap<Look, Format>,
    points: HashMap<Look, Format>,
}

impl Cells {
    pub(super) fn new(zone: TimeZone, language: Language) -> Self {
        let looks = [Look::Plain, Look::Total, Look::Average];
        let units = [Unit::Count, Unit::Length, Unit::Share, Unit::Number, Unit::Money, Unit::At, Unit::Text];
        let formats = looks.iter().flat_map(|look| {
            units.map(|unit| ((unit, *look), base(*look).set_num_format(number_format(unit, language))))
        });
        let each = |format: &str| looks.map(|look| (look, base(look).set_num_format(format)));
        let points = language.fill("{points} pts", &[("points", "")]);
        let points = format!("+0.0\"{points}\";-0.0\"{points}\";0.0\"{points}\"");
        Self {
            zone,
            language,
            formats: formats.collect(),
            money: HashMap::new(),
            parts: each("+0.0%;-0.0%;0.0%").into(),
            points: each(&points).into(),
        }
    }

    pub(super) fn head(
        &self,
        sheet: &mut Worksheet,
        at: u16,
        head: &str,
        side: FormatAlign,
    ) -> Result<(), XlsxError> {
        let format = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(side)
            .set_align(FormatAlign::VerticalCenter)
            .set_background_color(Color::RGB(0xF3_F4F8))
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(Color::RGB(0x9A_A0AB));
        sheet.write_string_with_format(0, at, fitting(head), &format)?;
        Ok(())
    }

    pub(super) fn text(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        at: u16,
        text: &str,
        look: Look,
    ) -> Result<(), XlsxError> {
        match (look, text) {
            (Look::Plain, "") => {}
            (_, text) => {
                sheet.write_string_with_format(row, at, fitting(text), self.format(Unit::Text, look))?;
            }
        }
        Ok(())
    }

    pub(super) fn value(
        &mut self,
        sheet: &mut Worksheet,
        row: u32,
        at: u16,
        value: &Value,
        unit: Unit,
        look: Look,
    ) -> Result<(), XlsxError> {
        match value {
            Value::None if look == Look::Plain => Ok(()),
            Value::None => self.text(sheet, row, at, "", look),
            Value::Text(text) => self.text(sheet, row, at, text, look),
            Value::Money { amount, currency } => {
                let format = self.money(currency, look);
                sheet.write_number_with_format(row, at, *amount as f64 / MONEY_PARTS, format)?;
                Ok(())
            }
            Value::At(ms) => match day(*ms, &self.zone) {
                Some(day) => {
                    sheet.write_number_with_format(row, at, day, self.format(Unit::At, look))?;
                    Ok(())
                }
                None => self.text(sheet, row, at, &cell::second(*ms, &self.zone, self.language), look),
            },
            Value::Length(ms) => self.number(sheet, row, at, *ms as f64 / DAY_MS, unit, look),
            Value::Count(count) => self.number(sheet, row, at, *count as f64, unit, look),
            Value::Share(number) | Value::Number(number) if number.is_finite() => {
                self.number(sheet, row, at, *number, unit, look)
            }
            Value::Share(_) | Value::Number(_) => self.text(sheet, row, at, "", look),
        }
    }

    pub(super) fn change(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        at: u16,
        change: Option<Change>,
        look: Look,
    ) -> Result<(), XlsxError> {
        let (number, formats) = match change {
            Some(Change::Part(part)) => (part, &self.parts),
            Some(Change::Points(points)) => (points, &self.points),
            None => return self.text(sheet, row, at, "", look),
        };
        let format = formats.get(&look).cloned().unwrap_or_default();
        sheet.write_number_with_format(row, at, number, &format)?;
        Ok(())
    }

    fn number(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        at: u16,
        number: f64,
        unit: Unit,
        look: Look,
    ) -> Result<(), XlsxError> {
        sheet.write_number_with_format(row, at, number, self.format(unit, look))?;
        Ok(())
    }

    fn format(&self, unit: Unit, look: Look) -> &Format {
        &self.formats[&(unit, look)]
    }

    fn money(&mut self, currency: &str, look: Look) -> &Format {
        let known = self.money.contains_key(&(currency.to_owned(), look));
        if currency.is_empty() || (!known && self.money.len() >= MOST_CURRENCIES) {
            return self.format(Unit::Money, look);
        }
        self.money.entry((currency.to_owned(), look)).or_insert_with(|| {
            // Only what cannot end the quotes of a number format.
            let name: String = currency.chars().filter(|c| c.is_alphanumeric()).take(8).collect();
            base(look).set_num_format(format!("#,##0.00##\" {name}\""))
        })
    }
}

/// Days of the wall clock since the day before 1900, as spreadsheets count them; `None` where they have no dates.
pub(super) fn day(ms: i64, zone: &TimeZone) -> Option<f64> {
    let wall = cell::zoned(ms, zone)?.datetime();
    if !(1901..=9999).contains(&wall.year()) {
        return None;
    }
    let days = wall.date().since(date(1899, 12, 30)).ok()?.get_days();
    let midnight = wall.date().at(0, 0, 0, 0);
    let since = wall.duration_since(midnight).as_millis() as f64;
    Some(f64::from(days) + since / DAY_MS)
}

fn base(look: Look) -> Format {
    match look {
        Look::Plain => Format::new(),
        Look::Total => Format::new().set_bold().set_border_top(FormatBorder::Thin),
        Look::Average => Format::new().set_italic(),
    }
}

fn number_format(unit: Unit, language: Language) -> &'static str {
    match unit {
        Unit::Count => "#,##0",
        Unit::Length => "[h]:mm:ss",
        Unit::Share => "0.0%",
        Unit::Number => "#,##0.0##",
        Unit::Money => "#,##0.00##",
        Unit::At => match language {
            Language::English => "yyyy-mm-dd hh:mm:ss",
            Language::German => "dd.mm.yyyy hh:mm:ss",
        },
        Unit::Text => "@",
    }
}

/// As much as a cell holds.
fn fitting(text: &str) -> String {
    let mut units = 0;
    let fits = |letter: &char| {
        units += letter.len_utf16();
        units < TEXT_UNITS
    };
    text.chars().take_while(fits).collect()
}
