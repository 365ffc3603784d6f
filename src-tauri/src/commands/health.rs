//! The health list and its page; the diagnostics bundle.

use crate::chooser::Chooser;
use crate::opened::Opened;
use crate::rescue::Rescuing;
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
    rescuing: State<'_, Rescuing>,
    ask: PrepareDiagnostics,
) -> Result<DiagnosticsPreview, Failure> {
    match desk.whole().await {
        Ok(desk) => desk.ask(ask).await,
        Err(failure) => rescuing.rescuer().prepare_diagnostics(&failure).await,
    }
}

/// The person says where to.
#[tauri::command]
pub(crate) async fn save_diagnostics(
    app: AppHandle,
    opened: State<'_, Opened>,
    rescuing: State<'_, Rescuing>,
    ask: SaveDiagnostics,
) -> Result<SavedFile, Failure> {
    let desk = opened.whole().await;
    opened.may_be_used()?;
    let chooser = Chooser::of(&app);
    let Some(place) = chooser.new_file(say("Save the bundle"), desk::DIAGNOSTICS_NAME).await else {
        return Ok(SavedFile::default());
    };
    match desk {
        Ok(desk) => desk.save_diagnostics(ask.bundle, &place).await?,
        Err(_) => rescuing.rescuer().save_diagnostics(ask.bundle, &place).await?,
    }
    Ok(SavedFile { file: Some(place.to_string_lossy().into_owned()) })
}
