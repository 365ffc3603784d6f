//! What the window says, in the language that it speaks: the catalogue is the room `words`.

pub use ::words::Language;
use std::cell::Cell;

thread_local! {
    /// The page has one thread. Whoever changes it draws the window anew.
    static SPOKEN: Cell<Language> = const { Cell::new(Language::English) };
}

pub fn speak(language: Language) {
    SPOKEN.set(language);
}

pub fn spoken() -> Language {
    SPOKEN.get()
}

/// The text in the person's language.
pub fn say(english: &'static str) -> &'static str {
    SPOKEN.get().say(english)
}

/// With what stands in its braces. A name that is not given stays as it is.
pub fn fill(english: &'static str, given: &[(&str, &str)]) -> String {
    SPOKEN.get().fill(english, given)
}

/// `one` for a count of one, else `many`; both have `{count}`.
pub fn plural(count: u64, one: &'static str, many: &'static str) -> String {
    SPOKEN.get().plural(count, one, many)
}

/// What the desk said, in the person's language. For the desk's own words only: a name or a note that somebody typed may be
/// spelt like one of them.
pub fn heard(english: impl Into<String>) -> String {
    SPOKEN.get().hear(english)
}

/// Several of them.
pub fn all_heard(english: impl IntoIterator<Item = impl Into<String>>) -> Vec<String> {
    english.into_iter().map(heard).collect()
}

/// A word that the page knows from the model, such as the name of a figure.
pub fn term(english: &'static str) -> &'static str {
    SPOKEN.get().term(english)
}
