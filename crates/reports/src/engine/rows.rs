//! The rows of a run: one for each value, or pair of values, that came.

use super::axis::{Axis, Kind};
use super::day::{Day, Units};
use rustc_hash::FxHashMap;

/// Splits units among rows.
pub(crate) struct Rows {
    pub(crate) axes: Vec<Axis>,
    /// Where rows are pairs: ids of both, and which row that is.
    pairs: Vec<(u32, u32)>,
    places: FxHashMap<u64, u32>,
    /// Rows that are to be shown: some unit is in them.
    seen: Vec<bool>,
}

/// Units with their rows; a unit with several tags comes several times.
pub(crate) struct Placed {
    /// `None`: as the units were given.
    pub(crate) units: Option<Units>,
    pub(crate) slots: Vec<u32>,
    /// Of each axis.
    pub(crate) ids: Vec<Vec<u32>>,
}

impl Rows {
    pub(crate) fn new(axes: Vec<Axis>) -> Self {
        Self { axes, pairs: Vec::new(), places: FxHashMap::default(), seen: Vec::new() }
    }

    fn ids(&mut self, day: &Day<'_>, units: &Units) -> (Option<Units>, Vec<Vec<u32>>) {
        let tagged = self
            .axes
            .iter_mut()
            .enumerate()
            .find_map(|(place, axis)| Some((place, axis.tagged(day, units)?)));
        let Some((of_tags, (places, tags))) = tagged else {
            return (None, self.axes.iter_mut().map(|axis| axis.ids(day, units)).collect());
        };
        let repeated = units.at(&places);
        let mut ids: Vec<Vec<u32>> = Vec::with_capacity(self.axes.len());
        for (place, axis) in self.axes.iter_mut().enumerate() {
            ids.push(if place == of_tags { Vec::new() } else { axis.ids(day, &repeated) });
        }
        ids[of_tags] = tags;
        (Some(repeated), ids)
    }

    pub(crate) fn place(&mut self, day: &Day<'_>, units: &Units) -> Placed {
        let (repeated, ids) = self.ids(day, units);
        let count = repeated.as_ref().unwrap_or(units).calls.len();
        let slots = match ids.as_slice() {
            [] => vec![0; count],
            [one] => one.clone(),
            [first, second, ..] => {
                let mut last = (u32::MAX, u32::MAX, 0);
                let slots = first.iter().zip(second).map(|(a, b)| {
                    if (last.0, last.1) != (*a, *b) {
                        last = (*a, *b, self.slot(*a, *b));
                    }
                    last.2
                });
                slots.collect()
            }
        };
        Placed { units: repeated, slots, ids }
    }

    /// The row of ids; of one axis the second is 0.
    pub(crate) fn slot(&mut self, a: u32, b: u32) -> u32 {
        match self.axes.len() {
            0 => 0,
            1 => a,
            _ => {
                let pairs = &mut self.pairs;
                *self.places.entry(u64::from(a) << 32 | u64::from(b)).or_insert_with(|| {
                    pairs.push((a, b));
                    (pairs.len() - 1) as u32
                })
            }
        }
    }

    /// Ids of a row, one for each axis.
    pub(crate) fn ids_of(&self, slot: usize) -> Vec<u32> {
        match self.axes.len() {
            0 => Vec::new(),
            1 => vec![slot as u32],
            _ => self.pairs.get(slot).map_or_else(Vec::new, |(a, b)| vec![*a, *b]),
        }
    }

    pub(crate) fn len(&self) -> usize {
        match self.axes.as_slice() {
            [] => 1,
            [one] => one.len(),
            _ => self.pairs.len(),
        }
    }

    pub(crate) fn see(&mut self, slots: &[u32]) {
        let len = self.len();
        if self.seen.len() < len {
            self.seen.resize(len, false);
        }
        for slot in slots {
            self.seen[*slot as usize] = true;
        }
    }

    /// Rows that are shown: those that something is in, and every interval where only time splits them.
    pub(crate) fn shown(&self) -> Vec<u32> {
        let all = match self.axes.as_slice() {
            [] => true,
            [one] => matches!(one.kind, Kind::Interval(_)),
            _ => false,
        };
        let seen = |slot: &u32| all || self.seen.get(*slot as usize).copied().unwrap_or(false);
        (0..self.len() as u32).filter(seen).collect()
    }

    /// Where each row of another run is here.
    pub(crate) fn merge(&mut self, other: &Rows) -> Vec<u32> {
        let ids: Vec<Vec<u32>> =
            self.axes.iter_mut().zip(&other.axes).map(|(own, theirs)| own.merge(theirs)).collect();
        let slots: Vec<u32> = match ids.as_slice() {
            [] => vec![0],
            [one] => one.clone(),
            [first, second, ..] => {
                let mut slots = Vec::with_capacity(other.pairs.len());
                for (a, b) in &other.pairs {
                    slots.push(self.slot(first[*a as usize], second[*b as usize]));
                }
                slots
            }
        };
        let seen: Vec<u32> =
            slots.iter().zip(&other.seen).filter(|(_, seen)| **seen).map(|(slot, _)| *slot).collect();
        self.see(&seen);
        slots
    }
}
