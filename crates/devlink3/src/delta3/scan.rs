//! One pass over the bytes: tags, and the fields of a leaf.

use model::fact::{EndId, NodeId};

/// A position in the text that only moves forward. Half of all fields are empty and most others are one digit, so
/// these two are read where they are asked for, without a call.
#[derive(Debug)]
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// Set once no closing quote is ahead: looking for one at every later quote would take quadratic time.
    no_quote_closes: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag<'a> {
    Open(&'a str),
    Close(&'a str),
    /// `<Name/>`
    Empty(&'a str),
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, no_quote_closes: false }
    }

    /// The next tag; what stands before it is passed over. A `<` without its `>` is none.
    #[inline]
    pub(super) fn tag(&mut self) -> Option<Tag<'a>> {
        let bytes = self.text.as_bytes();
        // After a leaf the scanner stands before its closing tag.
        let open = match bytes.get(self.at)? {
            b'<' => self.at,
            _ => self.at + bytes[self.at..].iter().position(|byte| *byte == b'<')?,
        };
        let mut name_at = open + 1;
        let mut at = self.angle(name_at);
        while *bytes.get(at)? == b'<' {
            name_at = at + 1;
            at = self.angle(name_at);
        }
        self.at = at + 1;
        let name = self.text.get(name_at..at).unwrap_or_default();
        Some(match name.as_bytes() {
            [b'/', ..] => Tag::Close(&name[1..]),
            [.., b'/'] => Tag::Empty(&name[..name.len() - 1]),
            _ => Tag::Open(name),
        })
    }

    /// The next field of the leaf, without white space around it and without its quotes; empty once the leaf is over,
    /// as the scanner then stands before a `<` or at the end.
    #[inline(always)]
    pub(super) fn field(&mut self) -> &'a str {
        if self.text.as_bytes().get(self.at) == Some(&b',') {
            self.at += 1;
            return "";
        }
        self.whole_field()
    }

    /// A number; `None` where the field is absent, no number, or too large.
    #[inline(always)]
    pub(super) fn number<T: TryFrom<u64>>(&mut self) -> Option<T> {
        let number = match self.text.as_bytes().get(self.at..) {
            Some([b',', ..]) => {
                self.at += 1;
                return None;
            }
            Some([digit @ b'0'..=b'9', b',', ..]) => {
                self.at += 2;
                u64::from(digit - b'0')
            }
            Some(_) | None => decimal(self.whole_field())?,
        };
        T::try_from(number).ok()
    }

    /// A number that is 0 when the PBX does not tell it.
    #[inline(always)]
    pub(super) fn number_or_zero<T: TryFrom<u64> + Default>(&mut self) -> T {
        self.number().unwrap_or_default()
    }

    #[inline(always)]
    pub(super) fn is_one(&mut self) -> bool {
        self.number::<u8>() == Some(1)
    }

    #[inline(always)]
    pub(super) fn is_zero(&mut self) -> bool {
        self.number::<u8>() == Some(0)
    }

    pub(super) fn end_id(&mut self) -> Option<EndId> {
        hex(self.whole_field()).map(EndId)
    }

    pub(super) fn node(&mut self) -> Option<NodeId> {
        hex(self.whole_field()).and_then(|number| u32::try_from(number).ok()).map(NodeId)
    }

    #[inline(never)]
    fn whole_field(&mut self) -> &'a str {
        let bytes = self.text.as_bytes();
        if matches!(bytes.get(self.at), Some(0..=b' ' | b'"')) {
            return self.field_with_edges();
        }
        self.plain_field(self.at)
    }

    #[inline]
    fn plain_field(&mut self, start: usize) -> &'a str {
        let bytes = self.text.as_bytes();
        let end = delimiter(bytes, start);
        self.at = end + usize::from(bytes.get(end) == Some(&b','));
        let field = self.text.get(start..end).unwrap_or_default();
        match field.as_bytes() {
            [.., 0..=b' '] => field.trim_end_matches(|last| last <= ' '),
            _ => field,
        }
    }

    /// A field that begins with white space or a quote.
    #[inline(never)]
    fn field_with_edges(&mut self) -> &'a str {
        let bytes = self.text.as_bytes();
        let start = skip_blanks(bytes, self.at);
        if bytes.get(start) != Some(&b'"') || self.no_quote_closes {
            return self.plain_field(start);
        }
        let Some(end) = closing_quote(bytes, start + 1) else {
            self.no_quote_closes = true;
            return self.plain_field(start);
        };
        let behind = skip_blanks(bytes, end + 1);
        self.at = behind + usize::from(bytes.get(behind) == Some(&b','));
        self.text.get(start + 1..end).unwrap_or_default()
    }

    /// Where the next `<` or `>` stands, or a place behind the end.
    #[inline]
    fn angle(&self, from: usize) -> usize {
        let mut at = from;
        loop {
            let found = marks::<b'<', b'>'>(eight(self.text.as_bytes(), at));
            if found != 0 {
                return at + (found.trailing_zeros() / 8) as usize;
            }
            at += 8;
        }
    }
}

