//! The directory of an office: people and their extensions by date, and what hunt groups and trunks are called.
//!
//! A [`Book`] answers what a number was called at an instant. What people entered or imported stands before what the PBX
//! says; what the PBX says is kept with its dates as well, so that older calls keep the older name. [`check`] says in
//! words why a person cannot be stored, [`read_csv`] what a file of people would change.
//!
//! Deliberately absent: the disk, the clock, time zones (an [`Office`] knows its dates).

mod book;
mod check;
mod csv;
mod pbx;
mod person;
mod sheet;
mod span;

pub use book::{Book, Holder};
pub use check::check;
pub use csv::{Line, Plan, Verdict, read_csv};
pub use pbx::Teller;
pub use person::{Holding, Person, Source};
pub use span::Span;

use model::{At, SiteId};

/// What is known of the office that a directory is for.
pub trait Office {
    /// Sites that are listened to.
    fn sites(&self) -> Vec<(SiteId, String)>;
    /// The day's first instant in the office's zone, of a date such as `2026-06-01`; `None` for what is no date.
    fn start_of(&self, date: &str) -> Option<At>;
    /// The date an instant is on, as it is said in a sentence.
    fn date(&self, at: At) -> String;

    fn site_name(&self, site: SiteId) -> String {
        let sites = self.sites();
        sites.into_iter().find(|(id, _)| *id == site).map_or_else(String::new, |(_, name)| name)
    }
}
