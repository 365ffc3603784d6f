//! What stands in the journal: raw bytes of a source, with when and where they came from.

use crate::{At, SiteId};
use serde::{Deserialize, Serialize};

/// What kind of bytes an entry holds. The numbers are stored: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Said {
    /// Payload of a DevLink3 event frame (from the 4-byte type on).
    DevlinkEvent = 1,
    /// Payload of the PBX's answer to the event request: it was accepted, and the state of every call in progress follows.
    DevlinkSnapshot = 2,
    /// The DevLink3 link went down (observed by us; the bytes are a UTF-8 reason).
    DevlinkLost = 3,
    /// The event counter jumped (observed by us; the bytes are UTF-8 `expected,got`).
    DevlinkGap = 4,
    /// One or more whole SMDR lines, line ends included.
    SmdrLines = 5,
    /// The content of `nasystem/user_list`.
    UserList = 6,
    /// The content of `nasystem/hunt_list`.
    HuntList = 7,
    /// What a manager decided by hand about calls: a [`crate::Decision`] as JSON.
    Decision = 8,
}

impl Said {
    pub fn from_code(code: u8) -> Option<Self> {
        Some(match code {
            1 => Said::DevlinkEvent,
            2 => Said::DevlinkSnapshot,
            3 => Said::DevlinkLost,
            4 => Said::DevlinkGap,
            5 => Said::SmdrLines,
            6 => Said::UserList,
            7 => Said::HuntList,
            8 => Said::Decision,
            _ => return None,
        })
    }

    pub fn code(self) -> u8 {
        self as u8
    }
}

/// One committed entry of the journal. `seq` grows with the time of arrival and is never used twice in a library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub seq: i64,
    pub at: At,
    pub site: SiteId,
    pub said: Said,
    pub bytes: Vec<u8>,
}

/// Where in the journal a fact stands: the entry, and the how-manieth fact of that entry (from 0).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    pub seq: i64,
    pub index: u32,
}
