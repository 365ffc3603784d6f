//! How the window looks, and settings in one file.

use crate::chooser::Chooser;
use crate::opened::Opened;
use crate::prefs;
use contract::Failure;
use contract::portable::{
    AskPreferences, ExportSettings, ExportedSettings, ImportSettings, KeepPreferences, Preferences,
    PreviewSettings, SettingsImported, SettingsPreview,
};
use tauri::{AppHandle, State};

#[tauri::command]
pub(crate) fn preferences(app: AppHandle, ask: AskPreferences) -> Preferences {
    let AskPreferences {} = ask;
    prefs::looks(&app)
}

#[tauri::command]
pub(crate) fn keep_preferences(app: AppHandle, ask: KeepPreferences) -> Result<(), Failure> {
    prefs::keep_looks(&app, &ask.preferences)
}

/// The person says where to.
#[tauri::command]
pub(crate) async fn export_settings(
    app: AppHandle,
    desk: State<'_, Opened>,
    ask: ExportSettings,
) -> Result<ExportedSettings, Failure> {
    let desk = desk.desk().await?;
    match Chooser::of(&app).new_file("Export settings", &desk.settings_file_name()).await {
        Some(place) => desk.export_settings(ask.preferences, &place).await,
        None => Ok(ExportedSettings::default()),
    }
}

#[tauri::command]
pub(crate) async fn preview_settings(
    desk: State<'_, Opened>,
    ask: PreviewSettings,
) -> Result<SettingsPreview, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn import_settings(
    desk: State<'_, Opened>,
    ask: ImportSettings,
) -> Result<SettingsImported, Failure> {
    desk.answer(ask).await
}
