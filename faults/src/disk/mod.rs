//! The disk fails: errors, power cuts, no room, no right to write.

pub(crate) mod errors;
pub(crate) mod full;
pub(crate) mod full_more;
pub(crate) mod older;
pub(crate) mod power;
pub(crate) mod power_files;
pub(crate) mod read_only;
mod small;
