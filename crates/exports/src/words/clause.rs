//! One condition in words.

use super::Names;
use super::list::{all_of, any_of, quoted};
use super::time::{days, lasting, time_of_day};
use model::report::{Condition, GroupRef, NumberMatch, Spot, Who};
use model::{Direction, EventKind};

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
pub(super) fn clause(condition: &Condition, names: &dyn Names) -> Option<Clause> {
    use Clause::{After, Of, Subject};
    let after = |words: &str| Some(After(words.to_owned()));
    match condition {
        Condition::Directions { any_of } => directions(any_of).map(Subject),
        Condition::Groups { any_of } => groups(any_of, names).map(|groups| Of(format!("of {groups}"))),
        Condition::People { any_of } => people(any_of, names).map(|people| Of(format!("with {people}"))),
        Condition::Sites { any_of: sites } => {
            let sites: Vec<String> = sites.iter().map(|id| site(*id, names)).collect();
            some(&sites).map(|sites| Of(format!("at {sites}")))
        }
        Condition::TimeOfDay { from_minute, to_minute } => Some(After(time_of_day(*from_minute, *to_minute))),
        Condition::DaysOfWeek { days: of } => days(of).map(After),
        Condition::TalkedAs { spot, any_of } => people(any_of, names).map(|people| match spot {
            Spot::First => After(format!("first answered by {people}")),
            Spot::Final => After(format!("last talked to by {people}")),
        }),
        Condition::GroupAs { spot, any_of } => groups(any_of, names).map(|groups| match spot {
            Spot::First => After(format!("first with {groups}")),
            Spot::Final => After(format!("last with {groups}")),
        }),
        Condition::OutsideNumber { any_of } => {
            numbers(any_of).map(|numbers| After(format!("outside number {numbers}")))
        }
        Condition::DialledNumber { any_of } => {
            numbers(any_of).map(|numbers| After(format!("dialled number {numbers}")))
        }
        Condition::OutsideName { any_of } => {
            some(&quoted(any_of)).map(|texts| After(format!("outside party's name with {texts} in it")))
        }
        Condition::AccountCode { any_of } => some(any_of).map(|codes| After(format!("account code {codes}"))),
        Condition::Tags { any_of } => some(&quoted(any_of)).map(|tags| After(format!("tagged {tags}"))),
        Condition::Trunks { any_of } => some(any_of).map(|trunks| After(format!("over trunk {trunks}"))),
        Condition::Answered { yes } => after(if *yes { "answered" } else { "not answered" }),
        Condition::Abandoned { yes } => after(if *yes { "abandoned" } else { "not abandoned" }),
        Condition::Missed { yes } => after(if *yes { "missed by someone" } else { "missed by nobody" }),
        Condition::Voicemail { yes } => {
            after(if *yes { "that reached voicemail" } else { "that did not reach voicemail" })
        }
        Condition::Emergency { yes } => {
            after(if *yes { "to emergency numbers" } else { "not to emergency numbers" })
        }
        Condition::Conference { yes } => {
            after(if *yes { "with a conference" } else { "without a conference" })
        }
        Condition::Transferred { yes } => after(if *yes { "transferred" } else { "not transferred" }),
        Condition::Recorded { yes } => after(if *yes { "recorded" } else { "not recorded" }),
        Condition::Scored { yes } => after(if *yes { "with a scorecard" } else { "without a scorecard" }),
        Condition::Noted { yes } => after(if *yes { "with a note" } else { "without a note" }),
        Condition::Lasting { timing, from_seconds, to_seconds } => {
            lasting(*timing, *from_seconds, *to_seconds).map(After)
        }
        Condition::Events { yes, any_of } => {
            let with = if *yes { "with" } else { "without" };
            events(any_of).map(|events| After(format!("{with} {events}")))
        }
        Condition::Sequence { steps } if steps.is_empty() => None,
        Condition::Sequence { steps } => {
            let steps: Vec<&str> = steps.iter().map(|step| event(step.kind)).collect();
            Some(After(format!("with {}", steps.join(", then "))))
        }
        Condition::FinalEvent { any_of } => events(any_of).map(|events| After(format!("ending in {events}"))),
        Condition::Text { text } if text.trim().is_empty() => None,
        Condition::Text { text } => Some(After(format!("with “{}” in notes, names or numbers", text.trim()))),
        Condition::CountedIn { measure } => Some(After(format!("counted in “{}”", measure.label()))),
    }
}

/// As it stands in a sentence.
fn event(kind: EventKind) -> &'static str {
    match kind {
        EventKind::AutoAttendant => "auto attendant",
        EventKind::Queue => "queue",
        EventKind::Ringing => "ringing",
        EventKind::Dialing => "dialing",
        EventKind::Talking => "talking",
        EventKind::Hold => "hold",
        EventKind::TransferHold => "transfer hold",
        EventKind::Park => "park",
        EventKind::Transfer => "transfer",
        EventKind::Conference => "conference",
        EventKind::Voicemail => "voicemail",
        EventKind::Overflow => "overflow",
        EventKind::Busy => "busy",
        EventKind::Listen => "listen",
        EventKind::Callback => "callback",
    }
}

fn some(words: &[String]) -> Option<String> {
    (!words.is_empty()).then(|| any_of(words))
}

fn directions(directions: &[Direction]) -> Option<String> {
    let words: Vec<String> = directions
        .iter()
        .map(|direction| match direction {
            Direction::Inbound => "inbound".to_owned(),
            Direction::Outbound => "outbound".to_owned(),
            Direction::Internal => "internal".to_owned(),
        })
        .collect();
    let words = all_of(&words);
    let first = words.chars().next()?;
    Some(format!("{}{} calls", first.to_uppercase(), &words[first.len_utf8()..]))
}

fn people(people: &[Who], names: &dyn Names) -> Option<String> {
    let words: Vec<String> = people
        .iter()
        .map(|who| match who {
            Who::Person { id } => {
                names.person(*id).unwrap_or_else(|| "a person who is no longer known".to_owned())
            }
            Who::Extension { site, number } => {
                names.extension(*site, number).unwrap_or_else(|| format!("extension {number}"))
            }
        })
        .collect();
    some(&words)
}

fn groups(groups: &[GroupRef], names: &dyn Names) -> Option<String> {
    let name = |group: &GroupRef| {
        names.group(group.site, &group.number).unwrap_or_else(|| format!("group {}", group.number))
    };
    some(&groups.iter().map(name).collect::<Vec<_>>())
}

fn site(id: i64, names: &dyn Names) -> String {
    names.site(id).unwrap_or_else(|| format!("site {id}"))
}

fn numbers(numbers: &[NumberMatch]) -> Option<String> {
    let words: Vec<String> = numbers
        .iter()
        .map(|number| match number {
            NumberMatch::Exactly(digits) => digits.clone(),
            NumberMatch::Begins(digits) => format!("beginning with {digits}"),
            NumberMatch::Ends(digits) => format!("ending with {digits}"),
            NumberMatch::Anywhere(digits) => format!("with {digits} in it"),
            NumberMatch::Withheld => "withheld".to_owned(),
        })
        .collect();
    some(&words)
}

fn events(kinds: &[EventKind]) -> Option<String> {
    some(&kinds.iter().map(|kind| event(*kind).to_owned()).collect::<Vec<_>>())
}