/// The eight bytes at `at`, with `<` for those behind the end.
#[inline]
fn eight(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.first_chunk::<8>() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => padded(rest),
    }
}

#[cold]
fn padded(rest: &[u8]) -> u64 {
    let mut eight = [b'<'; 8];
    eight[..rest.len()].copy_from_slice(rest);
    u64::from_le_bytes(eight)
}

/// Where the next `,` or `<` stands, or the end.
#[inline]
fn delimiter(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    loop {
        let found = marks::<b',', b'<'>(eight(bytes, at));
        if found != 0 {
            return (at + (found.trailing_zeros() / 8) as usize).min(bytes.len());
        }
        at += 8;
    }
}

/// The top bit of each byte that is `A` or `B`. The two must differ in one bit only: then one comparison finds both.
#[inline]
fn marks<const A: u8, const B: u8>(eight: u64) -> u64 {
    const { assert!((A ^ B).is_power_of_two(), "two characters that one comparison finds") }
    const EACH: u64 = 0x0101_0101_0101_0101;
    const LOW: u64 = EACH * 0x7F;
    let zero_where_found = (eight | (EACH * u64::from(A ^ B))) ^ (EACH * u64::from(A | B));
    !(((zero_where_found & LOW) + LOW) | zero_where_found | LOW)
}

/// The quote that ends a quoted field is the one that a comma, a closing tag or the end follows; others belong to the
/// name.
fn closing_quote(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        if *bytes.get(at)? == b'"' {
            let behind = bytes.get(skip_blanks(bytes, at + 1)..).unwrap_or_default();
            if matches!(behind, [] | [b',', ..] | [b'<', b'/', ..]) {
                return Some(at);
            }
        }
        at += 1;
    }
}

fn skip_blanks(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while bytes.get(at).is_some_and(|byte| *byte <= b' ') {
        at += 1;
    }
    at
}

/// Values of hexadecimal digits; 0xFF for every other byte.
const HEX: [u8; 256] = {
    let mut values = [0xFF; 256];
    let mut digit = 0;
    while digit < 16 {
        values[b"0123456789abcdef"[digit] as usize] = digit as u8;
        values[b"0123456789ABCDEF"[digit] as usize] = digit as u8;
        digit += 1;
    }
    values
};

/// At most 16 digits; fewer are accepted, as the manual itself prints an end id that is one digit short.
#[inline]
fn hex(field: &str) -> Option<u64> {
    if field.is_empty() || field.len() > 16 {
        return None;
    }
    let (mut number, mut all) = (0, 0);
    for byte in field.bytes() {
        let value = HEX[usize::from(byte)];
        all |= value;
        number = number << 4 | u64::from(value & 0x0F);
    }
    (all <= 0x0F).then_some(number)
}

#[inline]
fn decimal(field: &str) -> Option<u64> {
    if field.is_empty() || field.len() > 19 {
        return None;
    }
    let mut number: u64 = 0;
    for byte in field.bytes() {
        if !byte.is_ascii_digit() {
            return None;
        }
        number = number * 10 + u64::from(byte - b'0');
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The fields of a leaf; one more than there are is empty.
    fn fields(leaf: &str, count: usize) -> Vec<&str> {
        let mut scanner = Scanner::new(leaf);
        let fields = (0..count).map(|_| scanner.field()).collect();
        assert_eq!(scanner.field(), "", "the leaf is over");
        assert!(leaf.as_bytes().get(scanner.at).is_none_or(|byte| *byte == b'<'), "at its end");
        fields
    }

    #[test]
    fn white_space_around_fields_does_not_count_and_inside_quotes_it_does() {
        assert_eq!(fields("\r\n  a , b\t<", 2), ["a", "b"], "around fields");
        assert_eq!(fields("\" Keller, Ann \" , x</", 2), [" Keller, Ann ", "x"], "inside quotes");
    }

    #[test]
    fn a_quote_inside_a_name_does_not_end_it() {
        assert_eq!(
            fields("\"Ann \"the boss\" K\",1<", 2),
            ["Ann \"the boss\" K", "1"],
            "a delimiter must follow"
        );
        assert_eq!(fields("\"a<b\",1</", 2), ["a<b", "1"], "markup inside quotes is text");
    }

    #[test]
    fn a_quote_that_never_closes_is_an_ordinary_character() {
        assert_eq!(fields("\"Ann,\"b,1<", 3), ["\"Ann", "\"b", "1"], "the fields after it are not swallowed");
    }

    #[test]
    fn numbers_that_are_none_are_absent() {
        for field in ["", "x", "-1", "99999999999999999999", "1e3"] {
            assert_eq!(decimal(field), None, "{field:?}");
        }
        assert_eq!(hex("0a82a0300002329"), Some(0x0a8_2a03_0000_2329), "fifteen digits");
        assert_eq!(hex("c0a82a03000003eaf"), None, "seventeen digits");
    }
}
