//! The library itself is in trouble: a page of it is damaged, somebody else holds it.

pub(crate) mod locked;
pub(crate) mod page;
