//! The figures of the day beside what is usual, in words.

use super::words::{percent, spoken_length};
use crate::words::{fill, plural, say};
use contract::today::{DayFigures, Quarter, Today};

/// One card: what it counts, the figure, what it is measured against, and how it is worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// As spelt in test hooks.
    pub word: &'static str,
    pub label: &'static str,
    pub value: String,
    pub beside: String,
    pub formula: &'static str,
}

/// The four cards of the day. `weekday` is its name.
pub fn cards(today: &Today, weekday: &str) -> [Figure; 4] {
    let (now, usual) = (&today.so_far, today.usual.as_ref());
    [
        Figure {
            word: "calls-in",
            label: say("Calls in"),
            value: whole(now.inbound),
            beside: against(usual, weekday, |usual| {
                fill(
                    "usual {weekday} by now: {figure}",
                    &[("weekday", weekday), ("figure", &whole(usual.inbound))],
                )
            }),
            formula: say(
                "Inbound calls since midnight, those still going included. Usual: the mean of the same weekday up to the same time of day.",
            ),
        },
        Figure {
            word: "answered",
            label: say("Answered"),
            value: now.answer_rate.map_or_else(dash, percent),
            beside: against(usual, weekday, |usual| points(now.answer_rate, usual.answer_rate)),
            formula: say(
                "Inbound calls that a person answered, divided by those answered or abandoned. Callers who gave up within a few seconds are left out.",
            ),
        },
        Figure {
            word: "mean-wait",
            label: say("Mean wait"),
            value: now.mean_wait_ms.map_or_else(dash, wait),
            beside: against(usual, weekday, |usual| {
                usual.mean_wait_ms.map_or_else(
                    || say("no usual wait yet").to_owned(),
                    |ms| fill("usual: {figure}", &[("figure", &wait(ms))]),
                )
            }),
            formula: say(
                "What inbound callers waited until the first person talked to them, or until they gave up; the mean of all.",
            ),
        },
        Figure {
            word: "abandoned",
            label: say("Abandoned"),
            value: whole(now.abandoned),
            beside: abandoned(today),
            formula: say(
                "Inbound calls that ended while nobody talked and no message was left. Those who gave up within a few seconds are left out.",
            ),
        },
    ]
}

/// How many callers wait for a call back.
pub fn not_called_back(today: &Today) -> u64 {
    today.not_called_back.len() as u64 + u64::from(today.not_called_back_total)
}

/// One quarter hour in words: "12 answered, 1 abandoned, usual 9".
pub fn quarter(quarter: &Quarter) -> String {
    let mut parts = vec![
        plural(u64::from(quarter.answered), "{count} answered", "{count} answered"),
        plural(u64::from(quarter.abandoned), "{count} abandoned", "{count} abandoned"),
    ];
    if quarter.other > 0 {
        parts.push(plural(u64::from(quarter.other), "{count} other", "{count} other"));
    }
    if let Some(usual) = quarter.usual {
        parts.push(fill("usual {figure}", &[("figure", &whole(usual))]));
    }
    parts.join(", ")
}

fn abandoned(today: &Today) -> String {
    let open = not_called_back(today);
    let usual =
        today.usual.as_ref().map(|usual| fill("usual: {figure}", &[("figure", &whole(usual.abandoned))]));
    let calls_back = match open {
        0 if today.so_far.abandoned > 0.0 => Some(say("none left to call back").to_owned()),
        0 => None,
        open => Some(plural(open, "{count} not called back yet", "{count} not called back yet")),
    };
    match (calls_back, usual) {
        (Some(calls_back), Some(usual)) => format!("{calls_back} · {usual}"),
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => say("nobody gave up").to_owned(),
    }
}

fn against(usual: Option<&DayFigures>, weekday: &str, words: impl FnOnce(&DayFigures) -> String) -> String {
    usual.map_or_else(|| fill("no usual {weekday} yet", &[("weekday", weekday)]), words)
}

fn points(now: Option<f64>, usual: Option<f64>) -> String {
    let Some(usual) = usual else { return say("no usual rate yet").to_owned() };
    let Some(now) = now else { return fill("usual: {figure}", &[("figure", &percent(usual))]) };
    #[allow(clippy::cast_possible_truncation)]
    let difference = ((now - usual) * 100.0).round() as i64;
    match difference {
        0 => say("as usual").to_owned(),
        1.. => plural(difference.unsigned_abs(), "{count} point over usual", "{count} points over usual"),
        _ => plural(difference.unsigned_abs(), "{count} point under usual", "{count} points under usual"),
    }
}

fn whole(figure: f64) -> String {
    format!("{figure:.0}")
}

#[allow(clippy::cast_possible_truncation)]
fn wait(ms: f64) -> String {
    spoken_length(ms.round() as i64)
}

fn dash() -> String {
    "–".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(inbound: f64, rate: f64, wait_ms: f64, abandoned: f64) -> DayFigures {
        DayFigures {
            inbound,
            abandoned,
            answer_rate: Some(rate),
            mean_wait_ms: Some(wait_ms),
            ..DayFigures::default()
        }
    }

    #[test]
    fn cards_stand_beside_the_usual_weekday() {
        let today = Today {
            so_far: figures(97.0, 0.89, 16_000.0, 9.0),
            usual: Some(figures(88.2, 0.87, 21_000.0, 7.0)),
            not_called_back_total: 4,
            ..Today::default()
        };
        let [calls_in, answered, wait, abandoned] = cards(&today, "Friday");
        assert_eq!(
            (calls_in.value.as_str(), calls_in.beside.as_str()),
            ("97", "usual Friday by now: 88"),
            "whole"
        );
        assert_eq!(
            (answered.value.as_str(), answered.beside.as_str()),
            ("89 %", "2 points over usual"),
            "in points"
        );
        assert_eq!((wait.value.as_str(), wait.beside.as_str()), ("16 s", "usual: 21 s"), "in seconds");
        assert_eq!(
            (abandoned.value.as_str(), abandoned.beside.as_str()),
            ("9", "4 not called back yet · usual: 7"),
            "what is to be done comes first"
        );
    }

    #[test]
    fn the_first_weeks_say_that_there_is_no_usual_yet() {
        let [calls_in, answered, wait, abandoned] = cards(&Today::default(), "Monday");
        assert_eq!(calls_in.beside, "no usual Monday yet", "nothing to compare with");
        assert_eq!(
            (answered.value.as_str(), wait.value.as_str()),
            ("–", "–"),
            "no calls, no rate and no wait"
        );
        assert_eq!(abandoned.beside, "nobody gave up", "zero is said in words");
    }
}
