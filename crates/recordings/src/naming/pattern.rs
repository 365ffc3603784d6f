//! Patterns: read once, then tried on each name.

use super::fields::{Named, Towards, When};
use jiff::civil::DateTime;
use regex::{Captures, Regex, RegexBuilder};
use thiserror::Error;

/// Longest pattern; the names it is for are no longer.
const PATTERN_CHARS_MAX: usize = 200;

/// Longest name that is looked at. File systems allow 255 bytes.
const NAME_BYTES_MAX: usize = 1_024;

/// A regular expression of a pattern stays far below it.
const EXPRESSION_BYTES_MAX: usize = 1 << 20;

/// What is wrong with a pattern, for the person who writes it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{says}")]
pub struct PatternError {
    /// The character that it begins at, from 0.
    pub at: usize,
    pub says: String,
}

/// A pattern that can be tried on names.
#[derive(Clone, Debug)]
pub struct Pattern {
    expression: Regex,
    fields: Vec<Field>,
}

#[derive(Clone, Debug)]
struct Field {
    kind: Kind,
    /// Of a time: which part each of its groups of digits is.
    parts: Vec<Part>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Time,
    TimeUtc,
    Epoch,
    Extension,
    Number,
    From,
    To,
    Who,
    Name,
    Group,
    CallId,
    Direction,
    Any,
}

const KINDS: &[(&str, Kind)] = &[
    ("time", Kind::Time),
    ("time_utc", Kind::TimeUtc),
    ("epoch", Kind::Epoch),
    ("extension", Kind::Extension),
    ("number", Kind::Number),
    ("from", Kind::From),
    ("to", Kind::To),
    ("who", Kind::Who),
    ("name", Kind::Name),
    ("group", Kind::Group),
    ("call_id", Kind::CallId),
    ("direction", Kind::Direction),
    ("any", Kind::Any),
];

impl Kind {
    fn word(self) -> &'static str {
        KINDS.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }

    fn expression(self) -> &'static str {
        match self {
            Kind::Time | Kind::TimeUtc => "",
            Kind::Epoch => r"[0-9]{10}(?:[0-9]{3})?",
            Kind::Extension => r"[0-9]{2,7}",
            Kind::Number | Kind::From | Kind::To => {
                r"\+?[0-9*#]{1,24}|(?i:anonymous|unknown|private|withheld|unavailable)"
            }
            Kind::Who | Kind::Name | Kind::Group => r"[^_/\\]{1,80}?",
            Kind::CallId => r"[0-9A-Za-z.:-]{1,64}?",
            Kind::Direction => r"(?i:inbound|incoming|in|outbound|outgoing|out|internal|int|[io])",
            Kind::Any => r".{0,120}?",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Year,
    ShortYear,
    Month,
    Day,
    Hour,
    HalfDayHour,
    Minute,
    Second,
    HalfDay,
}

/// Letters of a time, longest first.
const PARTS: &[(&str, Part, &str)] = &[
    ("YYYY", Part::Year, r"([0-9]{4})"),
    ("YY", Part::ShortYear, r"([0-9]{2})"),
    ("MM", Part::Month, r"([0-9]{2})"),
    ("DD", Part::Day, r"([0-9]{2})"),
    ("HH", Part::Hour, r"([0-9]{2})"),
    ("hh", Part::HalfDayHour, r"([0-9]{2})"),
    ("mm", Part::Minute, r"([0-9]{2})"),
    ("ss", Part::Second, r"([0-9]{2})"),
    ("AM", Part::HalfDay, r"((?i:am|pm))"),
];

