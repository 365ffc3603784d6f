//! Ties each request to its name and its reply, so that neither side can answer with another shape.

use serde::{Serialize, de::DeserializeOwned};

pub trait Command: Serialize + DeserializeOwned {
    /// Name of the command at the transport.
    const NAME: &'static str;
    const ANSWERED: Answered = Answered::Unlocked;
    type Reply: Serialize + DeserializeOwned;
}

/// When a command is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// Only while the window is not locked.
    Unlocked,
    /// Also while it is: it tells nothing of the office.
    Always,
}

macro_rules! command {
    ($request:ty, $name:literal, $reply:ty) => {
        impl $crate::Command for $request {
            const NAME: &'static str = $name;
            type Reply = $reply;
        }
    };
    ($request:ty, $name:literal, $reply:ty, Answered::$answered:ident) => {
        impl $crate::Command for $request {
            const NAME: &'static str = $name;
            const ANSWERED: $crate::command::Answered = $crate::command::Answered::$answered;
            type Reply = $reply;
        }
    };
}
pub(crate) use command;
