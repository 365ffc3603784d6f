//! Figures of a report in words: counts, lengths, shares, money, moments, and what changed since the period before.

use super::words::length;
use crate::words::{fill, say};
use model::report::Value;

/// How the person's system and the office's clock write what differs between places.
pub trait Writing {
    /// 1,234
    fn whole(&self, number: i64) -> String;
    /// 94.3
    fn decimal(&self, number: f64) -> String;
    /// 0.38 EUR
    fn money(&self, amount: i64, currency: &str) -> String;
    /// 20 Nov, 10:42:18
    fn moment(&self, at_ms: i64) -> String;
}

/// A dash where there is nothing to tell.
pub fn value(value: &Value, writing: &impl Writing) -> String {
    match value {
        Value::None => "–".to_owned(),
        Value::Count(count) => writing.whole(*count),
        Value::Length(ms) => length(*ms),
        Value::Share(share) => format!("{} %", writing.decimal(share * 100.0)),
        Value::Number(number) => writing.decimal(*number),
        Value::Money { amount, currency } => writing.money(*amount, currency),
        Value::At(at_ms) => writing.moment(*at_ms),
        Value::Text(text) => text.clone(),
    }
}

/// How a figure stands to the one before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// `▲`, `▼`, `=`, or nothing.
    pub arrow: &'static str,
    /// `12 %`, `2.1 points`, `new`
    pub words: String,
    /// For a screen reader and the pointer: `up 12 % from 310`.
    pub spoken: String,
}

/// `None` where the two cannot be compared: moments, words, nothing known.
pub fn change(now: &Value, before: &Value, writing: &impl Writing) -> Option<Change> {
    let from = value(before, writing);
    match (now, before) {
        (Value::Share(now), Value::Share(before)) => Some(points(*now, *before, &from, writing)),
        (Value::Count(now), Value::Count(before)) | (Value::Length(now), Value::Length(before)) => {
            Some(relative(whole(*now), whole(*before), &from, writing))
        }
        (Value::Money { amount: now, currency }, Value::Money { amount: before, currency: same })
            if currency == same =>
        {
            Some(relative(whole(*now), whole(*before), &from, writing))
        }
        (Value::Number(now), Value::Number(before)) => Some(relative(*now, *before, &from, writing)),
        (Value::Count(now), Value::None) if *now > 0 => {
            Some(Change { arrow: "", words: say("new").to_owned(), spoken: say("none before").to_owned() })
        }
        (
            Value::None
            | Value::Count(_)
            | Value::Length(_)
            | Value::Share(_)
            | Value::Number(_)
            | Value::Money { .. }
            | Value::At(_)
            | Value::Text(_),
            _,
        ) => None,
    }
}

fn relative(now: f64, before: f64, from: &str, writing: &impl Writing) -> Change {
    if (now - before).abs() < f64::EPSILON {
        return same(from);
    }
    if before == 0.0 {
        return Change {
            arrow: "▲",
            words: say("new").to_owned(),
            spoken: fill("up from {from}", &[("from", from)]),
        };
    }
    let share = (now - before) / before;
    let size = share.abs() * 100.0;
    let words = match size {
        // Beyond this a percentage is harder to grasp than a multiple.
        size if size >= 1_000.0 => format!("× {}", writing.whole(rounded(now / before))),
        size if size < 1.0 => say("under 1 %").to_owned(),
        size => format!("{} %", writing.whole(rounded(size))),
    };
    moved(share, &words, from)
}

fn points(now: f64, before: f64, from: &str, writing: &impl Writing) -> Change {
    let difference = (now - before) * 100.0;
    if difference.abs() < 0.05 {
        return same(from);
    }
    let figure = writing.decimal(difference.abs());
    let words = if (difference.abs() - 1.0).abs() < 0.05 {
        fill("{figure} point", &[("figure", &figure)])
    } else {
        fill("{figure} points", &[("figure", &figure)])
    };
    moved(difference, &words, from)
}

