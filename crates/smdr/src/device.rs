//! Device codes (fields 12 and 14): what a party is. Ranges and names as in docs/smdr.md.

use crate::values::{digits, name};
use model::fact::{Device, DeviceKind};
use std::borrow::Cow;

/// Printed codes start here: trunk 1 is `T9001`, voicemail channel 1 is `V9501`.
const TRUNKS_FROM: u64 = 9000;
const VOICEMAIL_FROM: u64 = 9500;
const CONFERENCES_FROM: u64 = 9550;
/// Newer releases, with more than 50 voicemail channels, number conferences from here.
const CONFERENCES_FROM_NEWER: u64 = 11_000;

/// `E`, `T` or `V` and digits.
pub(crate) fn is_code(text: &str) -> bool {
    match text.as_bytes() {
        [b'E' | b'T' | b'V', number @ ..] => {
            !number.is_empty() && number.len() <= MAX_DIGITS && number.iter().all(u8::is_ascii_digit)
        }
        _ => false,
    }
}

/// Extensions have up to 15 digits.
const MAX_DIGITS: usize = 15;

/// A party; `code` is empty or holds [`is_code`].
pub(crate) fn device<'a>(code: &'a str, printed_name: &'a str) -> Device<'a> {
    let name = name(printed_name);
    let number = code.get(1..).unwrap_or_default();
    let (kind, number) = match code.as_bytes().first() {
        None => (DeviceKind::None, Cow::Borrowed("")),
        Some(b'E') => (DeviceKind::Extension, Cow::Borrowed(number)),
        Some(b'T') => (DeviceKind::Trunk, counted(number, TRUNKS_FROM)),
        Some(_) => voicemail_or_conference(number, name),
    };
    Device { kind, code: Cow::Borrowed(code), number, name: Cow::Borrowed(name) }
}

/// The name decides where it tells (`VM Channel 1`, `CO Channel 1.2`): large systems have so many voicemail channels that
/// their codes reach into those of conferences, and a row of the manual prints V9051 for voicemail channel 1.
fn voicemail_or_conference<'a>(number: &'a str, name: &str) -> (DeviceKind, Cow<'a, str>) {
    let code = digits(number).unwrap_or_default();
    let kind = match kind_by_name(name) {
        Some(kind) => kind,
        None => kind_by_range(code),
    };
    let from = match kind {
        DeviceKind::Voicemail => VOICEMAIL_FROM,
        DeviceKind::Conference if code >= CONFERENCES_FROM_NEWER => CONFERENCES_FROM_NEWER,
        DeviceKind::Conference => CONFERENCES_FROM,
        DeviceKind::None | DeviceKind::Extension | DeviceKind::Trunk | DeviceKind::Other => 0,
    };
    (kind, counted(number, from))
}

fn kind_by_name(name: &str) -> Option<DeviceKind> {
    match name.as_bytes() {
        [b'V' | b'v', b'M' | b'm', b' ', ..] => Some(DeviceKind::Voicemail),
        [b'C' | b'c', b'O' | b'o', b' ', ..] => Some(DeviceKind::Conference),
        _ => None,
    }
}

fn kind_by_range(code: u64) -> DeviceKind {
    match code {
        VOICEMAIL_FROM..CONFERENCES_FROM => DeviceKind::Voicemail,
        CONFERENCES_FROM.. => DeviceKind::Conference,
        _ => DeviceKind::Other,
    }
}

/// The line or channel that a code stands for; the printed number where it is below the first. What is left of a
/// number below 10,000 after taking off thousands is its own tail, and borrowed.
fn counted(number: &str, from: u64) -> Cow<'_, str> {
    let count = match digits(number) {
        Some(code) if from > 0 && code >= from => code - from,
        Some(_) | None => return Cow::Borrowed(number),
    };
    let width = count.checked_ilog10().map_or(1, |places| places as usize + 1);
    let tail = number.len().checked_sub(width).and_then(|start| number.get(start..)).unwrap_or_default();
    if digits(tail) == Some(count) { Cow::Borrowed(tail) } else { Cow::Owned(count.to_string()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_told_by_code_and_name() {
        for (code, name, kind, number) in [
            ("E204", "Ann Keller", DeviceKind::Extension, "204"),
            ("T9001", "Line 1.2", DeviceKind::Trunk, "1"),
            ("T9161", "LINE 5.1", DeviceKind::Trunk, "161"),
            ("T10005", "Line 1005.1", DeviceKind::Trunk, "1005"),
            ("V9502", "VM Channel 2", DeviceKind::Voicemail, "2"),
            ("V9051", "VM Channel 1", DeviceKind::Voicemail, "9051"),
            ("V9560", "VM Channel 60", DeviceKind::Voicemail, "60"),
            ("V9503", "", DeviceKind::Voicemail, "3"),
            ("V9551", "CO Channel 1.1", DeviceKind::Conference, "1"),
            ("V11002", "CO Channel 2.1", DeviceKind::Conference, "2"),
            ("V9552", "", DeviceKind::Conference, "2"),
            ("V8000", "U1 0.0", DeviceKind::Other, "8000"),
            ("", "", DeviceKind::None, ""),
        ] {
            let device = device(code, name);
            assert_eq!((device.kind, device.number.as_ref()), (kind, number), "{code} {name}");
        }
    }

    #[test]
    fn only_a_letter_and_digits_are_a_device() {
        assert!(is_code("E204") && is_code("T9001") && is_code("V9501"), "as printed");
        for wrong in ["", "E", "204", "X204", "e204", "E20x", "Line 1.1", "E 204", "E1234567890123456"] {
            assert!(!is_code(wrong), "{wrong:?} is none");
        }
    }
}
