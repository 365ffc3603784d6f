//! How an amount came about, in a sentence that somebody can check with a pencil.

use crate::amount;
use crate::cost::Part;
use crate::table::Rate;

pub(crate) fn of(
    currency: &str,
    rate: &Rate,
    seconds: u32,
    charged: i64,
    parts: &[Part],
    is_minimum: bool,
) -> String {
    let mut says = length(i64::from(seconds));
    if charged > i64::from(seconds) {
        says.push_str(if seconds < rate.minimum_seconds { ", charged as " } else { " rounded up to " });
        says.push_str(&length(charged));
    }
    match parts {
        [] => {}
        [one] => says.push_str(&format!(", at {} {currency} a minute", amount::write(one.per_minute))),
        several => {
            for (place, part) in several.iter().enumerate() {
                says.push_str(if place == 0 { ": " } else { ", " });
                says.push_str(&format!("{} at {}", length(part.seconds), amount::write(part.per_minute)));
            }
            says.push_str(&format!(" {currency} a minute"));
        }
    }
    if rate.connect_fee > 0 {
        says.push_str(&format!(", connect fee {} {currency}", amount::write(rate.connect_fee)));
    }
    if is_minimum {
        says.push_str(&format!(", at least {} {currency}", amount::write(rate.minimum)));
    }
    says
}

/// `1:23`, `1:02:03`
pub(crate) fn length(seconds: i64) -> String {
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}
