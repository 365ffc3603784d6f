//! Recordings: the list, one of them, and what is done with them.

use crate::chooser::Chooser;
use crate::opened::Opened;
use crate::spoken::say;
use contract::Failure;
use contract::intake::{AskIntake, IntakeView};
use contract::recordings::{
    AddRecordings, AskPeaks, AskRecording, AskRecordingCandidates, AskRecordingTotals, AskRecordings,
    DeleteRecordings, Done, ExportRecordings, Exported, HoldRecordings, MatchRecording, Peaks,
    RecordingCandidate, RecordingPage, RecordingRow, RecordingTotals, RecordingView, RestoreRecordings,
    SilenceRecording, TrashRecordings,
};
use desk::Answer;
use tauri::{AppHandle, State};

#[tauri::command]
pub(crate) async fn recordings(
    desk: State<'_, Opened>,
    ask: AskRecordings,
) -> Result<RecordingPage, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn recording_totals(
    desk: State<'_, Opened>,
    ask: AskRecordingTotals,
) -> Result<RecordingTotals, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn recording(desk: State<'_, Opened>, ask: AskRecording) -> Result<RecordingView, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn peaks(desk: State<'_, Opened>, ask: AskPeaks) -> Result<Peaks, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn recording_candidates(
    desk: State<'_, Opened>,
    ask: AskRecordingCandidates,
) -> Result<Vec<RecordingCandidate>, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn match_recording(
    desk: State<'_, Opened>,
    ask: MatchRecording,
) -> Result<RecordingRow, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn trash_recordings(desk: State<'_, Opened>, ask: TrashRecordings) -> Result<Done, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn restore_recordings(
    desk: State<'_, Opened>,
    ask: RestoreRecordings,
) -> Result<Done, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn delete_recordings(
    desk: State<'_, Opened>,
    ask: DeleteRecordings,
) -> Result<Done, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn hold_recordings(desk: State<'_, Opened>, ask: HoldRecordings) -> Result<Done, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn silence_recording(
    desk: State<'_, Opened>,
    ask: SilenceRecording,
) -> Result<RecordingView, Failure> {
    desk.answer(ask).await
}

/// The person says where to.
#[tauri::command]
pub(crate) async fn export_recordings(
    app: AppHandle,
    desk: State<'_, Opened>,
    ask: ExportRecordings,
) -> Result<Exported, Failure> {
    match Chooser::of(&app).folder(say("Folder for the exported recordings")).await {
        Some(folder) => {
            let ExportRecordings { ids, format, span_ms } = ask;
            desk.desk().await?.export_recordings(&ids, format, span_ms, &folder).await
        }
        None => Ok(Exported::default()),
    }
}

/// The person says which.
#[tauri::command]
pub(crate) async fn add_recordings(
    app: AppHandle,
    desk: State<'_, Opened>,
    ask: AddRecordings,
) -> Result<IntakeView, Failure> {
    let AddRecordings {} = ask;
    let files = Chooser::of(&app).recordings(say("Recordings to take into the library")).await;
    let desk = desk.desk().await?;
    desk.give_recordings(&files).await?;
    desk.answer(AskIntake {}).await
}
