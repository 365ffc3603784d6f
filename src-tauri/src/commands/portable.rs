//! How the window looks, and settings in one file.

use crate::attendant::Attendant;
use crate::chooser::Chooser;
use crate::opened::Opened;
use crate::prefs;
use crate::spoken::{self, say};
use contract::Failure;
use contract::portable::{
    AskPreferences, ExportSettings, ExportedSettings, ImportSettings, KeepPreferences, Preferences,
    PreviewSettings, SettingsImported, SettingsPreview, Speak,
};
use tauri::{AppHandle, State};
use words::Language;

#[tauri::command]
pub(crate) fn preferences(app: AppHandle, ask: AskPreferences) -> Preferences {
    let AskPreferences {} = ask;
    prefs::looks(&app)
}

#[tauri::command]
pub(crate) fn keep_preferences(app: AppHandle, ask: KeepPreferences) -> Result<(), Failure> {
    prefs::keep_looks(&app, &ask.preferences)
}

#[tauri::command]
pub(crate) async fn speak(
    app: AppHandle,
    attendant: State<'_, Attendant>,
    opened: State<'_, Opened>,
    ask: Speak,
) -> Result<(), Failure> {
    let language = Language::of_locale(&ask.language);
    if !spoken::speak(language) {
        return Ok(());
    }
    attendant.speak_otherwise();
    if let Some(desk) = opened.now() {
        desk.speak(language);
    }
    prefs::keep_spoken(&app, language)
}

/// The person says where to.
#[tauri::command]
pub(crate) async fn export_settings(
    app: AppHandle,
    desk: State<'_, Opened>,
    ask: ExportSettings,
) -> Result<ExportedSettings, Failure> {
    let desk = desk.desk().await?;
    match Chooser::of(&app).new_file(say("Export settings"), &desk.settings_file_name()).await {
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
