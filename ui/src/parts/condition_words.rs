//! Conditions of a report as the parts of a sentence.

use super::kind;
use crate::state::report_conditions::{Offer, is_empty};
use crate::state::schedule_draft::time_text;
use crate::words::{fill, plural, say, term};
use model::Direction;
use model::report::{Condition, Hours, Key, NumberMatch, Spot, Timing};

/// More names than this do not fit a chip; the editor has the rest.
const NAMES: usize = 3;

/// One part of the sentence. `name_of` names people, groups and sites.
pub fn says(condition: &Condition, name_of: impl Fn(&Key) -> String) -> String {
    if is_empty(condition) {
        return format!("{} …", Offer::of(condition).title());
    }
    match condition {
        Condition::TimeOfDay { from_minute, to_minute } => {
            let end = if *to_minute == 24 * 60 { "24:00".to_owned() } else { time_text(*to_minute) };
            fill("from {from} to {to}", &[("from", &time_text(*from_minute)), ("to", &end)])
        }
        Condition::DaysOfWeek { days } => {
            fill("on {days}", &[("days", &listed(days.iter().map(|day| weekday(*day))))])
        }
        Condition::Directions { any_of } => {
            any(any_of.iter().map(|direction| direction_word(*direction).to_owned()))
        }
        Condition::Sites { any_of } => {
            let sites = any(any_of.iter().map(|site| name_of(&Key::Site { site: *site })));
            fill("at {sites}", &[("sites", &sites)])
        }
        Condition::People { any_of } => {
            let who = any(any_of.iter().map(|who| name_of(&Key::Who { who: who.clone() })));
            fill("with {who}", &[("who", &who)])
        }
        Condition::TalkedAs { spot, any_of } => {
            let who = any(any_of.iter().map(|who| name_of(&Key::Who { who: who.clone() })));
            match spot {
                Spot::First => fill("{who} talked first", &[("who", &who)]),
                Spot::Final => fill("{who} talked last", &[("who", &who)]),
            }
        }
        Condition::Groups { any_of } => {
            let groups = any(any_of.iter().map(|group| name_of(&Key::Group { group: group.clone() })));
            fill("in {group}", &[("group", &groups)])
        }
        Condition::GroupAs { spot, any_of } => {
            let groups = any(any_of.iter().map(|group| name_of(&Key::Group { group: group.clone() })));
            match spot {
                Spot::First => fill("first in {group}", &[("group", &groups)]),
                Spot::Final => fill("last in {group}", &[("group", &groups)]),
            }
        }
        Condition::OutsideNumber { any_of } => {
            fill("outside number {numbers}", &[("numbers", &any(any_of.iter().map(number_words)))])
        }
        Condition::DialledNumber { any_of } => {
            fill("dialled number {numbers}", &[("numbers", &any(any_of.iter().map(number_words)))])
        }
        Condition::OutsideName { any_of } => {
            fill("name has {texts}", &[("texts", &any(any_of.iter().map(|text| quoted(text))))])
        }
        Condition::AccountCode { any_of } => {
            fill("account code {codes}", &[("codes", &any(any_of.iter().cloned()))])
        }
        Condition::Tags { any_of } => fill("tagged {tag}", &[("tag", &any(any_of.iter().cloned()))]),
        Condition::Trunks { any_of } => fill("over {trunks}", &[("trunks", &any(any_of.iter().cloned()))]),
        Condition::Answered { yes } => either(*yes, say("answered"), say("not answered")),
        Condition::Abandoned { yes } => either(*yes, say("abandoned"), say("not abandoned")),
        Condition::Missed { yes } => either(*yes, say("missed by someone"), say("missed by nobody")),
        Condition::Voicemail { yes } => either(*yes, say("with voicemail"), say("without voicemail")),
        Condition::Emergency { yes } => either(*yes, say("emergency"), say("no emergency")),
        Condition::Conference { yes } => either(*yes, say("with a conference"), say("without a conference")),
        Condition::Transferred { yes } => either(*yes, say("transferred"), say("not transferred")),
        Condition::Recorded { yes } => either(*yes, say("recorded"), say("not recorded")),
        Condition::Scored { yes } => either(*yes, say("scored"), say("not scored")),
        Condition::Noted { yes } => either(*yes, say("with a note"), say("without a note")),
        Condition::Lasting { timing, from_seconds, to_seconds } => {
            format!("{} {}", timing_word(*timing), span_words(*from_seconds, *to_seconds))
        }
        Condition::Events { yes, any_of } => {
            let kinds = any(any_of.iter().map(|of| kind::inner_word(*of).to_owned()));
            if *yes {
                fill("with {kinds}", &[("kinds", &kinds)])
            } else {
                fill("without {kinds}", &[("kinds", &kinds)])
            }
        }
        Condition::Sequence { steps } => {
            let steps: Vec<&str> = steps.iter().map(|step| kind::inner_word(step.kind)).collect();
            steps.join(say(", then "))
        }
        Condition::FinalEvent { any_of } => {
            let kinds = any(any_of.iter().map(|of| kind::inner_word(*of).to_owned()));
            fill("ended in {kinds}", &[("kinds", &kinds)])
        }
        Condition::Text { text } => fill("containing “{text}”", &[("text", text)]),
        Condition::CountedIn { measure } => {
            fill("counted in “{measure}”", &[("measure", term(measure.label()))])
        }
    }
}

