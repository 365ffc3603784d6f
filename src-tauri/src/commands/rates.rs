//! Settings: what carriers ask for calls.

use crate::opened::Opened;
use contract::Failure;
use contract::rates::{AskRates, Cost, RateTable, RatesRead, ReadRates, RemoveRates, SaveRates, TryRate};
use tauri::State;

#[tauri::command]
pub(crate) async fn rates(desk: State<'_, Opened>, ask: AskRates) -> Result<Vec<RateTable>, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn save_rates(desk: State<'_, Opened>, ask: SaveRates) -> Result<RateTable, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn remove_rates(desk: State<'_, Opened>, ask: RemoveRates) -> Result<(), Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn read_rates(desk: State<'_, Opened>, ask: ReadRates) -> Result<RatesRead, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn try_rate(desk: State<'_, Opened>, ask: TryRate) -> Result<Option<Cost>, Failure> {
    desk.answer(ask).await
}
