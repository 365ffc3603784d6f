//! What the desk says by itself, the moment it is known (and already safe on disk).

use crate::health::HealthEntry;
use crate::links::Lamp;
use crate::live::{LiveCall, Person};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "push", content = "with", rename_all = "snake_case")]
pub enum Push {
    /// A call began, changed or ended (`row.ended_ms`); replaces what was known under its id.
    Call(LiveCall),
    /// A call turned out to be part of another one.
    CallGone {
        id: String,
    },
    Person(Person),
    /// Figures of groups or of the day may have changed: ask again when they are on the screen.
    FiguresChanged,
    Lamp(Lamp),
    Health(HealthEntry),
    /// Sites or names changed: ask again.
    SettingsChanged,
    /// The receiver fell behind and missed pushes: ask for everything on the screen again.
    AskAgain,
}
