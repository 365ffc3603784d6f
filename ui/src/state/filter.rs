//! Which calls the list shows, as a sentence of chips.

use super::range::Range;
use crate::words::{fill, say};
use contract::calls::{CallFilter, CallRow, CallSort};
use model::Direction;

/// What a person chose; its instants are worked out when it is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallQuery {
    pub range: Range,
    /// Its `from_ms` and `to_ms` stay empty: the range stands for them.
    pub filter: CallFilter,
    pub sort: CallSort,
}

/// One part of the sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    pub part: Part,
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    Range,
    Direction,
    Answered,
    Abandoned,
    Missed,
    Voicemail,
    Agent,
    Group,
    Number,
    Text,
    Longer,
    Recorded,
    Noted,
    Tag,
}

/// Whether a pushed call belongs in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admits {
    Yes,
    No,
    /// Only the desk can tell.
    Perhaps,
}

impl CallQuery {
    /// All calls ever in which an outside number took part.
    pub fn of_number(number: &str) -> Self {
        let filter = CallFilter { number: Some(number.to_owned()), ..CallFilter::default() };
        Self { range: Range::AllTime, filter, ..Self::default() }
    }

    pub fn of_agent(extension: &str) -> Self {
        let filter = CallFilter { agent: Some(extension.to_owned()), ..CallFilter::default() };
        Self { range: Range::AllTime, filter, ..Self::default() }
    }

    pub fn of_group(number: &str) -> Self {
        let filter = CallFilter { group: Some(number.to_owned()), ..CallFilter::default() };
        Self { range: Range::AllTime, filter, ..Self::default() }
    }

    /// The filter to ask with, in instants.
    pub fn to_filter(&self, now_ms: i64, offset_ms: impl Fn(i64) -> i64) -> CallFilter {
        let (from_ms, to_ms) = self.range.bounds_ms(now_ms, offset_ms);
        CallFilter { from_ms, to_ms, ..self.filter.clone() }
    }

    /// The sentence, part by part. `name_of` gives the name of an extension or group where one is known.
    pub fn chips(&self, name_of: impl Fn(&str) -> Option<String>) -> Vec<Chip> {
        let known =
            |number: &str| name_of(number).map_or(number.to_owned(), |name| format!("{name} {number}"));
        let filter = &self.filter;
        let parts = [
            (Part::Range, (self.range != Range::AllTime).then(|| self.range.title())),
            (Part::Direction, filter.direction.map(|direction| direction_words(direction).to_owned())),
            (Part::Answered, filter.answered.then(|| say("answered").to_owned())),
            (Part::Abandoned, filter.abandoned.then(|| say("abandoned").to_owned())),
            (Part::Missed, filter.missed.then(|| say("missed by someone").to_owned())),
            (Part::Voicemail, filter.voicemail.then(|| say("with voicemail").to_owned())),
            (Part::Recorded, filter.recorded.then(|| say("recorded").to_owned())),
            (Part::Noted, filter.noted.then(|| say("with a note").to_owned())),
            (Part::Tag, filter.tag.as_deref().map(|tag| fill("tagged {tag}", &[("tag", tag)]))),
            (
                Part::Agent,
                filter.agent.as_deref().map(|number| fill("with {who}", &[("who", &known(number))])),
            ),
            (
                Part::Group,
                filter.group.as_deref().map(|number| fill("in {group}", &[("group", &known(number))])),
            ),
            (
                Part::Number,
                filter.number.as_ref().map(|digits| fill("number has {digits}", &[("digits", digits)])),
            ),
            (Part::Text, filter.text.as_ref().map(|text| fill("containing “{text}”", &[("text", text)]))),
            (
                Part::Longer,
                filter
                    .min_seconds
                    .map(|seconds| fill("longer than {seconds} s", &[("seconds", &seconds.to_string())])),
            ),
        ];
        parts.into_iter().filter_map(|(part, text)| Some(Chip { part, text: text? })).collect()
    }

    /// Read out by screen readers when the filter changes.
    pub fn sentence(&self, name_of: impl Fn(&str) -> Option<String>) -> String {
        let chips = self.chips(name_of);
        if chips.is_empty() {
            return say("All calls").to_owned();
        }
        let texts: Vec<String> = chips.into_iter().map(|chip| chip.text).collect();
        fill("Calls: {range}", &[("range", &texts.join(", "))])
    }

