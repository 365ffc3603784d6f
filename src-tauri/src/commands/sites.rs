//! Settings: the sites and how they are reached. Passwords come in here and never go out.

use crate::opened::Opened;
use contract::Failure;
use contract::sites::{
    AskCountries, AskSites, AskZones, Countries, RemoveSite, SaveSite, SavedSite, Site, TestReport, TestSite,
    Zones,
};
use tauri::State;

#[tauri::command]
pub(crate) async fn sites(desk: State<'_, Opened>, ask: AskSites) -> Result<Vec<Site>, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn save_site(desk: State<'_, Opened>, ask: SaveSite) -> Result<SavedSite, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn remove_site(desk: State<'_, Opened>, ask: RemoveSite) -> Result<(), Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn test_site(desk: State<'_, Opened>, ask: TestSite) -> Result<TestReport, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn zones(desk: State<'_, Opened>, ask: AskZones) -> Result<Zones, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn countries(desk: State<'_, Opened>, ask: AskCountries) -> Result<Countries, Failure> {
    desk.answer(ask).await
}
