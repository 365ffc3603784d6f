//! Everything that calls can be narrowed down by: what the menu offers, and each condition before anything is chosen.

use crate::words::say;
use model::report::{Condition, Measure, NumberMatch, Scope, Spot, Timing};

/// One entry of the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Offer {
    Directions,
    People,
    TalkedAs,
    Groups,
    GroupAs,
    Sites,
    Trunks,
    Tags,
    OutsideNumber,
    DialledNumber,
    OutsideName,
    AccountCode,
    Text,
    TimeOfDay,
    DaysOfWeek,
    Answered,
    Abandoned,
    Missed,
    Voicemail,
    Emergency,
    Conference,
    Transferred,
    Recorded,
    Scored,
    Noted,
    Lasting,
    Events,
    Sequence,
    FinalEvent,
    CountedIn,
}

/// In the order of the menu, under their headings.
pub fn menu() -> [(&'static str, &'static [Offer]); 5] {
    [
        (
            say("Who"),
            &[Offer::Directions, Offer::People, Offer::TalkedAs, Offer::Groups, Offer::GroupAs, Offer::Sites],
        ),
        (
            say("Numbers and words"),
            &[
                Offer::OutsideNumber,
                Offer::OutsideName,
                Offer::DialledNumber,
                Offer::Trunks,
                Offer::AccountCode,
                Offer::Tags,
                Offer::Text,
            ],
        ),
        (
            say("What became of it"),
            &[
                Offer::Answered,
                Offer::Abandoned,
                Offer::Missed,
                Offer::Voicemail,
                Offer::Transferred,
                Offer::Conference,
                Offer::Emergency,
                Offer::Recorded,
                Offer::Scored,
                Offer::Noted,
            ],
        ),
        (say("When and how long"), &[Offer::TimeOfDay, Offer::DaysOfWeek, Offer::Lasting]),
        (say("What happened in it"), &[Offer::Events, Offer::Sequence, Offer::FinalEvent, Offer::CountedIn]),
    ]
}

pub const TIMINGS: [Timing; 9] = [
    Timing::Total,
    Timing::Talk,
    Timing::Ring,
    Timing::Hold,
    Timing::Queue,
    Timing::Park,
    Timing::TransferHold,
    Timing::Wait,
    Timing::TimeToAnswer,
];

