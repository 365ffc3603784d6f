//! Settings: people and their extensions, and what groups and trunks are called.

use crate::opened::Opened;
use contract::Failure;
use contract::directory::{
    AskDirectory, Directory, ImportPeople, NameNumber, PeoplePreview, PersonEntry, PreviewPeople,
    RemovePerson, SavePerson,
};
use tauri::State;

#[tauri::command]
pub(crate) async fn directory(desk: State<'_, Opened>, ask: AskDirectory) -> Result<Directory, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn save_person(desk: State<'_, Opened>, ask: SavePerson) -> Result<PersonEntry, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn remove_person(desk: State<'_, Opened>, ask: RemovePerson) -> Result<(), Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn name_number(desk: State<'_, Opened>, ask: NameNumber) -> Result<(), Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn preview_people(
    desk: State<'_, Opened>,
    ask: PreviewPeople,
) -> Result<PeoplePreview, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn import_people(
    desk: State<'_, Opened>,
    ask: ImportPeople,
) -> Result<PeoplePreview, Failure> {
    desk.answer(ask).await
}
