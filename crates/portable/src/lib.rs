//! All settings as one file: its form, how its numbers become a library's, and what it would change there.
//!
//! Deliberately absent: the library, files on disk, and taking anything in; that is `desk`'s.

mod file;
mod ids;
mod plan;

pub use file::{NumberName, SettingsFile};
pub use ids::{Ids, is_not_here};
pub use plan::{Change, PARTS, Piece, Planned, plan};