fn moved(difference: f64, words: &str, from: &str) -> Change {
    let given = [("words", words), ("from", from)];
    let (arrow, spoken) = if difference > 0.0 {
        ("▲", fill("up {words} from {from}", &given))
    } else {
        ("▼", fill("down {words} from {from}", &given))
    };
    Change { arrow, words: words.to_owned(), spoken }
}

fn same(from: &str) -> Change {
    Change { arrow: "=", words: say("same").to_owned(), spoken: fill("as before, {from}", &[("from", from)]) }
}

#[allow(clippy::cast_precision_loss)]
fn whole(number: i64) -> f64 {
    number as f64
}

#[allow(clippy::cast_possible_truncation)]
fn rounded(number: f64) -> i64 {
    number.round() as i64
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Writes as English does, without a browser.
    pub(crate) struct Plain;

    impl Writing for Plain {
        fn whole(&self, number: i64) -> String {
            number.to_string()
        }

        fn decimal(&self, number: f64) -> String {
            format!("{number:.1}")
        }

        fn money(&self, amount: i64, currency: &str) -> String {
            format!("{} {currency}", crate::parts::money::to_text(amount))
        }

        fn moment(&self, at_ms: i64) -> String {
            format!("at {at_ms}")
        }
    }

    fn changed(now: Value, before: Value) -> String {
        let change = change(&now, &before, &Plain).expect("the two can be compared");
        format!("{} {}", change.arrow, change.words)
    }

    #[test]
    fn figures_are_written_by_their_kind() {
        let euros = Value::Money { amount: 12_345, currency: "EUR".into() };
        for (given, words) in [
            (Value::None, "–"),
            (Value::Count(312), "312"),
            (Value::Length(221_000), "3:41"),
            (Value::Share(0.943), "94.3 %"),
            (Value::Number(1.25), "1.2"),
            (euros, "1.2345 EUR"),
            (Value::Text("Sales".into()), "Sales"),
        ] {
            assert_eq!(value(&given, &Plain), words, "{given:?}");
        }
    }

    #[test]
    fn counts_change_by_percent_and_shares_by_points() {
        assert_eq!(changed(Value::Count(112), Value::Count(100)), "▲ 12 %", "more than before");
        assert_eq!(changed(Value::Count(88), Value::Count(100)), "▼ 12 %", "fewer than before");
        assert_eq!(
            changed(Value::Share(0.91), Value::Share(0.889)),
            "▲ 2.1 points",
            "percent of percent mislead"
        );
        assert_eq!(changed(Value::Share(0.91), Value::Share(0.9)), "▲ 1.0 point", "one is one");
    }

    #[test]
    fn the_ends_of_a_change_are_said_in_words() {
        assert_eq!(changed(Value::Count(5), Value::Count(5)), "= same", "nothing moved");
        assert_eq!(changed(Value::Count(5), Value::Count(0)), "▲ new", "there is no percentage of nothing");
        assert_eq!(changed(Value::Count(500), Value::Count(10)), "▲ × 50", "4,900 % says nobody anything");
        assert_eq!(changed(Value::Count(1_001), Value::Count(1_000)), "▲ under 1 %", "not none at all");
    }

    #[test]
    fn what_cannot_be_compared_is_not() {
        let euros = Value::Money { amount: 1, currency: "EUR".into() };
        let francs = Value::Money { amount: 1, currency: "CHF".into() };
        assert_eq!(change(&euros, &francs, &Plain), None, "two currencies");
        assert_eq!(change(&Value::At(2), &Value::At(1), &Plain), None, "moments");
        assert_eq!(change(&Value::None, &Value::Count(3), &Plain), None, "nothing is known now");
    }

    #[test]
    fn a_screen_reader_hears_the_figure_before() {
        let change = change(&Value::Count(112), &Value::Count(100), &Plain).expect("two counts");
        assert_eq!(change.spoken, "up 12 % from 100", "an arrow says nothing aloud");
    }
}
