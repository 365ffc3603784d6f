//! A dictionary of a leaf: its entries in one piece of text, so that a day costs a few allocations and not thousands.

use super::Damaged;
use super::coding::{Bytes, put_texts};
use rustc_hash::FxHashMap;

/// Entries of one or more texts each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    arity: usize,
    all: String,
    /// Where each text begins, and where the last ends.
    starts: Vec<u32>,
}

impl Texts {
    pub fn len(&self) -> usize {
        (self.starts.len().saturating_sub(1)).checked_div(self.arity).unwrap_or(0)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The text at place `field` of an entry; empty where there is none.
    pub fn get(&self, entry: usize, field: usize) -> &str {
        let text = entry * self.arity + field;
        let (Some(from), Some(to)) = (self.starts.get(text), self.starts.get(text + 1)) else { return "" };
        self.all.get(*from as usize..*to as usize).unwrap_or_default()
    }

    /// Of an entry that is a site and a number.
    pub fn pair(&self, entry: usize) -> (i64, &str) {
        (self.get(entry, 0).parse().unwrap_or(0), self.get(entry, 1))
    }

    pub(crate) fn put(&self, out: &mut Vec<u8>) {
        let lengths: Vec<i64> = self.starts.windows(2).map(|ends| i64::from(ends[1] - ends[0])).collect();
        put_texts(out, &lengths, &self.all);
    }

    pub(crate) fn read(bytes: &mut Bytes<'_>, arity: usize) -> Result<Self, Damaged> {
        let (lengths, all) = bytes.texts()?;
        if arity == 0 || lengths.len() % arity != 0 {
            return Err(Damaged::Coding);
        }
        let mut starts = Vec::with_capacity(lengths.len() + 1);
        let mut end = 0_usize;
        starts.push(0);
        for length in lengths {
            let length = usize::try_from(length).map_err(|_| Damaged::Coding)?;
            end = end.checked_add(length).filter(|end| all.is_char_boundary(*end)).ok_or(Damaged::Coding)?;
            starts.push(u32::try_from(end).map_err(|_| Damaged::Coding)?);
        }
        if end != all.len() {
            return Err(Damaged::Coding);
        }
        Ok(Self { arity, all: all.to_owned(), starts })
    }
}

/// Gives each distinct entry its place, in the order in which they come.
#[derive(Debug)]
pub(crate) struct Dictionary {
    texts: Texts,
    places: FxHashMap<String, u32>,
}

impl Dictionary {
    pub(crate) fn new(arity: usize) -> Self {
        Self { texts: Texts { arity, all: String::new(), starts: vec![0] }, places: FxHashMap::default() }
    }

    pub(crate) fn place(&mut self, entry: &[&str]) -> i64 {
        let key = key(entry);
        if let Some(place) = self.places.get(&key) {
            return i64::from(*place);
        }
        let place = self.texts.len() as u32;
        for text in entry {
            self.texts.all.push_str(text);
            self.texts.starts.push(self.texts.all.len() as u32);
        }
        self.places.insert(key, place);
        i64::from(place)
    }

    /// Nothing of a column of plain numbers.
    pub(crate) fn into_texts(self) -> Texts {
        if self.texts.arity == 0 { Texts::default() } else { self.texts }
    }
}

/// Each text with its length, so that no two entries look alike whatever stands in them.
fn key(entry: &[&str]) -> String {
    let mut key = String::with_capacity(entry.iter().map(|text| text.len() + 4).sum());
    for text in entry {
        key.push_str(&text.len().to_string());
        key.push(':');
        key.push_str(text);
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_has_one_place_however_often_it_comes() {
        let mut dictionary = Dictionary::new(2);
        assert_eq!(dictionary.place(&["1", "204"]), 0, "the first");
        assert_eq!(dictionary.place(&["2", "204"]), 1, "the same number of another site is another phone");
        assert_eq!(dictionary.place(&["1", "204"]), 0, "known already");
        let texts = dictionary.into_texts();
        assert_eq!((texts.len(), texts.pair(1)), (2, (2, "204")), "read back");
        let mut bytes = Vec::new();
        texts.put(&mut bytes);
        assert_eq!(Texts::read(&mut Bytes(&bytes), 2), Ok(texts), "and from bytes");
        assert_eq!(Texts::read(&mut Bytes(&bytes), 3), Err(Damaged::Coding), "four texts are no threes");
    }

    #[test]
    fn an_entry_that_is_not_there_is_empty() {
        assert_eq!(Texts::default().get(3, 1), "", "no panic");
        assert!(Texts::default().is_empty(), "of no arity at all");
    }
}
