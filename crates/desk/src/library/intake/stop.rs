//! Why a file does not come in, and what that means for it.

use contract::FailureCode;
use recordings::Unreadable;
use std::io;

/// Why a step was not done.
pub(crate) enum Stop {
    Refuse(String),
    HeldUp(String),
    Dropped,
    Before,
    Cut,
}

pub(crate) type Done<T> = Result<T, Stop>;

pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Unreadable> + Send + 'static,
) -> Result<T, Unreadable> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => Err(Unreadable::Io(io::Error::other(error.to_string()))),
    }
}

pub(crate) fn stop_of(error: Unreadable) -> Stop {
    let full =
        |error: &io::Error| matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
    match error {
        Unreadable::Cancelled => Stop::Cut,
        Unreadable::NotWritten(error) | Unreadable::Io(error) if full(&error) => {
            Stop::HeldUp("The disk is full. Recordings are taken in again when there is room.".to_owned())
        }
        Unreadable::NotWritten(error) => Stop::HeldUp(format!("Recordings cannot be stored now: {error}.")),
        other => Stop::Refuse(other.to_string()),
    }
}

pub(crate) fn library(error: store::StoreError) -> Stop {
    match error {
        store::StoreError::Closed => Stop::Cut,
        other => Stop::HeldUp(other.to_string()),
    }
}

pub(crate) fn failed(failure: contract::Failure) -> Stop {
    match failure.code {
        FailureCode::Internal => Stop::Refuse(failure.message),
        _ => Stop::HeldUp(failure.message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_holds_everything_up_and_refuses_nothing() {
        let full = || io::Error::from(io::ErrorKind::StorageFull);
        for error in [Unreadable::NotWritten(full()), Unreadable::Io(full())] {
            match stop_of(error) {
                Stop::HeldUp(why) => assert!(why.contains("disk is full"), "it is said: {why}"),
                _ => panic!("the file is as good as before"),
            }
        }
    }

    #[test]
    fn a_file_that_cannot_be_read_is_refused_with_the_reason() {
        let broken = io::Error::new(io::ErrorKind::InvalidData, "a bad sector");
        let Stop::Refuse(why) = stop_of(Unreadable::Io(broken)) else { panic!("it is this file's trouble") };
        assert!(why.contains("a bad sector"), "{why}");
    }
}
