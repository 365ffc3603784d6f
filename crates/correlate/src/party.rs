//! Numbers as two sources may write them: compared by their last digits.

use model::Direction;

/// Digits that must agree at the end of two spellings of a number (+49 89 5550 1432, 08955501432).
pub(crate) const SAME_DIGITS: usize = 7;

/// Direction and last digits of the other party's number: calls whose numbers may be the same share it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct PartyKey(u32);

impl PartyKey {
    /// `None` for text without digits.
    pub(crate) fn of(direction: Direction, number: &str) -> Option<Self> {
        let mut value = 0_u32;
        let mut place = 1_u32;
        for digit in digits_from_end(number).take(SAME_DIGITS) {
            value += u32::from(digit) * place;
            place *= 10;
        }
        (place > 1).then(|| Self((value * 4) | direction as u32))
    }
}

/// 1 for the same number, less where one side does not say, `None` for different ones.
pub(crate) fn likeness(record: &str, known: Option<&str>) -> Option<f32> {
    let known = known.unwrap_or_default();
    let mut pairs = digits_from_end(record).zip(digits_from_end(known));
    let shared = pairs.by_ref().take_while(|(a, b)| a == b).count();
    let shortest = digits_from_end(record).count().min(digits_from_end(known).count());
    match (has_digits(record), has_digits(known)) {
        (false, false) => Some(0.7),
        (false, true) | (true, false) => Some(0.4),
        (true, true) => (shared == shortest || shared >= SAME_DIGITS).then_some(1.0),
    }
}

fn has_digits(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

fn digits_from_end(text: &str) -> impl Iterator<Item = u8> + '_ {
    text.bytes().rev().filter(u8::is_ascii_digit).map(|byte| byte - b'0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_spellings_of_a_number_are_alike_and_share_a_key() {
        let (a, b) = ("+49 89 5550 1432", "08955501432");
        assert_eq!(likeness(a, Some(b)), Some(1.0), "the last seven digits agree");
        let key = |number| PartyKey::of(Direction::Inbound, number);
        assert_eq!(key(a), key(b), "so one finds the other");
        assert_ne!(key(a), PartyKey::of(Direction::Outbound, b), "but not across directions");
    }

    #[test]
    fn numbers_that_differ_contradict_and_missing_ones_do_not() {
        assert_eq!(likeness("01707123456", Some("02079460123")), None, "another number");
        assert_eq!(likeness("", Some("02079460123")), Some(0.4), "one side does not say");
        assert_eq!(likeness("", None), Some(0.7), "neither says: withheld");
        assert_eq!(likeness("204", Some("204")), Some(1.0), "an extension");
        assert_eq!(likeness("204", Some("214")), None, "another one");
    }
}
