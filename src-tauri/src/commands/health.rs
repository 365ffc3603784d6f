//! The health list.

use crate::opened::Opened;
use contract::Failure;
use contract::health::{AskHealth, HealthEntry};
use tauri::State;

#[tauri::command]
pub(crate) async fn health(desk: State<'_, Opened>, ask: AskHealth) -> Result<Vec<HealthEntry>, Failure> {
    desk.answer(ask).await
}
