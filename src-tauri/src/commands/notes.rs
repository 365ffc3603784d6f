//! Notes and tags.

use crate::opened::Opened;
use contract::Failure;
use contract::notes::{AskTags, Note, RemoveNote, SaveNote, SetTags, TagLine};
use tauri::State;

#[tauri::command]
pub(crate) async fn save_note(desk: State<'_, Opened>, ask: SaveNote) -> Result<Note, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn remove_note(desk: State<'_, Opened>, ask: RemoveNote) -> Result<(), Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn tags(desk: State<'_, Opened>, ask: AskTags) -> Result<Vec<TagLine>, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn set_tags(desk: State<'_, Opened>, ask: SetTags) -> Result<Vec<String>, Failure> {
    desk.answer(ask).await
}
