//! What the window says, in the person's language. The English text is the key, as with gettext: code stays readable,
//! and what a catalogue lacks is said in English. A test holds the catalogue against every key in the sources.
//!
//! Placeholders have names in braces. What the desk says comes from it as finished sentences in English; [`heard`]
//! finds the German for those. What people typed themselves is never looked up.

mod catalogue;
mod hearing;

use std::cell::Cell;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    #[default]
    English,
    German,
}

thread_local! {
    /// The page has one thread. Whoever changes it draws the window anew.
    static SPOKEN: Cell<Language> = const { Cell::new(Language::English) };
}

impl Language {
    /// As HTML names it.
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::German => "de",
        }
    }

    /// Of a locale such as `de-AT`; English for those without a catalogue.
    pub fn of_locale(locale: &str) -> Self {
        match locale.split(['-', '_']).next() {
            Some("de") => Language::German,
            Some(_) | None => Language::English,
        }
    }
}

pub fn speak(language: Language) {
    SPOKEN.set(language);
}

/// The text in the person's language.
pub fn say(english: &'static str) -> &'static str {
    match SPOKEN.get() {
        Language::English => english,
        Language::German => catalogue::german().get(english).map_or(english, String::as_str),
    }
}

/// With what stands in its braces. A name that is not given stays as it is.
pub fn fill(english: &'static str, given: &[(&str, &str)]) -> String {
    let mut text = say(english).to_owned();
    for (name, value) in given {
        text = text.replace(&format!("{{{name}}}"), value);
    }
    text
}

/// `one` for a count of one, else `many`; both have `{count}`.
pub fn plural(count: u64, one: &'static str, many: &'static str) -> String {
    let text = if count == 1 { one } else { many };
    fill(text, &[("count", &count.to_string())])
}

/// What the desk said, in the person's language; a sentence that no catalogue has stays as it came. For the desk's own
/// words only: a name or a note that somebody typed may be spelt like one of them.
pub fn heard(english: impl Into<String>) -> String {
    let english = english.into();
    match SPOKEN.get() {
        Language::English => english,
        Language::German => hearing::german().hear(&english).unwrap_or(english),
    }
}

/// Several of them.
pub fn all_heard(english: impl IntoIterator<Item = impl Into<String>>) -> Vec<String> {
    english.into_iter().map(heard).collect()
}

/// A word that the page knows from the model, such as the name of a figure.
pub fn term(english: &'static str) -> &'static str {
    match SPOKEN.get() {
        Language::English => english,
        Language::German => hearing::german().exact(english).unwrap_or(english),
    }
}

#[cfg(test)]
mod hearing_tests;
#[cfg(test)]
mod sources;
#[cfg(test)]
mod tests;
