//! Errors of the rooms, as the boundary tells them: a code, a sentence, and the technical chain beside it.

use contract::{Failure, FailureCode};
use std::error::Error;
use store::StoreError;

pub(crate) fn failure_of_store(error: StoreError) -> Failure {
    let code = match error {
        StoreError::BadCursor => FailureCode::Invalid,
        StoreError::UnknownSite
        | StoreError::UnknownRecording
        | StoreError::UnknownNote
        | StoreError::UnknownScorecard
        | StoreError::UnknownPool => FailureCode::NotFound,
        StoreError::DiskFull => FailureCode::DiskFull,
        StoreError::Damaged { .. } => FailureCode::Damaged,
        StoreError::NewerThanApp { .. } => FailureCode::Newer,
        StoreError::Held { .. } => FailureCode::Held,
        _ => FailureCode::Library,
    };
    Failure { code, message: error.to_string(), detail: chain(&error) }
}

pub(crate) fn invalid(message: impl Into<String>) -> Failure {
    Failure { code: FailureCode::Invalid, message: message.into(), detail: None }
}

pub(crate) fn not_found(message: impl Into<String>) -> Failure {
    Failure { code: FailureCode::NotFound, message: message.into(), detail: None }
}

/// The desk was closed while it was asked.
pub(crate) fn closed() -> Failure {
    Failure { code: FailureCode::Library, message: "CallDoc is closing.".to_owned(), detail: None }
}

fn chain(error: &dyn Error) -> Option<String> {
    let mut causes = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        causes.push(cause.to_string());
        next = cause.source();
    }
    (!causes.is_empty()).then(|| causes.join(": "))
}
