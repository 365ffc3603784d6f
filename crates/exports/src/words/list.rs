//! "One, two or three".

pub(super) fn any_of(words: &[String]) -> String {
    joined(words, "or")
}

pub(super) fn all_of(words: &[String]) -> String {
    joined(words, "and")
}

/// `“Kell”`: what somebody typed.
pub(super) fn quoted(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| format!("“{text}”")).collect()
}

fn joined(words: &[String], last_by: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [some @ .., last] => format!("{} {last_by} {last}", some.join(", ")),
    }
}
