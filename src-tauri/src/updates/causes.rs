//! What the updater's errors mean to a person.

use presence::{Cause, Step};
use std::error::Error as _;
use std::io::ErrorKind;
use tauri_plugin_updater::Error;

/// With the technical chain beside it.
pub(super) fn about(step: Step, error: &Error) -> (Cause, String) {
    let mut chain = error.to_string();
    let mut next = error.source();
    while let Some(source) = next {
        chain = format!("{chain}: {source}");
        next = source.source();
    }
    (cause(step, error), chain)
}

fn cause(step: Step, error: &Error) -> Cause {
    match error {
        Error::Reqwest(sent) if step == Step::Looking && sent.is_decode() => Cause::NoList,
        Error::Reqwest(sent) if sent.is_body() || sent.is_decode() => Cause::Cut,
        Error::Reqwest(_) | Error::Network(_) | Error::ReleaseNotFound => Cause::Unreachable,
        Error::Serialization(_) | Error::Semver(_) | Error::UrlParse(_) => Cause::NoList,
        Error::TargetNotFound(_)
        | Error::TargetsNotFound(_)
        | Error::UnsupportedArch
        | Error::UnsupportedOs
        | Error::InvalidUpdaterFormat
        | Error::BinaryNotFoundInArchive => Cause::NotForThisComputer,
        Error::Minisign(_) | Error::Base64(_) | Error::SignatureUtf8(_) | Error::MissingSignedVersion => {
            Cause::WrongSignature
        }
        Error::SignedVersionMismatch { .. } => Cause::WrongVersion,
        // The package is written to one of several places first; when none takes it, all are full.
        Error::TempDirNotFound => Cause::DiskFull,
        Error::AuthenticationFailed => Cause::NotAllowed,
        Error::PackageInstallFailed | Error::DebInstallFailed | Error::TempDirNotOnSameMountPoint => {
            Cause::Refused
        }
        Error::Io(error) => match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::WriteZero => Cause::DiskFull,
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Cause::NotAllowed,
            // Neither pkexec nor sudo is there to ask with.
            ErrorKind::NotFound => Cause::NotAllowed,
            _ => Cause::Other,
        },
        _ => Cause::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::cause;
    use presence::{Cause, Step};
    use std::io::{Error as IoError, ErrorKind};
    use tauri_plugin_updater::Error;

    #[test]
    fn what_is_not_genuine_is_told_apart_from_what_is_old() {
        let old = Error::SignedVersionMismatch { signed: "0.1.0".to_owned(), announced: "0.2.0".to_owned() };
        assert_eq!(cause(Step::Fetching, &old), Cause::WrongVersion, "signed, but for another version");
        let unsigned = Error::MissingSignedVersion;
        assert_eq!(cause(Step::Fetching, &unsigned), Cause::WrongSignature, "it says no version");
        let nonsense = Error::SignatureUtf8("x".to_owned());
        assert_eq!(cause(Step::Fetching, &nonsense), Cause::WrongSignature, "no signature at all");
    }

    #[test]
    fn a_full_disk_is_told_as_such_wherever_it_shows() {
        let full = Error::Io(IoError::from(ErrorKind::StorageFull));
        assert_eq!(cause(Step::Installing, &full), Cause::DiskFull, "the installer's file");
        assert_eq!(cause(Step::Installing, &Error::TempDirNotFound), Cause::DiskFull, "nowhere to write it");
    }

    #[test]
    fn who_gives_no_password_is_told_that_one_was_asked_for() {
        assert_eq!(cause(Step::Installing, &Error::AuthenticationFailed), Cause::NotAllowed, "dismissed");
        assert_eq!(cause(Step::Installing, &Error::PackageInstallFailed), Cause::Refused, "tried and failed");
    }
}
