//! What the desk says by itself, the moment it is known (and already safe on disk).

use crate::computer::ComputerView;
use crate::health::HealthEntry;
use crate::intake::IntakeView;
use crate::links::Lamp;
use crate::live::{LiveCall, Person};
use crate::player::PlayerView;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
// Its name outside: for a name beside the content, the page would hold code to put every content aside first.
#[serde(rename_all = "snake_case")]
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
    /// The player was steered, or something happened to it.
    Player(Box<PlayerView>),
    /// Some twenty times a second while it plays.
    Position {
        position_ms: i64,
    },
    /// Recordings came, went, were matched, noted, tagged or scored: ask again when they are on the screen.
    RecordingsChanged,
    Intake(IntakeView),
    Verifying {
        done: u64,
        of: u64,
    },
    ReportProgress(crate::reports::ReportProgress),
    /// A schedule went out, or failed: ask again.
    SchedulesChanged,
    /// A backup or a restore goes on.
    BackupProgress(crate::backups::BackupProgress),
    /// One came to its end, or its schedule was changed: ask again.
    BackupsChanged,
    /// The window was locked or unlocked. Nothing else is pushed while it is locked.
    Lock(crate::lock::LockState),
    /// Sites or names changed: ask again.
    SettingsChanged,
    /// Preferences of this computer, notifications or an update changed.
    Computer(Box<ComputerView>),
    /// A person asked for this place outside the window: in the tray, or by a notification.
    GoTo(Place),
    /// The receiver fell behind and missed pushes: ask for everything on the screen again.
    AskAgain,
}

/// Where a person is taken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    Live,
    Calls,
    Health,
    Backups,
    ThisComputer,
}
