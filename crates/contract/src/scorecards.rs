//! Scorecards: templates of questions, their answers for a call, and what comes of them for each person.

use crate::calls::Named;
use crate::command::command;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskScorecards {}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scorecard {
    /// 0: not stored yet.
    pub id: i64,
    pub name: String,
    pub questions: Vec<Question>,
    /// How often it was filled in.
    pub used: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Unique within the scorecard; kept when the words change.
    pub id: u32,
    pub text: String,
    pub kind: QuestionKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// 10 or 0 points.
    YesNo,
    /// 1 to 10 points.
    Scale,
    /// No points.
    Text,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", content = "value", rename_all = "snake_case")]
pub enum Answer {
    Yes,
    No,
    Scale(u8),
    Text(String),
    /// The question does not apply: it counts for nothing.
    Skipped,
}

/// Stores a scorecard. Cards that were filled in keep the questions as they were then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveScorecard {
    pub card: Scorecard,
}

/// It is offered no more; cards that were filled in stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoveScorecard {
    pub id: i64,
}

/// Fills a card in for what one extension did on a call: a new one without `id`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveScore {
    pub id: Option<i64>,
    pub scorecard: i64,
    pub call: Option<String>,
    pub recording: Option<String>,
    pub extension: String,
    /// By the questions' ids.
    pub answers: Vec<(u32, Answer)>,
    pub comment: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoveScore {
    pub id: i64,
}

/// A card that was filled in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoreLine {
    pub id: i64,
    pub scorecard: i64,
    pub name: String,
    pub call: Option<String>,
    pub recording: Option<String>,
    pub of: Named,
    pub at_ms: i64,
    /// Points of those that could be had, 0 to 100; `None` when no question gives points.
    pub percent: Option<f32>,
    /// The questions as they were, with their answers.
    pub answers: Vec<(Question, Answer)>,
    pub comment: String,
}

/// Results by person, of calls in a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskScores {
    pub from_ms: Option<i64>,
    pub to_ms: Option<i64>,
    pub scorecard: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PersonScores {
    pub of: Named,
    pub cards: u64,
    /// Mean of the cards' percents.
    pub percent: Option<f32>,
    /// For each question that gives points, by its words: how often, mean points of 10.
    pub questions: Vec<(String, u64, f32)>,
    /// The newest first, at most 20.
    pub newest: Vec<ScoreLine>,
}

command!(AskScorecards, "scorecards", Vec<Scorecard>);
command!(SaveScorecard, "save_scorecard", Scorecard);
command!(RemoveScorecard, "remove_scorecard", ());
command!(SaveScore, "save_score", ScoreLine);
command!(RemoveScore, "remove_score", ());
command!(AskScores, "scores", Vec<PersonScores>);
