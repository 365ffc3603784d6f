//! What goes into a session and what comes out of it.

use super::Notice;
use crate::state::LinkState;
use crate::trouble::Trouble;
use model::Said;
use std::fmt;

#[derive(Clone, Copy)]
pub enum Input<'a> {
    /// Bytes as they came.
    Received(&'a [u8]),
    /// Time has passed.
    Tick,
    /// The peer has closed the connection.
    Closed,
}

/// To be carried out in order.
#[derive(Clone, PartialEq, Eq)]
pub enum Output {
    Send(Vec<u8>),
    /// To be written before anything is concluded from it.
    Journal {
        said: Said,
        bytes: Vec<u8>,
    },
    State(LinkState),
    /// Something amiss that the conversation survives, for the health list.
    Noted(Notice),
    /// Close the connection. Nothing comes after it.
    Close(Trouble),
}

/// Bytes are told by their number only: they may be a password's or a caller's.
impl fmt::Debug for Output {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Output::Send(bytes) => write!(out, "Send({} bytes)", bytes.len()),
            Output::Journal { said, bytes } => write!(out, "Journal({said:?}, {} bytes)", bytes.len()),
            Output::State(state) => write!(out, "State({state:?})"),
            Output::Noted(notice) => write!(out, "Noted({notice:?})"),
            Output::Close(trouble) => write!(out, "Close({trouble:?})"),
        }
    }
}
