//! Settings: this computer, and newer versions for it.

use crate::attendant::Attendant;
use contract::Failure;
use contract::computer::{AskComputer, ComputerView, PauseNotices, SaveComputer, SetAutostart};
use contract::updates::{InstallUpdate, LookForUpdate, UpdateView};
use tauri::State;

#[tauri::command]
pub(crate) async fn computer(
    attendant: State<'_, Attendant>,
    ask: AskComputer,
) -> Result<ComputerView, Failure> {
    let AskComputer {} = ask;
    attendant.view().await
}

#[tauri::command]
pub(crate) async fn save_computer(
    attendant: State<'_, Attendant>,
    ask: SaveComputer,
) -> Result<ComputerView, Failure> {
    attendant.save(ask.prefs).await
}

#[tauri::command]
pub(crate) async fn set_autostart(
    attendant: State<'_, Attendant>,
    ask: SetAutostart,
) -> Result<ComputerView, Failure> {
    attendant.set_autostart(ask.autostart).await
}

#[tauri::command]
pub(crate) async fn pause_notices(
    attendant: State<'_, Attendant>,
    ask: PauseNotices,
) -> Result<ComputerView, Failure> {
    attendant.pause(ask.pause).await
}

#[tauri::command]
pub(crate) async fn look_for_update(
    attendant: State<'_, Attendant>,
    ask: LookForUpdate,
) -> Result<UpdateView, Failure> {
    let LookForUpdate {} = ask;
    attendant.look_for_update().await
}

#[tauri::command]
pub(crate) async fn install_update(
    attendant: State<'_, Attendant>,
    ask: InstallUpdate,
) -> Result<UpdateView, Failure> {
    attendant.install_update(ask.version).await
}
