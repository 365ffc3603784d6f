//! Search from anywhere.

use crate::opened::Opened;
use contract::Failure;
use contract::search::{AskSearch, Found};
use tauri::State;

#[tauri::command]
pub(crate) async fn search(desk: State<'_, Opened>, ask: AskSearch) -> Result<Found, Failure> {
    desk.answer(ask).await
}
