//! Single fields to values: lengths, numbers, callers.

/// Longer than a year is no length of a call but a slip of fields.
const MAX_SECONDS: u32 = 366 * 24 * 3600;

/// Whole seconds.
pub(crate) fn seconds(text: &str) -> Option<u32> {
    let seconds = u32::try_from(digits(text)?).ok()?;
    (seconds <= MAX_SECONDS).then_some(seconds)
}

/// `HH:MM:SS`; the hours may have more digits.
pub(crate) fn clock_seconds(text: &str) -> Option<u32> {
    let (hours, rest) = text.split_at_checked(text.len().checked_sub("HH:MM:SS".len() - 2)?)?;
    let [b':', m1, m2, b':', s1, s2] = *rest.as_bytes() else {
        return None;
    };
    let two_digits = |tens: u8, ones: u8| {
        let both = tens.is_ascii_digit() && ones.is_ascii_digit();
        both.then(|| u64::from(tens - b'0') * 10 + u64::from(ones - b'0'))
    };
    let (hours, minutes, rest) = (digits(hours)?, two_digits(m1, m2)?, two_digits(s1, s2)?);
    if minutes > 59 || rest > 59 || hours > u64::from(MAX_SECONDS) {
        return None;
    }
    let total = u32::try_from(hours * 3600 + minutes * 60 + rest).ok()?;
    (total <= MAX_SECONDS).then_some(total)
}

/// A number without sign; `None` for anything but digits.
pub(crate) fn digits(text: &str) -> Option<u64> {
    if text.is_empty() {
        return None;
    }
    text.bytes().try_fold(0u64, |sum, byte| {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 { None } else { sum.checked_mul(10)?.checked_add(u64::from(digit)) }
    })
}

/// A charge in 1/10,000: `   0.0618` is 618. Blanks and zeros before it mean nothing; more than four places are cut.
pub(crate) fn ten_thousandths(text: &str) -> Option<i64> {
    let (whole, places) = match text.bytes().position(|byte| byte == b'.') {
        Some(point) => (&text[..point], &text[point + 1..]),
        None => (text, ""),
    };
    let whole = if whole.is_empty() && !places.is_empty() { 0 } else { digits(whole)? };
    let mut fraction = 0;
    for place in 0..4 {
        let digit = places.as_bytes().get(place).copied().unwrap_or(b'0');
        if !digit.is_ascii_digit() {
            return None;
        }
        fraction = fraction * 10 + i64::from(digit - b'0');
    }
    i64::try_from(whole).ok()?.checked_mul(10_000)?.checked_add(fraction)
}

/// A caller or called number: `number@host` loses its host and `sip:` its scheme; what says that the number is withheld
/// becomes empty, as the PBX writes it on other trunks.
pub(crate) fn party_number(text: &str) -> &str {
    // Nearly all are bare digits.
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text;
    }
    let text = text.strip_prefix("sip:").unwrap_or(text);
    let number = text.split_once('@').map_or(text, |(number, _host)| number);
    if WITHHELD.iter().any(|word| number.eq_ignore_ascii_case(word)) { "" } else { number }
}

/// What SIP providers and PBX releases write instead of a number.
const WITHHELD: [&str; 6] = ["anonymous", "withheld", "private", "restricted", "unavailable", "unknown"];

/// A name as it is shown: quotes that some PBXs put around a name with a comma are taken off, a stray one stays.
pub(crate) fn name(text: &str) -> &str {
    match text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inside) => inside.trim_ascii(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_in_both_forms() {
        assert_eq!((seconds("9"), seconds("0012"), seconds("")), (Some(9), Some(12), None), "whole seconds");
        assert_eq!(
            (seconds("-1"), seconds("+1"), seconds("4294967296")),
            (None, None, None),
            "no sign, no nonsense"
        );
        assert_eq!(clock_seconds("01:02:03"), Some(3723), "hours, minutes, seconds");
        assert_eq!(clock_seconds("100:00:00"), Some(360_000), "a line left open for days");
        for wrong in ["00:60:00", "00:00:60", "1:2", "", "99999999999999999999:00:00", "9999999:00:00"] {
            assert_eq!(clock_seconds(wrong), None, "{wrong:?} is no length");
        }
    }

    #[test]
    fn charges_are_read_whatever_stands_before_them() {
        for (text, amount) in
            [("0.0618", 618), ("0001.45", 14_500), ("618", 6_180_000), (".5", 5_000), ("1.23456", 12_345)]
        {
            assert_eq!(ten_thousandths(text), Some(amount), "{text:?}");
        }
        for wrong in ["", ".", "x", "1.x", "-1", "99999999999999999999"] {
            assert_eq!(ten_thousandths(wrong), None, "{wrong:?} is no amount");
        }
    }

    #[test]
    fn a_caller_from_sip_is_a_number_or_nobody() {
        assert_eq!(party_number("0123456@10.0.0.1"), "0123456", "the host is not part of the number");
        assert_eq!(party_number("sip:+49301234@example.org"), "+49301234", "nor is the scheme");
        for withheld in ["anonymous@anonymous.invalid", "Anonymous", "Withheld", ""] {
            assert_eq!(party_number(withheld), "", "{withheld:?} tells no number");
        }
    }

    #[test]
    fn quotes_around_a_name_go_and_stray_ones_stay() {
        assert_eq!(name("\"Keller, Ann\""), "Keller, Ann", "quoted for a spreadsheet");
        assert_eq!(name("Ann \"The"), "Ann \"The", "part of the name");
        assert_eq!(name("\""), "\"", "a single quote mark is no pair");
    }
}
