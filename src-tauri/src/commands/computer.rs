//! Settings: this computer, and newer versions for it.

use crate::attendant::Attendant;
use crate::opened::Opened;
use contract::Failure;
use contract::computer::{AskComputer, ComputerView, PauseNotices, SaveComputer, SetAutostart};
use contract::updates::{InstallUpdate, LookForUpdate, UpdateView};
use tauri::State;

#[tauri::command]
pub(crate) async fn computer(
    attendant: State<'_, Attendant>,
    opened: State<'_, Opened>,
    ask: AskComputer,
) -> Result<ComputerView, Failure> {
    opened.may_be_used()?;
    let AskComputer {} = ask;
    attendant.view().await
}

#[tauri::command]
pub(crate) async fn save_computer(
    attendant: State<'_, Attendant>,
    opened: State<'_, Opened>,
    ask: SaveComputer,
) -> Result<ComputerView, Failure> {
    opened.may_be_used()?;
    attendant.save(ask.prefs).await
}

#[tauri::command]
pub(crate) async fn set_autostart(
    attendant: State<'_, Attendant>,
    opened: State<'_, Opened>,
    ask: SetAutostart,
) -> Result<ComputerView, Failure> {
    opened.may_be_used()?;
    attendant.set_autostart(ask.autostart).await
}

#[tauri::command]
pub(crate) async fn pause_notices(
    attendant: State<'_, Attendant>,
    opened: State<'_, Opened>,
    ask: PauseNotices,
) -> Result<ComputerView, Failure> {
    opened.may_be_used()?;
    attendant.pause(ask.pause).await
}

#[tauri::command]
pub(crate) async fn look_for_update(
    attendant: State<'_, Attendant>,
    opened: State<'_, Opened>,
    ask: LookForUpdate,
) -> Result<UpdateView, Failure> {
    opened.may_be_used()?;
    let LookForUpdate {} = ask;
    attendant.look_for_update().await
}

#[tauri::command]
pub(crate) async fn install_update(
    attendant: State<'_, Attendant>,
    opened: State<'_, Opened>,
    ask: InstallUpdate,
) -> Result<UpdateView, Failure> {
    opened.may_be_used()?;
    attendant.install_update(ask.version).await
}
