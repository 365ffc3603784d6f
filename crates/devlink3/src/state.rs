//! How a link stands, as reported to desk.

use crate::flags::Flags;
use crate::trouble::Trouble;
use model::fact::NodeId;
use std::time::Duration;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkState {
    /// Looking up the name, opening the connection, securing it.
    Connecting,
    LoggingIn,
    /// The password was right; events are asked for.
    LoggedIn(PbxInfo),
    /// Events come in.
    Up(Granted),
    /// Events were lost on the way; the state of all calls has been (or will shortly be) asked for anew. `Up` follows.
    Healing {
        node: NodeId,
        expected: u32,
        got: u32,
    },
    /// Nothing was heard for this long, not even answers to test packets. `Down` follows.
    Stale {
        silent_seconds: u64,
    },
    /// Lost; tried again by itself after the wait.
    Down {
        trouble: Trouble,
        retry_after: Duration,
    },
}

/// What the PBX grants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Granted {
    pub flags: Flags,
    /// Asked for and not granted: calls come all the same.
    pub refused: Flags,
    pub pbx: PbxInfo,
}

/// What the PBX says of itself at the login.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PbxInfo {
    /// Type and version, for instance `Avaya IP500v2 11.1`.
    pub version: Option<String>,
    /// For instance `Standard 1.0`.
    pub variant: Option<String>,
}

/// Longest text of the PBX's own that is shown to people.
const MAX_INFO_CHARS: usize = 120;

impl PbxInfo {
    pub(crate) fn new(version: Option<&str>, variant: Option<&str>) -> Self {
        Self { version: version.and_then(presentable), variant: variant.and_then(presentable) }
    }
}

fn presentable(text: &str) -> Option<String> {
    let shown: String = text.chars().filter(|one| !one.is_control()).take(MAX_INFO_CHARS).collect();
    let shown = shown.trim();
    (!shown.is_empty()).then(|| shown.to_owned())
}
