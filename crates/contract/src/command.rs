//! Ties each request to its name and its reply, so that neither side can answer with another shape.

use serde::{Serialize, de::DeserializeOwned};

pub trait Command: Serialize + DeserializeOwned {
    /// Name of the command at the transport.
    const NAME: &'static str;
    type Reply: Serialize + DeserializeOwned;
}

macro_rules! command {
    ($request:ty, $name:literal, $reply:ty) => {
        impl $crate::Command for $request {
            const NAME: &'static str = $name;
            type Reply = $reply;
        }
    };
}
pub(crate) use command;
