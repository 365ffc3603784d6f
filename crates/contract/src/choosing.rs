//! Places outside the library that a person chooses; the shell shows the system's own window for it.

use crate::command::command;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChooseFolder {
    /// "Folder that is watched for recordings"
    pub title: String,
}

/// The folder as text for a field of the settings; `None`: the person changed their mind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    pub folder: Option<String>,
}

command!(ChooseFolder, "choose_folder", Chosen);