impl Pattern {
    pub fn new(text: &str) -> Result<Self, PatternError> {
        if text.trim().is_empty() {
            return Err(wrong(0, "The pattern is empty."));
        }
        let chars: Vec<char> = text.chars().collect();
        if chars.len() > PATTERN_CHARS_MAX {
            return Err(wrong(PATTERN_CHARS_MAX, "The pattern is too long: 200 characters are the most."));
        }
        let mut expression = String::from("^");
        let mut fields: Vec<Field> = Vec::new();
        let mut at = 0;
        while at < chars.len() {
            match chars[at] {
                '{' => {
                    let end = chars[at..].iter().position(|c| *c == '}').map(|offset| at + offset);
                    let Some(end) = end else {
                        return Err(wrong(at, "This brace is never closed: a field looks like {extension}."));
                    };
                    let inner: String = chars[at + 1..end].iter().collect();
                    let field = field(&inner, at, &mut expression)?;
                    let twice =
                        field.kind != Kind::Any && fields.iter().any(|known| known.kind == field.kind);
                    if twice {
                        return Err(wrong(
                            at,
                            &format!("{{{}}} stands here a second time.", field.kind.word()),
                        ));
                    }
                    fields.push(field);
                    at = end + 1;
                }
                '}' => return Err(wrong(at, "This brace closes nothing: a field looks like {extension}.")),
                '*' => {
                    expression.push_str(".{0,120}?");
                    at += 1;
                }
                literal => {
                    expression.push_str(&regex::escape(&literal.to_string()));
                    at += 1;
                }
            }
        }
        if fields.is_empty() {
            return Err(wrong(
                0,
                "The pattern has no field, for instance {time:YYYYMMDDHHmmss} or {extension}.",
            ));
        }
        expression.push('$');
        let expression = RegexBuilder::new(&expression)
            .size_limit(EXPRESSION_BYTES_MAX)
            .case_insensitive(true)
            .build()
            .map_err(|_| wrong(0, "The pattern is too complicated."))?;
        Ok(Self { expression, fields })
    }

    /// What a file's name says, with or without its ending; `None` when the pattern does not fit it.
    pub fn read(&self, file_name: &str) -> Option<Named> {
        if file_name.len() > NAME_BYTES_MAX {
            return None;
        }
        let stem = stem(file_name);
        let found = self.expression.captures(stem)?;
        let mut named = Named::default();
        let (mut from, mut to) = (None, None);
        // Group 0 is the whole; each field has one of its own, and a time one more for each of its parts.
        let mut group = 1;
        for field in &self.fields {
            let value = found.get(group).map_or("", |value| value.as_str());
            let parts = group + 1;
            group += 1 + field.parts.len();
            if value.is_empty() {
                continue;
            }
            named.fields.push((field.kind.word().to_owned(), value.to_owned()));
            match field.kind {
                // A month 13 is no time: the name means something else.
                Kind::Time => named.started = Some(When::Office(civil(&found, parts, &field.parts)?)),
                Kind::TimeUtc => {
                    let civil = civil(&found, parts, &field.parts)?;
                    let zoned = civil.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
                    named.started = Some(When::Utc(zoned.timestamp().as_millisecond()));
                }
                Kind::Epoch => named.started = Some(When::Utc(epoch_ms(value)?)),
                Kind::Extension => named.extension = Some(value.to_owned()),
                Kind::Number => named.number = is_number(value).then(|| value.to_owned()),
                Kind::From => from = Some(value),
                Kind::To => to = Some(value),
                Kind::Who => named.take_who(value),
                Kind::Name => named.name = Some(value.to_owned()),
                Kind::Group => named.group = Some(value.to_owned()),
                Kind::CallId => named.call_id = Some(value.to_owned()),
                Kind::Direction => named.towards = Towards::from_word(value),
                Kind::Any => {}
            }
        }
        named.settle_parties(from, to);
        Some(named)
    }
}

impl Towards {
    /// "in", "Outgoing", "i".
    pub fn from_word(word: &str) -> Option<Self> {
        let word = word.trim().to_ascii_lowercase();
        if word.starts_with("int") {
            Some(Self::Internal)
        } else if word.starts_with('i') {
            Some(Self::Inbound)
        } else if word.starts_with('o') {
            Some(Self::Outbound)
        } else {
            None
        }
    }
}

