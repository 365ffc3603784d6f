//! What holds for this computer alone: starting with it, closing the window, notifications, when to look for updates.
//! Kept beside the window, not in the library: another computer that looks at the same library has its own.

use crate::command::command;
use crate::updates::UpdateView;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskComputer {}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComputerView {
    pub prefs: ComputerPrefs,
    pub role: Role,
    pub autostart: Autostart,
    pub tray: Tray,
    /// Notifications are held back until then, whatever the quiet hours say.
    pub paused_until_ms: Option<i64>,
    pub update: UpdateView,
}

/// Replaces all preferences of this computer; they hold at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveComputer {
    pub prefs: ComputerPrefs,
}

/// Starts CallDoc with the computer, or no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAutostart {
    pub autostart: AutostartChoice,
}

/// Holds notifications back, or lets them through again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseNotices {
    pub pause: Pause,
}

/// What is missing here reads as its default, so that older files stay good.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ComputerPrefs {
    pub closing: Closing,
    pub notices: NoticePrefs,
    pub quiet: QuietHours,
    pub updates: UpdatePrefs,
}

/// What closing the window does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    /// Says once that calls go on being collected, and offers to quit instead.
    #[default]
    Ask,
    KeepCollecting,
    Quit,
}

/// Which notifications a person wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NoticePrefs {
    /// A caller gave up waiting.
    pub abandoned: bool,
    /// A caller reached nobody: voicemail, busy, no answer.
    pub missed: bool,
    /// A source is lost for longer than a moment.
    pub links: bool,
    /// A backup or an update did not go well, or an update is there.
    pub upkeep: bool,
}

impl Default for NoticePrefs {
    fn default() -> Self {
        Self { abandoned: true, missed: false, links: true, upkeep: true }
    }
}

/// Hours of each day in which nothing is shown, by this computer's clock. From after to: over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QuietHours {
    pub on: bool,
    /// Minutes after midnight, 0 to 1439; the first quiet one.
    pub from_minute: u16,
    /// The first that is not quiet any more.
    pub to_minute: u16,
}

impl Default for QuietHours {
    fn default() -> Self {
        Self { on: false, from_minute: 19 * 60, to_minute: 7 * 60 }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UpdatePrefs {
    pub look: Look,
    pub channel: Channel,
}

/// When CallDoc looks for a newer version.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Look {
    /// At start and once a day.
    #[default]
    Daily,
    /// Only when a person asks.
    ByHand,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    #[default]
    Stable,
    /// Versions before they are released.
    Beta,
}

/// How this window stands to the computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The one that a person starts every day: it has the tray, notifies and updates itself.
    Everyday,
    /// The demo, or another library: it ends with its window and notifies nobody.
    Apart,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Autostart {
    On,
    Off,
    /// The system did not say.
    Unknown {
        says: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AutostartChoice {
    On,
    Off,
}

/// Whether the desktop shows CallDoc's icon while the window is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tray {
    Shown,
    /// This desktop has no place for it: starting CallDoc again brings the window back.
    Missing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pause {
    ForAnHour,
    UntilTomorrow,
    /// Lets them through again.
    Resume,
}

command!(AskComputer, "computer", ComputerView);
command!(SaveComputer, "save_computer", ComputerView);
command!(SetAutostart, "set_autostart", ComputerView);
command!(PauseNotices, "pause_notices", ComputerView);

#[cfg(test)]
mod tests {
    use super::ComputerPrefs;

    #[test]
    fn preferences_of_an_older_version_keep_what_they_say() {
        let read: ComputerPrefs =
            serde_json::from_str(r#"{"closing":"quit","notices":{"missed":true}}"#).expect("an older file");
        assert!(read.notices.missed, "what is said counts");
        assert!(read.notices.links, "what is not said has its default");
        assert_eq!(read.closing, super::Closing::Quit, "the choice is kept");
    }
}
