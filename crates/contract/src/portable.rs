//! Settings in one file, to take them to another computer or to keep them: everything that people entered, without
//! passwords and without calls.

use crate::command::command;
use serde::{Deserialize, Serialize};

/// How the window looks, by name: what the shell keeps for this computer and the desk does not know.
pub type Preferences = Vec<(String, String)>;

/// How the window looked when it was closed. The lock does not keep them back: it is painted with them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskPreferences {}

/// Replaces all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeepPreferences {
    pub preferences: Preferences,
}

/// Tells the shell which language the window speaks, so that menus and notifications speak it too. The lock does not keep it
/// back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speak {
    /// As HTML names it.
    pub language: String,
}

/// Writes the file; the person says where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportSettings {
    pub preferences: Preferences,
}

/// `None`: the person changed their mind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportedSettings {
    pub file: Option<String>,
    /// What is in it, as a sentence.
    pub says: String,
}

/// What a file would change here. Nothing is changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewSettings {
    pub text: String,
    /// As they are now.
    pub preferences: Preferences,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsPreview {
    pub made_ms: i64,
    /// Of the program that wrote it.
    pub version: String,
    /// In the order in which they are taken in; what is the same here is left out.
    pub changes: Vec<SettingsChange>,
    /// How many settings of the file are here already as they are there.
    pub same: u32,
    /// The file's, for the window to take over once they are taken in.
    pub preferences: Preferences,
    /// What a person has to do afterwards: passwords to enter, folders to look at.
    pub afterwards: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsChange {
    pub part: SettingsPart,
    pub name: String,
    pub kind: ChangeKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    Added,
    Replaced,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettingsPart {
    PhoneSystem,
    Person,
    NumberName,
    Rates,
    Hours,
    Scorecard,
    Naming,
    RecordingSource,
    Retention,
    Encoding,
    Report,
    Schedule,
    Mail,
    Window,
}

/// Takes a file in. Nothing that is only here is removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportSettings {
    pub text: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsImported {
    pub taken: u32,
    /// What could not be taken in, each with its reason. The rest was.
    pub refused: Vec<String>,
}

command!(AskPreferences, "preferences", Preferences);
command!(KeepPreferences, "keep_preferences", ());
command!(Speak, "speak", ());
command!(ExportSettings, "export_settings", ExportedSettings);
command!(PreviewSettings, "preview_settings", SettingsPreview);
command!(ImportSettings, "import_settings", SettingsImported);
