//! Files beside recordings.

use recordings::side_file::{SIDE_FILE_BYTES_MAX, SideFileError, read};
use std::fmt::Write;

/// Names and values that are taken at most; the last element may bring some more.
const FIELDS_MAX: usize = 2_000;
/// Longest name that counts.
const NAME_BYTES_MAX: usize = 400;

/// What is said is bounded by what was read, and so is its number; written again as JSON and as XML, it says the same.
pub fn side_files(data: &[u8]) {
    let named = match read(data) {
        Ok(named) => named,
        Err(SideFileError::TooLarge) => {
            assert!(data.len() > SIDE_FILE_BYTES_MAX, "{} bytes are not too large", data.len());
            return;
        }
        Err(SideFileError::Unreadable) => return,
    };
    let said: usize = named.fields.iter().map(|(name, value)| name.len() + value.len()).sum();
    // A name in a list of JSON counts for each value in it; lossy text takes three bytes for one.
    let most = 3 * data.len() + named.fields.len() * NAME_BYTES_MAX;
    assert!(said <= most, "{said} bytes out of {}", data.len());
    if named.fields.len() > FIELDS_MAX {
        return;
    }
    let mut again = named.clone();
    assert_eq!(read(json(&named.fields).as_bytes()).as_ref(), Ok(&named), "written as JSON");
    // XML has no place for an element that says nothing, and none for characters that it does not know.
    let is_sayable = |value: &str| {
        value.trim() == value && value.chars().all(|one| one == ' ' || !one.is_control() && one < '\u{fffe}')
    };
    again.fields.retain(|(name, value)| !value.is_empty() && !name.is_empty() && is_sayable(value));
    if again.fields.len() == named.fields.len() {
        assert_eq!(read(xml(&again.fields).as_bytes()), Ok(again), "written as XML");
    }
}

/// A list, so that a name may come twice.
fn json(fields: &[(String, String)]) -> String {
    let pairs = fields.iter().map(|(name, value)| serde_json::json!({ name: value }));
    serde_json::Value::from_iter(pairs).to_string()
}

/// Names go into attributes: not every one could be an element's.
fn xml(fields: &[(String, String)]) -> String {
    let mut text = "<r>".to_owned();
    for (name, value) in fields {
        // Writing to a String cannot fail.
        let _ = write!(text, "<f name=\"{}\" value=\"{}\"/>", escaped(name), escaped(value));
    }
    text + "</r>"
}

/// The five by their names, and all beyond ASCII by their numbers.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for one in text.chars() {
        match one {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            one if one.is_ascii() => escaped.push(one),
            one => escaped.push_str(&format!("&#{};", u32::from(one))),
        }
    }
    escaped
}
