//! How numbers are dialled within a country, taken from the metadata of libphonenumber.

use phonenumber::Metadata;
use phonenumber::metadata::{DATABASE, Format};
use regex::{Captures, Regex, RegexBuilder};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The rules of one country.
#[derive(Debug)]
pub(crate) struct Rules {
    pub(crate) calling_code: String,
    /// What is dialled before a calling code.
    international: Option<Prefix>,
    national: Option<Prefix>,
    /// What a national prefix that names an area or a kind of number is replaced by.
    transform: Option<String>,
    /// Numbers after the calling code, of this country and of all that share its code.
    general: Vec<Regex>,
    bare: Bare,
}

/// Digits in front, or a pattern where a country has several.
#[derive(Debug)]
enum Prefix {
    Plain(String),
    Pattern(Regex),
}

/// Whether numbers are written without the national prefix.
#[derive(Debug)]
enum Bare {
    Never,
    Always,
    ByFormat(Vec<Written>),
}

/// How one kind of number is written.
#[derive(Debug)]
struct Written {
    leading: Option<Regex>,
    pattern: Regex,
    without_prefix: bool,
}

/// Rules that were made once: they hold the country's patterns, and every site there has the same.
static MADE: Mutex<BTreeMap<String, Arc<Rules>>> = Mutex::new(BTreeMap::new());

impl Rules {
    /// `None` for a country that is not known.
    pub(crate) fn of(country: &str) -> Option<Arc<Self>> {
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(rules) = made.get(country) {
            return Some(Arc::clone(rules));
        }
        let rules = Arc::new(Self::make(country)?);
        made.insert(country.to_owned(), Arc::clone(&rules));
        Some(rules)
    }

    fn make(country: &str) -> Option<Self> {
        let metadata = DATABASE.by_id(country).filter(|metadata| metadata.id() != "001")?;
        let sharing = DATABASE.by_code(&metadata.country_code()).unwrap_or_default();
        let main = sharing.first().copied().unwrap_or(metadata);
        let mut general = vec![whole(metadata.descriptors().general().national_number().as_str())?];
        if main.id() != metadata.id() {
            general.push(whole(main.descriptors().general().national_number().as_str())?);
        }
        let parsing = metadata.national_prefix_for_parsing().map(|regex| regex.as_str());
        Some(Self {
            calling_code: metadata.country_code().to_string(),
            international: metadata.international_prefix().and_then(|regex| prefix(regex.as_str())),
            national: parsing.or(metadata.national_prefix()).and_then(prefix),
            transform: metadata.national_prefix_transform_rule().map(braced),
            general,
            bare: bare(metadata, main),
        })
    }

    /// The digits after the international prefix.
    pub(crate) fn after_international<'d>(&self, digits: &'d str) -> Option<&'d str> {
        let rest = match self.international.as_ref()? {
            Prefix::Plain(plain) => digits.strip_prefix(plain.as_str())?,
            Prefix::Pattern(pattern) => &digits[pattern.find(digits)?.end()..],
        };
        // No calling code begins with 0: then it is no international prefix.
        (!rest.is_empty() && !rest.starts_with('0')).then_some(rest)
    }

    /// The number after the calling code, of digits as they are dialled within the country.
    pub(crate) fn significant<'d>(&self, digits: &'d str) -> Option<Cow<'d, str>> {
        let as_dialled = self.is_number(digits);
        if !as_dialled
            && let Some(rest) = digits.strip_prefix(self.calling_code.as_str())
            && self.is_number(rest)
        {
            return Some(Cow::Borrowed(rest));
        }
        match self.without_national(digits) {
            Some(rest) if self.is_number(&rest) => Some(rest),
            Some(_) | None => (as_dialled && self.is_written_bare(digits)).then_some(Cow::Borrowed(digits)),
        }
    }

    /// The digits after a national prefix, if there is one.
    pub(crate) fn without_national<'d>(&self, digits: &'d str) -> Option<Cow<'d, str>> {
        match self.national.as_ref()? {
            Prefix::Plain(plain) => digits.strip_prefix(plain.as_str()).map(Cow::Borrowed),
            Prefix::Pattern(pattern) => {
                // Most numbers have no such prefix, or none that is replaced: neither needs to know its groups.
                let end = pattern.find(digits)?.end();
                let Some(transform) = &self.transform else {
                    return (end > 0).then(|| Cow::Borrowed(&digits[end..]));
                };
                if end == 0 {
                    return None;
                }
                let found = pattern.captures(digits)?;
                let replaced = (1..found.len()).next_back().and_then(|last| found.get(last));
                match replaced.filter(|group| !group.is_empty()) {
                    Some(_) => Some(Cow::Owned(transformed(transform, &found, &digits[end..]))),
                    None => Some(Cow::Borrowed(&digits[end..])),
                }
            }
        }
    }

    /// Whether the country has such a number, after the calling code.
    pub(crate) fn is_number(&self, digits: &str) -> bool {
        self.general.iter().any(|general| general.is_match(digits))
    }

    fn is_written_bare(&self, digits: &str) -> bool {
        match &self.bare {
            Bare::Never => false,
            Bare::Always => true,
            Bare::ByFormat(formats) => formats
                .iter()
                .find(|written| written.fits(digits))
                .is_some_and(|written| written.without_prefix),
        }
    }
}

