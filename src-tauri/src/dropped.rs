//! Recordings that a person drops onto the window.

use crate::opened::Opened;
use std::path::PathBuf;
use tauri::{AppHandle, Manager};

/// Files, and folders with what is in them. What becomes of each is told by the intake, on the Recordings screen.
pub(crate) fn take_in(app: &AppHandle, paths: Vec<PathBuf>) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let taken = match app.state::<Opened>().desk().await {
            Ok(desk) => desk.give_recordings(&paths).await.map(drop),
            Err(failure) => Err(failure),
        };
        if let Err(failure) = taken {
            tracing::error!("what was dropped could not be taken in: {}", failure.message);
        }
    });
}
