//! The conditions of a definition, ready to be compared: digits only, lower case, empty ones left out.

use super::flags::{self, ALL, COSTED};
use super::formula::{Source, Sums};
use super::office::Service;
use super::plan::column_of;
use crate::leaf::{Column, ColumnSet};
use model::report::{Condition, Definition, Dimension, Hours, NumberMatch, Scope, Spot, Timing};

/// One thing that calls, or parts in them, have to be.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Test {
    /// Judged by the call alone; people's and groups' parts where the rows are theirs.
    Is(Condition),
    /// In notes by its place in [`super::Needs::texts`]; in names and numbers by itself.
    Text {
        place: usize,
        text: String,
    },
    Open(Hours),
    /// Has one of the flags, and of the source more than nothing.
    Counted {
        flags: u64,
        source: Option<Source>,
    },
}

/// The tests, and the texts that notes are looked through for.
pub(crate) fn read(
    definition: &Definition,
    scope: Scope,
    by: &[Dimension],
    service: Service,
) -> Result<(Vec<Test>, Vec<String>), String> {
    let mut tests = Vec::new();
    let mut texts = Vec::new();
    for condition in &definition.conditions {
        match condition {
            Condition::Text { text } => {
                let text = text.trim().to_lowercase();
                if !text.is_empty() {
                    tests.push(Test::Text { place: texts.len(), text: text.clone() });
                    texts.push(text);
                }
            }
            Condition::CountedIn { measure } => {
                if !measure.is_known_of(scope, by) {
                    return Err(format!("“{}” cannot be told for these rows.", measure.label()));
                }
                let mut sums = Sums::default();
                let formula = sums.formula(*measure, scope, service.of);
                let (flags, source) = sums.counted(formula);
                if (flags, source) != (ALL, None) {
                    tests.push(Test::Counted { flags, source });
                }
            }
            other => {
                let condition = compared(other.clone());
                if !is_empty(&condition) {
                    tests.push(Test::Is(condition));
                }
            }
        }
    }
    match definition.hours {
        Hours::All => {}
        Hours::In | Hours::Out => tests.push(Test::Open(definition.hours)),
    }
    Ok((tests, texts))
}

impl Test {
    pub(crate) fn flags(&self) -> u64 {
        match self {
            Test::Counted { flags, .. } => *flags,
            Test::Is(_) | Test::Text { .. } | Test::Open(_) => ALL,
        }
    }

    pub(crate) fn source(&self) -> Option<Source> {
        match self {
            Test::Counted { source, .. } => *source,
            Test::Is(_) | Test::Text { .. } | Test::Open(_) => None,
        }
    }

    pub(crate) fn asks_cost(&self) -> bool {
        self.flags() & COSTED != 0
    }

    pub(crate) fn asks_tags(&self) -> bool {
        matches!(self, Test::Is(Condition::Tags { .. }))
    }

    pub(crate) fn asks_notes(&self) -> bool {
        matches!(self, Test::Is(Condition::Noted { .. }))
    }

    /// Flags of recordings and scorecards that a condition rests on.
    pub(crate) fn marked(&self) -> u64 {
        match self {
            Test::Is(Condition::Recorded { .. }) => flags::RECORDED,
            Test::Is(Condition::Scored { .. }) => flags::SCORED,
            Test::Is(_) | Test::Text { .. } | Test::Open(_) | Test::Counted { .. } => 0,
        }
    }

    pub(crate) fn columns(&self) -> ColumnSet {
        match self {
            Test::Is(condition) => ColumnSet::of(columns_of(condition)),
            Test::Text { .. } => ColumnSet::of(&[
                Column::Id,
                Column::Outside,
                Column::OutsideGiven,
                Column::OutsideName,
                Column::Dialled,
                Column::PeopleCount,
                Column::Extension,
                Column::GroupCount,
                Column::Group,
            ]),
            Test::Open(_) => ColumnSet::of(&[Column::Site, Column::FirstGroup, Column::Group]),
            Test::Counted { source, .. } => {
                source.map_or(ColumnSet::default(), |source| ColumnSet::of(&[column_of(source)]))
            }
        }
    }
}

pub(crate) fn timed(timing: Timing) -> Column {
    match timing {
        Timing::Total => Column::Total,
        Timing::Talk => Column::Talk,
        Timing::Ring => Column::Ring,
        Timing::Hold => Column::Hold,
        Timing::Queue => Column::Queue,
        Timing::Park => Column::Park,
        Timing::TransferHold => Column::TransferHold,
        Timing::Wait => Column::Wait,
        Timing::TimeToAnswer => Column::AnsweredAfter,
    }
}

