//! The health list and its page; the diagnostics bundle.

use crate::chooser::Chooser;
use crate::opened::Opened;
use crate::spoken::say;
use contract::Failure;
use contract::health::{
    AskHealth, AskHealthReport, DiagnosticsPreview, HealthEntry, HealthReport, PrepareDiagnostics,
    SaveDiagnostics, SavedFile,
};
use tauri::{AppHandle, State};

#[tauri::command]
pub(crate) async fn health(desk: State<'_, Opened>, ask: AskHealth) -> Result<Vec<HealthEntry>, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn health_report(
    desk: State<'_, Opened>,
    ask: AskHealthReport,
) -> Result<HealthReport, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn prepare_diagnostics(
    desk: State<'_, Opened>,
    ask: PrepareDiagnostics,
) -> Result<DiagnosticsPreview, Failure> {
    desk.answer(ask).await
}

/// The person says where to.
#[tauri::command]
pub(crate) async fn save_diagnostics(
    app: AppHandle,
    desk: State<'_, Opened>,
    ask: SaveDiagnostics,
) -> Result<SavedFile, Failure> {
    let desk = desk.desk().await?;
    let Some(place) = Chooser::of(&app).new_file(say("Save the bundle"), desk.diagnostics_name()).await
    else {
        return Ok(SavedFile::default());
    };
    desk.save_diagnostics(ask.bundle, &place).await?;
    Ok(SavedFile { file: Some(place.to_string_lossy().into_owned()) })
}
