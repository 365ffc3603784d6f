//! Columns as bytes: each number as narrow as the column's values allow, texts in one piece.
//!
//! A block of numbers begins with a byte that says its form and the count of its rows:
//! a constant (one value), dense (a base and 1, 2, 4 or 8 bytes for each row), or sparse (the value that most rows have,
//! then the places and values of the others).

use super::Damaged;

/// Rows of one day: two hundred times what the busiest PBX can connect. More is a damaged count, not to be allocated.
const ROWS_MAX: usize = 1 << 22;
/// Bytes of all texts of one column of a day.
const TEXT_BYTES_MAX: usize = 1 << 28;

const CONSTANT: u8 = 0;
const SPARSE: u8 = 9;

/// Appends a block of numbers.
pub(crate) fn put_numbers(out: &mut Vec<u8>, values: &[i64]) {
    let dense = Frame::of(values.iter().copied());
    if dense.width == 0 {
        out.push(CONSTANT);
        put_count(out, values.len());
        out.extend(dense.base.to_le_bytes());
        return;
    }
    let common = majority(values);
    let rare = || values.iter().enumerate().filter(|(_, value)| **value != common);
    let sparse = Frame::of(rare().map(|(_, value)| *value));
    let place_width = width_of(values.len() as u64);
    let sparse_bytes = rare().count() * (place_width + sparse.width.max(1)) + 22;
    if sparse_bytes >= values.len() * dense.width {
        out.push(dense.width as u8);
        put_count(out, values.len());
        out.extend(dense.base.to_le_bytes());
        values.iter().for_each(|value| dense.put(out, *value));
        return;
    }
    out.push(SPARSE);
    put_count(out, values.len());
    out.extend(common.to_le_bytes());
    put_count(out, rare().count());
    out.push(sparse.width.max(1) as u8);
    out.extend(sparse.base.to_le_bytes());
    for (place, _) in rare() {
        out.extend(&(place as u64).to_le_bytes()[..place_width]);
    }
    let sparse = Frame { width: sparse.width.max(1), ..sparse };
    rare().for_each(|(_, value)| sparse.put(out, *value));
}

/// Appends a block of texts.
pub(crate) fn put_texts(out: &mut Vec<u8>, lengths: &[i64], text: &str) {
    put_numbers(out, lengths);
    put_count(out, text.len());
    out.extend(text.as_bytes());
}

/// What is left to read.
pub(crate) struct Bytes<'b>(pub(crate) &'b [u8]);

impl<'b> Bytes<'b> {
    pub(crate) fn byte(&mut self) -> Result<u8, Damaged> {
        Ok(self.take(1)?[0])
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn numbers(&mut self) -> Result<Vec<i64>, Damaged> {
        let form = self.byte()?;
        let rows = self.count(ROWS_MAX)?;
        match form {
            CONSTANT => Ok(vec![self.number()?; rows]),
            1 | 2 | 4 | 8 => {
                let base = self.number()?;
                self.dense(rows, base, usize::from(form))
            }
            SPARSE => self.sparse(rows),
            _ => Err(Damaged::Coding),
        }
    }

    /// Lengths of the texts, and all of them in one piece.
    pub(crate) fn texts(&mut self) -> Result<(Vec<i64>, &'b str), Damaged> {
        let lengths = self.numbers()?;
        let bytes = self.count(TEXT_BYTES_MAX)?;
        let text = std::str::from_utf8(self.take(bytes)?).map_err(|_| Damaged::Coding)?;
        Ok((lengths, text))
    }

    fn dense(&mut self, rows: usize, base: i64, width: usize) -> Result<Vec<i64>, Damaged> {
        let bytes = self.take(rows * width)?;
        let add = |narrow: u64| base.wrapping_add(narrow as i64);
        Ok(match width {
            1 => bytes.iter().map(|byte| add(u64::from(*byte))).collect(),
            2 => bytes.as_chunks().0.iter().map(|two| add(u64::from(u16::from_le_bytes(*two)))).collect(),
            4 => bytes.as_chunks().0.iter().map(|four| add(u64::from(u32::from_le_bytes(*four)))).collect(),
            8 => bytes.as_chunks().0.iter().map(|eight| add(u64::from_le_bytes(*eight))).collect(),
            _ => return Err(Damaged::Coding),
        })
    }

    fn sparse(&mut self, rows: usize) -> Result<Vec<i64>, Damaged> {
        let common = self.number()?;
        let rare = self.count(rows)?;
        let width = usize::from(self.byte()?);
        let base = self.number()?;
        let places = self.dense(rare, 0, width_of(rows as u64))?;
        let values = self.dense(rare, base, width)?;
        let mut all = vec![common; rows];
        for (place, value) in places.into_iter().zip(values) {
            let place = usize::try_from(place).map_err(|_| Damaged::Coding)?;
            *all.get_mut(place).ok_or(Damaged::Coding)? = value;
        }
        Ok(all)
    }

    fn count(&mut self, most: usize) -> Result<usize, Damaged> {
        let (four, _) = self.take(4)?.as_chunks();
        let count = u32::from_le_bytes(four[0]) as usize;
        if count > most { Err(Damaged::Coding) } else { Ok(count) }
    }

    fn number(&mut self) -> Result<i64, Damaged> {
        let (eight, _) = self.take(8)?.as_chunks();
        Ok(i64::from_le_bytes(eight[0]))
    }

    fn take(&mut self, bytes: usize) -> Result<&'b [u8], Damaged> {
        let (taken, rest) = self.0.split_at_checked(bytes).ok_or(Damaged::Coding)?;
        self.0 = rest;
        Ok(taken)
    }
}

