//! One file per table: its rows, its reads and its writes.

pub(crate) mod backups;
pub(crate) mod calls;
pub(crate) mod checkpoint;
pub(crate) mod events;
pub(crate) mod health;
pub(crate) mod journal;
pub(crate) mod keys;
pub(crate) mod leaves;
pub(crate) mod names;
pub(crate) mod notes;
pub(crate) mod office_settings;
pub(crate) mod outside;
pub(crate) mod people;
pub(crate) mod pools;
pub(crate) mod quarantine;
pub(crate) mod rates;
pub(crate) mod records;
pub(crate) mod related;
pub(crate) mod reports;
pub(crate) mod scorecards;
pub(crate) mod seen;
pub(crate) mod sites;
pub(crate) mod states;
pub(crate) mod tags;
