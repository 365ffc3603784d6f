//! What the window needs first.

use crate::opened::Opened;
use contract::Failure;
use contract::about::{About, AskAbout};
use tauri::State;

#[tauri::command]
pub(crate) async fn about(desk: State<'_, Opened>, ask: AskAbout) -> Result<About, Failure> {
    desk.answer(ask).await
}
