//! One pass over the bytes: tags, and the fields of a leaf.

use model::fact::{EndId, NodeId};

/// The fields of a leaf that are looked at; the longest leaf known has 26. More are passed over.
const MAX_FIELDS: usize = 32;

/// A position in the text that only moves forward, and the fields of the leaf that it has passed last.
#[derive(Debug)]
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// Begin and end of each field.
    spans: [(usize, usize); MAX_FIELDS],
    fields: usize,
    next_field: usize,
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
        Self { text, at: 0, spans: [(0, 0); MAX_FIELDS], fields: 0, next_field: 0, no_quote_closes: false }
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

    /// Goes to the end of the leaf that begins here, and notes where its fields are.
    pub(super) fn leaf(&mut self) {
        let bytes = self.text.as_bytes();
        (self.fields, self.next_field) = (0, 0);
        let mut start = self.at;
        let mut eight_at = start;
        let mut found = delimiters(eight(bytes, eight_at));
        loop {
            while found == 0 {
                eight_at += 8;
                found = delimiters(eight(bytes, eight_at));
            }
            let at = eight_at + (found.trailing_zeros() / 8) as usize;
            found &= found - 1;
            match bytes.get(at) {
                Some(b',') => {
                    self.note(trimmed(bytes, start, at));
                    start = at + 1;
                }
                Some(b'"') => {
                    let Some(closing) = self.quoted(start, at) else {
                        continue;
                    };
                    self.note((at + 1, closing));
                    start = skip_blanks(bytes, closing + 1);
                    if bytes.get(start) != Some(&b',') {
                        self.at = start;
                        return;
                    }
                    start += 1;
                    eight_at = start;
                    found = delimiters(eight(bytes, eight_at));
                }
                // A `<`, or behind the end, where there seems to be one.
                Some(_) | None => {
                    self.note(trimmed(bytes, start, at.min(bytes.len())));
                    self.at = at;
                    return;
                }
            }
        }
    }

    /// The next field of the leaf, without white space around it and without its quotes; empty once the leaf is over.
    #[inline]
    pub(super) fn field(&mut self) -> &'a str {
        let (start, end) = self.span();
        // Half of all fields are empty.
        if start == end {
            return "";
        }
        self.text.get(start..end).unwrap_or_default()
    }

    /// A number; `None` where the field is absent, no number, or too large.
    #[inline]
    pub(super) fn number<T: TryFrom<u64>>(&mut self) -> Option<T> {
        decimal(self.bytes()).and_then(|number| T::try_from(number).ok())
    }

    /// A number that is 0 when the PBX does not tell it.
    #[inline]
    pub(super) fn number_or_zero<T: TryFrom<u64> + Default>(&mut self) -> T {
        self.number().unwrap_or_default()
    }

    #[inline]
    pub(super) fn is_one(&mut self) -> bool {
        self.bytes() == b"1"
    }

    #[inline]
    pub(super) fn is_zero(&mut self) -> bool {
        self.bytes() == b"0"
    }

    pub(super) fn end_id(&mut self) -> Option<EndId> {
        hex(self.bytes()).map(EndId)
    }

    pub(super) fn node(&mut self) -> Option<NodeId> {
        hex(self.bytes()).and_then(|number| u32::try_from(number).ok()).map(NodeId)
    }

    #[inline]
    fn bytes(&mut self) -> &'a [u8] {
        let (start, end) = self.span();
        self.text.as_bytes().get(start..end).unwrap_or_default()
    }

    #[inline]
    fn span(&mut self) -> (usize, usize) {
        let field = self.next_field;
        self.next_field += 1;
        if field < self.fields { self.spans.get(field).copied().unwrap_or_default() } else { (0, 0) }
    }

    #[inline]
    fn note(&mut self, span: (usize, usize)) {
        if let Some(free) = self.spans.get_mut(self.fields) {
            *free = span;
            self.fields += 1;
        }
    }

    /// Where the quote at `at` closes, if it opens a quoted field: nothing but white space stands before it.
    fn quoted(&mut self, start: usize, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        if self.no_quote_closes || skip_blanks(bytes, start) != at {
            return None;
        }
        let closing = closing_quote(bytes, at + 1);
        self.no_quote_closes = closing.is_none();
        closing
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

/// Without white space at either end.
#[inline]
fn trimmed(bytes: &[u8], start: usize, end: usize) -> (usize, usize) {
    match bytes.get(start..end) {
        Some([0..=b' ', ..] | [.., 0..=b' ']) => trim(bytes, start, end),
        Some(_) | None => (start, end),
    }
}

#[cold]
#[inline(never)]
fn trim(bytes: &[u8], start: usize, end: usize) -> (usize, usize) {
    let start = skip_blanks(bytes, start).min(end);
    let blanks = bytes[start..end].iter().rev().take_while(|byte| **byte <= b' ').count();
    (start, end - blanks)
}

/// What ends a field, or begins a quoted one.
#[inline]
fn delimiters(eight: u64) -> u64 {
    marks::<b',', b'<'>(eight) | marks::<b'"', b'"'>(eight)
}

/// The top bit of each byte that is `A` or `B`. The two may differ in one bit only: then one comparison finds both.
#[inline]
fn marks<const A: u8, const B: u8>(eight: u64) -> u64 {
    const { assert!((A ^ B).count_ones() <= 1, "two characters that one comparison finds") }
    const EACH: u64 = 0x0101_0101_0101_0101;
    const LOW: u64 = EACH * 0x7F;
    let zero_where_found = (eight | EACH * u64::from(A ^ B)) ^ (EACH * u64::from(A | B));
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
fn hex(field: &[u8]) -> Option<u64> {
    if field.is_empty() || field.len() > 16 {
        return None;
    }
    let (mut number, mut all) = (0, 0);
    for byte in field {
        let value = HEX[usize::from(*byte)];
        all |= value;
        number = number << 4 | u64::from(value & 0x0F);
    }
    (all <= 0x0F).then_some(number)
}

#[inline]
fn decimal(field: &[u8]) -> Option<u64> {
    if let [digit @ b'0'..=b'9'] = field {
        return Some(u64::from(digit - b'0'));
    }
    if field.is_empty() || field.len() > 19 {
        return None;
    }
    let mut number: u64 = 0;
    for byte in field {
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
        scanner.leaf();
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
            assert_eq!(decimal(field.as_bytes()), None, "{field:?}");
        }
        assert_eq!(hex(b"0a82a0300002329"), Some(0x0a8_2a03_0000_2329), "fifteen digits");
        assert_eq!(hex(b"c0a82a03000003eaf"), None, "seventeen digits");
    }
}
