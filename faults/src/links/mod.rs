//! What the network and the PBX do: come and go, crawl, flood, restart, change their names; and the computer sleeps.

pub(crate) mod clock;
pub(crate) mod flap;
pub(crate) mod flood;
pub(crate) mod names;
mod pbx;
pub(crate) mod restart;
pub(crate) mod sleep;
pub(crate) mod slow;
