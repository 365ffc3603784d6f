//! The stored form of what a call rests on: a version byte, then numbers as LEB128 varints.
//!
//! It is read only together with its call and never searched, so that a row of its own per leg and record, for each of
//! a million calls, would buy nothing.

use model::fact::{LegId, NodeId};
use model::{At, Basis, Filled, Match, MatchMethod, Position, RecordRef};

const VERSION: u8 = 2;
/// Without what the records added, decisions and clocks.
const OLDEST_VERSION: u8 = 1;

/// Values of the match byte: append only.
const NO_MATCH: u8 = 0;
const BY_CALL_ID: u8 = 1;
const BY_BEST_SCORE: u8 = 2;
const BY_HAND: u8 = 3;

pub(crate) fn write(basis: &Basis) -> Vec<u8> {
    let mut out = Vec::with_capacity(24 + basis.legs.len() * 8 + basis.records.len() * 10);
    out.push(VERSION);
    put(&mut out, u64::from(basis.devlink_facts));
    put_position(&mut out, basis.first);
    put_position(&mut out, basis.last);
    put(&mut out, basis.legs.len() as u64);
    for leg in &basis.legs {
        put(&mut out, u64::from(leg.node.0));
        put(&mut out, u64::from(leg.call));
    }
    put(&mut out, basis.records.len() as u64);
    for record in &basis.records {
        put_position(&mut out, record.position);
        put(&mut out, record.call_id);
    }
    match basis.matched {
        None => out.push(NO_MATCH),
        Some(Match { method, confidence, clock_ahead_ms }) => {
            out.push(match method {
                MatchMethod::CallId => BY_CALL_ID,
                MatchMethod::BestScore => BY_BEST_SCORE,
                MatchMethod::ByHand => BY_HAND,
            });
            out.extend_from_slice(&confidence.to_le_bytes());
            put_signed(&mut out, clock_ahead_ms);
        }
    }
    put(&mut out, u64::from(basis.filled.fields));
    put_instant(&mut out, basis.filled.seen_from);
    put_instant(&mut out, basis.filled.seen_until);
    put(&mut out, basis.decisions.len() as u64);
    for decision in &basis.decisions {
        put(&mut out, decision.cast_unsigned());
    }
    out
}

/// `None` when the bytes are not what [`write`] makes.
pub(crate) fn read(bytes: &[u8]) -> Option<Basis> {
    let mut rest = bytes;
    let version = take(&mut rest)?;
    if !(OLDEST_VERSION..=VERSION).contains(&version) {
        return None;
    }
    let mut basis = Basis {
        devlink_facts: get(&mut rest)?.try_into().ok()?,
        first: get_position(&mut rest)?,
        last: get_position(&mut rest)?,
        legs: get_list(&mut rest, |rest| {
            let node = NodeId(get(rest)?.try_into().ok()?);
            Some(LegId { node, call: get(rest)?.try_into().ok()? })
        })?,
        records: get_list(&mut rest, |rest| {
            Some(RecordRef { position: get_position(rest)?, call_id: get(rest)? })
        })?,
        matched: get_match(&mut rest, version)?,
        ..Basis::default()
    };
    if version > OLDEST_VERSION {
        basis.filled = Filled {
            fields: get(&mut rest)?.try_into().ok()?,
            seen_from: get_instant(&mut rest)?,
            seen_until: get_instant(&mut rest)?,
        };
        basis.decisions = get_list(&mut rest, |rest| Some(get(rest)?.cast_signed()))?;
    }
    rest.is_empty().then_some(basis)
}

