//! Which recordings the list shows, as a sentence of chips.

use super::range::Range;
use crate::words::{fill, say};
use contract::recordings::{RecordingFilter, RecordingSort};
use model::Direction;

/// What a person chose; its instants are worked out when it is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordingQuery {
    pub range: Range,
    /// Its `from_ms` and `to_ms` stay empty: the range stands for them.
    pub filter: RecordingFilter,
    pub sort: RecordingSort,
}

impl Default for RecordingQuery {
    fn default() -> Self {
        Self { range: Range::AllTime, filter: RecordingFilter::default(), sort: RecordingSort::default() }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    Range,
    Direction,
    Unmatched,
    Noted,
    Scored,
    Held,
    Damaged,
    Trashed,
    Tag,
    Agent,
    Group,
    Number,
    Text,
    Longer,
}

impl RecordingQuery {
    pub fn trash() -> Self {
        Self { filter: RecordingFilter { trashed: true, ..RecordingFilter::default() }, ..Self::default() }
    }

    /// The filter to ask with, in instants.
    pub fn to_filter(&self, now_ms: i64, offset_ms: impl Fn(i64) -> i64) -> RecordingFilter {
        let (from_ms, to_ms) = self.range.bounds_ms(now_ms, offset_ms);
        RecordingFilter { from_ms, to_ms, ..self.filter.clone() }
    }

    /// The sentence, part by part. `name_of` gives the name of an extension or group where one is known.
    pub fn chips(&self, name_of: impl Fn(&str) -> Option<String>) -> Vec<(Part, String)> {
        let known =
            |number: &str| name_of(number).map_or(number.to_owned(), |name| format!("{name} {number}"));
        let filter = &self.filter;
        let when = |is: bool, words: &str| is.then(|| words.to_owned());
        let parts = [
            (Part::Range, (self.range != Range::AllTime).then(|| self.range.title())),
            (Part::Trashed, when(filter.trashed, say("in the trash"))),
            (Part::Direction, filter.direction.map(|direction| direction_words(direction).to_owned())),
            (Part::Unmatched, when(filter.unmatched, say("without a call"))),
            (Part::Noted, when(filter.noted, say("with a note"))),
            (Part::Scored, when(filter.scored, say("scored"))),
            (Part::Held, when(filter.held, say("under legal hold"))),
            (Part::Damaged, when(filter.damaged, say("missing or changed"))),
            (Part::Tag, filter.tag.as_deref().map(|tag| fill("tagged {tag}", &[("tag", tag)]))),
            (Part::Agent, filter.agent.as_deref().map(|number| fill("of {who}", &[("who", &known(number))]))),
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
        parts.into_iter().filter_map(|(part, text)| Some((part, text?))).collect()
    }

    /// Read out by screen readers when the filter changes.
    pub fn sentence(&self, name_of: impl Fn(&str) -> Option<String>) -> String {
        let texts: Vec<String> = self.chips(name_of).into_iter().map(|(_, text)| text).collect();
        if texts.is_empty() {
            say("All recordings").to_owned()
        } else {
            fill("Recordings: {filters}", &[("filters", &texts.join(", "))])
        }
    }

    pub fn without(&self, part: Part) -> Self {
        let mut query = self.clone();
        let filter = &mut query.filter;
        match part {
            Part::Range => query.range = Range::AllTime,
            Part::Direction => filter.direction = None,
            Part::Unmatched => filter.unmatched = false,
            Part::Noted => filter.noted = false,
            Part::Scored => filter.scored = false,
            Part::Held => filter.held = false,
            Part::Damaged => filter.damaged = false,
            Part::Trashed => filter.trashed = false,
            Part::Tag => filter.tag = None,
            Part::Agent => filter.agent = None,
            Part::Group => filter.group = None,
            Part::Number => filter.number = None,
            Part::Text => filter.text = None,
            Part::Longer => filter.min_seconds = None,
        }
        query
    }

    /// Nothing is left out: an empty answer means an empty library.
    pub fn is_everything(&self) -> bool {
        self.range == Range::AllTime && self.filter == RecordingFilter::default()
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

    #[test]
    fn chips_read_as_a_sentence() {
        let mut query = RecordingQuery { range: Range::Yesterday, ..RecordingQuery::default() };
        query.filter.unmatched = true;
        query.filter.agent = Some("204".into());
        query.filter.tag = Some("complaint".into());
        let names = |number: &str| (number == "204").then(|| "Ann Keller".to_owned());
        assert_eq!(
            query.sentence(names),
            "Recordings: Yesterday, without a call, tagged complaint, of Ann Keller 204",
            "parts in a fixed order, people by name"
        );
        let fewer = query.without(Part::Range).without(Part::Unmatched).without(Part::Agent);
        assert_eq!(fewer.sentence(|_| None), "Recordings: tagged complaint", "the rest stays as it was");
        assert!(!fewer.is_everything(), "a tag leaves recordings out");
    }

    #[test]
    fn every_part_can_be_taken_away() {
        let filter = RecordingFilter {
            from_ms: None,
            to_ms: None,
            direction: Some(Direction::Inbound),
            number: Some("89".into()),
            agent: Some("204".into()),
            group: Some("300".into()),
            text: Some("meier".into()),
            tag: Some("complaint".into()),
            min_seconds: Some(5),
            unmatched: true,
            noted: true,
            scored: true,
            held: true,
            trashed: true,
            damaged: true,
        };
        let mut query = RecordingQuery { range: Range::Today, filter, sort: RecordingSort::default() };
        let parts: Vec<Part> = query.chips(|_| None).into_iter().map(|(part, _)| part).collect();
        assert_eq!(parts.len(), 14, "each part has its chip");
        for part in parts {
            query = query.without(part);
        }
        assert!(query.is_everything(), "nothing is left of the filter");
        assert_eq!(query.sentence(|_| None), "All recordings", "and it says so");
    }
}
