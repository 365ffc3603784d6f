//! What the desk says, as far as the tray and notifications care.

use contract::calls::CallRow;
use contract::links::Lamp;
use contract::live::LiveCall;
use contract::{Place, Push};

#[derive(Clone, Debug)]
pub enum Heard {
    Call(Box<CallRow>),
    CallGone(String),
    Lamp(Lamp),
    /// All there is, after the beginning and after something was missed.
    Everything {
        calls: Vec<LiveCall>,
        lamps: Vec<Lamp>,
    },
    /// The lock was closed: the desk says nothing more until it is opened, and then everything.
    Locked,
    /// The library could not be opened: nothing is collected.
    NoLibrary {
        says: String,
    },
    /// Something went wrong, or there is something, that nobody may be looking for just now.
    Upkeep {
        title: String,
        says: String,
        place: Place,
    },
}

impl Heard {
    /// `None`: of no interest here. [`Push::AskAgain`] is the caller's to answer, with everything.
    pub fn of(push: Push) -> Option<Self> {
        match push {
            Push::Call(call) => Some(Heard::Call(Box::new(call.row))),
            Push::CallGone { id } => Some(Heard::CallGone(id)),
            Push::Lamp(lamp) => Some(Heard::Lamp(lamp)),
            // What other screens live from.
            _ => None,
        }
    }
}
