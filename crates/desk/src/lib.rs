//! Composition: owns the tasks, wires the rooms, serves the window and the command line.
//!
//! A source's bytes go through [`recorder`]'s loop: committed to the journal, interpreted ([`interpret`]), told
//! ([`happening`]). What is asked is answered from the board (now) and the store (history), in [`answers`].
//!
//! Deliberately absent: Tauri, SQL, wire formats, rules about calls. The clock is asked in [`clock`] only.

pub mod answer;
mod answers;
pub mod backups;
mod behind;
mod board;
pub mod clock;
mod conclude;
mod decided;
mod desk;
mod diagnostics;
pub mod doctor;
mod finding;
mod happening;
mod health;
mod heard;
mod import;
mod interpret;
mod joined;
mod keeping;
pub mod keychain;
mod keying;
mod keys;
mod library;
pub mod lock;
pub mod logs;
mod look;
mod look_recordings;
mod look_reports;
mod mend;
mod names;
mod notes;
pub mod places;
mod portable;
mod privacy;
pub mod publish;
mod rebuild;
mod recorder;
mod reporting;
mod seen;
mod settled;
mod sources;
mod trouble;
mod view;
pub mod zones;

pub use answer::Answer;
pub use clock::Clock;
pub use desk::{Desk, Opening, Start};
pub use diagnostics::FILE_NAME as DIAGNOSTICS_NAME;
pub use happening::{Happening, Happenings, Pushes};
pub use keychain::{Keychain, OsKeychain, RunOnlyKeychain, Secret};
pub use library::{Cut, Means, Step};
pub use look::Look;
pub use mend::forget_calls;
pub use places::{default_library, demo_library};
pub use rebuild::Rebuilt;
pub use words::Language;
