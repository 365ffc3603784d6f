//! Digits and names taken out of what is kept, with everything else, lengths included, as it was: what is read anew from
//! it gives the same calls.

use super::subject::Subject;
use model::Call;
use serde_json::Value;

/// What is taken out: a number, and the names that were told with it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mask {
    subject: Subject,
    names: Vec<String>,
}

/// Shorter names stand within other words.
const NAME_LETTERS: usize = 3;

impl Mask {
    pub(super) fn new(subject: Subject, names: Vec<String>) -> Self {
        let names = names.into_iter().filter(|name| name.chars().count() >= NAME_LETTERS).collect();
        Self { subject, names }
    }

    /// `None`: there is nothing of it in these bytes. A name goes only where the number stands too.
    pub(super) fn bytes(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let mut out = bytes.to_vec();
        let mut any = false;
        let mut at = 0;
        while at < out.len() {
            if !out[at].is_ascii_digit() {
                at += 1;
                continue;
            }
            let end = out[at..]
                .iter()
                .position(|byte| !byte.is_ascii_digit())
                .map_or(out.len(), |length| at + length);
            any |= self.subject.blank(&mut out[at..end]);
            at = end;
        }
        if !any {
            return None;
        }
        for name in &self.names {
            blank_all(&mut out, name.as_bytes());
        }
        Some(out)
    }

    pub(super) fn text(&self, text: &str) -> Option<String> {
        self.bytes(text.as_bytes()).and_then(|bytes| String::from_utf8(bytes).ok())
    }

    /// A call without it. Gives whether it was there.
    pub(super) fn call(&self, call: &mut Call, key: impl Fn(&str) -> Option<String>) -> bool {
        let before = call.clone();
        let blank = |slot: &mut Option<String>| {
            if let Some(masked) = slot.as_deref().and_then(|text| self.text(text)) {
                *slot = Some(masked);
            }
        };
        blank(&mut call.external_number);
        blank(&mut call.dialed_number);
        for event in &mut call.events {
            blank(&mut event.party);
            blank(&mut event.note);
        }
        if call.external_number != before.external_number {
            call.external_e164 = call.external_number.as_deref().and_then(key);
            if let Some(name) = &mut call.external_name
                && self.names.contains(name)
            {
                *name = "x".repeat(name.len());
            }
        }
        *call != before
    }

    /// Texts within JSON: numbers of its own stay.
    pub(super) fn json(&self, value: &mut Value) {
        match value {
            Value::String(text) => {
                if let Some(masked) = self.text(text) {
                    *text = masked;
                } else if self.names.contains(text) {
                    *text = "x".repeat(text.len());
                }
            }
            Value::Array(values) => values.iter_mut().for_each(|value| self.json(value)),
            Value::Object(fields) => fields.values_mut().for_each(|value| self.json(value)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

fn blank_all(bytes: &mut [u8], wanted: &[u8]) {
    let mut at = 0;
    while let Some(found) =
        bytes.get(at..).and_then(|rest| rest.windows(wanted.len()).position(|window| window == wanted))
    {
        bytes[at + found..at + found + wanted.len()].fill(b'x');
        at += found + wanted.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask() -> Mask {
        Mask::new(Subject::of("08955501432").expect("a number"), vec!["Ann Keller".to_owned()])
    }

    #[test]
    fn every_spelling_of_a_number_goes_and_everything_else_stays() {
        let line =
            b"2026/03/09 10:00:00,00:00:05,7,908955501432,O,08955501432,390664,1000014160,E403,Ann Keller";
        let masked = mask().bytes(line).expect("it is in it");
        assert_eq!(
            String::from_utf8_lossy(&masked),
            "2026/03/09 10:00:00,00:00:05,7,900000000000,O,00000000000,390664,1000014160,E403,xxxxxxxxxx",
            "access digit, times, ids and extensions are as before"
        );
        assert_eq!(masked.len(), line.len(), "and so is its length, which frames rest on");
        assert_eq!(mask().bytes(&masked), None, "once is enough");
    }

    #[test]
    fn a_name_stays_where_the_number_is_not() {
        assert_eq!(mask().bytes(b"204;Ann Keller"), None, "a member of staff may have the same name");
    }

    #[test]
    fn json_keeps_its_own_numbers() {
        let mut value =
            serde_json::json!({ "at": 8_955_501_432_i64, "cli": "+498955501432", "of": ["Ann Keller"] });
        mask().json(&mut value);
        let expected =
            serde_json::json!({ "at": 8_955_501_432_i64, "cli": "+490000000000", "of": ["xxxxxxxxxx"] });
        assert_eq!(value, expected, "instants are no texts");
    }
}
