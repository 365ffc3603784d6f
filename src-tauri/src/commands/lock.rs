//! The lock.

use crate::opened::Opened;
use contract::Failure;
use contract::lock::{AskLock, LockNow, LockView, SetLock, StillHere, Unlock};
use tauri::State;

#[tauri::command]
pub(crate) async fn lock(desk: State<'_, Opened>, ask: AskLock) -> Result<LockView, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn unlock(desk: State<'_, Opened>, ask: Unlock) -> Result<LockView, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn lock_now(desk: State<'_, Opened>, ask: LockNow) -> Result<LockView, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn set_lock(desk: State<'_, Opened>, ask: SetLock) -> Result<LockView, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn still_here(desk: State<'_, Opened>, ask: StillHere) -> Result<(), Failure> {
    desk.answer(ask).await
}
