//! How long things are kept, and what is about one number outside.

use crate::chooser::Chooser;
use crate::opened::Opened;
use crate::spoken::say;
use contract::Failure;
use contract::health::SavedFile;
use contract::privacy::{
    AskNumber, AskPrivacy, EraseNumber, Erased, ExportNumber, NumberView, PreviewPrivacy, Privacy,
    PrivacyDone, PrivacyPreview, RunPrivacy, SavePrivacy,
};
use tauri::{AppHandle, State};

#[tauri::command]
pub(crate) async fn privacy(desk: State<'_, Opened>, ask: AskPrivacy) -> Result<Privacy, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn save_privacy(desk: State<'_, Opened>, ask: SavePrivacy) -> Result<Privacy, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn preview_privacy(
    desk: State<'_, Opened>,
    ask: PreviewPrivacy,
) -> Result<PrivacyPreview, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn run_privacy(desk: State<'_, Opened>, ask: RunPrivacy) -> Result<PrivacyDone, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn number(desk: State<'_, Opened>, ask: AskNumber) -> Result<NumberView, Failure> {
    desk.answer(ask).await
}

/// The person says where to.
#[tauri::command]
pub(crate) async fn export_number(
    app: AppHandle,
    desk: State<'_, Opened>,
    ask: ExportNumber,
) -> Result<SavedFile, Failure> {
    let desk = desk.desk().await?;
    let name = desk.number_export_name();
    let Some(place) = Chooser::of(&app).new_file(say("Save what there is about this number"), name).await
    else {
        return Ok(SavedFile::default());
    };
    desk.export_number(&ask.number, &place).await?;
    Ok(SavedFile { file: Some(place.to_string_lossy().into_owned()) })
}

#[tauri::command]
pub(crate) async fn erase_number(desk: State<'_, Opened>, ask: EraseNumber) -> Result<Erased, Failure> {
    desk.answer(ask).await
}
