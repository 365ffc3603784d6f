//! Conditions of a report as the parts of a sentence.

use super::kind;
use crate::state::report_conditions::{Offer, is_empty};
use crate::state::schedule_draft::time_text;
use model::Direction;
use model::report::{Condition, Hours, Key, NumberMatch, Spot, Timing};

/// More names than this do not fit a chip; the editor has the rest.
const NAMES: usize = 3;

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// One part of the sentence. `name_of` names people, groups and sites.
pub fn says(condition: &Condition, name_of: impl Fn(&Key) -> String) -> String {
    if is_empty(condition) {
        return format!("{} …", Offer::of(condition).title());
    }
    match condition {
        Condition::TimeOfDay { from_minute, to_minute } => {
            let end = if *to_minute == 24 * 60 { "24:00".to_owned() } else { time_text(*to_minute) };
            format!("from {} to {end}", time_text(*from_minute))
        }
        Condition::DaysOfWeek { days } => format!("on {}", listed(days.iter().map(|day| weekday(*day)))),
        Condition::Directions { any_of } => {
            any(any_of.iter().map(|direction| direction_word(*direction).to_owned()))
        }
        Condition::Sites { any_of } => {
            format!("at {}", any(any_of.iter().map(|site| name_of(&Key::Site { site: *site }))))
        }
        Condition::People { any_of } => {
            format!("with {}", any(any_of.iter().map(|who| name_of(&Key::Who { who: who.clone() }))))
        }
        Condition::TalkedAs { spot, any_of } => {
            let who = any(any_of.iter().map(|who| name_of(&Key::Who { who: who.clone() })));
            format!("{who} talked {}", spot_word(*spot))
        }
        Condition::Groups { any_of } => {
            format!("in {}", any(any_of.iter().map(|group| name_of(&Key::Group { group: group.clone() }))))
        }
        Condition::GroupAs { spot, any_of } => {
            let groups = any(any_of.iter().map(|group| name_of(&Key::Group { group: group.clone() })));
            match spot {
                Spot::First => format!("first in {groups}"),
                Spot::Final => format!("last in {groups}"),
            }
        }
        Condition::OutsideNumber { any_of } => {
            format!("outside number {}", any(any_of.iter().map(number_words)))
        }
        Condition::DialledNumber { any_of } => {
            format!("dialled number {}", any(any_of.iter().map(number_words)))
        }
        Condition::OutsideName { any_of } => format!("name has {}", any(any_of.iter().map(quoted))),
        Condition::AccountCode { any_of } => format!("account code {}", any(any_of.iter().cloned())),
        Condition::Tags { any_of } => format!("tagged {}", any(any_of.iter().cloned())),
        Condition::Trunks { any_of } => format!("over {}", any(any_of.iter().cloned())),
        Condition::Answered { yes } => either(*yes, "answered", "not answered"),
        Condition::Abandoned { yes } => either(*yes, "abandoned", "not abandoned"),
        Condition::Missed { yes } => either(*yes, "missed by someone", "missed by nobody"),
        Condition::Voicemail { yes } => either(*yes, "with voicemail", "without voicemail"),
        Condition::Emergency { yes } => either(*yes, "emergency", "no emergency"),
        Condition::Conference { yes } => either(*yes, "with a conference", "without a conference"),
        Condition::Transferred { yes } => either(*yes, "transferred", "not transferred"),
        Condition::Recorded { yes } => either(*yes, "recorded", "not recorded"),
        Condition::Scored { yes } => either(*yes, "scored", "not scored"),
        Condition::Noted { yes } => either(*yes, "with a note", "without a note"),
        Condition::Lasting { timing, from_seconds, to_seconds } => {
            format!("{} {}", timing_word(*timing), span_words(*from_seconds, *to_seconds))
        }
        Condition::Events { yes, any_of } => {
            let kinds = any(any_of.iter().map(|of| kind::word(*of).to_lowercase()));
            either(*yes, &format!("with {kinds}"), &format!("without {kinds}"))
        }
        Condition::Sequence { steps } => {
            let steps: Vec<String> = steps.iter().map(|step| kind::word(step.kind).to_lowercase()).collect();
            steps.join(", then ")
        }
        Condition::FinalEvent { any_of } => {
            format!("ended in {}", any(any_of.iter().map(|of| kind::word(*of).to_lowercase())))
        }
        Condition::Text { text } => format!("containing {}", quoted(text)),
        Condition::CountedIn { measure } => format!("counted in “{}”", measure.label()),
    }
}

