//! A phone system's clock in words, and what to do when it is off.

use super::words::length;
use crate::words::{fill, plural, say};
use contract::sites::PbxClock;

/// A clock that is off by less is as good as right: sources tell of the same instant a moment apart.
const AGREES_MS: u64 = 3_000;
/// From here on a person would notice the difference on their phone.
const WORTH_MENDING_MS: u64 = 60_000;

/// How the clock stands, as a sentence.
pub fn clock(clock: &PbxClock) -> String {
    let calls = plural(u64::from(clock.calls), "{count} call", "{count} calls");
    if clock.ahead_ms.unsigned_abs() < AGREES_MS {
        return fill("The PBX's clock agrees with this computer's (by {calls}).", &[("calls", &calls)]);
    }
    let off = length(clock.ahead_ms.abs());
    let given = [("length", off.as_str()), ("calls", &calls)];
    if clock.ahead_ms < 0 {
        fill(
            "The PBX's clock is {length} behind this computer's (by {calls}); records are corrected by it.",
            &given,
        )
    } else {
        fill(
            "The PBX's clock is {length} ahead of this computer's (by {calls}); records are corrected by it.",
            &given,
        )
    }
}

/// What to do about it, where it is worth doing.
pub fn clock_advice(clock: &PbxClock) -> Option<&'static str> {
    (clock.ahead_ms.unsigned_abs() > WORTH_MENDING_MS).then_some(
        say("Set the time in IP Office Manager: System, System, Time Setting Config Source: choose SNTP and the time server that this computer uses. Check the time zone there as well."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ahead(ahead_ms: i64) -> PbxClock {
        PbxClock { ahead_ms, calls: 112 }
    }

    #[test]
    fn a_clock_that_is_minutes_off_says_so_and_what_to_do() {
        let says =
            "The PBX's clock is 3:35 ahead of this computer's (by 112 calls); records are corrected by it.";
        assert_eq!(clock(&ahead(215_000)), says, "how far, which way, and how one knows");
        assert!(clock_advice(&ahead(-215_000)).is_some(), "behind is off as well");
    }

    #[test]
    fn a_clock_that_is_seconds_off_needs_no_mending() {
        assert!(clock(&ahead(-20_000)).contains("0:20 behind"), "it is told");
        assert_eq!(clock_advice(&ahead(-20_000)), None, "nobody would notice it");
        assert!(clock(&ahead(1_200)).contains("agrees"), "a second is none");
    }
}
