//! One pass over the bytes: tags, and the fields of a leaf.

use model::fact::{EndId, NodeId};

/// A position in the text that only moves forward.
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
        let open = self.at + bytes.get(self.at..)?.iter().position(|byte| *byte == b'<')?;
        let mut name_at = open + 1;
        let mut at = name_at;
        loop {
            match *bytes.get(at)? {
                b'>' => break,
                b'<' => name_at = at + 1,
                _ => {}
            }
            at += 1;
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
    #[inline]
    pub(super) fn field(&mut self) -> &'a str {
        let start = self.at;
        // Half of all fields are empty.
        match self.text.as_bytes().get(start) {
            Some(b',') => {
                self.at = start + 1;
                ""
            }
            None | Some(b'<') => "",
            Some(0..=b' ' | b'"') => self.field_with_edges(),
            Some(_) => self.plain_field(start),
        }
    }

    #[inline]
    fn plain_field(&mut self, start: usize) -> &'a str {
        let rest = &self.text.as_bytes()[start..];
        let length = rest.iter().position(|byte| matches!(byte, b',' | b'<')).unwrap_or(rest.len());
        self.at = start + length + usize::from(rest.get(length) == Some(&b','));
        let field = self.text.get(start..start + length).unwrap_or_default();
        match rest[..length].last() {
            Some(last) if *last <= b' ' => field.trim_end_matches(|last| last <= ' '),
            _ => field,
        }
    }

    /// A field that begins with white space or a quote.
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
        let delimiter = skip_blanks(bytes, end + 1);
        self.at = delimiter + usize::from(bytes.get(delimiter) == Some(&b','));
        self.text.get(start + 1..end).unwrap_or_default()
    }

    /// A number; `None` where the field is absent, no number, or too large.
    #[inline]
    pub(super) fn number<T: TryFrom<u64>>(&mut self) -> Option<T> {
        decimal(self.field()).and_then(|number| T::try_from(number).ok())
    }

    /// A number that is 0 when the PBX does not tell it.
    #[inline]
    pub(super) fn number_or_zero<T: TryFrom<u64> + Default>(&mut self) -> T {
        self.number().unwrap_or_default()
    }

    #[inline]
    pub(super) fn is_one(&mut self) -> bool {
        self.field() == "1"
    }

    pub(super) fn end_id(&mut self) -> Option<EndId> {
        hex(self.field()).map(EndId)
    }

    pub(super) fn node(&mut self) -> Option<NodeId> {
        hex(self.field()).and_then(|number| u32::try_from(number).ok()).map(NodeId)
    }
}

/// The quote that ends a quoted field is the one that a delimiter follows; others belong to the name.
fn closing_quote(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        if *bytes.get(at)? == b'"'
            && matches!(bytes.get(skip_blanks(bytes, at + 1)), None | Some(b',' | b'<'))
        {
            return Some(at);
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

/// At most 16 digits; fewer are accepted, as the manual itself prints an end id that is one digit short.
#[inline]
fn hex(field: &str) -> Option<u64> {
    if field.is_empty() || field.len() > 16 {
        return None;
    }
    let mut number = 0;
    for byte in field.bytes() {
        let digit = match byte {
            b'0'..=b'9' => byte - b'0',
            b'a'..=b'f' => byte - b'a' + 10,
            b'A'..=b'F' => byte - b'A' + 10,
            _ => return None,
        };
        number = number << 4 | u64::from(digit);
    }
    Some(number)
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
        assert_eq!(fields("\" Keller, Ann \" , x<", 2), [" Keller, Ann ", "x"], "inside quotes");
    }

    #[test]
    fn a_quote_inside_a_name_does_not_end_it() {
        assert_eq!(
            fields("\"Ann \"the boss\" K\",1<", 2),
            ["Ann \"the boss\" K", "1"],
            "a delimiter must follow"
        );
        assert_eq!(fields("\"a<b\",1<", 2), ["a<b", "1"], "markup inside quotes is text");
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
