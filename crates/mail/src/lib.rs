//! Mail with a file, through the office's own server, never without encryption.
//!
//! Deliberately absent: what is sent and when (`desk`), where the password is kept, the clock.

mod error;
mod letter;
mod server;

pub use error::MailError;
pub use letter::{Attached, Letter, check_address};
pub use server::{Login, Security, Server, send};
