//! The whole of what an office says over a stretch of virtual time, with the truth: made in memory, without sockets and
//! without waiting.
//!
//! Deliberately absent: a clock, and anything that knows how CallDoc reads what is said.

mod line;
mod press;
mod reel;
mod settings;
#[cfg(test)]
mod tests;
mod traffic;
mod wishes;

pub use reel::{Piece, Reel};
pub use settings::{Neighbours, TapeSettings};

use crate::error::SimulatorError;
use crate::kind::Kind;
use contract::published::Call;
use model::{At, Said};

/// What was said, in order of time, and what is true, in order of the calls' starts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tape {
    pub spoken: Vec<Spoken>,
    pub truth: Vec<Truth>,
}

/// What CallDoc would journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    pub at: At,
    pub said: Said,
    pub bytes: Vec<u8>,
}

/// What is true of a call, however much of it was said.
#[derive(Clone, Debug, PartialEq)]
pub struct Truth {
    /// Its `sources` and `smdr` are what was really said of it: both are empty where nobody said a word.
    pub call: Call,
    pub kind: Kind,
    pub seen: Seen,
    pub neighbour: Option<Neighbour>,
}

/// How much of a call the sources showed. Of several the first one here holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Seen {
    /// It had begun before the tape.
    InProgressAtStart,
    /// The tape ends before all was said of it.
    InProgressAtStop,
    /// A part of it, or all, fell into a stretch without DevLink3.
    DevlinkGap,
    /// Rows of it, or of a call that belongs to it, were lost.
    SmdrGap,
    #[default]
    Whole,
}

/// What makes a call easy to mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Neighbour {
    /// Another call of the same outside party began within seconds.
    SameCaller,
    /// Another call of the same kind began at the same time, and all in it took as long.
    EqualLengths,
    /// One of its people had another call that ended, or began, in the same second.
    BackToBack,
    RowsLate,
    RowsTwice,
    RowsOutOfOrder,
    /// It is one of the first calls after the PBX's numbers started again.
    IdsStartAgain,
}

/// The same settings give the same tape.
pub fn tape(settings: &TapeSettings) -> Result<Tape, SimulatorError> {
    let mut tape = Tape::default();
    let mut truth = Vec::new();
    for piece in Reel::new(settings)? {
        match piece {
            Piece::Spoken(spoken) => tape.spoken.push(spoken),
            Piece::Truth { number, truth: told } => truth.push((number, *told)),
        }
    }
    truth.sort_by_key(|(number, _)| *number);
    tape.truth = truth.into_iter().map(|(_, truth)| truth).collect();
    Ok(tape)
}
