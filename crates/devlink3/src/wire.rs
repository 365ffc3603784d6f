//! Big-endian numbers and the two kinds of text, read without panicking and written without padding.

/// Reads from the front of a slice; `None` means that the bytes end too early.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bytes<'a> {
    rest: &'a [u8],
}

impl<'a> Bytes<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(crate) fn rest(self) -> &'a [u8] {
        self.rest
    }

    pub(crate) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    pub(crate) fn u16(&mut self) -> Option<u16> {
        let (taken, rest) = self.rest.split_first_chunk::<2>()?;
        self.rest = rest;
        Some(u16::from_be_bytes(*taken))
    }

    pub(crate) fn u32(&mut self) -> Option<u32> {
        let (taken, rest) = self.rest.split_first_chunk::<4>()?;
        self.rest = rest;
        Some(u32::from_be_bytes(*taken))
    }

    /// Bytes after a 4-byte length.
    pub(crate) fn long_block(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.u32()?).ok()?;
        self.take(length)
    }

    /// Bytes after a 2-byte length.
    pub(crate) fn short_block(&mut self) -> Option<&'a [u8]> {
        let length = usize::from(self.u16()?);
        self.take(length)
    }

    /// Bytes up to a NUL, which is taken too. Without a NUL everything left is the text.
    pub(crate) fn until_nul(&mut self) -> &'a [u8] {
        let end = self.rest.iter().position(|byte| *byte == 0);
        let text = &self.rest[..end.unwrap_or(self.rest.len())];
        self.rest = end.map_or(&[], |end| &self.rest[end + 1..]);
        text
    }
}

/// The text of a block that ends in one or more NULs.
pub(crate) fn without_final_nuls(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    &bytes[..end]
}

/// Appends UTF-16, big-endian, up to the first 0x0000, to `out`. Returns whether something was not UTF-16.
pub(crate) fn read_unicode(bytes: &[u8], out: &mut String) -> bool {
    let units = bytes
        .chunks_exact(2)
        .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
        .take_while(|unit| *unit != 0);
    let mut lossy = false;
    for character in char::decode_utf16(units) {
        lossy |= character.is_err();
        out.push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    lossy
}

pub(crate) fn write_unicode(text: &str, out: &mut Vec<u8>) {
    for unit in text.encode_utf16() {
        out.extend_from_slice(&unit.to_be_bytes());
    }
    out.extend_from_slice(&[0, 0]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_end_too_early_are_none() {
        let mut bytes = Bytes::new(&[0, 0, 0, 9, 1]);
        assert_eq!(bytes.long_block(), None, "nine bytes are promised, one is there");
        assert_eq!(Bytes::new(&[1]).u16(), None, "half a number");
    }

    #[test]
    fn unicode_survives_and_half_pairs_are_told() {
        let mut out = Vec::new();
        write_unicode("Zoë 😀", &mut out);
        let mut text = String::new();
        assert!(!read_unicode(&out, &mut text), "it is good UTF-16");
        assert_eq!(text, "Zoë 😀", "text comes back as written");
        assert!(read_unicode(&[0xD8, 0x00, 0, 65], &mut text), "half a surrogate pair is not text");
    }
}