/// `None` where all hours count.
pub fn hours(hours: Hours) -> Option<&'static str> {
    match hours {
        Hours::All => None,
        Hours::In => Some("in business hours"),
        Hours::Out => Some("out of business hours"),
    }
}

/// Read out by screen readers when the filter changes.
pub fn sentence(parts: &[String]) -> String {
    if parts.is_empty() { "All calls".to_owned() } else { format!("Calls: {}", parts.join(", ")) }
}

/// 1 is Monday.
pub fn weekday(day: u8) -> String {
    let at = usize::from(day).checked_sub(1);
    at.and_then(|at| DAYS.get(at)).map_or_else(|| day.to_string(), |day| (*day).to_owned())
}

pub fn direction_word(direction: Direction) -> &'static str {
    match direction {
        Direction::Inbound => "inbound",
        Direction::Outbound => "outbound",
        Direction::Internal => "internal",
    }
}

pub fn timing_word(timing: Timing) -> &'static str {
    match timing {
        Timing::Total => "length",
        Timing::Talk => "talk time",
        Timing::Ring => "ring time",
        Timing::Hold => "hold time",
        Timing::Queue => "queue time",
        Timing::Park => "park time",
        Timing::TransferHold => "transfer hold time",
        Timing::Wait => "caller wait",
        Timing::TimeToAnswer => "time to answer",
    }
}

pub fn number_words(number: &NumberMatch) -> String {
    match number {
        NumberMatch::Exactly(digits) => digits.clone(),
        NumberMatch::Begins(digits) => format!("{digits}…"),
        NumberMatch::Ends(digits) => format!("…{digits}"),
        NumberMatch::Anywhere(digits) => format!("…{digits}…"),
        NumberMatch::Withheld => "withheld".to_owned(),
    }
}

fn span_words(from: Option<u32>, to: Option<u32>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("{from} to {to} s"),
        (Some(from), None) => format!("{from} s or more"),
        (None, Some(to)) => format!("{to} s or less"),
        (None, None) => "of any length".to_owned(),
    }
}

fn spot_word(spot: Spot) -> &'static str {
    match spot {
        Spot::First => "first",
        Spot::Final => "last",
    }
}

fn either(yes: bool, words: &str, otherwise: &str) -> String {
    if yes { words.to_owned() } else { otherwise.to_owned() }
}

fn quoted(text: &String) -> String {
    format!("“{text}”")
}

fn any(of: impl ExactSizeIterator<Item = String>) -> String {
    let more = of.len().saturating_sub(NAMES);
    let mut shown: Vec<String> = of.take(NAMES).collect();
    if more > 0 {
        shown.push(format!("{more} more"));
    }
    shown.join(" or ")
}

fn listed(of: impl Iterator<Item = String>) -> String {
    of.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::EventKind;
    use model::report::{EventStep, Who};

    fn words(condition: Condition) -> String {
        says(&condition, |key| match key {
            Key::Who { who: Who::Person { id: 4 } } => "Ann Keller".to_owned(),
            other => format!("{other:?}"),
        })
    }

    #[test]
    fn conditions_read_as_parts_of_a_sentence() {
        let parts = [
            words(Condition::Directions { any_of: vec![Direction::Inbound, Direction::Internal] }),
            words(Condition::Answered { yes: false }),
            words(Condition::People { any_of: vec![Who::Person { id: 4 }] }),
            words(Condition::Lasting { timing: Timing::Talk, from_seconds: Some(30), to_seconds: None }),
        ];
        assert_eq!(
            sentence(&parts),
            "Calls: inbound or internal, not answered, with Ann Keller, talk time 30 s or more",
            "AND between them, OR inside one"
        );
    }

    #[test]
    fn times_and_events_are_said_as_people_say_them() {
        assert_eq!(
            words(Condition::TimeOfDay { from_minute: 1_320, to_minute: 360 }),
            "from 22:00 to 06:00",
            "over midnight"
        );
        let step = |kind| EventStep { kind };
        assert_eq!(
            words(Condition::Sequence { steps: vec![step(EventKind::Queue), step(EventKind::Voicemail)] }),
            "queue, then voicemail",
            "in their order"
        );
    }

    #[test]
    fn long_lists_are_cut() {
        let tags = ["a", "b", "c", "d", "e"].map(str::to_owned).to_vec();
        assert_eq!(
            words(Condition::Tags { any_of: tags }),
            "tagged a or b or c or 2 more",
            "three and a count"
        );
    }

    #[test]
    fn what_is_not_chosen_yet_is_named() {
        assert_eq!(words(Offer::Groups.begun()), "Groups …", "the chip waits for a choice");
    }
}
