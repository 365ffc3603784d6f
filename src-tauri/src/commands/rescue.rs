//! In the place of the screens while the library is not open.

use crate::chooser::Chooser;
use crate::opened::Opened;
use crate::rescue::Rescuing;
use crate::spoken::say;
use contract::Failure;
use contract::backups::BackupLook;
use contract::rescue::{AskRescue, ChooseRescue, OpenAgain, Rescue, RestoreUnopened, Restored, StopRescue};
use tauri::{AppHandle, State};

#[tauri::command]
pub(crate) async fn rescue(
    opened: State<'_, Opened>,
    rescuing: State<'_, Rescuing>,
    ask: AskRescue,
) -> Result<Option<Rescue>, Failure> {
    let AskRescue {} = ask;
    rescuing.view(&opened).await
}

#[tauri::command]
pub(crate) async fn open_again(
    app: AppHandle,
    opened: State<'_, Opened>,
    rescuing: State<'_, Rescuing>,
    ask: OpenAgain,
) -> Result<Option<Rescue>, Failure> {
    let OpenAgain {} = ask;
    rescuing.open_again(&app).await;
    rescuing.view(&opened).await
}

/// The person says which: the page names no file.
#[tauri::command]
pub(crate) async fn choose_rescue(
    app: AppHandle,
    opened: State<'_, Opened>,
    rescuing: State<'_, Rescuing>,
    ask: ChooseRescue,
) -> Result<Option<BackupLook>, Failure> {
    let ChooseRescue {} = ask;
    opened.may_be_used()?;
    match Chooser::of(&app).backup(say("Backup to restore")).await {
        Some(file) => rescuing.rescuer().choose(file).await.map(Some),
        None => Ok(None),
    }
}

#[tauri::command]
pub(crate) async fn restore_unopened(
    app: AppHandle,
    rescuing: State<'_, Rescuing>,
    ask: RestoreUnopened,
) -> Result<Restored, Failure> {
    rescuing.restore(&app, ask).await
}

#[tauri::command]
pub(crate) fn stop_rescue(rescuing: State<'_, Rescuing>, ask: StopRescue) {
    let StopRescue {} = ask;
    rescuing.rescuer().stop();
}