impl Offer {
    pub fn title(self) -> &'static str {
        match self {
            Offer::Directions => say("Direction"),
            Offer::People => say("People who rang or talked"),
            Offer::TalkedAs => say("Who talked first or last"),
            Offer::Groups => say("Groups"),
            Offer::GroupAs => say("First or last group"),
            Offer::Sites => say("Sites"),
            Offer::Trunks => say("Trunks"),
            Offer::Tags => say("Tags"),
            Offer::OutsideNumber => say("Outside number"),
            Offer::DialledNumber => say("Dialled number"),
            Offer::OutsideName => say("Name of the outside party"),
            Offer::AccountCode => say("Account code"),
            Offer::Text => say("Words in notes and names"),
            Offer::TimeOfDay => say("Time of day"),
            Offer::DaysOfWeek => say("Days of the week"),
            Offer::Answered => say("Answered"),
            Offer::Abandoned => say("Abandoned"),
            Offer::Missed => say("Missed by someone"),
            Offer::Voicemail => say("Voicemail"),
            Offer::Emergency => say("Emergency"),
            Offer::Conference => say("Conference"),
            Offer::Transferred => say("Transferred"),
            Offer::Recorded => say("Recorded"),
            Offer::Scored => say("Scored"),
            Offer::Noted => say("With a note"),
            Offer::Lasting => say("How long"),
            Offer::Events => say("With or without an event"),
            Offer::Sequence => say("Events in this order"),
            Offer::FinalEvent => say("Last event"),
            Offer::CountedIn => say("Counted in a figure"),
        }
    }

    /// As spelt in test hooks.
    pub fn word(self) -> &'static str {
        match self {
            Offer::Directions => "direction",
            Offer::People => "people-who-rang-or-talked",
            Offer::TalkedAs => "who-talked-first-or-last",
            Offer::Groups => "groups",
            Offer::GroupAs => "first-or-last-group",
            Offer::Sites => "sites",
            Offer::Trunks => "trunks",
            Offer::Tags => "tags",
            Offer::OutsideNumber => "outside-number",
            Offer::DialledNumber => "dialled-number",
            Offer::OutsideName => "name-of-the-outside-party",
            Offer::AccountCode => "account-code",
            Offer::Text => "words-in-notes-and-names",
            Offer::TimeOfDay => "time-of-day",
            Offer::DaysOfWeek => "days-of-the-week",
            Offer::Answered => "answered",
            Offer::Abandoned => "abandoned",
            Offer::Missed => "missed-by-someone",
            Offer::Voicemail => "voicemail",
            Offer::Emergency => "emergency",
            Offer::Conference => "conference",
            Offer::Transferred => "transferred",
            Offer::Recorded => "recorded",
            Offer::Scored => "scored",
            Offer::Noted => "with-a-note",
            Offer::Lasting => "how-long",
            Offer::Events => "with-or-without-an-event",
            Offer::Sequence => "events-in-this-order",
            Offer::FinalEvent => "last-event",
            Offer::CountedIn => "counted-in-a-figure",
        }
    }

    pub fn of(condition: &Condition) -> Self {
        match condition {
            Condition::TimeOfDay { .. } => Offer::TimeOfDay,
            Condition::DaysOfWeek { .. } => Offer::DaysOfWeek,
            Condition::Directions { .. } => Offer::Directions,
            Condition::Sites { .. } => Offer::Sites,
            Condition::People { .. } => Offer::People,
            Condition::TalkedAs { .. } => Offer::TalkedAs,
            Condition::Groups { .. } => Offer::Groups,
            Condition::GroupAs { .. } => Offer::GroupAs,
            Condition::OutsideNumber { .. } => Offer::OutsideNumber,
            Condition::DialledNumber { .. } => Offer::DialledNumber,
            Condition::OutsideName { .. } => Offer::OutsideName,
            Condition::AccountCode { .. } => Offer::AccountCode,
            Condition::Tags { .. } => Offer::Tags,
            Condition::Trunks { .. } => Offer::Trunks,
            Condition::Answered { .. } => Offer::Answered,
            Condition::Abandoned { .. } => Offer::Abandoned,
            Condition::Missed { .. } => Offer::Missed,
            Condition::Voicemail { .. } => Offer::Voicemail,
            Condition::Emergency { .. } => Offer::Emergency,
            Condition::Conference { .. } => Offer::Conference,
            Condition::Transferred { .. } => Offer::Transferred,
            Condition::Recorded { .. } => Offer::Recorded,
            Condition::Scored { .. } => Offer::Scored,
            Condition::Noted { .. } => Offer::Noted,
            Condition::Lasting { .. } => Offer::Lasting,
            Condition::Events { .. } => Offer::Events,
            Condition::Sequence { .. } => Offer::Sequence,
            Condition::FinalEvent { .. } => Offer::FinalEvent,
            Condition::Text { .. } => Offer::Text,
            Condition::CountedIn { .. } => Offer::CountedIn,
        }
    }

    /// The condition before anything is chosen in it. Questions of yes or no begin with yes.
    pub fn begun(self) -> Condition {
        match self {
            Offer::Directions => Condition::Directions { any_of: Vec::new() },
            Offer::People => Condition::People { any_of: Vec::new() },
            Offer::TalkedAs => Condition::TalkedAs { spot: Spot::First, any_of: Vec::new() },
            Offer::Groups => Condition::Groups { any_of: Vec::new() },
            Offer::GroupAs => Condition::GroupAs { spot: Spot::First, any_of: Vec::new() },
            Offer::Sites => Condition::Sites { any_of: Vec::new() },
            Offer::Trunks => Condition::Trunks { any_of: Vec::new() },
            Offer::Tags => Condition::Tags { any_of: Vec::new() },
            Offer::OutsideNumber => Condition::OutsideNumber { any_of: Vec::new() },
            Offer::DialledNumber => Condition::DialledNumber { any_of: Vec::new() },
            Offer::OutsideName => Condition::OutsideName { any_of: Vec::new() },
            Offer::AccountCode => Condition::AccountCode { any_of: Vec::new() },
            Offer::Text => Condition::Text { text: String::new() },
            Offer::TimeOfDay => Condition::TimeOfDay { from_minute: 8 * 60, to_minute: 18 * 60 },
            Offer::DaysOfWeek => Condition::DaysOfWeek { days: vec![1, 2, 3, 4, 5] },
            Offer::Answered => Condition::Answered { yes: true },
            Offer::Abandoned => Condition::Abandoned { yes: true },
            Offer::Missed => Condition::Missed { yes: true },
            Offer::Voicemail => Condition::Voicemail { yes: true },
            Offer::Emergency => Condition::Emergency { yes: true },
            Offer::Conference => Condition::Conference { yes: true },
            Offer::Transferred => Condition::Transferred { yes: true },
            Offer::Recorded => Condition::Recorded { yes: true },
            Offer::Scored => Condition::Scored { yes: true },
            Offer::Noted => Condition::Noted { yes: true },
            Offer::Lasting => {
                Condition::Lasting { timing: Timing::Total, from_seconds: None, to_seconds: None }
            }
            Offer::Events => Condition::Events { yes: true, any_of: Vec::new() },
            Offer::Sequence => Condition::Sequence { steps: Vec::new() },
            Offer::FinalEvent => Condition::FinalEvent { any_of: Vec::new() },
            Offer::CountedIn => Condition::CountedIn { measure: Measure::Answered },
        }
    }
}

