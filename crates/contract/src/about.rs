//! What the window needs to know of the program and the library before it can show anything.

use crate::command::command;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskAbout {}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    pub version: String,
    /// Every screen says that it shows a demo.
    pub demo: bool,
    /// IANA zone by which days are cut and times are shown.
    pub time_zone: String,
    pub clock: ZoneClock,
    /// How many sites the library has: none means that there is nothing to listen to yet.
    pub sites: u32,
    /// Now, by the desk's clock; running times are counted from it.
    pub now_ms: i64,
}

/// What a zone's clock shows more than UTC, and from when until when that holds for certain: the window then need not ask
/// the webview, which takes long over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZoneClock {
    pub offset_ms: i64,
    pub from_ms: i64,
    /// No longer at this instant.
    pub until_ms: i64,
}

command!(AskAbout, "about", About);
