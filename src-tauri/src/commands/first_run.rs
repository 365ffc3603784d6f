//! The way from a new library to the first call.

use crate::again;
use crate::opened::Opened;
use contract::Failure;
use contract::first_run::{
    AskChecklist, AskManagerSteps, Checklist, FindPbx, ManagerSteps, OpenOffice, PbxSearch, PutChecklistAway,
    StopFindingPbx,
};
use tauri::{AppHandle, State};

#[tauri::command]
pub(crate) async fn find_pbx(desk: State<'_, Opened>, ask: FindPbx) -> Result<PbxSearch, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn stop_finding_pbx(desk: State<'_, Opened>, ask: StopFindingPbx) -> Result<(), Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn manager_steps(
    desk: State<'_, Opened>,
    ask: AskManagerSteps,
) -> Result<ManagerSteps, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn checklist(desk: State<'_, Opened>, ask: AskChecklist) -> Result<Checklist, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn put_checklist_away(
    desk: State<'_, Opened>,
    ask: PutChecklistAway,
) -> Result<Checklist, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn open_office(app: AppHandle, ask: OpenOffice) -> Result<(), Failure> {
    again::open(&app, ask.office)
}
