//! What is fuzzed: for each reader of foreign bytes a probe, a function of any bytes that panics when something does not
//! hold that must hold whatever it is given.
//!
//! libFuzzer makes the bytes up (`fuzz/`, `cargo xtask fuzz`); the tests of this crate give every probe what was found
//! before and is kept in `fuzz/corpus/`. What a probe claims stands above it. docs/fuzzing.md tells how long each was run.
//!
//! Deliberately absent: the network, the library's database, anything that is not reached by bytes from outside.

mod cuts;
mod delta3;
mod frames;
mod messages;
mod pieces;
mod plain;
mod smdr_lines;

pub use cuts::cuts;
pub use delta3::delta3;
pub use frames::frames;
pub use messages::messages;
pub use smdr_lines::smdr_lines;

/// Gives any bytes to a reader. Panics when something does not hold.
pub type Probe = fn(&[u8]);

/// Every probe under the name of its target and of its folder in `fuzz/corpus/`.
pub const PROBES: &[(&str, Probe)] = &[
    ("cuts", cuts),
    ("delta3", delta3),
    ("frames", frames),
    ("messages", messages),
    ("smdr_lines", smdr_lines),
];
