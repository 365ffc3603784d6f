//! Today's figures.

use crate::opened::Opened;
use contract::Failure;
use contract::today::{AskToday, Today};
use tauri::State;

#[tauri::command]
pub(crate) async fn today(desk: State<'_, Opened>, ask: AskToday) -> Result<Today, Failure> {
    desk.answer(ask).await
}
