//! What can go wrong, in words for the manager of an office.

use russh_sftp::protocol::StatusCode;
use thiserror::Error;

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SftpError {
    #[error("{host} cannot be reached on port {port}: {why}.")]
    Unreachable { host: String, port: u16, why: String },

    #[error("{host} answers on port {port}, but does not speak SFTP as it should.")]
    NotSftp { host: String, port: u16, why: String },

    /// Nothing secret was sent.
    #[error(
        "The server shows another key than before ({is} instead of {was}). It may have been set up anew, or somebody is in between."
    )]
    HostKeyChanged { was: String, is: String },

    #[error("The server refused the user name or the password.")]
    PasswordRefused,

    #[error("The server refused the user name or the key.")]
    KeyRefused,

    #[error("The private key cannot be read, or its passphrase is another one.")]
    KeyUnreadable,

    #[error("There is no folder {0} on the server.")]
    NoSuchFolder(String),

    #[error("The file {0} is not on the server any more.")]
    NoSuchFile(String),

    /// Growing still, or sent without an end.
    #[error("The file {0} is longer than the server said.")]
    Longer(String),

    #[error("The server does not allow this user to use {0}.")]
    NotAllowed(String),

    #[error("The connection was lost: {0}.")]
    Lost(String),

    #[error("The server does not answer.")]
    Silent,
}

impl SftpError {
    /// Trying again later may help without a person.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::Lost(_) | Self::Silent => true,
            Self::NotSftp { .. }
            | Self::HostKeyChanged { .. }
            | Self::PasswordRefused
            | Self::KeyRefused
            | Self::KeyUnreadable
            | Self::NoSuchFolder(_)
            | Self::NoSuchFile(_)
            | Self::Longer(_)
            | Self::NotAllowed(_) => false,
        }
    }

    pub(crate) fn of_path(error: russh_sftp::client::error::Error, path: &str, what: Path) -> Self {
        use russh_sftp::client::error::Error;
        match error {
            Error::Status(status) => match (status.status_code, what) {
                (StatusCode::NoSuchFile, Path::Folder) => Self::NoSuchFolder(path.to_owned()),
                (StatusCode::NoSuchFile, Path::File) => Self::NoSuchFile(path.to_owned()),
                (StatusCode::PermissionDenied, _) => Self::NotAllowed(path.to_owned()),
                _ => Self::Lost(status.error_message),
            },
            Error::Timeout => Self::Silent,
            other => Self::Lost(other.to_string()),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Path {
    Folder,
    File,
}
