//! What CallDoc says to people, in their language. The English text is the key, as with gettext: code stays readable,
//! and what a catalogue lacks is said in English. A test holds the catalogue against every key in the sources.
//!
//! Placeholders have names in braces. What the desk says comes from it as finished sentences in English;
//! [`Language::hear`] finds the German for those. What people typed themselves is never looked up.

mod catalogue;
mod hearing;
mod tables;

pub use tables::HeardRows;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    #[default]
    English,
    German,
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

    pub fn say(self, english: &'static str) -> &'static str {
        match self {
            Language::English => english,
            Language::German => catalogue::german().get(english).map_or(english, String::as_str),
        }
    }

    /// With what stands in its braces. A name that is not given stays as it is.
    pub fn fill(self, english: &'static str, given: &[(&str, &str)]) -> String {
        let mut text = self.say(english).to_owned();
        for (name, value) in given {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    /// `one` for a count of one, else `many`; both have `{count}`.
    pub fn plural(self, count: u64, one: &'static str, many: &'static str) -> String {
        let text = if count == 1 { one } else { many };
        self.fill(text, &[("count", &count.to_string())])
    }

    /// What the desk said; a sentence that no catalogue has stays as it came. For the desk's own words only: a name or a
    /// note that somebody typed may be spelt like one of them.
    pub fn hear(self, english: impl Into<String>) -> String {
        let english = english.into();
        match self {
            Language::English => english,
            Language::German => hearing::german().hear(&english).unwrap_or(english),
        }
    }

    /// A word that is known from the model, such as the name of a figure.
    pub fn term(self, english: &'static str) -> &'static str {
        match self {
            Language::English => english,
            Language::German => hearing::german().exact(english).unwrap_or(english),
        }
    }
}

#[cfg(test)]
mod hearing_tests;
#[cfg(test)]
mod sources;
#[cfg(test)]
mod tests;
