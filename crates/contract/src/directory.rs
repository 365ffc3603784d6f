//! The directory: who has which extension and since when, and the names of groups and trunks.

use crate::command::command;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskDirectory {}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directory {
    /// By name.
    pub people: Vec<PersonEntry>,
    pub groups: Vec<NumberEntry>,
    pub trunks: Vec<NumberEntry>,
    /// Extensions seen in calls that belong to nobody, those with the most calls first.
    pub unmapped: Vec<Unmapped>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonEntry {
    /// 0: not stored yet.
    pub id: i64,
    pub name: String,
    /// In order of time. A person may have several at once.
    pub extensions: Vec<Holding>,
    pub source: NameSource,
}

/// An extension and when it was a person's. `None` at either end: without limit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holding {
    pub site: i64,
    pub extension: String,
    /// From this instant on.
    pub from_ms: Option<i64>,
    /// Up to, not including.
    pub to_ms: Option<i64>,
}

/// Where a name comes from. What a person entered or imported is never overwritten by what the PBX says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameSource {
    /// The PBX's lists, or the names that calls and records carry.
    #[default]
    Pbx,
    Csv,
    Hand,
}

/// A hunt group's or trunk's number and what it is called.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberEntry {
    pub site: i64,
    pub number: String,
    pub name: Option<String>,
    pub source: NameSource,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmapped {
    pub site: i64,
    pub extension: String,
    /// Calls on which it rang or talked.
    pub calls: u64,
    pub last_ms: i64,
}

/// Stores a person (a new one for id 0). An extension that another person has at the same time is refused in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavePerson {
    pub person: PersonEntry,
}

/// Calls keep the extension; it is listed as unmapped again unless the PBX names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovePerson {
    pub id: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberKind {
    Group,
    Trunk,
}

/// Names a group or a trunk by hand; `None` goes back to what the PBX calls it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameNumber {
    pub site: i64,
    pub kind: NumberKind,
    pub number: String,
    pub name: Option<String>,
}

/// Looks at a CSV of people without taking it in. Columns by their headings: name, extension, and optionally site,
/// from, to (dates of the office), in any order; comma, semicolon or tab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewPeople {
    pub text: String,
}

/// Takes in the good lines of a CSV of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPeople {
    pub text: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeoplePreview {
    /// In the order of the file.
    pub lines: Vec<PreviewLine>,
    pub added: u32,
    pub changed: u32,
    pub same: u32,
    pub bad: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewLine {
    /// Counted from 1, the heading included.
    pub line: u32,
    pub text: String,
    pub verdict: LineVerdict,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum LineVerdict {
    Added,
    /// What changes, in words.
    Changed {
        says: String,
    },
    Same,
    /// Why it can't be taken, and what to do.
    Bad {
        says: String,
    },
}

command!(AskDirectory, "directory", Directory);
command!(SavePerson, "save_person", PersonEntry);
command!(RemovePerson, "remove_person", ());
command!(NameNumber, "name_number", ());
command!(PreviewPeople, "preview_people", PeoplePreview);
command!(ImportPeople, "import_people", PeoplePreview);
