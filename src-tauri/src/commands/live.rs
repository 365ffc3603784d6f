//! Calls in progress, people, groups.

use crate::opened::Opened;
use contract::Failure;
use contract::live::{AskLive, Live};
use tauri::State;

#[tauri::command]
pub(crate) async fn live(desk: State<'_, Opened>, ask: AskLive) -> Result<Live, Failure> {
    desk.answer(ask).await
}
