//! The backup before an update: without one nothing is installed, because a newer version may change the library's form.

use crate::opened::Opened;
use contract::{Failure, FailureCode};
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
        Err(failure) => return Err(refused(failure)),
    };
    desk.backup_before(&format!("update to {version}")).await.map(drop).map_err(refused)
}

/// A full disk is told as one, with what it was found by beside it.
fn refused(failure: Failure) -> (Cause, String) {
    let Failure { code, message, detail } = failure;
    match code {
        FailureCode::DiskFull => {
            (Cause::DiskFull, detail.map_or_else(|| message.clone(), |detail| format!("{message} {detail}")))
        }
        _ => (Cause::NoBackup { says: message }, detail.unwrap_or_default()),
    }
}

fn is_of_the_library(code: FailureCode) -> bool {
    match code {
        FailureCode::Library
        | FailureCode::DiskFull
        | FailureCode::Damaged
        | FailureCode::Newer
        | FailureCode::Held => true,
        FailureCode::NotFound
        | FailureCode::Invalid
        | FailureCode::Keychain
        | FailureCode::Locked
        | FailureCode::Internal => false,
    }
}

#[cfg(test)]
mod tests {
    use super::refused;
    use contract::{Failure, FailureCode};
    use presence::{Step, trouble};

    #[test]
    fn the_headline_says_that_the_disk_is_full() {
        let failure = |code| Failure {
            code,
            message: "The library could not be read or written.".to_owned(),
            detail: Some("database or disk is full".to_owned()),
        };
        let (cause, detail) = refused(failure(FailureCode::DiskFull));
        let told = trouble(Step::BackingUp, &cause, Some(detail));
        assert!(
            told.says.starts_with("The disk is full"),
            "it is the first thing that is read: {}",
            told.says
        );
        assert!(
            told.says.contains("without one nothing is installed"),
            "and what comes of it: {}",
            told.says
        );
        let (cause, _) = refused(failure(FailureCode::Library));
        let told = trouble(Step::BackingUp, &cause, None);
        assert!(!told.says.contains("disk is full"), "other troubles are none of that: {}", told.says);
    }
}
