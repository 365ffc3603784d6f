//! The link lamps.

use crate::opened::Opened;
use contract::Failure;
use contract::links::{AskLinks, Lamp};
use tauri::State;

#[tauri::command]
pub(crate) async fn links(desk: State<'_, Opened>, ask: AskLinks) -> Result<Vec<Lamp>, Failure> {
    desk.answer(ask).await
}
