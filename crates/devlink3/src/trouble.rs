//! Everything that can be wrong between us and a PBX, as one closed list. The sentences for people are in
//! [`crate::words`]; `Display` here is the short reason that goes into the journal and the log.

use crate::frame::FrameError;
use crate::pin::Fingerprint;
use std::fmt;
use thiserror::Error;

/// Why there is no link. Holds no secret, no caller, no text of the peer's.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Trouble {
    #[error("the name was not found")]
    NameNotFound,
    #[error("the connection was refused")]
    Refused,
    #[error("nothing answered at the address")]
    ReachTimedOut,
    #[error("the network does not lead to the address")]
    Unreachable,
    #[error("TLS failed: {detail}")]
    TlsFailed { detail: String },
    #[error("TLS was not answered")]
    TlsTimedOut,
    #[error("the certificate has changed: trusted is {pinned}, shown was {shown}")]
    CertificateChanged { pinned: Fingerprint, shown: Fingerprint },
    #[error("the PBX wants a client certificate")]
    ClientCertificateWanted,
    /// The first byte heard is no frame's.
    #[error("this is no DevLink3 port: it answered with byte {first_byte:#04x}")]
    NotDevlink { first_byte: u8 },
    #[error("the stream has lost its framing: {0}")]
    FramingLost(FrameError),
    #[error("the PBX says that the stream has lost its integrity")]
    IntegrityLost,
    #[error("a message of type {kind:#010x} could not be read while {during}")]
    Garbled { kind: u32, during: During },
    #[error("the PBX closed the connection while {during}")]
    Closed { during: During },
    #[error("the connection broke: {0}")]
    Broke(std::io::ErrorKind),
    #[error("the PBX did not answer while {during}")]
    NoAnswer { during: During },
    #[error("the PBX was silent for {silent_seconds} s")]
    Silent { silent_seconds: u64 },
    #[error("user name or password is wrong")]
    WrongPassword,
    #[error("the PBX asked for the plain password without TLS")]
    PlainRefused,
    #[error("the PBX sent a challenge of {length_bytes} bytes instead of 16")]
    BadChallenge { length_bytes: usize },
    #[error("the user name cannot be sent")]
    BadUserName,
    #[error("limits exceeded")]
    LimitsExceeded,
    #[error("retry later")]
    RetryLater,
    #[error("licence missing")]
    LicenceMissing,
    #[error("the login was answered with {number:#010x}")]
    UnknownLoginAnswer { number: u32 },
    #[error("the PBX knows none of the event flags")]
    FlagsRefused,
    #[error("the licence does not allow events")]
    EventsLicence,
    #[error("events are not available")]
    EventsNotAvailable,
    #[error("the event request was answered with {number:#010x}")]
    UnknownEventsAnswer { number: u32 },
    /// Events were lost, and the state of all calls was not sent anew.
    #[error("lost events could not be made up for")]
    SnapshotRefused,
    #[error("the file was refused with {number:#010x}")]
    FileRefused { number: u32 },
    #[error("stopped by CallDoc")]
    StoppedHere,
}

/// What was going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum During {
    LoggingIn,
    AskingForEvents,
    Events,
    ReadingFile,
}

/// Whether trying again by oneself is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// Soon, then ever more slowly: see [`crate::backoff`].
    Backoff,
    /// Every [`SLOW_RETRY`]: only somebody's work on the PBX changes it.
    Slow,
    /// Not before a person has acted.
    Never,
}

/// A licence comes back without anyone touching CallDoc (a licence server that starts after the PBX, a licence that is
/// moved), so it is asked for again; but rarely, as each try takes one of the PBX's few connections and an entry in
/// its log.
pub const SLOW_RETRY: std::time::Duration = std::time::Duration::from_secs(300);

impl Trouble {
    pub fn retry(&self) -> Retry {
        match self {
            // The PBX counts wrong passwords over all connections and blocks the account.
            Trouble::WrongPassword => Retry::Never,
            Trouble::CertificateChanged { .. }
            | Trouble::PlainRefused
            | Trouble::BadUserName
            | Trouble::StoppedHere => Retry::Never,
            Trouble::LicenceMissing
            | Trouble::FlagsRefused
            | Trouble::EventsLicence
            | Trouble::EventsNotAvailable
            | Trouble::ClientCertificateWanted
            | Trouble::UnknownEventsAnswer { .. }
            | Trouble::FileRefused { .. } => Retry::Slow,
            // It might be a kind of wrong password that a newer release has: not to be repeated quickly.
            Trouble::UnknownLoginAnswer { .. } => Retry::Slow,
            Trouble::NameNotFound
            | Trouble::Refused
            | Trouble::ReachTimedOut
            | Trouble::Unreachable
            | Trouble::TlsFailed { .. }
            | Trouble::TlsTimedOut
            | Trouble::NotDevlink { .. }
            | Trouble::FramingLost(_)
            | Trouble::IntegrityLost
            | Trouble::Garbled { .. }
            | Trouble::Closed { .. }
            | Trouble::Broke(_)
            | Trouble::NoAnswer { .. }
            | Trouble::Silent { .. }
            | Trouble::BadChallenge { .. }
            | Trouble::SnapshotRefused
            | Trouble::LimitsExceeded
            | Trouble::RetryLater => Retry::Backoff,
        }
    }
}

impl fmt::Display for During {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            During::LoggingIn => "logging in",
            During::AskingForEvents => "asking for events",
            During::Events => "sending events",
            During::ReadingFile => "reading a file",
        })
    }
}
