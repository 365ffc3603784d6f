//! A day of a large office at many times its speed: `calldoc-cli collect` in a process of its own, watched from outside
//! while a simulated IP Office talks to it, and held to the truth at the end.
//!
//! Deliberately absent: any look into the collector by its own word alone. Memory, files and threads come from the
//! kernel, the queues from the sockets and the library, the figures from the calls that `calldoc-cli` gives out.

mod collector;
mod compare;
mod day;
mod kernel;
mod line;
mod reports;
mod sample;
mod table;
mod verdict;

pub use compare::{Compared, Length};
pub use day::{Options, Outcome, compare_kept, soak};
pub use line::slope;
pub use sample::Sample;
pub use verdict::{Bounds, Verdict};
