//! One number outside, in all the ways in which it is written: national, with the country's code, with an access digit.

use crate::trouble::invalid;
use contract::Failure;

/// Fewer digits stand in too many numbers.
const DIGITS_MIN: usize = 7;

/// Countries whose code has one or two digits, by ITU E.164; all others have three.
const ONE_DIGIT: [&str; 2] = ["1", "7"];
const TWO_DIGITS: [&str; 44] = [
    "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48",
    "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81",
    "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
];

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Subject {
    /// Its digits without what is dialled before them, the longest first.
    forms: Vec<String>,
}

impl Subject {
    /// As a person typed it.
    pub(super) fn of(typed: &str) -> Result<Self, Failure> {
        let typed = typed.trim();
        if let Some(odd) =
            typed.chars().find(|letter| !letter.is_ascii_digit() && !"+ -/().\u{a0}".contains(*letter))
        {
            return Err(invalid(format!("\"{odd}\" is in no number. Enter the number as it is dialled.")));
        }
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        let is_international = typed.starts_with('+') || digits.starts_with("00");
        let whole = significant(&digits).to_owned();
        let mut forms = vec![whole.clone()];
        if is_international {
            let code = match &whole {
                whole if ONE_DIGIT.iter().any(|code| whole.starts_with(code)) => 1,
                whole if TWO_DIGITS.iter().any(|code| whole.starts_with(code)) => 2,
                _ => 3,
            };
            forms.extend(whole.get(code..).map(|national| significant(national).to_owned()));
        }
        forms.retain(|form| form.len() >= DIGITS_MIN);
        if forms.is_empty() {
            return Err(invalid(format!("Enter the whole number, of {DIGITS_MIN} digits at least.")));
        }
        Ok(Self { forms })
    }

    /// The last digits, which every spelling has.
    pub(super) fn ending(&self) -> &str {
        let shortest = self.forms.last().map_or("", String::as_str);
        &shortest[shortest.len().saturating_sub(DIGITS_MIN)..]
    }

    pub(super) fn is(&self, text: &str) -> bool {
        let mut digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).collect();
        self.blank(&mut digits)
    }

    /// Zeros in the place of its digits. `run` is digits alone. Gives whether they are it.
    pub(super) fn blank(&self, run: &mut [u8]) -> bool {
        let zeros = run.iter().take_while(|digit| **digit == b'0').count();
        let known = &run[zeros..];
        if known.len() < DIGITS_MIN {
            return false;
        }
        let within = self.forms.iter().find(|form| known.ends_with(form.as_bytes())).map(String::len);
        // Written without its area.
        let length = within.or_else(|| {
            self.forms.iter().any(|form| form.as_bytes().ends_with(known)).then_some(known.len())
        });
        let Some(length) = length else { return false };
        let from = run.len() - length;
        run[from..].fill(b'0');
        true
    }
}

/// Without the zeros that say where a number is dialled from.
fn significant(digits: &str) -> &str {
    digits.trim_start_matches('0')
}

#[cfg(test)]
mod tests {
    use super::Subject;

    #[test]
    fn a_number_is_known_in_all_its_spellings() {
        for typed in ["089 5550-1432", "+49 89 55501432", "0049 (89) 55501432"] {
            let subject = Subject::of(typed).expect("a number");
            for written in ["08955501432", "+498955501432", "00498955501432", "908955501432", "55501432"] {
                assert!(subject.is(written), "{typed} is {written}");
            }
            for other in ["08955501433", "5550143", "204", "00000000000", "+49 30 1234567", ""] {
                assert!(!subject.is(other), "{typed} is not {other}");
            }
            assert_eq!(subject.ending(), "5501432", "which all of them have");
        }
    }

    #[test]
    fn what_is_no_number_is_refused_in_words() {
        for typed in ["", "204", "Ann", "555 014", "089-5550x"] {
            let says = Subject::of(typed).expect_err("refused").message;
            assert!(says.ends_with('.'), "{typed:?}: {says}");
        }
    }
}
