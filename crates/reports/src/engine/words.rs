//! Whether texts of a leaf are what a condition asks for.

use crate::leaf::{Texts, kind_of};
use model::EventKind;
use model::report::{EventStep, GroupRef, NumberMatch};

/// A trunk, `Line.channel`, without its channel.
pub fn line(trunk: &str) -> &str {
    trunk.split_once('.').map_or(trunk, |(line, _)| line)
}

pub(crate) fn is_group(texts: &Texts, entry: usize, any_of: &[GroupRef]) -> bool {
    let (site, number) = texts.pair(entry);
    any_of.iter().any(|group| group.site == site && group.number == number)
}

pub(crate) fn is_word(any_of: &[String], text: &str) -> bool {
    !text.is_empty() && any_of.iter().any(|wanted| text.trim().to_lowercase() == *wanted)
}

pub(crate) fn is_number(any_of: &[NumberMatch], forms: &[&str]) -> bool {
    forms.iter().map(|form| digits_of(form)).filter(|digits| !digits.is_empty()).any(|digits| {
        any_of.iter().any(|wanted| match wanted {
            NumberMatch::Exactly(wanted) => digits == *wanted,
            NumberMatch::Begins(wanted) => !wanted.is_empty() && digits.starts_with(wanted.as_str()),
            NumberMatch::Ends(wanted) => !wanted.is_empty() && digits.ends_with(wanted.as_str()),
            NumberMatch::Anywhere(wanted) => !wanted.is_empty() && digits.contains(wanted.as_str()),
            NumberMatch::Withheld => false,
        })
    })
}

pub(crate) fn digits_of(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

pub(crate) fn has_steps(sequence: &str, steps: &[EventStep]) -> bool {
    let mut kinds = sequence.chars().filter_map(kind_of);
    steps.iter().all(|step| kinds.any(|kind: EventKind| kind == step.kind))
}
