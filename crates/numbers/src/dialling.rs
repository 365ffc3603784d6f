//! What a site's settings say about the numbers it dials.

use crate::digits::Digits;
use crate::rules::Rules;
use crate::shown::Shown;
use crate::{access_digits, world};
use std::sync::Arc;

/// Digits that must be left after access digits: fewer are no number, and short codes are whole without them.
const DIGITS_AFTER_ACCESS: usize = 3;

/// How a site dials. Made once, when its settings are read.
#[derive(Debug, Default)]
pub struct Dialling {
    rules: Option<Arc<Rules>>,
    access: Vec<String>,
    shown: Shown,
}

impl Dialling {
    /// `country` is an ISO 3166 code; without one, or with one that is not known, no number has a key.
    pub fn new(country: Option<&str>, access: &str) -> Self {
        Self {
            rules: country.and_then(Rules::of),
            // Checked where it is entered.
            access: access_digits(access).unwrap_or_default(),
            shown: Shown::default(),
        }
    }

    /// The number in E.164, by which it is compared; `None` for what the world could not dial: extensions, short codes,
    /// emergency numbers, words. What is dialled to get a line may still stand before it.
    pub fn key(&self, number: &str) -> Option<String> {
        let rules = self.rules.as_deref()?;
        let digits = Digits::of(number)?;
        if digits.plus {
            return world_number(rules, digits.text());
        }
        dialled(rules, digits.text()).or_else(|| {
            let after = |access: &String| {
                let rest = digits.text().strip_prefix(access.as_str())?;
                dialled(rules, rest).filter(|_| rest.len() >= DIGITS_AFTER_ACCESS)
            };
            self.access.iter().find_map(after)
        })
    }

    /// Beginning of the keys that somebody may mean who has typed so much of a number; `None` where that is not clear
    /// from how it begins.
    pub fn beginning(&self, typed: &str) -> Option<String> {
        let rules = self.rules.as_deref()?;
        let digits = Digits::of(typed)?;
        let text = digits.text();
        if digits.plus {
            return (!text.starts_with('0')).then(|| plus(&[text]));
        }
        if let Some(key) = dialled(rules, text) {
            return Some(key);
        }
        if let Some(rest) = rules.after_international(text) {
            return Some(plus(&[rest]));
        }
        rules
            .without_national(text)
            .filter(|rest| !rest.is_empty() && !rest.starts_with('0'))
            .map(|rest| plus(&[&rules.calling_code, &rest]))
    }

    /// A key as people here write the number: without their own country's code. `None` when it is no key, or without a
    /// country.
    pub fn shown(&self, key: &str) -> Option<String> {
        self.rules.as_deref().and_then(|rules| self.shown.of(key, &rules.calling_code))
    }
}

/// Digits as they are dialled within the country, without access digits.
fn dialled(rules: &Rules, digits: &str) -> Option<String> {
    if let Some(rest) = rules.after_international(digits)
        && let Some(key) = world_number(rules, rest)
    {
        return Some(key);
    }
    rules.significant(digits).map(|rest| plus(&[&rules.calling_code, &rest]))
}

/// Digits as after a plus.
fn world_number(rules: &Rules, digits: &str) -> Option<String> {
    let code = world::calling_code_digits(digits)?;
    match digits.strip_prefix(rules.calling_code.as_str()) {
        Some(rest) if code == rules.calling_code.len() => rules.is_number(rest).then(|| plus(&[digits])),
        Some(_) | None => Some(plus(&[digits])),
    }
}

fn plus(parts: &[&str]) -> String {
    let mut key = String::with_capacity(1 + parts.iter().map(|part| part.len()).sum::<usize>());
    key.push('+');
    parts.iter().for_each(|part| key.push_str(part));
    key
}
