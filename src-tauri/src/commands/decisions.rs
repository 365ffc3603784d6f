//! What is decided by hand about calls.

use crate::opened::Opened;
use contract::Failure;
use contract::calls::CallRow;
use contract::decisions::{
    AskDecisions, AskNeighbours, Decided, DecisionLine, JoinCalls, PartCall, TakeBack,
};
use tauri::State;

#[tauri::command]
pub(crate) async fn join_calls(desk: State<'_, Opened>, ask: JoinCalls) -> Result<Decided, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn part_call(desk: State<'_, Opened>, ask: PartCall) -> Result<Decided, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn take_back(desk: State<'_, Opened>, ask: TakeBack) -> Result<Decided, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn neighbours(desk: State<'_, Opened>, ask: AskNeighbours) -> Result<Vec<CallRow>, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn decisions(
    desk: State<'_, Opened>,
    ask: AskDecisions,
) -> Result<Vec<DecisionLine>, Failure> {
    desk.answer(ask).await
}