/// The answer of a question of yes or no.
pub fn yes(condition: &Condition) -> Option<bool> {
    match condition {
        Condition::Answered { yes }
        | Condition::Abandoned { yes }
        | Condition::Missed { yes }
        | Condition::Voicemail { yes }
        | Condition::Emergency { yes }
        | Condition::Conference { yes }
        | Condition::Transferred { yes }
        | Condition::Recorded { yes }
        | Condition::Scored { yes }
        | Condition::Noted { yes }
        | Condition::Events { yes, any_of: _ } => Some(*yes),
        Condition::TimeOfDay { .. }
        | Condition::DaysOfWeek { .. }
        | Condition::Directions { .. }
        | Condition::Sites { .. }
        | Condition::People { .. }
        | Condition::TalkedAs { .. }
        | Condition::Groups { .. }
        | Condition::GroupAs { .. }
        | Condition::OutsideNumber { .. }
        | Condition::DialledNumber { .. }
        | Condition::OutsideName { .. }
        | Condition::AccountCode { .. }
        | Condition::Tags { .. }
        | Condition::Trunks { .. }
        | Condition::Lasting { .. }
        | Condition::Sequence { .. }
        | Condition::FinalEvent { .. }
        | Condition::Text { .. }
        | Condition::CountedIn { .. } => None,
    }
}

/// The same question with the other answer.
pub fn turned(mut condition: Condition) -> Condition {
    if let Condition::Answered { yes }
    | Condition::Abandoned { yes }
    | Condition::Missed { yes }
    | Condition::Voicemail { yes }
    | Condition::Emergency { yes }
    | Condition::Conference { yes }
    | Condition::Transferred { yes }
    | Condition::Recorded { yes }
    | Condition::Scored { yes }
    | Condition::Noted { yes }
    | Condition::Events { yes, any_of: _ } = &mut condition
    {
        *yes = !*yes;
    }
    condition
}

/// Nothing is chosen in it, so that it leaves no call out.
pub fn is_empty(condition: &Condition) -> bool {
    match condition {
        Condition::DaysOfWeek { days } => days.is_empty(),
        Condition::Directions { any_of } => any_of.is_empty(),
        Condition::Sites { any_of } => any_of.is_empty(),
        Condition::People { any_of } | Condition::TalkedAs { spot: _, any_of } => any_of.is_empty(),
        Condition::Groups { any_of } | Condition::GroupAs { spot: _, any_of } => any_of.is_empty(),
        Condition::OutsideNumber { any_of } | Condition::DialledNumber { any_of } => any_of.is_empty(),
        Condition::OutsideName { any_of }
        | Condition::AccountCode { any_of }
        | Condition::Tags { any_of }
        | Condition::Trunks { any_of } => any_of.is_empty(),
        Condition::Lasting { timing: _, from_seconds, to_seconds } => {
            from_seconds.is_none() && to_seconds.is_none()
        }
        Condition::Events { yes: _, any_of } | Condition::FinalEvent { any_of } => any_of.is_empty(),
        Condition::Sequence { steps } => steps.is_empty(),
        Condition::Text { text } => text.trim().is_empty(),
        Condition::TimeOfDay { .. }
        | Condition::Answered { .. }
        | Condition::Abandoned { .. }
        | Condition::Missed { .. }
        | Condition::Voicemail { .. }
        | Condition::Emergency { .. }
        | Condition::Conference { .. }
        | Condition::Transferred { .. }
        | Condition::Recorded { .. }
        | Condition::Scored { .. }
        | Condition::Noted { .. }
        | Condition::CountedIn { .. } => false,
    }
}

/// Figures that count calls, of which a call can be one.
pub fn counting() -> impl Iterator<Item = Measure> {
    Measure::ALL.iter().copied().filter(|measure| {
        measure.is_known_of(Scope::Call, &[]) && measure.unit() == model::report::Unit::Count
    })
}

/// What is typed into the lines of a field, a text each.
pub fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// How a number is compared, as the editor offers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matching {
    Exactly,
    Begins,
    Ends,
    Anywhere,
    Withheld,
}

impl Matching {
    pub const ALL: [Matching; 5] =
        [Matching::Begins, Matching::Exactly, Matching::Ends, Matching::Anywhere, Matching::Withheld];

    pub fn title(self) -> &'static str {
        match self {
            Matching::Exactly => say("is"),
            Matching::Begins => say("begins with"),
            Matching::Ends => say("ends with"),
            Matching::Anywhere => say("has"),
            Matching::Withheld => say("is withheld"),
        }
    }

    /// `None` without a digit where one is needed.
    pub fn with(self, typed: &str) -> Option<NumberMatch> {
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        if self != Matching::Withheld && digits.is_empty() {
            return None;
        }
        Some(match self {
            Matching::Exactly => NumberMatch::Exactly(digits),
            Matching::Begins => NumberMatch::Begins(digits),
            Matching::Ends => NumberMatch::Ends(digits),
            Matching::Anywhere => NumberMatch::Anywhere(digits),
            Matching::Withheld => NumberMatch::Withheld,
        })
    }
}

#[cfg(test)]
#[path = "report_conditions_tests.rs"]
mod tests;
