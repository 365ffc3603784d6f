//! Why a simulation cannot start.

use std::net::SocketAddr;
use thiserror::Error;

#[derive(Debug, Error)]
pub enum SimulatorError {
    #[error("\"{name}\" is no time zone; one is for instance \"Europe/Berlin\"")]
    UnknownTimeZone { name: String },
    #[error("the speed must be more than 0 and at most {}", crate::settings::MAX_SPEED)]
    BadSpeed,
    #[error("there must be more than 0 calls an hour or a day, and a day has the hours 0 to 23")]
    BadPace,
    #[error("10 to {} people work in an office", crate::settings::MAX_PEOPLE)]
    BadPeople,
    #[error("the list of kinds of calls is empty")]
    NoKinds,
    #[error("SMDR rows are either sent or collected: give one of the two addresses")]
    TwoSmdrWays,
    #[error("{what} cannot listen on {addr}: {source}")]
    Listen { what: &'static str, addr: SocketAddr, source: std::io::Error },
    #[error("the certificate cannot be made: {reason}")]
    Certificate { reason: String },
    #[error("the folder for recordings cannot be used: {source}")]
    Recordings { source: std::io::Error },
    #[error("the file for the truth cannot be written: {source}")]
    Truth { source: std::io::Error },
}
