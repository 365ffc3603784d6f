//! One condition in words.

use super::Speaker;
use super::list::{any_of, quoted};
use super::time::{days, lasting, time_of_day};
use model::report::{Condition, GroupRef, NumberMatch, Spot, Who};
use model::{Direction, EventKind};
use words::Language;

/// Where words stand in the sentence.
pub(super) enum Clause {
    /// "Inbound calls".
    Subject(String),
    /// "of Sales": directly after the subject.
    Of(String),
    /// Between commas.
    After(String),
}

/// `None`: the condition leaves nothing out.
pub(super) fn clause(condition: &Condition, by: Speaker<'_>) -> Option<Clause> {
    use Clause::{After, Of, Subject};
    let language = by.language;
    let yes_or_no = |yes: bool, is: &'static str, is_not: &'static str| {
        Some(After(if yes { is } else { is_not }.to_owned()))
    };
    match condition {
        Condition::Directions { any_of } => {
            directions(any_of, language).map(|calls| Subject(calls.to_owned()))
        }
        Condition::Groups { any_of } => {
            by.groups(any_of).map(|groups| Of(language.fill("of {groups}", &[("groups", &groups)])))
        }
        Condition::People { any_of } => {
            by.people(any_of).map(|people| Of(language.fill("with {people}", &[("people", &people)])))
        }
        Condition::Sites { any_of: sites } => {
            let sites: Vec<String> = sites.iter().map(|id| by.site(*id)).collect();
            by.some(&sites).map(|sites| Of(language.fill("at {sites}", &[("sites", &sites)])))
        }
        Condition::TimeOfDay { from_minute, to_minute } => {
            Some(After(time_of_day(*from_minute, *to_minute, language)))
        }
        Condition::DaysOfWeek { days: of } => days(of, language).map(After),
        Condition::TalkedAs { spot, any_of } => {
            let people = by.people(any_of)?;
            let people: &[(&str, &str)] = &[("people", &people)];
            Some(After(match spot {
                Spot::First => language.fill("first answered by {people}", people),
                Spot::Final => language.fill("last talked to by {people}", people),
            }))
        }
        Condition::GroupAs { spot, any_of } => {
            let groups = by.groups(any_of)?;
            let groups: &[(&str, &str)] = &[("groups", &groups)];
            Some(After(match spot {
                Spot::First => language.fill("first with {groups}", groups),
                Spot::Final => language.fill("last with {groups}", groups),
            }))
        }
        Condition::OutsideNumber { any_of } => by
            .numbers(any_of)
            .map(|numbers| After(language.fill("outside number {numbers}", &[("numbers", &numbers)]))),
        Condition::DialledNumber { any_of } => by
            .numbers(any_of)
            .map(|numbers| After(language.fill("dialled number {numbers}", &[("numbers", &numbers)]))),
        Condition::OutsideName { any_of } => by.some(&quoted(any_of, language)).map(|texts| {
            After(language.fill("outside party's name with {texts} in it", &[("texts", &texts)]))
        }),
        Condition::AccountCode { any_of } => {
            by.some(any_of).map(|codes| After(language.fill("account code {codes}", &[("codes", &codes)])))
        }
        Condition::Tags { any_of } => by
            .some(&quoted(any_of, language))
            .map(|tags| After(language.fill("tagged {tag}", &[("tag", &tags)]))),
        Condition::Trunks { any_of } => {
            by.some(any_of).map(|trunks| After(language.fill("over trunk {trunks}", &[("trunks", &trunks)])))
        }
        Condition::Answered { yes } => {
            yes_or_no(*yes, language.say("answered"), language.say("not answered"))
        }
        Condition::Abandoned { yes } => {
            yes_or_no(*yes, language.say("abandoned"), language.say("not abandoned"))
        }
        Condition::Missed { yes } => {
            yes_or_no(*yes, language.say("missed by someone"), language.say("missed by nobody"))
        }
        Condition::Voicemail { yes } => yes_or_no(
            *yes,
            language.say("that reached voicemail"),
            language.say("that did not reach voicemail"),
        ),
        Condition::Emergency { yes } => {
            yes_or_no(*yes, language.say("to emergency numbers"), language.say("not to emergency numbers"))
        }
        Condition::Conference { yes } => {
            yes_or_no(*yes, language.say("with a conference"), language.say("without a conference"))
        }
        Condition::Transferred { yes } => {
            yes_or_no(*yes, language.say("transferred"), language.say("not transferred"))
        }
        Condition::Recorded { yes } => {
            yes_or_no(*yes, language.say("recorded"), language.say("not recorded"))
        }
        Condition::Scored { yes } => {
            yes_or_no(*yes, language.say("with a scorecard"), language.say("without a scorecard"))
        }
        Condition::Noted { yes } => {
            yes_or_no(*yes, language.say("with a note"), language.say("without a note"))
        }
        Condition::Lasting { timing, from_seconds, to_seconds } => {
            lasting(*timing, *from_seconds, *to_seconds, language).map(After)
        }
        Condition::Events { yes, any_of } => {
            let events = by.events(any_of)?;
            let events: &[(&str, &str)] = &[("events", &events)];
            Some(After(match yes {
                true => language.fill("with {events}", events),
                false => language.fill("without {events}", events),
            }))
        }
        Condition::Sequence { steps } if steps.is_empty() => None,
        Condition::Sequence { steps } => {
            let steps: Vec<&str> = steps.iter().map(|step| event(step.kind, language)).collect();
            let steps = steps.join(language.say(", then "));
            Some(After(language.fill("with {events}", &[("events", &steps)])))
        }
        Condition::FinalEvent { any_of } => {
            by.events(any_of).map(|events| After(language.fill("ending in {events}", &[("events", &events)])))
        }
        Condition::Text { text } if text.trim().is_empty() => None,
        Condition::Text { text } => {
            let text: &[(&str, &str)] = &[("text", text.trim())];
            Some(After(language.fill("with “{text}” in notes, names or numbers", text)))
        }
        Condition::CountedIn { measure } => {
            let measure: &[(&str, &str)] = &[("measure", language.term(measure.label()))];
            Some(After(language.fill("counted in “{measure}”", measure)))
        }
    }
}

