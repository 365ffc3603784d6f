//! What people write about calls: notes at a time, tags.

use crate::command::command;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub id: i64,
    pub call: Option<String>,
    pub recording: Option<String>,
    /// The instant of the call that it is about.
    pub about_ms: Option<i64>,
    pub text: String,
    pub written_ms: i64,
    pub changed_ms: Option<i64>,
}

/// Stores a note: a new one without `id`. At least one of `call` and `recording` is given; a recording's note is shown
/// with its call as well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveNote {
    pub id: Option<i64>,
    pub call: Option<String>,
    pub recording: Option<String>,
    pub about_ms: Option<i64>,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoveNote {
    pub id: i64,
}

/// Tags and how often each is used, the most used first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskTags {}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagLine {
    pub tag: String,
    pub times: u64,
}

/// Adds and removes tags of a call, or of a recording that has no call. Gives the tags it has now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetTags {
    pub call: Option<String>,
    pub recording: Option<String>,
    pub add: Vec<String>,
    pub remove: Vec<String>,
}

command!(SaveNote, "save_note", Note);
command!(RemoveNote, "remove_note", ());
command!(AskTags, "tags", Vec<TagLine>);
command!(SetTags, "set_tags", Vec<String>);
