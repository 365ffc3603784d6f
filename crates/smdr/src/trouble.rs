//! Why a connection could not be made or did not last.

use std::io::{Error, ErrorKind};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Listen: another program has the port, or this one for another site.
    PortInUse,
    /// Listen: this computer has no such address (now).
    NoSuchAddress,
    /// Listen: the system does not let us have the port.
    NotPermitted,
    /// Connect: the address answers, nothing listens there.
    Refused,
    /// Connect: no answer.
    NoAnswer,
    /// Connect: there is no way to the address.
    NoRoute,
    /// Connect: the name has no address.
    UnknownName,
    /// The other side closed.
    Closed,
    /// The connection broke or went silent.
    Broken,
    /// What answers there does not send SMDR.
    NotSmdr,
    /// Anything else, in the system's words.
    Other(String),
}

impl Trouble {
    pub(crate) fn of_listening(error: &Error) -> Self {
        match error.kind() {
            ErrorKind::AddrInUse => Trouble::PortInUse,
            ErrorKind::AddrNotAvailable => Trouble::NoSuchAddress,
            ErrorKind::PermissionDenied => Trouble::NotPermitted,
            _ => Trouble::Other(error.to_string()),
        }
    }

    pub(crate) fn of_connecting(error: &Error) -> Self {
        match error.kind() {
            ErrorKind::ConnectionRefused => Trouble::Refused,
            ErrorKind::TimedOut => Trouble::NoAnswer,
            ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::NetworkDown => {
                Trouble::NoRoute
            }
            ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => Trouble::Broken,
            _ => Trouble::Other(error.to_string()),
        }
    }

    /// Trying again by itself will not help.
    pub fn needs_a_person(&self) -> bool {
        match self {
            Trouble::NotPermitted => true,
            Trouble::PortInUse
            | Trouble::NoSuchAddress
            | Trouble::Refused
            | Trouble::NoAnswer
            | Trouble::NoRoute
            | Trouble::UnknownName
            | Trouble::Closed
            | Trouble::Broken
            | Trouble::NotSmdr
            | Trouble::Other(_) => false,
        }
    }
}
