//! Numbers as people write them. Formatting takes microseconds and the same numbers are shown again and again.

use phonenumber::Mode;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Numbers remembered: a long list's worth. They are forgotten all at once.
const REMEMBERED: usize = 4_096;

#[derive(Debug, Default)]
pub(crate) struct Shown {
    known: Mutex<HashMap<String, Option<String>>>,
}

impl Shown {
    /// National form where the key begins with `calling_code`, else international; `None` for what is no key.
    pub(crate) fn of(&self, key: &str, calling_code: &str) -> Option<String> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(shown) = known.get(key) {
            return shown.clone();
        }
        if known.len() >= REMEMBERED {
            known.clear();
        }
        let shown = written(key, calling_code);
        known.insert(key.to_owned(), shown.clone());
        shown
    }
}

fn written(key: &str, calling_code: &str) -> Option<String> {
    let number = phonenumber::parse(None, key).ok()?;
    // Where the national prefix is 8, the library takes the first digit of numbers such as +7 800 for it.
    let understood = number.format().mode(Mode::E164).to_string() == key;
    let here = number.country().code().to_string() == calling_code;
    let mode = if here { Mode::National } else { Mode::International };
    understood.then(|| number.format().mode(mode).to_string())
}

#[cfg(test)]
mod tests {
    use super::Shown;

    #[test]
    fn a_number_is_written_as_people_of_the_country_do() {
        for (key, here, written) in [
            ("+498955501432", "49", Some("089 55501432")),
            ("+498955501432", "44", Some("+49 89 55501432")),
            ("+442071838750", "44", Some("020 7183 8750")),
            ("+12015550123", "1", Some("(201) 555-0123")),
            ("+33123456789", "49", Some("+33 1 23 45 67 89")),
            ("+78001234567", "7", None),
            ("204", "49", None),
            ("", "49", None),
        ] {
            let shown = Shown::default();
            for time in ["first", "second"] {
                assert_eq!(shown.of(key, here).as_deref(), written, "{key} in +{here}, the {time} time");
            }
        }
    }
}
