//! Places outside the library that a person chooses.

use crate::chooser::Chooser;
use contract::Failure;
use contract::choosing::{ChooseFolder, Chosen};
use tauri::AppHandle;

#[tauri::command]
pub(crate) async fn choose_folder(app: AppHandle, ask: ChooseFolder) -> Result<Chosen, Failure> {
    let folder = Chooser::of(&app).folder(&ask.title).await;
    Ok(Chosen { folder: folder.map(|folder| folder.to_string_lossy().into_owned()) })
}
