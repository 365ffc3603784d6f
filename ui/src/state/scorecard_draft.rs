//! A scorecard's questions while they are written.

use crate::words::say;
use contract::scorecards::{Question, QuestionKind, Scorecard};

/// Adds an empty question at the end, with an id that no other had.
pub fn add(card: &mut Scorecard, kind: QuestionKind) {
    let id = card.questions.iter().map(|question| question.id).max().unwrap_or(0) + 1;
    card.questions.push(Question { id, text: String::new(), kind });
}

/// One place up; the first stays.
pub fn raise(card: &mut Scorecard, id: u32) {
    if let Some(at) = card.questions.iter().position(|question| question.id == id).filter(|at| *at > 0) {
        card.questions.swap(at, at - 1);
    }
}

pub fn remove(card: &mut Scorecard, id: u32) {
    card.questions.retain(|question| question.id != id);
}

/// What is stored: without blanks around the words and without questions that have none.
///
/// # Errors
/// A sentence for the person.
pub fn finished(card: &Scorecard) -> Result<Scorecard, &'static str> {
    let mut card = card.clone();
    card.name = card.name.trim().to_owned();
    for question in &mut card.questions {
        question.text = question.text.trim().to_owned();
    }
    card.questions.retain(|question| !question.text.is_empty());
    match (card.name.is_empty(), card.questions.is_empty()) {
        (true, _) => Err(say("Give the scorecard a name.")),
        (false, true) => Err(say("Write at least one question.")),
        (false, false) => Ok(card),
    }
}

pub fn kind_words(kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::YesNo => say("Yes or no"),
        QuestionKind::Scale => say("1 to 10"),
        QuestionKind::Text => say("Words"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_question_takes_no_id_that_answers_rest_on() {
        let mut card = Scorecard::default();
        add(&mut card, QuestionKind::YesNo);
        add(&mut card, QuestionKind::Scale);
        remove(&mut card, 1);
        add(&mut card, QuestionKind::Text);
        let ids: Vec<u32> = card.questions.iter().map(|question| question.id).collect();
        assert_eq!(ids, [2, 3], "the ids in use stay what they were");
        raise(&mut card, 3);
        raise(&mut card, 3);
        assert_eq!(card.questions[0].id, 3, "moved up, and not beyond the top");
    }

    #[test]
    fn questions_without_words_are_not_kept() {
        let mut card = Scorecard { name: " Service ".into(), ..Scorecard::default() };
        add(&mut card, QuestionKind::YesNo);
        assert!(finished(&card).is_err(), "no question has words");
        add(&mut card, QuestionKind::YesNo);
        card.questions[1].text = "Greeted ".into();
        let kept = finished(&card).expect("one has");
        assert_eq!((kept.name.as_str(), kept.questions.len()), ("Service", 1), "tidy");
    }
}
