//! Which calls a report looks at, as a sentence without its full stop: "Inbound calls of Sales, answered, talk time 1:00 or
//! more, Monday to Friday, 8:00 to 17:00, in business hours".
//!
//! Commas are AND, "or" stands inside one condition. Who and what is meant is asked of [`Names`]; whoever has no name there
//! is told by number.

mod clause;
mod list;
mod time;

use clause::Clause;
use model::report::{Definition, Hours};
use words::Language;

/// Names of what conditions refer to; `None`: nobody knows it (any more).
pub trait Names {
    fn person(&self, id: i64) -> Option<String>;
    fn extension(&self, site: i64, number: &str) -> Option<String>;
    fn group(&self, site: i64, number: &str) -> Option<String>;
    fn site(&self, id: i64) -> Option<String>;
}

/// Empty: all calls.
pub fn filter_words(definition: &Definition, names: &dyn Names, language: Language) -> String {
    let by = Speaker { names, language };
    let mut subject: Option<String> = None;
    let mut of = String::new();
    let mut clauses: Vec<String> = Vec::new();
    for condition in &definition.conditions {
        match clause::clause(condition, by) {
            Some(Clause::Subject(words)) if subject.is_none() => subject = Some(words),
            // A second list of directions narrows the first.
            Some(Clause::Subject(words)) => clauses.push(within(&words)),
            Some(Clause::Of(words)) => of += &format!(" {words}"),
            Some(Clause::After(words)) => clauses.push(words),
            None => {}
        }
    }
    match definition.hours {
        Hours::All => {}
        Hours::In => clauses.push(language.say("in business hours").to_owned()),
        Hours::Out => clauses.push(language.say("outside business hours").to_owned()),
    }
    if subject.is_none() && of.is_empty() && clauses.is_empty() {
        return String::new();
    }
    let mut sentence = subject.unwrap_or_else(|| language.say("Calls").to_owned()) + &of;
    for clause in clauses {
        sentence += &format!(", {clause}");
    }
    sentence
}

/// Who says it: by whose names, in which language.
#[derive(Clone, Copy)]
struct Speaker<'n> {
    names: &'n dyn Names,
    language: Language,
}

