//! Scorecards: templates, filled-in cards, and what comes of them for each person.

use crate::answer::Answer;
use crate::board::Now;
use crate::desk::Desk;
use crate::happening::Happening;
use crate::keeping::{Deed, recording_id, unknown_recording};
use crate::trouble::{failure_of_store, invalid, not_found};
use contract::Failure;
use contract::calls::Named;
use contract::scorecards::{
    Answer as Given, AskScorecards, AskScores, PersonScores, Question, QuestionKind, RemoveScore,
    RemoveScorecard, SaveScore, SaveScorecard, ScoreLine, Scorecard,
};
use directory::Holder;
use model::{At, CallId, RecordingId, SiteId};
use std::collections::{BTreeMap, HashSet};
use store::{NamedScore, Score};

const QUESTIONS_MAX: usize = 100;
const TEXT_MAX: usize = 2_000;
/// Of each person, the newest cards.
const NEWEST: usize = 20;

impl Answer<AskScorecards> for Desk {
    async fn answer(&self, _ask: AskScorecards) -> Result<Vec<Scorecard>, Failure> {
        let cards = self.reader().scorecards().await.map_err(failure_of_store)?;
        Ok(cards.into_iter().map(shown).collect())
    }
}

impl Answer<SaveScorecard> for Desk {
    async fn answer(&self, ask: SaveScorecard) -> Result<Scorecard, Failure> {
        let mut card = ask.card;
        card.name = card.name.trim().to_owned();
        check(&card)?;
        let deed = Deed::ScorecardSaved {
            name: card.name.clone(),
            questions: u32::try_from(card.questions.len()).unwrap_or(u32::MAX),
        };
        let stored = store::Scorecard {
            id: card.id,
            name: card.name.clone(),
            questions: serde_json::to_string(&card.questions).unwrap_or_default(),
            used: 0,
        };
        let deeds = [self.deed(None, &deed)];
        card.id = self.hand().save_scorecard(&stored, &deeds).await.map_err(failure_of_store)?;
        self.happen(Happening::Settings);
        let known = self.answer(AskScorecards {}).await?;
        Ok(known.into_iter().find(|known| known.id == card.id).unwrap_or(card))
    }
}

impl Answer<RemoveScorecard> for Desk {
    async fn answer(&self, ask: RemoveScorecard) -> Result<(), Failure> {
        let name = self.card(ask.id).await?.name;
        let deeds = [self.deed(None, &Deed::ScorecardRemoved { name })];
        let now = self.clock().now();
        self.hand().remove_scorecard(ask.id, now, &deeds).await.map_err(failure_of_store)?;
        self.happen(Happening::Settings);
        Ok(())
    }
}

impl Answer<SaveScore> for Desk {
    async fn answer(&self, ask: SaveScore) -> Result<ScoreLine, Failure> {
        let before = match ask.id {
            Some(id) => Some(self.score(id).await?),
            None => None,
        };
        // A card that was filled in keeps the questions that it had.
        let questions = match &before {
            Some(before) if before.score.scorecard == ask.scorecard => {
                answers_of(&before.score).into_iter().map(|(question, _)| question).collect()
            }
            _ => self.card(ask.scorecard).await?.questions,
        };
        let answers = answered(questions, &ask.answers)?;
        let mut score = match before {
            Some(before) => before.score,
            None => self.about(&ask).await?,
        };
        score.scorecard = ask.scorecard;
        score.extension = ask.extension.trim().to_owned();
        if score.extension.is_empty() {
            return Err(invalid("Say whose part of the call is scored."));
        }
        score.scored_at = self.clock().now();
        score.percent = percent(&answers).map(f64::from);
        score.answers = serde_json::to_string(&answers).unwrap_or_default();
        score.comment = ask.comment.trim().chars().take(TEXT_MAX).collect();
        let id = self.hand().save_score(&score).await.map_err(failure_of_store)?;
        self.recordings_changed();
        let stored = self.score(id).await?;
        Ok(line(&self.board().now(), stored))
    }
}

impl Answer<RemoveScore> for Desk {
    async fn answer(&self, ask: RemoveScore) -> Result<(), Failure> {
        self.score(ask.id).await?;
        self.hand().remove_score(ask.id).await.map_err(failure_of_store)?;
        self.recordings_changed();
        Ok(())
    }
}

impl Answer<AskScores> for Desk {
    async fn answer(&self, ask: AskScores) -> Result<Vec<PersonScores>, Failure> {
        let scores = self
            .reader()
            .scores(ask.from_ms.map(At), ask.to_ms.map(At), ask.scorecard)
            .await
            .map_err(failure_of_store)?;
        let now = self.board().now();
        let mut people: BTreeMap<Who, Tally> = BTreeMap::new();
        for score in scores {
            let (who, named) = who(&now, &score.score);
            let tally = people.entry(who).or_insert_with(|| Tally::of(named));
            tally.add(&now, score);
        }
        let mut results: Vec<PersonScores> = people.into_values().map(Tally::results).collect();
        results.sort_by(|a, b| {
            let name = |one: &PersonScores| one.of.name.as_ref().map(|name| name.to_lowercase());
            (name(a).is_none(), name(a), &a.of.number).cmp(&(name(b).is_none(), name(b), &b.of.number))
        });
        Ok(results)
    }
}

