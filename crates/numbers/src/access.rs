//! What is dialled to get an outside line, as a person lists it.

/// Digits of one entry at most: a longer one is no access code.
const DIGITS_MAX: usize = 6;

/// The entries of a list such as `9, 0`, the longest first, so that the first that fits is the right one. What is none
/// (anything but digits, `*` and `#`) comes back as the error.
pub fn access_digits(list: &str) -> Result<Vec<String>, String> {
    let mut entries: Vec<String> = Vec::new();
    for entry in list.split([',', ';', ' ']).map(str::trim).filter(|entry| !entry.is_empty()) {
        let dialled = entry.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'*' | b'#'));
        if !dialled || entry.len() > DIGITS_MAX {
            return Err(entry.to_owned());
        }
        if !entries.iter().any(|known| known == entry) {
            entries.push(entry.to_owned());
        }
    }
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.len()));
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::access_digits;

    #[test]
    fn a_list_is_read_however_it_is_spaced_and_the_longest_stands_first() {
        for (list, entries) in [
            ("", vec![]),
            ("9", vec!["9"]),
            ("9,0", vec!["9", "0"]),
            (" 9 , 88; 0 ,9", vec!["88", "9", "0"]),
            ("*9,#31#", vec!["#31#", "*9"]),
        ] {
            assert_eq!(access_digits(list), Ok(entries.into_iter().map(str::to_owned).collect()), "{list:?}");
        }
    }

    #[test]
    fn what_cannot_be_dialled_is_named() {
        assert_eq!(access_digits("9, nine"), Err("nine".to_owned()), "a word");
        assert_eq!(access_digits("0049301234"), Err("0049301234".to_owned()), "a number");
    }
}
