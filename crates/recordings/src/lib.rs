//! The library of recordings: read, kept as Opus, named, matched to calls.

pub mod audio;
pub mod export;
mod format;
pub mod matching;
pub mod naming;
mod ogg;
mod opus_code;
mod opus_head;
mod opus_pages;
mod output;
pub mod peaks;
pub mod place;
mod resample;
pub mod retag;
pub mod seal;
pub mod side_file;
pub mod silence;
pub mod stored;
mod take;
mod unreadable;

pub use format::{AudioFormat, Codec, Sha256, Span};
pub use seal::Key;
pub use take::{Cancel, Encoding, Tags, Take, Taken, take};
pub use unreadable::Unreadable;