/// A person with any extension, or an extension of nobody who was entered.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Person(i64),
    Extension(SiteId, String),
}

/// Whose extension it was when the call was.
fn who(now: &Now, score: &Score) -> (Who, Named) {
    let of = now.names.extension_at(score.site, &score.extension, score.about_at);
    match now.names.book.holder_at(score.site, &score.extension, score.about_at) {
        Some(Holder::Person(person)) => (Who::Person(person.id), of),
        _ => (Who::Extension(score.site, score.extension.clone()), of),
    }
}

struct Tally {
    of: Named,
    cards: u64,
    percents: Vec<f32>,
    /// By their words, in the order in which they came.
    questions: Vec<(String, u64, f32)>,
    newest: Vec<ScoreLine>,
}

impl Tally {
    fn of(of: Named) -> Self {
        Self { of, cards: 0, percents: Vec::new(), questions: Vec::new(), newest: Vec::new() }
    }

    fn add(&mut self, now: &Now, score: NamedScore) {
        self.cards += 1;
        self.percents.extend(score.score.percent.map(|percent| percent as f32));
        for (question, given) in answers_of(&score.score) {
            let Some(points) = points(&given) else { continue };
            match self.questions.iter_mut().find(|(text, ..)| *text == question.text) {
                Some((_, times, sum)) => {
                    *times += 1;
                    *sum += points;
                }
                None => self.questions.push((question.text, 1, points)),
            }
        }
        if self.newest.len() < NEWEST {
            self.newest.push(line(now, score));
        }
    }

    fn results(self) -> PersonScores {
        let mean = self.percents.iter().sum::<f32>() / self.percents.len() as f32;
        let questions =
            self.questions.into_iter().map(|(text, times, sum)| (text, times, sum / times as f32));
        PersonScores {
            of: self.of,
            cards: self.cards,
            percent: (!self.percents.is_empty()).then_some(mean),
            questions: questions.collect(),
            newest: self.newest,
        }
    }
}

impl Desk {
    async fn card(&self, id: i64) -> Result<Scorecard, Failure> {
        let known = self.answer(AskScorecards {}).await?;
        known.into_iter().find(|card| card.id == id).ok_or_else(|| {
            not_found("This scorecard is not (or no longer) in the library. Choose another one.")
        })
    }

    async fn score(&self, id: i64) -> Result<NamedScore, Failure> {
        let score = self.reader().score(id).await.map_err(failure_of_store)?;
        score.ok_or_else(|| not_found("This score is not (or no longer) in the library."))
    }

    pub(crate) async fn scores_of_calls(&self, calls: &[CallId]) -> Result<Vec<ScoreLine>, Failure> {
        let scores = self.reader().scores_of_calls(calls).await.map_err(failure_of_store)?;
        let now = self.board().now();
        Ok(scores.into_iter().map(|score| line(&now, score)).collect())
    }

    pub(crate) async fn scores_of_recording(&self, id: RecordingId) -> Result<Vec<ScoreLine>, Failure> {
        let scores = self.reader().scores_of_recording(id).await.map_err(failure_of_store)?;
        let now = self.board().now();
        Ok(scores.into_iter().map(|score| line(&now, score)).collect())
    }

    /// What a new score is about: a call, or a recording, or both.
    async fn about(&self, ask: &SaveScore) -> Result<Score, Failure> {
        let mut score = Score::default();
        if let Some(id) = &ask.recording {
            let id = recording_id(id)?;
            let recording = self.reader().recording(id).await.map_err(failure_of_store)?;
            let recording = recording.ok_or_else(unknown_recording)?;
            score.recording = Some(id);
            (score.site, score.about_at) = (recording.site, recording.started_at);
        }
        if let Some(id) = &ask.call {
            let call = self.call(id).await?;
            score.call = Some(call.id);
            (score.site, score.about_at) = (call.site, call.started_at);
        }
        if score.call.is_none() && score.recording.is_none() {
            return Err(invalid("A score is about a call or a recording."));
        }
        Ok(score)
    }
}

fn line(now: &Now, named: NamedScore) -> ScoreLine {
    let score = named.score;
    ScoreLine {
        id: score.id,
        scorecard: score.scorecard,
        name: named.name,
        call: score.call.map(|call| call.to_text()),
        recording: score.recording.map(|recording| recording.0.to_string()),
        of: now.names.extension_at(score.site, &score.extension, score.about_at),
        at_ms: score.scored_at.0,
        percent: score.percent.map(|percent| percent as f32),
        answers: answers_of(&score),
        comment: score.comment,
    }
}

