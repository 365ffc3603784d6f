//! How recordings come in.

use crate::opened::Opened;
use contract::Failure;
use contract::intake::{
    AskIntake, AskIntakeSources, AskNamings, ForgetRefused, IntakeSource, IntakeView, Naming, NamingPreview,
    PreviewNaming, RemoveIntakeSource, RemoveNaming, RetryRefused, SaveIntakeSource, SaveNaming,
    SavedIntakeSource, ScanNow, TestIntakeSource,
};
use contract::sites::TestReport;
use tauri::State;

#[tauri::command]
pub(crate) async fn intake_sources(
    desk: State<'_, Opened>,
    ask: AskIntakeSources,
) -> Result<Vec<IntakeSource>, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn save_intake_source(
    desk: State<'_, Opened>,
    ask: SaveIntakeSource,
) -> Result<SavedIntakeSource, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn remove_intake_source(
    desk: State<'_, Opened>,
    ask: RemoveIntakeSource,
) -> Result<(), Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn test_intake_source(
    desk: State<'_, Opened>,
    ask: TestIntakeSource,
) -> Result<TestReport, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn intake(desk: State<'_, Opened>, ask: AskIntake) -> Result<IntakeView, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn retry_refused(desk: State<'_, Opened>, ask: RetryRefused) -> Result<IntakeView, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn forget_refused(
    desk: State<'_, Opened>,
    ask: ForgetRefused,
) -> Result<IntakeView, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn scan_now(desk: State<'_, Opened>, ask: ScanNow) -> Result<IntakeView, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn namings(desk: State<'_, Opened>, ask: AskNamings) -> Result<Vec<Naming>, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn save_naming(desk: State<'_, Opened>, ask: SaveNaming) -> Result<Naming, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn remove_naming(desk: State<'_, Opened>, ask: RemoveNaming) -> Result<(), Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn preview_naming(
    desk: State<'_, Opened>,
    ask: PreviewNaming,
) -> Result<NamingPreview, Failure> {
    desk.answer(ask).await
}