/// `None` where all hours count.
pub fn hours(hours: Hours) -> Option<&'static str> {
    match hours {
        Hours::All => None,
        Hours::In => Some(say("in business hours")),
        Hours::Out => Some(say("out of business hours")),
    }
}

/// Read out by screen readers when the filter changes.
pub fn sentence(parts: &[String]) -> String {
    if parts.is_empty() {
        say("All calls").to_owned()
    } else {
        fill("Calls: {filters}", &[("filters", &parts.join(", "))])
    }
}

/// 1 is Monday.
pub fn weekday(day: u8) -> String {
    let name = match day {
        1 => say("Mon"),
        2 => say("Tue"),
        3 => say("Wed"),
        4 => say("Thu"),
        5 => say("Fri"),
        6 => say("Sat"),
        7 => say("Sun"),
        other => return other.to_string(),
    };
    name.to_owned()
}

pub fn direction_word(direction: Direction) -> &'static str {
    match direction {
        Direction::Inbound => say("inbound"),
        Direction::Outbound => say("outbound"),
        Direction::Internal => say("internal"),
    }
}

pub fn timing_word(timing: Timing) -> &'static str {
    match timing {
        Timing::Total => say("length"),
        Timing::Talk => say("talk time"),
        Timing::Ring => say("ring time"),
        Timing::Hold => say("hold time"),
        Timing::Queue => say("queue time"),
        Timing::Park => say("park time"),
        Timing::TransferHold => say("transfer hold time"),
        Timing::Wait => say("caller wait"),
        Timing::TimeToAnswer => say("time to answer"),
    }
}

pub fn number_words(number: &NumberMatch) -> String {
    match number {
        NumberMatch::Exactly(digits) => digits.clone(),
        NumberMatch::Begins(digits) => format!("{digits}…"),
        NumberMatch::Ends(digits) => format!("…{digits}"),
        NumberMatch::Anywhere(digits) => format!("…{digits}…"),
        NumberMatch::Withheld => say("withheld").to_owned(),
    }
}

fn span_words(from: Option<u32>, to: Option<u32>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => {
            fill("{from} to {to} s", &[("from", &from.to_string()), ("to", &to.to_string())])
        }
        (Some(from), None) => fill("{from} s or more", &[("from", &from.to_string())]),
        (None, Some(to)) => fill("{to} s or less", &[("to", &to.to_string())]),
        (None, None) => say("of any length").to_owned(),
    }
}

fn either(yes: bool, words: &str, otherwise: &str) -> String {
    if yes { words.to_owned() } else { otherwise.to_owned() }
}

fn quoted(text: &str) -> String {
    fill("“{text}”", &[("text", text)])
}

fn any(of: impl ExactSizeIterator<Item = String>) -> String {
    let more = of.len().saturating_sub(NAMES);
    let mut shown: Vec<String> = of.take(NAMES).collect();
    if more > 0 {
        shown.push(plural(more as u64, "{count} more", "{count} more"));
    }
    shown.join(say(" or "))
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