fn columns_of(condition: &Condition) -> &'static [Column] {
    match condition {
        Condition::TimeOfDay { .. } | Condition::DaysOfWeek { .. } => &[Column::Start],
        Condition::Directions { .. }
        | Condition::Answered { .. }
        | Condition::Abandoned { .. }
        | Condition::Missed { .. }
        | Condition::Voicemail { .. }
        | Condition::Emergency { .. }
        | Condition::Conference { .. } => &[Column::Marks],
        Condition::Sites { .. } => &[Column::Site],
        Condition::People { .. } => &[Column::PeopleCount, Column::Extension],
        Condition::TalkedAs { spot: Spot::First, .. } => &[Column::FirstAgent, Column::Extension],
        Condition::TalkedAs { spot: Spot::Final, .. } => &[Column::FinalAgent, Column::Extension],
        Condition::Groups { .. } => &[Column::GroupCount, Column::Group],
        Condition::GroupAs { spot: Spot::First, .. } => &[Column::FirstGroup, Column::Group],
        Condition::GroupAs { spot: Spot::Final, .. } => &[Column::FinalGroup, Column::Group],
        Condition::OutsideNumber { .. } => &[Column::Outside, Column::OutsideGiven, Column::Marks],
        Condition::OutsideName { .. } => &[Column::OutsideName],
        Condition::DialledNumber { .. } => &[Column::Dialled],
        Condition::AccountCode { .. } => &[Column::Account],
        Condition::Tags { .. } => &[Column::Tag, Column::Id],
        Condition::Trunks { .. } => &[Column::Trunk],
        Condition::Transferred { .. } => &[Column::Transfers],
        Condition::Recorded { .. } | Condition::Scored { .. } | Condition::Noted { .. } => &[Column::Id],
        Condition::Lasting { timing, .. } => match timing {
            Timing::Total => &[Column::Total],
            Timing::Talk => &[Column::Talk],
            Timing::Ring => &[Column::Ring],
            Timing::Hold => &[Column::Hold],
            Timing::Queue => &[Column::Queue],
            Timing::Park => &[Column::Park],
            Timing::TransferHold => &[Column::TransferHold],
            Timing::Wait => &[Column::Wait],
            Timing::TimeToAnswer => &[Column::AnsweredAfter, Column::Marks],
        },
        Condition::Events { .. } => &[Column::Kinds],
        Condition::Sequence { .. } | Condition::FinalEvent { .. } => &[Column::Sequence],
        // These have tests of their own.
        Condition::Text { .. } | Condition::CountedIn { .. } => &[],
    }
}

fn compared(condition: Condition) -> Condition {
    match condition {
        Condition::OutsideNumber { any_of } => Condition::OutsideNumber { any_of: numbers(any_of) },
        Condition::DialledNumber { any_of } => Condition::DialledNumber { any_of: numbers(any_of) },
        Condition::OutsideName { any_of } => Condition::OutsideName { any_of: words(any_of) },
        Condition::AccountCode { any_of } => Condition::AccountCode { any_of: words(any_of) },
        Condition::Tags { any_of } => Condition::Tags { any_of: words(any_of) },
        other => other,
    }
}

fn numbers(any_of: Vec<NumberMatch>) -> Vec<NumberMatch> {
    let digits = |text: String| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    let numbers = any_of.into_iter().map(|number| match number {
        NumberMatch::Exactly(text) => NumberMatch::Exactly(digits(text)),
        NumberMatch::Begins(text) => NumberMatch::Begins(digits(text)),
        NumberMatch::Ends(text) => NumberMatch::Ends(digits(text)),
        NumberMatch::Anywhere(text) => NumberMatch::Anywhere(digits(text)),
        NumberMatch::Withheld => NumberMatch::Withheld,
    });
    numbers.collect()
}

fn words(any_of: Vec<String>) -> Vec<String> {
    any_of.into_iter().map(|text| text.trim().to_lowercase()).filter(|text| !text.is_empty()).collect()
}

/// Nothing to choose from: the condition is left out.
fn is_empty(condition: &Condition) -> bool {
    match condition {
        Condition::DaysOfWeek { days } => days.is_empty(),
        Condition::Directions { any_of } => any_of.is_empty(),
        Condition::Sites { any_of } => any_of.is_empty(),
        Condition::People { any_of } | Condition::TalkedAs { any_of, .. } => any_of.is_empty(),
        Condition::Groups { any_of } | Condition::GroupAs { any_of, .. } => any_of.is_empty(),
        Condition::OutsideNumber { any_of } | Condition::DialledNumber { any_of } => any_of.is_empty(),
        Condition::OutsideName { any_of }
        | Condition::AccountCode { any_of }
        | Condition::Tags { any_of }
        | Condition::Trunks { any_of } => any_of.is_empty(),
        Condition::Events { any_of, .. } | Condition::FinalEvent { any_of } => any_of.is_empty(),
        Condition::Sequence { steps } => steps.is_empty(),
        Condition::Lasting { from_seconds, to_seconds, .. } => from_seconds.is_none() && to_seconds.is_none(),
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
        | Condition::Text { .. }
        | Condition::CountedIn { .. } => false,
    }
}
