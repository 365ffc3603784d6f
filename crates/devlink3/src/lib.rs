//! DevLink3, the call event interface of Avaya IP Office: frames, messages, events, Delta3 records, the session and
//! its driver. The wire facts and where this code decides are in docs/devlink3.md.
//!
//! Both directions of the codec are here, so that the simulator speaks with the same one. Deliberately absent: what a
//! call is, storage, the wall clock. Only [`link`], [`file`] and [`probe`] know sockets and tokio.

pub mod backoff;
pub mod delta3;
pub mod directory;
pub mod event;
pub mod facts;
pub mod file;
pub mod flags;
pub mod frame;
pub mod link;
pub mod login;
pub mod message;
pub mod password;
pub mod pin;
pub mod probe;
pub mod session;
pub mod state;
pub mod trouble;
mod wire;
pub mod words;

pub use directory::Directory;
pub use facts::{EventSummary, Scratch, facts};
pub use file::{FileName, read_file};
pub use flags::{Flag, Flags};
pub use link::{Link, Report, Settings, Transport};
pub use password::Password;
pub use pin::Fingerprint;
pub use probe::probe;
pub use state::{Granted, LinkState, PbxInfo};
pub use trouble::{During, Retry, Trouble};

/// Port of DevLink3 without encryption, where the PBX's security settings allow it.
pub const TCP_PORT: u16 = 50797;
/// Port of DevLink3 over TLS.
pub const TLS_PORT: u16 = 50796;
