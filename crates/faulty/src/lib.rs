//! What the faults of `faults/` need of C: a disk beneath SQLite that fails when it is told to, a way to a database past
//! the product, and what TCP says was acknowledged.
//!
//! Deliberately absent: anything of the product, and any use by it.

#![cfg(unix)]
#![allow(
    unsafe_code,
    reason = "SQLite's virtual file system and a socket's counters can be reached no other way"
)]

pub mod acknowledged;
pub mod disk;
pub mod sql;
