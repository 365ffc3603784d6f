//! Bytes to text. Newer releases of the PBX write UTF-8, older ones Windows-1252 (of which Latin-1 is a part); no row
//! says which. Bytes that are valid UTF-8 by chance and meant otherwise do not occur in names.

use encoding_rs::WINDOWS_1252;
use std::borrow::Cow;

/// The text of a line; borrowed unless it is Windows-1252 or has control characters, which are dropped (a tab becomes
/// a blank): a NUL or an escape sequence in a name must do nothing on a screen or a terminal.
pub fn text(line: &[u8]) -> Cow<'_, str> {
    let text = match std::str::from_utf8(line) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(line).0,
    };
    if !has_control(text.as_bytes()) {
        return text;
    }
    Cow::Owned(text.chars().filter_map(harmless).collect())
}

/// All bytes are looked at, without stopping at the first, so that the compiler can take many at a time. C1 controls
/// begin with 0xC2 in UTF-8, as do letters; they are sorted out one by one.
fn has_control(bytes: &[u8]) -> bool {
    bytes.iter().fold(false, |seen, byte| seen | (*byte < 0x20) | (*byte == 0x7f) | (*byte == 0xc2))
}

fn harmless(char: char) -> Option<char> {
    match char {
        '\t' => Some(' '),
        _ if char.is_control() => None,
        _ => Some(char),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_and_ascii_are_borrowed() {
        assert!(matches!(text(b"E204,Ann Keller"), Cow::Borrowed(_)), "ASCII costs no copy");
        let umlaut = "E204,J\u{f6}rg";
        assert!(matches!(text(umlaut.as_bytes()), Cow::Borrowed(_)), "UTF-8 costs no copy");
    }

    #[test]
    fn a_latin_1_name_is_read() {
        assert_eq!(
            text(b"J\xf6rg M\xfcller"),
            "J\u{f6}rg M\u{fc}ller",
            "an older release writes one byte a letter"
        );
        assert_eq!(text(b"Caf\xe9 \x80"), "Caf\u{e9} \u{20ac}", "0x80 is the euro of Windows-1252");
    }

    #[test]
    fn control_characters_in_a_name_do_nothing() {
        assert_eq!(text(b"An\0n\x1b[2J\tKeller"), "Ann[2J Keller", "no NUL, no escape, a blank for the tab");
        assert_eq!(text("a\u{9b}b\u{b0}".as_bytes()), "ab\u{b0}", "C1 controls too, but no letters");
    }
}