fn answers_of(score: &Score) -> Vec<(Question, Given)> {
    serde_json::from_str(&score.answers).unwrap_or_default()
}

fn shown(card: store::Scorecard) -> Scorecard {
    Scorecard {
        id: card.id,
        name: card.name,
        questions: serde_json::from_str(&card.questions).unwrap_or_default(),
        used: card.used,
    }
}

fn check(card: &Scorecard) -> Result<(), Failure> {
    if card.name.is_empty() {
        return Err(invalid("Give the scorecard a name."));
    }
    if card.questions.is_empty() || card.questions.len() > QUESTIONS_MAX {
        return Err(invalid(format!("A scorecard has 1 to {QUESTIONS_MAX} questions.")));
    }
    let mut ids = HashSet::new();
    for (question, n) in card.questions.iter().zip(1..) {
        if question.text.trim().is_empty() {
            return Err(invalid(format!("Question {n} has no words.")));
        }
        if !ids.insert(question.id) {
            return Err(invalid(format!("Question {n} has the number of another one.")));
        }
    }
    Ok(())
}

/// Each question with what was answered; what was not answered does not apply.
fn answered(questions: Vec<Question>, given: &[(u32, Given)]) -> Result<Vec<(Question, Given)>, Failure> {
    if let Some((id, _)) = given.iter().find(|(id, _)| questions.iter().all(|question| question.id != *id)) {
        return Err(invalid(format!("There is no question {id} on this scorecard.")));
    }
    questions
        .into_iter()
        .map(|question| {
            let answer = given.iter().find(|(id, _)| *id == question.id);
            let answer = answer.map_or(Given::Skipped, |(_, answer)| answer.clone());
            let fits = match (question.kind, &answer) {
                (_, Given::Skipped) | (QuestionKind::YesNo, Given::Yes | Given::No) => true,
                (QuestionKind::Scale, Given::Scale(points)) => (1..=10).contains(points),
                (QuestionKind::Text, Given::Text(text)) => text.chars().count() <= TEXT_MAX,
                _ => false,
            };
            if fits {
                Ok((question, answer))
            } else {
                Err(invalid(format!("This is no answer to \"{}\".", question.text)))
            }
        })
        .collect()
}

/// Of ten; `None`: it gives none.
fn points(answer: &Given) -> Option<f32> {
    match answer {
        Given::Yes => Some(10.0),
        Given::No => Some(0.0),
        Given::Scale(points) => Some(f32::from(*points)),
        Given::Text(_) | Given::Skipped => None,
    }
}

/// Points of those that could be had.
fn percent(answers: &[(Question, Given)]) -> Option<f32> {
    let points: Vec<f32> = answers.iter().filter_map(|(_, answer)| points(answer)).collect();
    (!points.is_empty()).then(|| points.iter().sum::<f32>() / points.len() as f32 * 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(id: u32, kind: QuestionKind) -> Question {
        Question { id, text: format!("Question {id}?"), kind }
    }

    #[test]
    fn a_score_is_the_points_of_those_that_could_be_had() {
        let questions = vec![
            question(1, QuestionKind::YesNo),
            question(2, QuestionKind::Scale),
            question(3, QuestionKind::Text),
            question(4, QuestionKind::YesNo),
        ];
        let given = [(1, Given::Yes), (2, Given::Scale(5)), (3, Given::Text("friendly".into()))];
        let answers = answered(questions.clone(), &given).expect("they fit");
        assert_eq!(
            percent(&answers),
            Some(75.0),
            "ten and five of twenty; words and what was left out give none"
        );
        let words = answered(questions.clone(), &[(3, Given::Text("x".into()))]).expect("they fit");
        assert_eq!(percent(&words), None, "nothing could be had");
        let none = answered(questions, &[(1, Given::No), (2, Given::Scale(1))]).expect("they fit");
        assert_eq!(percent(&none), Some(5.0), "no is nothing, and a scale begins at one");
    }

    #[test]
    fn answers_that_do_not_fit_their_question_are_refused() {
        for (kind, given) in [
            (QuestionKind::YesNo, Given::Scale(3)),
            (QuestionKind::Scale, Given::Scale(0)),
            (QuestionKind::Scale, Given::Scale(11)),
            (QuestionKind::Text, Given::Yes),
        ] {
            let answered = answered(vec![question(1, kind)], &[(1, given.clone())]);
            assert!(answered.is_err(), "{given:?} is no answer to {kind:?}");
        }
        assert!(
            answered(Vec::new(), &[(9, Given::Yes)]).is_err(),
            "nor is one to a question that is not there"
        );
    }
}
