//! The backup before an update: without one nothing is installed, because a newer version may change the library's form.

use crate::opened::Opened;
use contract::FailureCode;
use presence::Cause;
use tauri::{AppHandle, Manager};

pub(super) async fn before_update(app: &AppHandle, version: &str) -> Result<(), (Cause, String)> {
    let desk = match app.state::<Opened>().whole().await {
        Ok(desk) => desk,
        // A library that cannot be opened is not touched by an update either, and a newer version may open it.
        Err(failure) if is_of_the_library(failure.code) => {
            tracing::warn!("nothing is backed up before the update: {}", failure.message);
            return Ok(());
        }
        Err(failure) => return Err((Cause::NoBackup { says: failure.message }, String::new())),
    };
    match desk.backup_before(&format!("update to {version}")).await {
        Ok(_) => Ok(()),
        Err(failure) => Err((Cause::NoBackup { says: failure.message }, failure.detail.unwrap_or_default())),
    }
}

fn is_of_the_library(code: FailureCode) -> bool {
    match code {
        FailureCode::Library | FailureCode::Damaged | FailureCode::Newer | FailureCode::Held => true,
        FailureCode::NotFound
        | FailureCode::Invalid
        | FailureCode::Keychain
        | FailureCode::Locked
        | FailureCode::Internal => false,
    }
}
