//! How recordings are kept.

use crate::opened::Opened;
use contract::Failure;
use contract::keeping::{
    AskAudit, AskEncoding, AskEncryption, AskPools, AskRetention, AuditCheck, AuditPage, CheckAudit,
    Encoding, Encryption, EncryptionSet, Pool, PreviewRetention, RemovePool, Retention, RetentionPreview,
    RunRetention, SaveEncoding, SavePool, SaveRetention, SetEncryption, UnlockRecordings, Verified,
    VerifyRecordings,
};
use contract::recordings::Done;
use tauri::State;

#[tauri::command]
pub(crate) async fn pools(desk: State<'_, Opened>, ask: AskPools) -> Result<Vec<Pool>, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn save_pool(desk: State<'_, Opened>, ask: SavePool) -> Result<Vec<Pool>, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn remove_pool(desk: State<'_, Opened>, ask: RemovePool) -> Result<Vec<Pool>, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn encoding(desk: State<'_, Opened>, ask: AskEncoding) -> Result<Encoding, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn save_encoding(desk: State<'_, Opened>, ask: SaveEncoding) -> Result<Encoding, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn retention(desk: State<'_, Opened>, ask: AskRetention) -> Result<Retention, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn save_retention(
    desk: State<'_, Opened>,
    ask: SaveRetention,
) -> Result<Retention, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn preview_retention(
    desk: State<'_, Opened>,
    ask: PreviewRetention,
) -> Result<RetentionPreview, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn run_retention(desk: State<'_, Opened>, ask: RunRetention) -> Result<Done, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn encryption(desk: State<'_, Opened>, ask: AskEncryption) -> Result<Encryption, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn set_encryption(
    desk: State<'_, Opened>,
    ask: SetEncryption,
) -> Result<EncryptionSet, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn unlock_recordings(
    desk: State<'_, Opened>,
    ask: UnlockRecordings,
) -> Result<Encryption, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn verify_recordings(
    desk: State<'_, Opened>,
    ask: VerifyRecordings,
) -> Result<Verified, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn audit(desk: State<'_, Opened>, ask: AskAudit) -> Result<AuditPage, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn check_audit(desk: State<'_, Opened>, ask: CheckAudit) -> Result<AuditCheck, Failure> {
    desk.answer(ask).await
}
