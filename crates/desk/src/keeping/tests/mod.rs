//! Recordings kept in order: each act on files cut off at each of its steps, and the library opened again.

mod aside;
mod deleting;
mod encryption;
mod exports;
pub(crate) mod kit;
mod listening;
mod privacy;
mod silencing;
mod verifying;
mod witness;
mod written;
