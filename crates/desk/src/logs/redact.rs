//! Takes out of a text what a log must not hold: numbers that could be somebody's, what stands in quotation marks (names
//! that people gave), e-mail addresses, paths and names of files.
//!
//! It errs on the side of taking out too much: a log is read for what happened, not for whom.

use std::net::Ipv4Addr;

/// Digits that could be a number of somebody outside; extensions are shorter.
const NUMBER_DIGITS: usize = 5;

const NUMBER: &str = "(number)";
const ADDRESS: &str = "(address)";
const PATH: &str = "(path)";
const NAME: &str = "\u{2026}";

/// Endings by which a name of a file is known that stands without its folder.
const ENDINGS: [&str; 12] =
    [".wav", ".opus", ".ogg", ".mp3", ".flac", ".csv", ".xml", ".json", ".sqlite3", ".log", ".zip", ".pdf"];

pub(crate) fn redact(text: &str) -> String {
    without_numbers(&without_places(&without_quoted(text)))
}

/// `"Ann Keller"` becomes `"…"`, also where the quotation never ends.
fn without_quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        let end = match letter {
            '"' => '"',
            '\u{201c}' => '\u{201d}',
            '\u{201e}' => '\u{201c}',
            other => {
                out.push(other);
                continue;
            }
        };
        out.push(letter);
        let mut any = false;
        loop {
            match letters.next() {
                Some('\\') => {
                    letters.next();
                    any = true;
                }
                Some(inner) if inner != end => any = true,
                Some(_) | None => break,
            }
        }
        if any {
            out.push_str(NAME);
        }
        out.push(end);
    }
    out
}

fn without_places(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        let bare = word.trim_matches(|letter: char| ".,:;()[]{}<>'\u{2026}".contains(letter));
        // What a field holds follows its name: `file=/a/b`.
        let bare = bare.rsplit('=').next().unwrap_or(bare).trim_start_matches(['(', '[', '\'']);
        match place_of(bare) {
            Some(instead) if !bare.is_empty() => out.push_str(&word.replace(bare, instead)),
            _ => out.push_str(word),
        }
        out.push_str(&piece[word.len()..]);
    }
    out
}

fn place_of(word: &str) -> Option<&'static str> {
    if word.contains('@') {
        return Some(ADDRESS);
    }
    let lower = word.to_lowercase();
    let is_file = ENDINGS.iter().any(|ending| lower.ends_with(ending));
    let is_path = word.contains('\\') || word.starts_with('/') || word.starts_with('~');
    (is_file || is_path || word.matches('/').count() > 1).then_some(PATH)
}

/// Digits that people set apart by spaces, strokes, points or brackets are one number. Addresses of machines stay: they
/// say which link is meant.
fn without_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let length = stretch(from);
        let (run, after) = from.split_at(length);
        let digits = run.bytes().filter(u8::is_ascii_digit).count();
        match address_at(from) {
            Some(length) => {
                out.push_str(before);
                out.push_str(&from[..length]);
                rest = &from[length..];
                continue;
            }
            None if digits >= NUMBER_DIGITS => {
                out.push_str(before.trim_end_matches(['+', '(']));
                out.push_str(NUMBER);
            }
            None => {
                out.push_str(before);
                out.push_str(run);
            }
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Bytes from the first digit to the last one that belongs with it.
fn stretch(text: &str) -> usize {
    let mut end = 0;
    let mut between = 0;
    for (at, letter) in text.char_indices() {
        if letter.is_ascii_digit() {
            end = at + 1;
            between = 0;
            continue;
        }
        between += 1;
        if between > 2 || !" -./()\u{a0}".contains(letter) {
            break;
        }
    }
    end
}

fn address_at(text: &str) -> Option<usize> {
    let end = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(text.len());
    let address = text[..end].trim_end_matches('.');
    let first = address.bytes().next()?;
    (first != b'0' && address.parse::<Ipv4Addr>().is_ok()).then_some(address.len())
}

#[cfg(test)]
mod tests {
    use super::redact;

    #[test]
    fn numbers_are_taken_out_however_they_are_written() {
        for number in [
            "08955501432",
            "+498955501432",
            "+49 89 5550 1432",
            "(089) 5550-1432",
            "089/5550.1432",
            "555-0143",
            "20143",
            "0049\u{a0}89 5550143",
        ] {
            let text = redact(&format!("The call from {number} was lost."));
            assert_eq!(text, "The call from (number) was lost.", "{number}");
        }
    }

    #[test]
    fn what_helps_to_understand_stays() {
        for text in [
            "DevLink3 link is down: 192.168.42.1 does not answer retry_seconds=30",
            "extension 204 of group 300 rang 3 times",
            "left as it is recording=17",
            "SMDR link says=Waiting for 10.0.0.7 on port 1150.",
        ] {
            assert_eq!(redact(text), text, "no number of a caller in it");
        }
    }

    #[test]
    fn names_in_quotation_marks_paths_and_addresses_are_taken_out() {
        assert_eq!(redact("message=\"Ann Keller\" gone"), "message=\"\u{2026}\" gone", "a name");
        assert_eq!(redact("Some(\"a \\\" b\")"), "Some(\"\u{2026}\")", "whatever stands in it");
        assert_eq!(redact("never \"ended Ann"), "never \"\u{2026}\"", "nor what is cut off");
        assert_eq!(redact("from ann@example.org, now"), "from (address), now", "an e-mail address");
        assert_eq!(redact("cannot read /home/ann/x: denied"), "cannot read (path): denied", "a path");
        assert_eq!(redact("file=C:\\Users\\Ann\\x.wav"), "file=(path)", "of any system");
        assert_eq!(redact("Keller_Ann.wav could not be removed"), "(path) could not be removed", "a file");
    }

    #[test]
    fn an_odd_text_is_read_to_its_end() {
        for text in
            ["", "+", "1", "\"", "\u{201e}", "1.2.3.4.5.6", "(((12)))", "\u{fffd}9\u{fffd}", "0.0.0.0:1"]
        {
            let _ = redact(text);
        }
        assert_eq!(redact("49.89.55.50"), "49.89.55.50", "what reads as an address is taken for one");
        assert_eq!(redact("089.55.50.14"), "(number)", "a number in points is none");
    }
}
