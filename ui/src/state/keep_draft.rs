//! How long things are kept, while it is written.

use crate::words::{fill, say};
use contract::privacy::KeepTimes;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeepDraft {
    /// As typed, in the order of [`Span::ALL`].
    texts: [String; 4],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    Calls,
    Numbers,
    Journal,
    Audit,
}

impl Span {
    pub const ALL: [Span; 4] = [Span::Calls, Span::Numbers, Span::Journal, Span::Audit];

    pub fn label(self) -> &'static str {
        match self {
            Span::Calls => say("Calls"),
            Span::Numbers => say("Whole numbers"),
            Span::Journal => say("Journal"),
            Span::Audit => say("Audit log"),
        }
    }

    pub fn testid(self) -> &'static str {
        match self {
            Span::Calls => "keep-calls",
            Span::Numbers => "keep-numbers",
            Span::Journal => "keep-journal",
            Span::Audit => "keep-audit",
        }
    }

    pub fn hint(self) -> &'static str {
        match self {
            Span::Calls => say(
                "Calls with their notes, tags and scores, and what phones did. Reports of older days become empty.",
            ),
            Span::Numbers => {
                say("Older numbers outside lose their last three digits, in calls and recordings.")
            }
            Span::Journal => say(
                "What the phone system said, as it came. Calls older than it stay, and cannot be made anew. It cannot be kept longer than calls or whole numbers: it would bring them back.",
            ),
            Span::Audit => {
                say("Who heard, exported, deleted or changed what. The log tells that it was shortened.")
            }
        }
    }
}

impl KeepDraft {
    pub fn of(times: &KeepTimes) -> Self {
        let text = |days: Option<u32>| days.map(|days| days.to_string()).unwrap_or_default();
        Self {
            texts: [times.calls_days, times.whole_numbers_days, times.journal_days, times.audit_days]
                .map(text),
        }
    }

    pub fn text(&self, span: Span) -> &str {
        &self.texts[span as usize]
    }

    pub fn set(&mut self, span: Span, text: String) {
        self.texts[span as usize] = text;
    }

    /// The error is a sentence.
    pub fn times(&self) -> Result<KeepTimes, String> {
        Ok(KeepTimes {
            calls_days: self.days(Span::Calls)?,
            whole_numbers_days: self.days(Span::Numbers)?,
            journal_days: self.days(Span::Journal)?,
            audit_days: self.days(Span::Audit)?,
        })
    }

    fn days(&self, span: Span) -> Result<Option<u32>, String> {
        match self.text(span).trim() {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| {
                fill("{what}: enter whole days, or nothing for ever.", &[("what", span.label())])
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_comes_back_as_it_was_typed() {
        let times = KeepTimes { calls_days: Some(365), journal_days: Some(30), ..KeepTimes::default() };
        let draft = KeepDraft::of(&times);
        assert_eq!(draft.text(Span::Numbers), "", "for ever is an empty field");
        assert_eq!(draft.times(), Ok(times), "nothing is lost on the way");
    }

    #[test]
    fn what_is_no_number_of_days_is_told() {
        let mut draft = KeepDraft::default();
        draft.set(Span::Audit, "a year".to_owned());
        assert!(draft.times().expect_err("refused").starts_with("Audit log"), "which field it is");
        draft.set(Span::Audit, " 90 ".to_owned());
        assert_eq!(draft.times().expect("read").audit_days, Some(90), "spaces are nothing");
    }
}