fn put(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Zigzag: small numbers of either sign stay short.
fn put_signed(out: &mut Vec<u8>, number: i64) {
    put(out, ((number << 1) ^ (number >> 63)).cast_unsigned());
}

fn put_instant(out: &mut Vec<u8>, at: Option<At>) {
    match at {
        None => out.push(0),
        Some(at) => {
            out.push(1);
            put_signed(out, at.0);
        }
    }
}

fn put_position(out: &mut Vec<u8>, position: Position) {
    put(out, position.seq.cast_unsigned());
    put(out, u64::from(position.index));
}

fn take(rest: &mut &[u8]) -> Option<u8> {
    let (first, later) = rest.split_first()?;
    *rest = later;
    Some(*first)
}

fn get(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0u64;
    for shift in (0..64).step_by(7) {
        let byte = take(rest)?;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

fn get_signed(rest: &mut &[u8]) -> Option<i64> {
    let number = get(rest)?;
    Some((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
}

fn get_instant(rest: &mut &[u8]) -> Option<Option<At>> {
    match take(rest)? {
        0 => Some(None),
        1 => Some(Some(At(get_signed(rest)?))),
        _ => None,
    }
}

fn get_position(rest: &mut &[u8]) -> Option<Position> {
    Some(Position { seq: get(rest)?.cast_signed(), index: get(rest)?.try_into().ok()? })
}

/// A count larger than the bytes that are left is no list of ours: nothing is reserved for it.
fn get_list<T>(rest: &mut &[u8], item: impl Fn(&mut &[u8]) -> Option<T>) -> Option<Vec<T>> {
    let count = usize::try_from(get(rest)?).ok().filter(|count| *count <= rest.len())?;
    (0..count).map(|_| item(rest)).collect()
}

fn get_match(rest: &mut &[u8], version: u8) -> Option<Option<Match>> {
    let method = match take(rest)? {
        NO_MATCH => return Some(None),
        BY_CALL_ID => MatchMethod::CallId,
        BY_BEST_SCORE => MatchMethod::BestScore,
        BY_HAND => MatchMethod::ByHand,
        _ => return None,
    };
    let (confidence, later) = rest.split_first_chunk::<4>()?;
    *rest = later;
    let clock_ahead_ms = if version > OLDEST_VERSION { get_signed(rest)? } else { 0 };
    Some(Some(Match { method, confidence: f32::from_le_bytes(*confidence), clock_ahead_ms }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> Basis {
        Basis {
            devlink_facts: 17,
            legs: vec![
                LegId { node: NodeId(0xc0a8_2a01), call: 3 },
                LegId { node: NodeId(1), call: u32::MAX },
            ],
            records: vec![RecordRef { position: Position { seq: 1 << 40, index: 9 }, call_id: u64::MAX }],
            matched: Some(Match {
                method: MatchMethod::BestScore,
                confidence: 0.83,
                clock_ahead_ms: -215_000,
            }),
            filled: Filled {
                fields: Filled::TRUNK | Filled::CHARGE,
                seen_from: Some(At(-1)),
                seen_until: Some(At(i64::MAX)),
            },
            decisions: vec![7, i64::MAX],
            first: Position { seq: 5, index: 0 },
            last: Position { seq: i64::MAX, index: u32::MAX },
        }
    }

    #[test]
    fn a_basis_comes_back_as_it_was_written() {
        for basis in [Basis::default(), full()] {
            assert_eq!(read(&write(&basis)).as_ref(), Some(&basis), "every field survives");
        }
    }

    #[test]
    fn bytes_that_were_cut_or_changed_are_refused() {
        let bytes = write(&full());
        for length in 0..bytes.len() {
            assert_eq!(read(&bytes[..length]), None, "cut at {length}");
        }
        assert_eq!(read(&[VERSION, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f]), None, "a count beyond the bytes");
        assert_eq!(read(&[9]), None, "an unknown version");
    }

    #[test]
    fn a_basis_of_the_first_version_is_still_read() {
        let bytes = [1, 2, 5, 0, 6, 0, 0, 1, 5, 0, 9, BY_CALL_ID, 0, 0, 128, 63];
        let basis = read(&bytes).expect("it can be read");
        assert_eq!((basis.devlink_facts, basis.records.len()), (2, 1), "its facts and its record");
        let matched = basis.matched.expect("joined");
        assert_eq!(
            (matched.confidence, matched.clock_ahead_ms),
            (1.0, 0),
            "certain, by a clock that was right"
        );
    }
}
