//! Starting with the computer.

use crate::arguments::IN_BACKGROUND;
use contract::computer::{Autostart, AutostartChoice};
use contract::{Failure, FailureCode};
use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Runtime};
use tauri_plugin_autostart::ManagerExt;

pub(crate) fn plugin<R: Runtime>() -> TauriPlugin<R> {
    tauri_plugin_autostart::Builder::new().arg(IN_BACKGROUND).build()
}

pub(crate) fn state<R: Runtime>(app: &AppHandle<R>) -> Autostart {
    match app.autolaunch().is_enabled() {
        Ok(true) => Autostart::On,
        Ok(false) => Autostart::Off,
        Err(error) => Autostart::Unknown { says: error.to_string() },
    }
}

pub(crate) fn set<R: Runtime>(app: &AppHandle<R>, choice: AutostartChoice) -> Result<(), Failure> {
    let done = match choice {
        AutostartChoice::On => app.autolaunch().enable(),
        AutostartChoice::Off => app.autolaunch().disable(),
    };
    done.map_err(|error| Failure {
        code: FailureCode::Internal,
        message: "The system did not take this. CallDoc starts with the computer as it did before."
            .to_owned(),
        detail: Some(error.to_string()),
    })
}
