//! Settings > Backups.

use crate::chooser::Chooser;
use crate::opened::Opened;
use crate::spoken::say;
use contract::Failure;
use contract::backups::{
    AskBackups, BackUpNow, BackupLook, BackupsView, ForgetRestore, LookAtBackup, PrepareRestore,
    RestartToRestore, SaveBackupSchedule, StopBackup,
};
use tauri::{AppHandle, State};

#[tauri::command]
pub(crate) async fn backups(desk: State<'_, Opened>, ask: AskBackups) -> Result<BackupsView, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn save_backup_schedule(
    desk: State<'_, Opened>,
    ask: SaveBackupSchedule,
) -> Result<BackupsView, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn back_up_now(desk: State<'_, Opened>, ask: BackUpNow) -> Result<BackupsView, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn stop_backup(desk: State<'_, Opened>, ask: StopBackup) -> Result<BackupsView, Failure> {
    desk.answer(ask).await
}

/// One that is not in the log is chosen here: the page names no file.
#[tauri::command]
pub(crate) async fn look_at_backup(
    app: AppHandle,
    desk: State<'_, Opened>,
    ask: LookAtBackup,
) -> Result<Option<BackupLook>, Failure> {
    if ask.id.is_some() {
        return desk.answer(ask).await;
    }
    match Chooser::of(&app).backup(say("Backup to restore")).await {
        Some(file) => desk.desk().await?.look_at_backup(&file).await.map(Some),
        None => Ok(None),
    }
}

#[tauri::command]
pub(crate) async fn prepare_restore(
    desk: State<'_, Opened>,
    ask: PrepareRestore,
) -> Result<BackupsView, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn forget_restore(
    desk: State<'_, Opened>,
    ask: ForgetRestore,
) -> Result<BackupsView, Failure> {
    desk.answer(ask).await
}

/// Closing brings the library to the disk; opening puts the restored one in its place.
#[tauri::command]
pub(crate) fn restart_to_restore(app: AppHandle, ask: RestartToRestore) {
    let RestartToRestore {} = ask;
    app.request_restart();
}
