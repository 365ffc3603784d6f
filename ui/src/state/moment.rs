//! A place in a recording as people write it: minutes and seconds.

use crate::words::say;

/// `1:07`, `67`, `1:02:05`, `0:12.5` in milliseconds; `None` when it is none of these.
#[allow(clippy::cast_possible_truncation)]
pub fn moment_ms(text: &str) -> Option<i64> {
    let parts: Vec<&str> = text.trim().split(':').collect();
    if parts.len() > 3 {
        return None;
    }
    let (seconds, before) = parts.split_last()?;
    let seconds: f64 = seconds.replace(',', ".").parse().ok()?;
    let is_alone = before.is_empty();
    if !(0.0..=86_400.0).contains(&seconds) || (!is_alone && seconds >= 60.0) {
        return None;
    }
    let minutes = before.iter().try_fold(0_i64, |sum, part| {
        let part: u16 = part.parse().ok()?;
        Some(sum * 60 + i64::from(part))
    })?;
    Some(minutes * 60_000 + (seconds * 1_000.0).round() as i64)
}

/// `1:07.4`: tenths, because a span is cut there.
pub fn moment(ms: i64) -> String {
    let ms = ms.max(0);
    let whole = crate::parts::words::length(ms);
    match ms % 1_000 / 100 {
        0 => whole,
        tenths => format!("{whole}.{tenths}"),
    }
}

/// What is wrong with a span within a recording, or the span.
///
/// # Errors
/// A sentence for the person.
pub fn span(from: &str, to: &str, length_ms: i64) -> Result<(i64, i64), &'static str> {
    let (Some(from_ms), Some(to_ms)) = (moment_ms(from), moment_ms(to)) else {
        return Err(say("Write times as minutes and seconds, for instance 1:07."));
    };
    // Who types the length as it is shown means the end.
    let to_ms = if to_ms > length_ms && to_ms < length_ms + 1_000 { length_ms } else { to_ms };
    if to_ms > length_ms {
        return Err(say("The span reaches beyond the end of the recording."));
    }
    if from_ms >= to_ms {
        return Err(say("The beginning must be before the end."));
    }
    Ok((from_ms, to_ms))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, ms) in [
            ("1:07", Some(67_000)),
            ("67", Some(67_000)),
            (" 0:12.5 ", Some(12_500)),
            ("0:12,5", Some(12_500)),
            ("1:02:05", Some(3_725_000)),
            ("1:75", None),
            ("", None),
            ("a", None),
            ("-3", None),
            ("1:2:3:4", None),
        ] {
            assert_eq!(moment_ms(text), ms, "{text:?}");
        }
    }

    #[test]
    fn what_is_written_can_be_read_again() {
        for ms in [0, 400, 67_000, 67_900, 3_725_100] {
            assert_eq!(moment_ms(&moment(ms)), Some(ms), "{ms} ms");
        }
    }

    #[test]
    fn a_span_lies_within_its_recording() {
        assert_eq!(span("0:12", "0:19", 60_000), Ok((12_000, 19_000)), "it does");
        assert_eq!(span("0:12", "1:00", 59_600), Ok((12_000, 59_600)), "the end as it is rounded up");
        assert!(span("0:12", "2:00", 60_000).is_err(), "beyond the end");
        assert!(span("0:19", "0:12", 60_000).is_err(), "the wrong way round");
        assert!(span("", "0:12", 60_000).is_err(), "not a time");
    }
}
