//! People's days.

use crate::opened::Opened;
use contract::Failure;
use contract::people::{AskPeopleDay, PeopleDay};
use tauri::State;

#[tauri::command]
pub(crate) async fn people_day(desk: State<'_, Opened>, ask: AskPeopleDay) -> Result<PeopleDay, Failure> {
    desk.answer(ask).await
}
