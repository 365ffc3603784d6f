//! "One, two or three".

use words::Language;

pub(super) fn any_of(words: &[String], language: Language) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [some @ .., last] => {
            language.fill("{first} or {last}", &[("first", &some.join(", ")), ("last", last)])
        }
    }
}

/// `“Kell”`: what somebody typed.
pub(super) fn quoted(texts: &[String], language: Language) -> Vec<String> {
    texts.iter().map(|text| language.fill("“{text}”", &[("text", text)])).collect()
}
