//! What can be made to go wrong, to see how a client takes it.

use devlink3::Flag;
use devlink3::message::{EventsResult, LoginReply};
use std::time::Duration;

/// Nothing goes wrong by default.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    /// The first logins are refused, one for each entry.
    pub refuse_logins: Vec<Refusal>,
    /// Every event request is answered with this.
    pub refuse_events: Option<EventsResult>,
    /// Flags that this PBX does not know: a request that holds one is refused.
    pub unknown_flags: Vec<Flag>,
    /// Flags that are known and not granted: the others are, as a partial success.
    pub refused_flags: Vec<Flag>,
    /// What happens by itself, and how long after the start.
    pub timed: Vec<(Duration, Fault)>,
}

/// Something that goes wrong at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Every DevLink3 connection is cut.
    DropConnections,
    /// The next event reaches nobody, and the counter moves on.
    SkipEvent,
    /// Bytes that are no frame go to every client that gets events.
    Garbage,
}

/// How a login is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    Failed,
    LimitsExceeded,
    RetryLater,
    LicenceMissing,
}

impl Refusal {
    pub(crate) fn reply(self) -> LoginReply<'static> {
        match self {
            Refusal::Failed => LoginReply::Failed,
            Refusal::LimitsExceeded => LoginReply::LimitsExceeded,
            Refusal::RetryLater => LoginReply::RetryLater,
            Refusal::LicenceMissing => LoginReply::LicenceMissing,
        }
    }
}
