//! Amounts of money: in 1/10,000 of a currency as the contract has them, in decimals as people read and type them.

use js_sys::{Array, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

const UNITS: i64 = 10_000;
const DECIMALS: usize = 4;

/// `0.0290`, `0.25`: at least two decimals, and all that there are. Fields of a form are filled with it.
pub fn to_text(amount: i64) -> String {
    let sign = if amount < 0 { "-" } else { "" };
    let (whole, rest) =
        (amount.unsigned_abs() / UNITS.unsigned_abs(), amount.unsigned_abs() % UNITS.unsigned_abs());
    let decimals = format!("{rest:04}");
    let shown = if decimals.ends_with("00") { &decimals[..2] } else { &decimals };
    format!("{sign}{whole}.{shown}")
}

/// Reads what a person types, with a comma or a point; `None` for what is no amount of at most four decimals. Nothing
/// typed is nothing asked for.
pub fn from_text(text: &str) -> Option<i64> {
    let text = text.trim();
    if text.is_empty() {
        return Some(0);
    }
    let (whole, rest) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    if !digits(whole) || !digits(rest) || (whole.is_empty() && rest.is_empty()) || rest.len() > DECIMALS {
        return None;
    }
    let whole = if whole.is_empty() { 0 } else { whole.parse::<i64>().ok()? };
    let rest = format!("{rest:0<4}").parse::<i64>().ok()?;
    whole.checked_mul(UNITS)?.checked_add(rest)
}

/// As the person's system writes it: `0.38 EUR`, `0,38 EUR`.
pub fn spoken(amount: i64, currency: &str) -> String {
    let number = localized(amount).unwrap_or_else(|| to_text(amount));
    if currency.is_empty() { number } else { format!("{number} {currency}") }
}

#[allow(clippy::cast_precision_loss)]
fn localized(amount: i64) -> Option<String> {
    let options = Object::new();
    for (name, digits) in [("minimumFractionDigits", 2.0), ("maximumFractionDigits", 4.0)] {
        Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_f64(digits)).ok()?;
    }
    let intl = Reflect::get(&js_sys::global(), &JsValue::from_str("Intl")).ok()?;
    let maker = Reflect::get(&intl, &JsValue::from_str("NumberFormat")).ok()?.dyn_into::<Function>().ok()?;
    let made = Reflect::construct(&maker, &Array::of2(&JsValue::UNDEFINED, &options)).ok()?;
    let write: Function = made.unchecked_into::<Intl::NumberFormat>().format();
    write.call1(&JsValue::UNDEFINED, &JsValue::from_f64(amount as f64 / UNITS as f64)).ok()?.as_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_with_the_decimals_they_have() {
        for (amount, text) in
            [(0, "0.00"), (290, "0.0290"), (2_500, "0.25"), (123_456, "12.3456"), (-100, "-0.01")]
        {
            assert_eq!(to_text(amount), text, "{amount} ten-thousandths");
        }
    }

    #[test]
    fn amounts_are_read_with_a_comma_or_a_point() {
        for (text, amount) in [("0.029", 290), ("0,029", 290), (" 12 ", 120_000), (".5", 5_000), ("", 0)] {
            assert_eq!(from_text(text), Some(amount), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in ["-1", "0.00001", "1.2.3", "two", ".", "1 000", "99999999999999999999"] {
            assert_eq!(from_text(text), None, "{text:?}");
        }
    }

    #[test]
    fn an_amount_comes_back_as_it_was_written() {
        for amount in [0, 1, 99, 100, 9_999, 10_000, 123_456_789] {
            assert_eq!(from_text(&to_text(amount)), Some(amount), "{amount}");
        }
    }
}
