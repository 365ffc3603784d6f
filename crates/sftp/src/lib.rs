//! Files on a server that is reached by SFTP: Voicemail Pro keeps its recordings on its own disk and gives them out this
//! way.
//!
//! The server's key is trusted on first use and pinned from then on: another key is refused before anything secret is
//! sent. Nothing is ever written on the server, and a file is removed only when told to.
//!
//! Deliberately absent: the local disk, the keychain, when to look. Whoever calls knows these.

mod connection;
mod error;
mod secret;

pub use connection::{Connection, RemoteFile, Server};
pub use error::SftpError;
pub use secret::Secret;
