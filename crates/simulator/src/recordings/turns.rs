//! Who speaks when: two people taking turns, with pauses.

use crate::dice::Dice;
use serde::Serialize;

/// A stretch in which one party speaks, in milliseconds of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Turn {
    pub who: Who,
    pub from_ms: u64,
    pub to_ms: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// The office's side: left, where the file has two channels.
    Office,
    /// The other side: right.
    Other,
}

const FIRST_MS: (u64, u64) = (150, 600);
const TURN_MS: (u64, u64) = (1_200, 6_500);
const PAUSE_MS: (u64, u64) = (250, 900);
/// One pause in so many is long: somebody looks something up.
const LONG_PAUSE_EVERY: u64 = 6;
const LONG_PAUSE_MS: (u64, u64) = (2_500, 7_000);

pub(super) fn turns(seed: u64, length_ms: u64) -> Vec<Turn> {
    let mut dice = Dice::new(seed ^ 0x7475_726e);
    let mut turns = Vec::new();
    let mut at = dice.between(FIRST_MS.0, FIRST_MS.1).min(length_ms / 4);
    let mut who = Who::Office;
    while at < length_ms {
        let to_ms = (at + dice.between(TURN_MS.0, TURN_MS.1)).min(length_ms);
        turns.push(Turn { who, from_ms: at, to_ms });
        let pause = if dice.one_in(LONG_PAUSE_EVERY) { LONG_PAUSE_MS } else { PAUSE_MS };
        at = to_ms + dice.between(pause.0, pause.1);
        who = match who {
            Who::Office => Who::Other,
            Who::Other => Who::Office,
        };
    }
    turns
}
