//! The way from a new library to the first call: finding the PBX, what to set there, what has come since, the demo.

use crate::command::command;
use crate::links::Source;
use crate::sites::{DevlinkSettings, SmdrSettings};
use serde::{Deserialize, Serialize};

/// Looks for an IP Office in this computer's own networks. Only private addresses are tried, for some seconds at most.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindPbx {}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PbxSearch {
    /// The likeliest first.
    pub found: Vec<FoundPbx>,
    /// How many addresses were tried.
    pub looked: u32,
    pub end: SearchEnd,
    /// What came of it, as a sentence.
    pub says: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SearchEnd {
    #[default]
    Through,
    OutOfTime,
    Stopped,
}

/// An address that answers where an IP Office does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundPbx {
    pub address: String,
    /// DevLink3's port that answered; `None`: only the port of IP Office Manager did.
    pub devlink: Option<FoundDevlink>,
    pub says: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundDevlink {
    pub port: u16,
    pub tls: bool,
}

/// Ends a search that is going on; it answers with what it has. None going on is no error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopFindingPbx {}

/// What to set in IP Office Manager for settings that need not be stored yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskManagerSteps {
    pub devlink: Option<DevlinkSettings>,
    pub smdr: Option<SmdrSettings>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManagerSteps {
    /// This computer's address as the PBX reaches it; `None` without a network.
    pub this_computer: Option<String>,
    /// Each a sentence; empty for a source that is not wanted.
    pub devlink: Vec<String>,
    pub smdr: Vec<String>,
}

/// What each source has delivered since it was set up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskChecklist {}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checklist {
    /// Of each site, in the order of the lamps.
    pub items: Vec<ChecklistItem>,
    /// Worth showing: something is awaited, or nobody has put the finished list away.
    pub shown: bool,
    /// Every source that is set up has delivered: the list may be put away.
    pub done: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChecklistItem {
    pub site: i64,
    pub site_name: String,
    pub source: Source,
    pub state: ChecklistState,
    /// What is the case, and what makes it come, as sentences.
    pub says: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChecklistState {
    NotSetUp,
    /// Set up; nothing has come yet.
    Awaited,
    Delivered,
}

/// Puts the list away. Refused while something is awaited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PutChecklistAway {}

/// Closes this window and opens one on another office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenOffice {
    pub office: OfficeKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfficeKind {
    Own,
    Demo,
}

command!(FindPbx, "find_pbx", PbxSearch);
command!(StopFindingPbx, "stop_finding_pbx", ());
command!(AskManagerSteps, "manager_steps", ManagerSteps);
command!(AskChecklist, "checklist", Checklist);
command!(PutChecklistAway, "put_checklist_away", Checklist);
command!(OpenOffice, "open_office", ());
