//! What a manager decides by hand about calls. A decision is an entry of the journal, so that it survives a rebuild, and
//! it is never deleted: it is taken back by another one.

use crate::{CallId, RecordRef};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "decided", rename_all = "snake_case")]
pub enum Decision {
    /// The two are one conversation. Records alone become part of the call that DevLink3 told; of two like calls, the one
    /// that began first goes on in the other.
    Join { first: CallId, second: CallId },
    /// The records are not of this call: they are a call of their own.
    Part { call: CallId, records: Vec<RecordRef> },
    /// The call counts by itself: it was no consultation, twin or conference leg of the other one.
    Separate { call: CallId, from: CallId },
    /// The decision at this place in the journal holds no more.
    TakeBack { decision: i64 },
}
