//! A library in one file: its database, its settings and, if wanted, its recordings.
//!
//! A [`BackupWriter`] writes member after member, a [`BackupReader`] gives them back; both hold a few blocks in memory,
//! however large the members are. Nothing counts as read before its digest was compared, and a file without its end mark
//! is no whole backup. The form, byte by byte: docs/backup.md.
//!
//! Deliberately absent: SQL, where backups lie and when they are made (`desk`), the clock, keychains.

mod body;
mod head;
mod name;
mod read;
mod seal;
mod trouble;
mod unpack;
mod write;

pub use head::About;
pub use name::{BadName, MemberName};
pub use read::{BackupReader, Locked, Member, look};
pub use seal::Passphrase;
pub use trouble::Trouble;
pub use unpack::{unpack, verify};
pub use write::{BackupWriter, Coding, Summary};
