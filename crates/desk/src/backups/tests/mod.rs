//! Backups over a real library, by a clock turned by hand.

mod kit;
mod making;
mod rescue;
mod restoring;
mod scheduled;
mod taking_over;