    pub fn without(&self, part: Part) -> Self {
        let mut query = self.clone();
        match part {
            Part::Range => query.range = Range::AllTime,
            Part::Direction => query.filter.direction = None,
            Part::Answered => query.filter.answered = false,
            Part::Abandoned => query.filter.abandoned = false,
            Part::Missed => query.filter.missed = false,
            Part::Voicemail => query.filter.voicemail = false,
            Part::Agent => query.filter.agent = None,
            Part::Group => query.filter.group = None,
            Part::Number => query.filter.number = None,
            Part::Text => query.filter.text = None,
            Part::Longer => query.filter.min_seconds = None,
            Part::Recorded => query.filter.recorded = false,
            Part::Noted => query.filter.noted = false,
            Part::Tag => query.filter.tag = None,
        }
        query
    }

    /// Nothing but the range is asked for.
    pub fn is_range_only(&self) -> bool {
        self.filter == CallFilter::default()
    }

    /// Whether a pushed call belongs in a list of this query that was asked with `asked`.
    pub fn admits(&self, row: &CallRow, asked: &CallFilter) -> Admits {
        let too_early = asked.from_ms.is_some_and(|from_ms| row.started_ms < from_ms);
        let too_late = asked.to_ms.is_some_and(|to_ms| row.started_ms >= to_ms);
        let other_way = self.filter.direction.is_some_and(|direction| direction != row.direction);
        if too_early || too_late || other_way {
            return Admits::No;
        }
        let newest_first = self.sort == CallSort::NewestFirst;
        if self.is_range_only() && newest_first { Admits::Yes } else { Admits::Perhaps }
    }
}

fn direction_words(direction: Direction) -> &'static str {
    match direction {
        Direction::Inbound => say("inbound"),
        Direction::Outbound => say("outbound"),
        Direction::Internal => say("internal"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::call_list::tests::row;

    fn nobody(_: &str) -> Option<String> {
        None
    }

    #[test]
    fn chips_read_as_a_sentence() {
        let mut query = CallQuery { range: Range::Yesterday, ..CallQuery::default() };
        query.filter.direction = Some(Direction::Inbound);
        query.filter.abandoned = true;
        query.filter.agent = Some("204".into());
        query.filter.min_seconds = Some(5);
        let names = |number: &str| (number == "204").then(|| "Ann Keller".to_owned());
        assert_eq!(
            query.sentence(names),
            "Calls: Yesterday, inbound, abandoned, with Ann Keller 204, longer than 5 s",
            "parts in a fixed order, people by name"
        );
        let fewer = query.without(Part::Abandoned).without(Part::Range);
        assert_eq!(
            fewer.sentence(nobody),
            "Calls: inbound, with 204, longer than 5 s",
            "a removed chip leaves the rest as it was"
        );
    }

    #[test]
    fn without_any_part_the_sentence_says_all_calls() {
        let query = CallQuery::default().without(Part::Range);
        assert_eq!(query.sentence(nobody), "All calls", "nothing is left out");
    }

    #[test]
    fn only_a_plain_range_admits_pushed_calls_unasked() {
        let asked = CallFilter { from_ms: Some(100), to_ms: Some(200), ..CallFilter::default() };
        let mut query = CallQuery::default();
        assert_eq!(query.admits(&row("a", 150), &asked), Admits::Yes, "in the range");
        assert_eq!(query.admits(&row("a", 99), &asked), Admits::No, "before the range");
        assert_eq!(query.admits(&row("a", 200), &asked), Admits::No, "the end is not part of the range");
        query.filter.direction = Some(Direction::Outbound);
        assert_eq!(query.admits(&row("a", 150), &asked), Admits::No, "an inbound call goes the other way");
        query.filter = CallFilter { text: Some("meier".into()), ..CallFilter::default() };
        assert_eq!(
            query.admits(&row("a", 150), &asked),
            Admits::Perhaps,
            "what text matches, the desk knows"
        );
        query = CallQuery { sort: CallSort::LongestFirst, ..CallQuery::default() };
        assert_eq!(query.admits(&row("a", 150), &asked), Admits::Perhaps, "its place is not at the top");
    }
}
