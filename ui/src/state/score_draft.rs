//! A scorecard while it is filled in: the answers, and what they come to.

use crate::words::{fill, say};
use contract::scorecards::{Answer, Question, QuestionKind, SaveScore, ScoreLine, Scorecard};

#[derive(Clone, Debug, PartialEq)]
pub struct ScoreDraft {
    /// Of the card that is changed; `None`: a new one.
    pub id: Option<i64>,
    pub scorecard: i64,
    /// Of the scorecard.
    pub name: String,
    pub extension: String,
    pub answers: Vec<(Question, Answer)>,
    pub comment: String,
}

impl ScoreDraft {
    /// Nothing is answered yet: what is left so counts for nothing.
    pub fn of_card(card: &Scorecard, extension: &str) -> Self {
        let answers = card.questions.iter().map(|question| (question.clone(), Answer::Skipped)).collect();
        Self {
            id: None,
            scorecard: card.id,
            name: card.name.clone(),
            extension: extension.to_owned(),
            answers,
            comment: String::new(),
        }
    }

    pub fn of_line(line: &ScoreLine) -> Self {
        Self {
            id: Some(line.id),
            scorecard: line.scorecard,
            name: line.name.clone(),
            extension: line.of.number.clone(),
            answers: line.answers.clone(),
            comment: line.comment.clone(),
        }
    }

    pub fn answer(&mut self, question: u32, answer: Answer) {
        if let Some(known) = self.answers.iter_mut().find(|(known, _)| known.id == question) {
            known.1 = answer;
        }
    }

    pub fn answer_to(&self, question: u32) -> Option<&Answer> {
        self.answers.iter().find(|(known, _)| known.id == question).map(|(_, answer)| answer)
    }

    /// Points of those that could be had, 0 to 100; `None` while no answer gives points.
    pub fn percent(&self) -> Option<f32> {
        percent(&self.answers)
    }

    pub fn is_empty(&self) -> bool {
        self.comment.trim().is_empty()
            && self.answers.iter().all(|(_, answer)| match answer {
                Answer::Skipped => true,
                Answer::Text(text) => text.trim().is_empty(),
                Answer::Yes | Answer::No | Answer::Scale(_) => false,
            })
    }

    pub fn to_save(&self, call: Option<String>, recording: Option<String>) -> SaveScore {
        let answers = self.answers.iter().map(|(question, answer)| {
            let answer = match answer {
                Answer::Text(text) if text.trim().is_empty() => Answer::Skipped,
                Answer::Text(text) => Answer::Text(text.trim().to_owned()),
                Answer::Yes | Answer::No | Answer::Scale(_) | Answer::Skipped => answer.clone(),
            };
            (question.id, answer)
        });
        SaveScore {
            id: self.id,
            scorecard: self.scorecard,
            call,
            recording,
            extension: self.extension.clone(),
            answers: answers.collect(),
            comment: self.comment.trim().to_owned(),
        }
    }
}

fn percent(answers: &[(Question, Answer)]) -> Option<f32> {
    let points = answers.iter().filter_map(|(question, answer)| match (question.kind, answer) {
        (QuestionKind::YesNo, Answer::Yes) => Some(10),
        (QuestionKind::YesNo, Answer::No) => Some(0),
        (QuestionKind::Scale, Answer::Scale(points)) => Some(u16::from(*points).min(10)),
        (QuestionKind::YesNo | QuestionKind::Scale | QuestionKind::Text, _) => None,
    });
    let points: Vec<u16> = points.collect();
    let count = u16::try_from(points.len()).unwrap_or(u16::MAX);
    (count > 0).then(|| f32::from(points.iter().sum::<u16>()) * 10.0 / f32::from(count))
}

/// An answer in words.
pub fn answer_words(answer: &Answer) -> String {
    match answer {
        Answer::Yes => say("yes").to_owned(),
        Answer::No => say("no").to_owned(),
        Answer::Scale(points) => fill("{points} of 10", &[("points", &points.to_string())]),
        Answer::Text(text) => text.clone(),
        Answer::Skipped => "–".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card() -> Scorecard {
        let question = |id, kind| Question { id, text: format!("Question {id}"), kind };
        Scorecard {
            id: 7,
            name: "Service call".into(),
            questions: vec![
                question(1, QuestionKind::YesNo),
                question(2, QuestionKind::Scale),
                question(3, QuestionKind::Text),
            ],
            used: 0,
        }
    }

    #[test]
    fn the_percent_counts_only_what_was_answered() {
        let mut draft = ScoreDraft::of_card(&card(), "204");
        assert_eq!(draft.percent(), None, "nothing gives points yet");
        draft.answer(2, Answer::Scale(7));
        assert_eq!(draft.percent(), Some(70.0), "seven of ten");
        draft.answer(1, Answer::Yes);
        assert_eq!(draft.percent(), Some(85.0), "seventeen of twenty");
        draft.answer(3, Answer::Text("Well done".into()));
        assert_eq!(draft.percent(), Some(85.0), "words give no points");
        draft.answer(2, Answer::Skipped);
        assert_eq!(draft.percent(), Some(100.0), "what does not apply counts for nothing");
    }

    #[test]
    fn an_empty_card_is_not_worth_keeping() {
        let mut draft = ScoreDraft::of_card(&card(), "204");
        draft.answer(3, Answer::Text("  ".into()));
        assert!(draft.is_empty(), "spaces are no answer");
        let saved = draft.to_save(Some("c".into()), None);
        assert_eq!(saved.answers[2], (3, Answer::Skipped), "nor are they kept");
        draft.answer(1, Answer::No);
        assert!(!draft.is_empty(), "a no is an answer");
    }

    #[test]
    fn a_filled_in_card_is_changed_with_the_questions_as_they_were() {
        let mut draft = ScoreDraft::of_card(&card(), "204");
        draft.answer(1, Answer::Yes);
        let line = ScoreLine {
            id: 3,
            scorecard: 7,
            name: "Service call".into(),
            call: None,
            recording: None,
            of: contract::calls::Named { number: "204".into(), name: None },
            at_ms: 0,
            percent: draft.percent(),
            answers: draft.answers.clone(),
            comment: String::new(),
        };
        let again = ScoreDraft::of_line(&line);
        assert_eq!((again.id, again.percent()), (Some(3), Some(100.0)), "the same card with its answers");
    }
}