/// Smallest value, and how many bytes the distance to the largest takes.
#[derive(Clone, Copy)]
struct Frame {
    base: i64,
    width: usize,
}

impl Frame {
    fn of(values: impl Iterator<Item = i64>) -> Self {
        let ends = values.fold(None, |ends: Option<(i64, i64)>, value| {
            Some(ends.map_or((value, value), |(low, high)| (low.min(value), high.max(value))))
        });
        let Some((low, high)) = ends else { return Self { base: 0, width: 0 } };
        let width = if low == high { 0 } else { width_of(high.wrapping_sub(low) as u64) };
        Self { base: low, width }
    }

    fn put(self, out: &mut Vec<u8>, value: i64) {
        out.extend(&(value.wrapping_sub(self.base) as u64).to_le_bytes()[..self.width]);
    }
}

fn width_of(largest: u64) -> usize {
    match largest {
        0..=0xff => 1,
        0x100..=0xffff => 2,
        0x1_0000..=0xffff_ffff => 4,
        _ => 8,
    }
}

/// The value that more than half of the rows have, where one has; else any.
fn majority(values: &[i64]) -> i64 {
    let mut candidate = 0;
    let mut lead = 0_usize;
    for value in values {
        if lead == 0 {
            candidate = *value;
        }
        lead = if *value == candidate { lead + 1 } else { lead - 1 };
    }
    candidate
}

fn put_count(out: &mut Vec<u8>, count: usize) {
    out.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn size(values: &[i64]) -> usize {
        let mut out = Vec::new();
        put_numbers(&mut out, values);
        assert_eq!(Bytes(&out).numbers().as_deref(), Ok(values), "what was written is read");
        out.len()
    }

    #[test]
    fn a_column_is_as_narrow_as_its_values() {
        let rows = 1_000;
        assert_eq!(size(&vec![7; rows]), 13, "one value");
        let small: Vec<i64> = (0..rows as i64).map(|row| 5_000_000 + row % 250).collect();
        assert_eq!(size(&small), 13 + rows, "a byte each, wherever they lie");
        let mut mostly: Vec<i64> = vec![-1; rows];
        mostly[500] = i64::MAX;
        mostly[501] = i64::MAX - 3;
        assert!(size(&mostly) < 40, "only what differs");
        assert_eq!(size(&[]), 13, "nothing is something too");
        assert_eq!(size(&[i64::MIN, i64::MAX]), 13 + 16, "the widest there are");
    }

    proptest! {
        #[test]
        fn numbers_come_back(values in prop::collection::vec(any::<i64>(), 0..60), common in any::<i64>(), times in 0_usize..80) {
            let mut all = values;
            all.extend(std::iter::repeat_n(common, times));
            size(&all);
        }

        #[test]
        fn stray_bytes_are_refused_and_nothing_else_happens(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            let _ = Bytes(&bytes).numbers();
            let _ = Bytes(&bytes).texts();
        }
    }
}
