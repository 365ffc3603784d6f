//! About: what CallDoc is built from.

use crate::licences;
use contract::Failure;
use contract::licences::{AskLicenceTexts, AskLicences, Licences};
use tauri::AppHandle;

#[tauri::command]
pub(crate) async fn licences(app: AppHandle, ask: AskLicences) -> Result<Licences, Failure> {
    let AskLicences {} = ask;
    licences::packages(&app)
}

#[tauri::command]
pub(crate) async fn licence_texts(app: AppHandle, ask: AskLicenceTexts) -> Result<Vec<String>, Failure> {
    licences::texts(&app, &ask.texts)
}