impl Written {
    fn of(format: &Format, without_prefix: bool) -> Option<Self> {
        let leading = match format.leading_digits().last() {
            Some(leading) => Some(regex(&format!("^(?:{})", leading.as_str()))?),
            None => None,
        };
        Some(Self { leading, pattern: whole(format.pattern().as_str())?, without_prefix })
    }

    fn fits(&self, digits: &str) -> bool {
        self.leading.as_ref().is_none_or(|leading| leading.is_match(digits)) && self.pattern.is_match(digits)
    }
}

fn transformed(transform: &str, found: &Captures<'_>, rest: &str) -> String {
    let mut number = String::new();
    found.expand(transform, &mut number);
    number.push_str(rest);
    number
}

/// `9$1` with braces, so that digits that follow a group are not taken for its number.
fn braced(transform: &str) -> String {
    let mut out = String::new();
    let mut letters = transform.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '$' => out.extend(["${", letters.next().map(String::from).as_deref().unwrap_or("0"), "}"]),
            other => out.push(other),
        }
    }
    out
}

fn prefix(pattern: &str) -> Option<Prefix> {
    let pattern: String = pattern.split_ascii_whitespace().collect();
    if pattern.bytes().all(|byte| byte.is_ascii_digit()) {
        return (!pattern.is_empty()).then_some(Prefix::Plain(pattern));
    }
    regex(&format!("^(?:{pattern})")).map(Prefix::Pattern)
}

fn whole(pattern: &str) -> Option<Regex> {
    regex(&format!("^(?:{pattern})$"))
}

/// ASCII digits only: tables of all the world's digits would cost memory for nothing.
fn regex(pattern: &str) -> Option<Regex> {
    let pattern: String = pattern.split_ascii_whitespace().collect::<String>().replace("\\d", "[0-9]");
    RegexBuilder::new(&pattern).unicode(false).build().ok()
}

fn bare(metadata: &Metadata, main: &Metadata) -> Bare {
    let Some(national) = metadata.national_prefix() else { return Bare::Always };
    // A country that shares a calling code has no formats of its own.
    let formats = if metadata.formats().is_empty() { main.formats() } else { metadata.formats() };
    let without: Vec<bool> = formats.iter().map(|format| is_without(format, national)).collect();
    match (without.contains(&true), without.contains(&false)) {
        (false, true) => Bare::Never,
        (_, false) => Bare::Always,
        (true, true) => Bare::ByFormat(
            formats
                .iter()
                .zip(without)
                .filter_map(|(format, without)| Written::of(format, without))
                .collect(),
        ),
    }
}

fn is_without(format: &Format, national: &str) -> bool {
    let written = format.national_prefix().unwrap_or_default();
    let before_the_number = written.replace("$1", "").replace("$FG", "").replace("$NP", national);
    format.is_national_prefix_optional() || !before_the_number.contains(national)
}
