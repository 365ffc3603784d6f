//! Amounts of money as people write them, to 1/10,000.

const ONE: i64 = 10_000;

/// Two decimals, or four where it takes them: `0.05`, `0.0190`.
pub(crate) fn write(amount: i64) -> String {
    let sign = if amount < 0 { "-" } else { "" };
    let (whole, rest) =
        (amount.unsigned_abs() / ONE.unsigned_abs(), amount.unsigned_abs() % ONE.unsigned_abs());
    if rest.is_multiple_of(100) {
        format!("{sign}{whole}.{:02}", rest / 100)
    } else {
        format!("{sign}{whole}.{rest:04}")
    }
}

/// With a point or a comma before at most four decimals that are not zero. Nothing below zero, no thousands' marks.
pub(crate) fn read(text: &str) -> Option<i64> {
    let (whole, decimals) = match text.find(['.', ',']) {
        Some(place) => (&text[..place], &text[place + 1..]),
        None => (text, ""),
    };
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let decimals = decimals.trim_end_matches('0');
    if !are_digits(whole)
        || !are_digits(decimals)
        || decimals.len() > 4
        || text.is_empty()
        || text == "."
        || text == ","
    {
        return None;
    }
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let rest: i64 = format!("{decimals:0<4}").parse().ok()?;
    whole.checked_mul(ONE)?.checked_add(rest)
}

#[cfg(test)]
mod tests {
    use super::{read, write};

    #[test]
    fn amounts_are_written_with_as_many_decimals_as_they_need() {
        for (amount, text) in
            [(0, "0.00"), (500, "0.05"), (190, "0.0190"), (12_345, "1.2345"), (-500, "-0.05")]
        {
            assert_eq!(write(amount), text);
        }
    }

    #[test]
    fn amounts_are_read_with_point_or_comma_and_nothing_is_rounded() {
        for (text, amount) in [
            ("0.0190", Some(190)),
            ("0,019", Some(190)),
            (".5", Some(5_000)),
            ("12", Some(120_000)),
            ("1.230000", Some(12_300)),
            ("0.01905", None),
            ("-1", None),
            ("1.234,56", None),
            ("1e3", None),
            ("", None),
            (".", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(read(text), amount, "{text:?}");
        }
    }
}