/// Appends the field's expression: one group around it, and one for each part of a time.
fn field(inner: &str, at: usize, expression: &mut String) -> Result<Field, PatternError> {
    let (word, format) = match inner.split_once(':') {
        Some((word, format)) => (word, Some(format)),
        None => (inner, None),
    };
    let (word, optional) = match word.strip_suffix('?') {
        Some(word) => (word, true),
        None => (word, false),
    };
    let Some((_, kind)) = KINDS.iter().find(|(known, _)| *known == word.trim()) else {
        let known: Vec<&str> = KINDS.iter().map(|(word, _)| *word).collect();
        return Err(wrong(at, &format!("There is no field {{{word}}}. Fields are: {}.", known.join(", "))));
    };
    let mut parts = Vec::new();
    expression.push('(');
    match (kind, format) {
        (Kind::Time | Kind::TimeUtc, Some(format)) => time(format, at, expression, &mut parts)?,
        (Kind::Time | Kind::TimeUtc, None) => {
            return Err(wrong(at, "A time needs its form, for instance {time:YYYYMMDDHHmmss}."));
        }
        (_, Some(_)) => return Err(wrong(at, &format!("{{{word}}} takes no form after a colon."))),
        (kind, None) => expression.push_str(kind.expression()),
    }
    expression.push(')');
    if optional {
        expression.push('?');
    }
    Ok(Field { kind: *kind, parts })
}

fn time(format: &str, at: usize, expression: &mut String, parts: &mut Vec<Part>) -> Result<(), PatternError> {
    let mut rest = format;
    'letters: while let Some(first) = rest.chars().next() {
        for (letters, part, digits) in PARTS {
            if let Some(after) = rest.strip_prefix(letters) {
                expression.push_str(digits);
                parts.push(*part);
                rest = after;
                continue 'letters;
            }
        }
        if first.is_ascii_alphabetic() && !matches!(first, 'T' | 'Z') {
            return Err(wrong(
                at,
                &format!(
                    "A time is written with YYYY, YY, MM, DD, HH, hh, mm, ss and AM; {first} is none of them."
                ),
            ));
        }
        expression.push_str(&regex::escape(&first.to_string()));
        rest = &rest[first.len_utf8()..];
    }
    let has = |wanted: &[Part]| wanted.iter().any(|part| parts.contains(part));
    let complete = has(&[Part::Year, Part::ShortYear])
        && has(&[Part::Month])
        && has(&[Part::Day])
        && (has(&[Part::Hour]) || has(&[Part::HalfDayHour]) && has(&[Part::HalfDay]))
        && has(&[Part::Minute]);
    if complete {
        return Ok(());
    }
    Err(wrong(at, "The time needs year, month, day, hour and minute, for instance {time:YYYYMMDDHHmmss}."))
}

fn civil(found: &Captures<'_>, first: usize, parts: &[Part]) -> Option<DateTime> {
    let (mut year, mut month, mut day, mut hour, mut minute, mut second) =
        (0_i16, 0_i8, 0_i8, 0_i8, 0_i8, 0_i8);
    let mut afternoon = None;
    for (n, part) in parts.iter().enumerate() {
        let text = found.get(first + n)?.as_str();
        match part {
            Part::Year => year = text.parse().ok()?,
            Part::ShortYear => year = 2000 + text.parse::<i16>().ok()?,
            Part::Month => month = text.parse().ok()?,
            Part::Day => day = text.parse().ok()?,
            Part::Hour | Part::HalfDayHour => hour = text.parse().ok()?,
            Part::Minute => minute = text.parse().ok()?,
            Part::Second => second = text.parse().ok()?,
            Part::HalfDay => afternoon = Some(text.eq_ignore_ascii_case("pm")),
        }
    }
    if let Some(afternoon) = afternoon {
        hour = hour % 12 + if afternoon { 12 } else { 0 };
    }
    DateTime::new(year, month, day, hour, minute, second, 0).ok()
}

fn epoch_ms(digits: &str) -> Option<i64> {
    let value: i64 = digits.parse().ok()?;
    Some(if digits.len() > 10 { value } else { value * 1_000 })
}

/// Words such as "anonymous" stand where a number is missing.
fn is_number(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// The name without what players go by. A dot within the name stays.
fn stem(file_name: &str) -> &str {
    match file_name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && is_ending(ending) => stem,
        _ => file_name,
    }
}

fn is_ending(ending: &str) -> bool {
    ["wav", "opus", "ogg", "oga", "mp3", "flac"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

fn wrong(at: usize, says: &str) -> PatternError {
    PatternError { at, says: says.to_owned() }
}