/// As it stands in a sentence.
fn event(kind: EventKind, language: Language) -> &'static str {
    match kind {
        EventKind::AutoAttendant => language.say("auto attendant"),
        EventKind::Queue => language.say("queue"),
        EventKind::Ringing => language.say("ringing"),
        EventKind::Dialing => language.say("dialing"),
        EventKind::Talking => language.say("talking"),
        EventKind::Hold => language.say("hold"),
        EventKind::TransferHold => language.say("transfer hold"),
        EventKind::Park => language.say("park"),
        EventKind::Transfer => language.say("transfer"),
        EventKind::Conference => language.say("conference"),
        EventKind::Voicemail => language.say("voicemail"),
        EventKind::Overflow => language.say("overflow"),
        EventKind::Busy => language.say("busy"),
        EventKind::Listen => language.say("listen"),
        EventKind::Callback => language.say("callback"),
    }
}

/// Each set is a text of its own: other languages decline the word for the direction.
fn directions(directions: &[Direction], language: Language) -> Option<&'static str> {
    let has = |direction: Direction| directions.contains(&direction);
    let sets = (has(Direction::Inbound), has(Direction::Outbound), has(Direction::Internal));
    match sets {
        (false, false, false) => None,
        (true, false, false) => Some(language.say("Inbound calls")),
        (false, true, false) => Some(language.say("Outbound calls")),
        (false, false, true) => Some(language.say("Internal calls")),
        (true, true, false) => Some(language.say("Inbound and outbound calls")),
        (true, false, true) => Some(language.say("Inbound and internal calls")),
        (false, true, true) => Some(language.say("Outbound and internal calls")),
        (true, true, true) => Some(language.say("Inbound, outbound and internal calls")),
    }
}

impl Speaker<'_> {
    fn some(self, words: &[String]) -> Option<String> {
        (!words.is_empty()).then(|| any_of(words, self.language))
    }

    fn people(self, people: &[Who]) -> Option<String> {
        let name = |who: &Who| match who {
            Who::Person { id } => self
                .names
                .person(*id)
                .unwrap_or_else(|| self.language.say("a person who is no longer known").to_owned()),
            Who::Extension { site, number } => self
                .names
                .extension(*site, number)
                .unwrap_or_else(|| self.language.fill("extension {number}", &[("number", number)])),
        };
        self.some(&people.iter().map(name).collect::<Vec<_>>())
    }

    fn groups(self, groups: &[GroupRef]) -> Option<String> {
        let name = |group: &GroupRef| {
            let known = self.names.group(group.site, &group.number);
            known.unwrap_or_else(|| self.language.fill("group {number}", &[("number", &group.number)]))
        };
        self.some(&groups.iter().map(name).collect::<Vec<_>>())
    }

    fn site(self, id: i64) -> String {
        let known = self.names.site(id);
        known.unwrap_or_else(|| self.language.fill("site {number}", &[("number", &id.to_string())]))
    }

    fn numbers(self, numbers: &[NumberMatch]) -> Option<String> {
        let one = |number: &NumberMatch| match number {
            NumberMatch::Exactly(digits) => digits.clone(),
            NumberMatch::Begins(digits) => {
                self.language.fill("beginning with {digits}", &[("digits", digits)])
            }
            NumberMatch::Ends(digits) => self.language.fill("ending with {digits}", &[("digits", digits)]),
            NumberMatch::Anywhere(digits) => self.language.fill("with {digits} in it", &[("digits", digits)]),
            NumberMatch::Withheld => self.language.say("withheld").to_owned(),
        };
        self.some(&numbers.iter().map(one).collect::<Vec<_>>())
    }

    fn events(self, kinds: &[EventKind]) -> Option<String> {
        self.some(&kinds.iter().map(|kind| event(*kind, self.language).to_owned()).collect::<Vec<_>>())
    }
}
