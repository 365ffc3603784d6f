//! Scorecards and their results.

use crate::opened::Opened;
use contract::Failure;
use contract::scorecards::{
    AskScorecards, AskScores, PersonScores, RemoveScore, RemoveScorecard, SaveScore, SaveScorecard,
    ScoreLine, Scorecard,
};
use tauri::State;

#[tauri::command]
pub(crate) async fn scorecards(
    desk: State<'_, Opened>,
    ask: AskScorecards,
) -> Result<Vec<Scorecard>, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn save_scorecard(
    desk: State<'_, Opened>,
    ask: SaveScorecard,
) -> Result<Scorecard, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn remove_scorecard(desk: State<'_, Opened>, ask: RemoveScorecard) -> Result<(), Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn save_score(desk: State<'_, Opened>, ask: SaveScore) -> Result<ScoreLine, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn remove_score(desk: State<'_, Opened>, ask: RemoveScore) -> Result<(), Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn scores(desk: State<'_, Opened>, ask: AskScores) -> Result<Vec<PersonScores>, Failure> {
    desk.answer(ask).await
}
