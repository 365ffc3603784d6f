//! What is fuzzed: for each reader of foreign bytes a probe, a function of any bytes that panics when something does not
//! hold that must hold whatever it is given.
//!
//! libFuzzer makes the bytes up (`fuzz/`, `cargo xtask fuzz`); the tests of this crate give every probe what was found
//! before and is kept in `fuzz/corpus/`. What a probe claims stands above it. docs/fuzzing.md tells how long each was run.
//!
//! Deliberately absent: the network, the library's database, anything that is not reached by bytes from outside.

mod backups;
mod cuts;
mod delta3;
mod file_names;
mod frames;
mod messages;
mod ogg;
mod peaks;
mod pieces;
mod plain;
mod report_definitions;
mod settings;
mod side_files;
mod smdr_lines;
mod sound;
mod wav;

pub use backups::backups;
pub use cuts::cuts;
pub use delta3::delta3;
pub use file_names::file_names;
pub use frames::frames;
pub use messages::messages;
pub use ogg::ogg;
pub use peaks::peaks;
pub use report_definitions::report_definitions;
pub use settings::settings;
pub use side_files::side_files;
pub use smdr_lines::smdr_lines;
pub use wav::wav;

/// Gives any bytes to a reader. Panics when something does not hold.
pub type Probe = fn(&[u8]);

/// Every probe under the name of its target and of its folder in `fuzz/corpus/`.
pub const PROBES: &[(&str, Probe)] = &[
    ("backups", backups),
    ("cuts", cuts),
    ("delta3", delta3),
    ("file_names", file_names),
    ("frames", frames),
    ("messages", messages),
    ("ogg", ogg),
    ("peaks", peaks),
    ("report_definitions", report_definitions),
    ("settings", settings),
    ("side_files", side_files),
    ("smdr_lines", smdr_lines),
    ("wav", wav),
];
