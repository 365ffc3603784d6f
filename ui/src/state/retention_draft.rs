//! Rules of retention while they are written.

use crate::parts::recording_words::{bytes, counted_recordings};
use crate::words::{fill, plural, say};
use contract::keeping::{Retention, RetentionPreview, RetentionRule};
use model::Direction;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RetentionDraft {
    rules: Vec<RuleDraft>,
    pub automatic: bool,
    next_key: u32,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RuleDraft {
    /// Stays with the rule while others come and go.
    pub key: u32,
    pub name: String,
    pub direction: Option<Direction>,
    /// Empty: any.
    pub group: String,
    /// Empty: any.
    pub tag: String,
    pub unmatched: bool,
    /// Empty: for ever.
    pub days: String,
}

impl RetentionDraft {
    pub fn of(retention: &Retention) -> Self {
        let mut draft = Self { automatic: retention.automatic, ..Self::default() };
        for rule in &retention.rules {
            let key = draft.key();
            draft.rules.push(RuleDraft {
                key,
                name: rule.name.clone(),
                direction: rule.direction,
                group: rule.group.clone().unwrap_or_default(),
                tag: rule.tag.clone().unwrap_or_default(),
                unmatched: rule.unmatched,
                days: rule.keep_days.map(|days| days.to_string()).unwrap_or_default(),
            });
        }
        draft
    }

    pub fn keys(&self) -> Vec<u32> {
        self.rules.iter().map(|rule| rule.key).collect()
    }

    pub fn rule(&self, key: u32) -> Option<&RuleDraft> {
        self.rules.iter().find(|rule| rule.key == key)
    }

    pub fn rule_mut(&mut self, key: u32) -> Option<&mut RuleDraft> {
        self.rules.iter_mut().find(|rule| rule.key == key)
    }

    pub fn add(&mut self) {
        let key = self.key();
        self.rules.push(RuleDraft { key, days: "90".to_owned(), ..RuleDraft::default() });
    }

    pub fn is_first(&self, key: u32) -> bool {
        self.rules.first().is_some_and(|rule| rule.key == key)
    }

    /// One place up; the first stays.
    pub fn raise(&mut self, key: u32) {
        if let Some(at) = self.rules.iter().position(|rule| rule.key == key).filter(|at| *at > 0) {
            self.rules.swap(at, at - 1);
        }
    }

    pub fn remove(&mut self, key: u32) {
        self.rules.retain(|rule| rule.key != key);
    }

    /// # Errors
    /// A sentence for the person.
    pub fn to_retention(&self) -> Result<Retention, &'static str> {
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let mut rules = Vec::new();
        for rule in &self.rules {
            let keep_days = match rule.days.trim() {
                "" => None,
                days => Some(
                    days.parse()
                        .ok()
                        .filter(|days| *days > 0)
                        .ok_or(say("Days are a whole number; empty means for ever."))?,
                ),
            };
            rules.push(RetentionRule {
                name: given(&rule.name)
                    .ok_or(say("Give each rule a name: the audit log and the recordings show it."))?,
                direction: rule.direction,
                group: given(&rule.group),
                tag: given(&rule.tag),
                unmatched: rule.unmatched,
                keep_days,
            });
        }
        Ok(Retention { rules, automatic: self.automatic })
    }

    fn key(&mut self) -> u32 {
        self.next_key += 1;
        self.next_key
    }
}

/// What would go, in a sentence.
pub fn gone_words(preview: &RetentionPreview) -> String {
    let held = match preview.held {
        0 => String::new(),
        held => format!(
            " {}",
            plural(
                held,
                "{count} more stays because it is under legal hold.",
                "{count} more stay because they are under legal hold.",
            )
        ),
    };
    if preview.recordings == 0 {
        return format!("{}{held}", say("Nothing would go now."));
    }
    let gone = fill(
        "{recordings}, {size}, would go into the trash now.",
        &[("recordings", &counted_recordings(preview.recordings)), ("size", &bytes(preview.bytes))],
    );
    format!("{gone}{held}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(name: &str, keep_days: Option<u32>) -> RetentionRule {
        RetentionRule {
            name: name.into(),
            direction: None,
            group: None,
            tag: None,
            unmatched: false,
            keep_days,
        }
    }

    #[test]
    fn rules_keep_their_order_and_can_be_moved_up() {
        let stored =
            Retention { rules: vec![rule("Complaints", None), rule("Rest", Some(90))], automatic: true };
        let mut draft = RetentionDraft::of(&stored);
        assert_eq!(draft.to_retention(), Ok(stored), "as stored");
        let last = draft.keys()[1];
        draft.raise(last);
        draft.raise(last);
        let names = draft
            .to_retention()
            .map(|retention| retention.rules.into_iter().map(|rule| rule.name).collect::<Vec<_>>());
        assert_eq!(names, Ok(vec!["Rest".to_owned(), "Complaints".to_owned()]), "the first that fits says");
    }

    #[test]
    fn a_rule_without_a_name_or_with_odd_days_is_not_saved() {
        let mut draft = RetentionDraft::default();
        draft.add();
        assert!(draft.to_retention().is_err(), "it has no name");
        let key = draft.keys()[0];
        let rule = draft.rule_mut(key).expect("the rule just added");
        rule.name = "Rest".into();
        rule.days = "0".into();
        assert!(draft.to_retention().is_err(), "nobody means no day at all");
        draft.remove(key);
        assert_eq!(draft.to_retention(), Ok(Retention::default()), "no rules: everything is kept");
    }

    #[test]
    fn what_would_go_is_said_with_what_stays() {
        let mut preview = RetentionPreview {
            recordings: 412,
            bytes: 1_300_000_000,
            held: 3,
            ..RetentionPreview::default()
        };
        assert_eq!(
            gone_words(&preview),
            "412 recordings, 1.3 GB, would go into the trash now. 3 more stay because they are under legal hold.",
            "both"
        );
        preview = RetentionPreview::default();
        assert_eq!(gone_words(&preview), "Nothing would go now.", "plainly");
    }
}
