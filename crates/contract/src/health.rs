//! The health list: what went wrong, in plain words, newest first.

use crate::command::command;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskHealth {}

/// Something amiss. Repetitions are counted in one entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HealthEntry {
    pub first_ms: i64,
    pub last_ms: i64,
    pub times: u64,
    pub site_name: Option<String>,
    pub kind: HealthKind,
    pub says: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HealthKind {
    Link,
    Quarantine,
    Protocol,
    Gap,
    Keychain,
    Library,
}

command!(AskHealth, "health", Vec<HealthEntry>);