/// A subject that stands behind another one. Only its first letter is large because of its place.
fn within(subject: &str) -> String {
    let mut letters = subject.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::report::{
        Chapter, Condition, EventStep, FORMAT, GroupRef, Measure, NumberMatch, Period, Rows, Spot, Timing,
        Who,
    };
    use model::{Direction, EventKind};

    struct Office;

    impl Names for Office {
        fn person(&self, id: i64) -> Option<String> {
            (id == 1).then(|| "Ann Keller".to_owned())
        }
        fn extension(&self, _: i64, number: &str) -> Option<String> {
            (number == "204").then(|| "Ben Ott".to_owned())
        }
        fn group(&self, _: i64, number: &str) -> Option<String> {
            (number == "300").then(|| "Sales".to_owned())
        }
        fn site(&self, id: i64) -> Option<String> {
            (id == 1).then(|| "Munich".to_owned())
        }
    }

    fn said(conditions: Vec<Condition>, hours: Hours) -> String {
        said_in(Language::English, conditions, hours)
    }

    fn said_in(language: Language, conditions: Vec<Condition>, hours: Hours) -> String {
        let definition = Definition {
            format: FORMAT,
            name: "Any".into(),
            says: String::new(),
            chapter: Chapter::Calls,
            rows: Rows::Summed { by: vec![], measures: vec![Measure::Calls] },
            conditions,
            hours,
            period: Period::ThisMonth,
            sort: None,
            top: None,
            chart: None,
        };
        filter_words(&definition, &Office, language)
    }

    fn sales() -> GroupRef {
        GroupRef { site: 1, number: "300".into() }
    }

    #[test]
    fn conditions_read_as_one_sentence() {
        let said = said(
            vec![
                Condition::Directions { any_of: vec![Direction::Inbound] },
                Condition::Groups { any_of: vec![sales()] },
                Condition::Answered { yes: true },
                Condition::Lasting { timing: Timing::Total, from_seconds: Some(60), to_seconds: None },
                Condition::DaysOfWeek { days: vec![1, 2, 3, 4, 5] },
                Condition::TimeOfDay { from_minute: 480, to_minute: 1020 },
            ],
            Hours::In,
        );
        assert_eq!(
            said,
            "Inbound calls of Sales, answered, 1:00 or longer, Monday to Friday, 8:00 to 17:00, in business hours",
            "as a manager would say it"
        );
    }

    #[test]
    fn without_conditions_nothing_is_said() {
        assert_eq!(said(vec![], Hours::All), "", "all calls need no sentence");
        let empty = vec![Condition::Tags { any_of: vec![] }, Condition::Directions { any_of: vec![] }];
        assert_eq!(said(empty, Hours::All), "", "an empty list leaves its condition out");
    }

    #[test]
    fn whoever_has_no_name_is_told_by_number() {
        let people = vec![
            Who::Person { id: 1 },
            Who::Extension { site: 1, number: "204".into() },
            Who::Extension { site: 1, number: "999".into() },
            Who::Person { id: 77 },
        ];
        assert_eq!(
            said(vec![Condition::People { any_of: people }], Hours::All),
            "Calls with Ann Keller, Ben Ott, extension 999 or a person who is no longer known",
            "names where there are some"
        );
    }

    #[test]
    fn numbers_are_told_as_they_are_looked_for() {
        let any_of = vec![
            NumberMatch::Begins("089".into()),
            NumberMatch::Ends("17".into()),
            NumberMatch::Exactly("112".into()),
            NumberMatch::Anywhere("55".into()),
            NumberMatch::Withheld,
        ];
        assert_eq!(
            said(vec![Condition::OutsideNumber { any_of }], Hours::All),
            "Calls, outside number beginning with 089, ending with 17, 112, with 55 in it or withheld",
            "each in its own way"
        );
    }

    #[test]
    fn events_are_told_in_their_order() {
        let steps = [EventKind::Queue, EventKind::TransferHold, EventKind::Talking];
        let conditions = vec![
            Condition::Sequence { steps: steps.map(|kind| EventStep { kind }).to_vec() },
            Condition::Events { yes: false, any_of: vec![EventKind::Park, EventKind::Voicemail] },
            Condition::FinalEvent { any_of: vec![EventKind::Queue] },
        ];
        assert_eq!(
            said(conditions, Hours::Out),
            "Calls, with queue, then transfer hold, then talking, without park or voicemail, ending in queue, outside business hours",
            "the order of events is told by then"
        );
    }

    #[test]
    fn days_that_follow_each_other_are_a_span() {
        let days = |days: &[u8]| said(vec![Condition::DaysOfWeek { days: days.to_vec() }], Hours::All);
        assert_eq!(days(&[6, 7]), "Calls, Saturday or Sunday", "two days are no span");
        assert_eq!(days(&[5, 3, 1]), "Calls, Monday, Wednesday or Friday", "in the week's order");
        assert_eq!(days(&[1, 2, 3, 5, 6, 7]), "Calls, Monday to Wednesday or Friday to Sunday", "two spans");
    }

    #[test]
    fn a_second_direction_narrows_the_first() {
        let conditions = vec![
            Condition::Directions { any_of: vec![Direction::Inbound, Direction::Outbound] },
            Condition::Directions { any_of: vec![Direction::Inbound] },
            Condition::GroupAs { spot: Spot::Final, any_of: vec![sales()] },
            Condition::CountedIn { measure: Measure::Abandoned },
        ];
        assert_eq!(
            said(conditions, Hours::All),
            "Inbound and outbound calls, inbound calls, last with Sales, counted in “Abandoned”",
            "conditions are joined, none is lost"
        );
    }

    #[test]
    fn a_german_reads_a_german_sentence() {
        let said = said_in(
            Language::German,
            vec![
                Condition::Directions { any_of: vec![Direction::Outbound, Direction::Inbound] },
                Condition::Groups { any_of: vec![sales(), GroupRef { site: 1, number: "9".into() }] },
                Condition::Answered { yes: false },
                Condition::Lasting { timing: Timing::Talk, from_seconds: Some(60), to_seconds: None },
                Condition::DaysOfWeek { days: vec![1, 2, 3, 4, 5] },
                Condition::OutsideNumber { any_of: vec![NumberMatch::Begins("089".into())] },
                Condition::CountedIn { measure: Measure::MissRate },
                Condition::Directions { any_of: vec![Direction::Inbound] },
            ],
            Hours::In,
        );
        assert_eq!(
            said,
            "Eingehende und ausgehende Anrufe bei Sales oder Gruppe 9, nicht angenommen, Gesprächszeit ab 1:00, \
             Montag bis Freitag, fremde Nummer mit 089 am Anfang, gezählt in „Verpasstquote“, eingehende Anrufe, \
             in den Geschäftszeiten",
            "names stay as people gave them"
        );
    }
}
