//! The call list and one call opened.

use crate::opened::Opened;
use contract::Failure;
use contract::calls::{AskCall, AskCalls, AskTotals, CallPage, CallTotals, CallView};
use tauri::State;

#[tauri::command]
pub(crate) async fn calls(desk: State<'_, Opened>, ask: AskCalls) -> Result<CallPage, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn call_totals(desk: State<'_, Opened>, ask: AskTotals) -> Result<CallTotals, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn call(desk: State<'_, Opened>, ask: AskCall) -> Result<CallView, Failure> {
    desk.answer(ask).await
}
