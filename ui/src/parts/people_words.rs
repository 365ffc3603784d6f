//! A person's day in words: for the pointer, for the keys, and for those who do not see the drawing.

use super::agent_look::{IN_ORDER, word};
use super::words::spoken_length;
use crate::state::day_scale::Scale;
use crate::words::{fill, plural, say};
use contract::people::{PersonDay, Stretch};
use model::AgentState;

/// More times of not knowing than this are counted, not listed.
const MOST_LISTED: usize = 3;

/// Whether a stretch may still go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Going {
    On,
    Over,
}

/// `2:14`: hours and minutes, as a column of them is read.
pub fn hours_minutes(ms: i64) -> String {
    let minutes = ms.max(0) / 60_000;
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// `7 s`, `106 s`: what one waits at a phone is told in seconds.
pub fn seconds(ms: i64) -> String {
    format!("{} s", (ms.max(0) + 500) / 1_000)
}

/// One stretch: "talking, 10:02:10 to 10:12:04, 9 min 54 s". `clock` writes an instant.
pub fn stretch(stretch: Stretch, going: Going, clock: impl Fn(i64) -> String) -> String {
    let length = spoken_length(stretch.to_ms - stretch.from_ms);
    let (state, from) = (word(stretch.state), clock(stretch.from_ms));
    match going {
        Going::On => fill(
            "{state} since {from}, {length} so far",
            &[("state", state), ("from", &from), ("length", &length)],
        ),
        Going::Over => fill(
            "{state}, {from} to {to}, {length}",
            &[("state", state), ("from", &from), ("to", &clock(stretch.to_ms)), ("length", &length)],
        ),
    }
}

/// The part of the day that is drawn: how long each state was, and when nothing was known.
pub fn day(stretches: &[Stretch], scale: Scale, clock: impl Fn(i64) -> String) -> String {
    let seen: Vec<Stretch> = stretches.iter().filter_map(|stretch| within(*stretch, scale)).collect();
    let length_of = |state: AgentState| -> i64 {
        seen.iter()
            .filter(|stretch| stretch.state == state)
            .map(|stretch| stretch.to_ms - stretch.from_ms)
            .sum()
    };
    let mut parts: Vec<String> = IN_ORDER
        .into_iter()
        .filter(|state| *state != AgentState::Unknown)
        .map(|state| (state, length_of(state)))
        .filter(|(_, ms)| *ms > 0)
        .map(|(state, ms)| format!("{} {}", word(state), spoken_length(ms)))
        .collect();
    let unknown: Vec<&Stretch> = seen.iter().filter(|stretch| stretch.state == AgentState::Unknown).collect();
    match unknown.len() {
        0 => {}
        1..=MOST_LISTED => parts.extend(unknown.iter().map(|gap| {
            fill("unknown {from} to {to}", &[("from", &clock(gap.from_ms)), ("to", &clock(gap.to_ms))])
        })),
        times => parts.push(fill(
            "unknown {length} in {count} stretches",
            &[("length", &spoken_length(length_of(AgentState::Unknown))), ("count", &times.to_string())],
        )),
    }
    if parts.is_empty() {
        say("nothing is known of this part of the day").to_owned()
    } else {
        parts.join(", ")
    }
}

/// Who it is: name and extensions.
pub fn title(day: &PersonDay) -> (String, Vec<String>) {
    let mut extensions: Vec<String> = day.extensions.iter().map(|e| e.extension.clone()).collect();
    match &day.name {
        Some(name) => (name.clone(), extensions),
        None if extensions.is_empty() => (say("unknown").to_owned(), extensions),
        None => (extensions.remove(0), extensions),
    }
}

/// What the people do now: "2 talking, 1 ringing, 4 free".
pub fn now(states: impl Iterator<Item = AgentState>) -> String {
    let states: Vec<AgentState> = states.collect();
    let counts = IN_ORDER.into_iter().filter_map(|state| {
        let count = states.iter().filter(|known| **known == state).count();
        (count > 0).then(|| format!("{count} {}", word(state)))
    });
    counts.collect::<Vec<_>>().join(", ")
}

/// "7 people", or which of them stand here.
pub fn page(skipped: u32, shown: usize, total: u32) -> String {
    if u64::from(total) == shown as u64 {
        return plural(u64::from(total), "{count} person", "{count} people");
    }
    fill(
        "{first} to {last} of {total} people",
        &[
            ("first", &(skipped + 1).to_string()),
            ("last", &(u64::from(skipped) + shown as u64).to_string()),
            ("total", &total.to_string()),
        ],
    )
}

fn within(stretch: Stretch, scale: Scale) -> Option<Stretch> {
    let from_ms = stretch.from_ms.max(scale.from_ms);
    let to_ms = stretch.to_ms.min(scale.to_ms);
    (from_ms < to_ms).then_some(Stretch { from_ms, to_ms, ..stretch })
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::people::SiteExtension;

    const MINUTE_MS: i64 = 60_000;
    const SCALE: Scale = Scale { from_ms: 8 * 60 * MINUTE_MS, to_ms: 18 * 60 * MINUTE_MS };

    /// From midnight, in minutes.
    fn part(state: AgentState, from: i64, to: i64) -> Stretch {
        Stretch { state, from_ms: from * MINUTE_MS, to_ms: to * MINUTE_MS }
    }

    fn clock(at_ms: i64) -> String {
        hours_minutes(at_ms)
    }

    #[test]
    fn a_day_is_told_by_its_states_and_when_nothing_was_known() {
        let stretches = [
            part(AgentState::Unknown, 0, 520),
            part(AgentState::Idle, 520, 600),
            part(AgentState::Talking, 600, 734),
            part(AgentState::Idle, 734, 800),
        ];
        assert_eq!(
            day(&stretches, SCALE, clock),
            "talking 2 h 14 min, free 2 h 26 min, unknown 8:00 to 8:40",
            "the night before eight o'clock is not drawn and not told"
        );
    }

    #[test]
    fn waits_are_told_in_whole_seconds() {
        assert_eq!(
            (seconds(6_600), seconds(106_000)),
            ("7 s".to_owned(), "106 s".to_owned()),
            "to the nearest"
        );
    }

    #[test]
    fn many_gaps_are_counted() {
        let stretches: Vec<Stretch> =
            (0..5).map(|i| part(AgentState::Unknown, 500 + i * 20, 510 + i * 20)).collect();
        assert_eq!(
            day(&stretches, SCALE, clock),
            "unknown 50 min in 5 stretches",
            "nobody listens to a list"
        );
        assert_eq!(day(&[], SCALE, clock), "nothing is known of this part of the day", "not: free");
    }

    #[test]
    fn a_stretch_says_state_times_and_length() {
        let talk = part(AgentState::Talking, 602, 612);
        assert_eq!(stretch(talk, Going::Over, clock), "talking, 10:02 to 10:12, 10 min", "it is over");
        assert_eq!(stretch(talk, Going::On, clock), "talking since 10:02, 10 min so far", "it goes on");
    }

    #[test]
    fn an_extension_without_a_person_is_called_by_its_number() {
        let extension = |number: &str| SiteExtension { site: 1, extension: number.into() };
        let mut nobody = PersonDay { extensions: vec![extension("219")], ..PersonDay::default() };
        assert_eq!(title(&nobody), ("219".to_owned(), vec![]), "the number stands for the name");
        nobody.name = Some("Ann".into());
        nobody.extensions.push(extension("304"));
        assert_eq!(
            title(&nobody),
            ("Ann".to_owned(), vec!["219".to_owned(), "304".to_owned()]),
            "all phones"
        );
    }

    #[test]
    fn the_people_now_are_counted_by_state() {
        let states = [AgentState::Idle, AgentState::Talking, AgentState::Idle];
        assert_eq!(now(states.into_iter()), "1 talking, 2 free", "in the order of the legend");
    }

    #[test]
    fn a_page_says_which_of_all_people_it_has() {
        assert_eq!(page(0, 7, 7), "7 people", "all of them");
        assert_eq!(page(50, 23, 73), "51 to 73 of 73 people", "the second page");
    }
}
