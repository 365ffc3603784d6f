//! The player.

use crate::opened::Opened;
use contract::Failure;
use contract::player::{
    AskPlayer, AskSoundDevices, ChooseSoundDevice, Play, PlayerView, SoundDevices, Steer,
};
use tauri::State;

#[tauri::command]
pub(crate) async fn player(desk: State<'_, Opened>, ask: AskPlayer) -> Result<PlayerView, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn play(desk: State<'_, Opened>, ask: Play) -> Result<(), Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn steer(desk: State<'_, Opened>, ask: Steer) -> Result<(), Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn sound_devices(
    desk: State<'_, Opened>,
    ask: AskSoundDevices,
) -> Result<SoundDevices, Failure> {
    desk.answer(ask).await
}

#[tauri::command]
pub(crate) async fn choose_sound_device(
    desk: State<'_, Opened>,
    ask: ChooseSoundDevice,
) -> Result<SoundDevices, Failure> {
    desk.answer(ask).await
}
