//! Instants in the office's zone, written as the person's locale writes them. The browser knows both.

use super::offsets::Offsets;
use crate::state::Day;
use contract::about::ZoneClock;
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use std::cell::RefCell;
use std::collections::HashMap;
use wasm_bindgen::{JsCast, JsValue};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// 10:42:18
    Second,
    /// 10:42
    Minute,
    /// 20 Nov, 10:42:18
    DayAndSecond,
    /// 20 Nov 2026, 10:42
    DateAndMinute,
    /// 20 Nov 2026
    Date,
    /// Fri, 20 Nov 2026
    Day,
    /// All numbers apart, for reckoning.
    Parts,
}

impl Style {
    fn options(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Style::Second => &[("hour", "2-digit"), ("minute", "2-digit"), ("second", "2-digit")],
            Style::Minute => &[("hour", "numeric"), ("minute", "2-digit")],
            Style::DayAndSecond => &[
                ("day", "numeric"),
                ("month", "short"),
                ("hour", "2-digit"),
                ("minute", "2-digit"),
                ("second", "2-digit"),
            ],
            Style::DateAndMinute => &[
                ("day", "numeric"),
                ("month", "short"),
                ("year", "numeric"),
                ("hour", "2-digit"),
                ("minute", "2-digit"),
            ],
            Style::Date => &[("day", "numeric"), ("month", "short"), ("year", "numeric")],
            Style::Day => {
                &[("weekday", "short"), ("day", "numeric"), ("month", "short"), ("year", "numeric")]
            }
            Style::Parts => &[
                ("hourCycle", "h23"),
                ("year", "numeric"),
                ("month", "numeric"),
                ("day", "numeric"),
                ("hour", "numeric"),
                ("minute", "numeric"),
                ("second", "numeric"),
            ],
        }
    }
}

thread_local! {
    /// Of numbers with one decimal.
    static DECIMALS: Option<Function> = decimal_format();
    /// Making a format takes far longer than using it, and a screen of calls uses one a hundred times.
    static FORMATS: RefCell<HashMap<(String, Style), Intl::DateTimeFormat>> = RefCell::new(HashMap::new());
    static OFFSETS: RefCell<HashMap<String, Offsets>> = RefCell::new(HashMap::new());
}

pub fn text(zone: &str, style: Style, at_ms: i64) -> String {
    with_format(zone, style, |format| {
        let write: Function = format.format();
        write.call1(&JsValue::UNDEFINED, &date(at_ms)).ok().and_then(|text| text.as_string())
    })
    .flatten()
    .unwrap_or_default()
}

/// What the zone's clock shows more than UTC at an instant.
pub fn offset_ms(zone: &str, at_ms: i64) -> i64 {
    OFFSETS.with_borrow_mut(|zones| {
        let offsets = zones.entry(zone.to_owned()).or_default();
        offsets.at(at_ms, |at_ms| offset_asked_ms(zone, at_ms))
    })
}

/// What the desk knows of the zone's clock is not asked of the browser.
pub fn tell(zone: &str, clock: ZoneClock) {
    OFFSETS.with_borrow_mut(|zones| zones.entry(zone.to_owned()).or_default().tell(clock));
}

fn offset_asked_ms(zone: &str, at_ms: i64) -> i64 {
    let shown = with_format(zone, Style::Parts, |format| {
        let mut numbers = HashMap::new();
        for part in format.format_to_parts(&date(at_ms)).iter() {
            let (name, value) = (text_of(&part, "type"), text_of(&part, "value"));
            if let (Some(name), Some(value)) = (name, value.and_then(|value| value.parse::<i64>().ok())) {
                numbers.insert(name, value);
            }
        }
        let number = |name: &str| numbers.get(name).copied().unwrap_or_default();
        let Day(days) = Day::of(number("year"), number("month"), number("day"));
        ((days * 24 + number("hour")) * 60 + number("minute")) * 60 + number("second")
    });
    shown.map_or(0, |shown_seconds| (shown_seconds - at_ms.div_euclid(1_000)) * 1_000)
}

/// A whole number as the locale groups it: 1,234.
#[allow(clippy::cast_precision_loss)]
pub fn number(count: u64) -> String {
    js_sys::Number::from(count as f64).to_locale_string("default").into()
}

/// A number with one decimal, as the locale writes it: 94.3.
pub fn one_decimal(number: f64) -> String {
    let written = DECIMALS.with(|write| {
        write.as_ref()?.call1(&JsValue::UNDEFINED, &JsValue::from_f64(number)).ok()?.as_string()
    });
    written.unwrap_or_else(|| format!("{number:.1}"))
}

fn decimal_format() -> Option<Function> {
    let options = Object::new();
    for name in ["minimumFractionDigits", "maximumFractionDigits"] {
        Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_f64(1.0)).ok()?;
    }
    let intl = Reflect::get(&js_sys::global(), &JsValue::from_str("Intl")).ok()?;
    let maker = Reflect::get(&intl, &JsValue::from_str("NumberFormat")).ok()?.dyn_into::<Function>().ok()?;
    let made = Reflect::construct(&maker, &Array::of2(&JsValue::UNDEFINED, &options)).ok()?;
    Some(made.unchecked_into::<Intl::NumberFormat>().format())
}

fn with_format<T>(zone: &str, style: Style, with: impl FnOnce(&Intl::DateTimeFormat) -> T) -> Option<T> {
    FORMATS.with_borrow_mut(|formats| {
        let key = (zone.to_owned(), style);
        if !formats.contains_key(&key) {
            formats.insert(key.clone(), make(zone, style).or_else(|| make("", style))?);
        }
        formats.get(&key).map(with)
    })
}

/// `None` for a zone that the browser does not know.
fn make(zone: &str, style: Style) -> Option<Intl::DateTimeFormat> {
    let options = Object::new();
    let set = |name: &str, value: &str| {
        let _ = Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value));
    };
    for (name, value) in style.options() {
        set(name, value);
    }
    if !zone.is_empty() {
        set("timeZone", zone);
    }
    // For reckoning, digits must be Western whatever the locale.
    let locales = if style == Style::Parts { JsValue::from_str("en-US") } else { JsValue::UNDEFINED };
    let intl = Reflect::get(&js_sys::global(), &JsValue::from_str("Intl")).ok()?;
    let maker =
        Reflect::get(&intl, &JsValue::from_str("DateTimeFormat")).ok()?.dyn_into::<Function>().ok()?;
    let made = Reflect::construct(&maker, &Array::of2(&locales, &options)).ok()?;
    Some(made.unchecked_into())
}

#[allow(clippy::cast_precision_loss)]
fn date(at_ms: i64) -> Date {
    Date::new(&JsValue::from_f64(at_ms as f64))
}

fn text_of(part: &JsValue, name: &str) -> Option<String> {
    Reflect::get(part, &JsValue::from_str(name)).ok()?.as_string()
}
