//! A number as it was dialled, sent or typed, freed of what people write into it.

/// More digits than any number has, prefixes and access digits included.
const DIGITS_MAX: usize = 28;

/// The digits of a number, on the stack: an import makes one for each call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Digits {
    bytes: [u8; DIGITS_MAX],
    length: usize,
    /// A plus stood before them.
    pub(crate) plus: bool,
}

impl Digits {
    /// `None` for what is no number: letters, star codes, too many digits, none at all.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let mut digits = Self { bytes: [0; DIGITS_MAX], length: 0, plus: false };
        let mut bytes = text.as_bytes().iter().copied().enumerate();
        while let Some((place, byte)) = bytes.next() {
            match byte {
                b'0'..=b'9' => digits.push(byte)?,
                // "+49 (0)89": the zero is what people there dial instead of +49.
                b'(' if digits.plus && text.as_bytes()[place..].starts_with(b"(0)") => {
                    bytes.nth(1);
                }
                b'+' if digits.length == 0 && !digits.plus => digits.plus = true,
                b' ' | b'-' | b'/' | b'.' | b'(' | b')' => {}
                // A no-break space, as text is copied from a page.
                0xc2 | 0xa0 => {}
                _ => return None,
            }
        }
        (digits.length > 0).then_some(digits)
    }

    fn push(&mut self, byte: u8) -> Option<()> {
        *self.bytes.get_mut(self.length)? = byte;
        self.length += 1;
        Some(())
    }

    pub(crate) fn text(&self) -> &str {
        // Only digits were pushed.
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Digits;

    #[test]
    fn what_people_write_between_the_digits_is_left_out() {
        for (text, plus, digits) in [
            ("+49 89 5550 1432", true, "498955501432"),
            ("+49 (0)89/5550-1432", true, "498955501432"),
            ("(089) 5550.1432", false, "08955501432"),
            ("089\u{a0}5550", false, "0895550"),
        ] {
            let read = Digits::of(text).expect("a number");
            assert_eq!((read.plus, read.text()), (plus, digits), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_gives_none() {
        for text in ["", "anonymous", "*21#", "4+9", "Line 1.2", "089x", "+", &"1".repeat(40)] {
            assert!(Digits::of(text).is_none(), "{text:?}");
        }
    }
}
