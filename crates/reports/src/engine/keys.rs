//! The values that rows stand for, each with a number that is the same over all days of a run.

use model::report::{GroupRef, Key, Who};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::borrow::Cow;
use std::hash::BuildHasher;
use std::sync::Arc;

/// A value as rows are told apart by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Value {
    None,
    Person(i64),
    Extension(i64, Arc<str>),
    Group(i64, Arc<str>),
    Text(Arc<str>),
    Direction(i64),
    Site(i64),
    Event(u8),
}

/// Numbers of the values that came, in the order in which they came.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keys {
    values: Vec<Value>,
    ids: FxHashMap<Value, u32>,
    /// By their lower case.
    tags: FxHashMap<String, u32>,
    index: Index,
    /// Of each value, for texts that have one: see [`packed`].
    packed: Vec<u64>,
}

/// Where texts stand among the values: a table of their hashes. An office meets half a million numbers in some years;
/// looked up many at once, the waits for the memory overlap.
#[derive(Clone, Debug, Default)]
struct Index {
    /// The upper half of a hash, and 1 + the id; 0: free. As many as a power of two.
    slots: Vec<u64>,
    used: usize,
}

impl Keys {
    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }

    pub(crate) fn value(&self, id: u32) -> &Value {
        self.values.get(id as usize).unwrap_or(&Value::None)
    }

    pub(crate) fn id(&mut self, value: Value) -> u32 {
        if let Value::Text(text) = &value {
            return self.text(text);
        }
        if let Some(id) = self.ids.get(&value) {
            return *id;
        }
        let id = self.push(value.clone(), 0);
        self.ids.insert(value, id);
        id
    }

    /// Empty is nothing of the kind.
    pub(crate) fn text(&mut self, text: &str) -> u32 {
        self.hashed(Sought::of(text))
    }

    /// Of each text.
    pub(crate) fn texts(&mut self, texts: &[Cow<'_, str>]) -> Vec<u32> {
        let sought: Vec<Sought<'_>> = texts.iter().map(|text| Sought::of(text)).collect();
        let found: Vec<Option<u32>> =
            sought.iter().map(|sought| Index::id(self.index.slot(sought.hash), sought.hash)).collect();
        let known = sought.into_iter().zip(found);
        known
            .map(|(sought, found)| {
                found.filter(|id| self.is(*id, sought)).unwrap_or_else(|| self.hashed(sought))
            })
            .collect()
    }

    /// Spelt in whichever case, it is one; the spelling that sorts first is shown, whichever came first.
    pub(crate) fn tag(&mut self, tag: &str) -> u32 {
        let folded = tag.trim().to_lowercase();
        if folded.is_empty() {
            return self.id(Value::None);
        }
        let spelt = || Value::Text(tag.trim().into());
        let Some(id) = self.tags.get(&folded).copied() else {
            let id = self.push(spelt(), 0);
            self.tags.insert(folded, id);
            return id;
        };
        if let Value::Text(known) = &self.values[id as usize]
            && tag.trim() < &**known
        {
            self.values[id as usize] = spelt();
        }
        id
    }

    fn hashed(&mut self, sought: Sought<'_>) -> u32 {
        let Sought { text, packed, hash } = sought;
        if text.is_empty() {
            return self.id(Value::None);
        }
        if self.index.used * 2 >= self.index.slots.len() {
            self.index = Index::twice(&self.index, &self.values, &self.packed);
        }
        let mut place = hash;
        loop {
            let slot = self.index.slot(place);
            if slot == 0 {
                let id = self.push(Value::Text(text.into()), packed);
                self.index.put(place, hash, id);
                return id;
            }
            if let Some(id) = Index::id(slot, hash).filter(|id| self.is(*id, sought)) {
                return id;
            }
            place = place.wrapping_add(1);
        }
    }

    fn is(&self, id: u32, sought: Sought<'_>) -> bool {
        if sought.packed != 0 {
            return self.packed[id as usize] == sought.packed;
        }
        matches!(&self.values[id as usize], Value::Text(known) if **known == *sought.text)
    }

    fn push(&mut self, value: Value, packed: u64) -> u32 {
        self.values.push(value);
        self.packed.push(packed);
        (self.values.len() - 1) as u32
    }
}

impl Index {
    /// What stands at a place, counted around the table.
    fn slot(&self, place: u64) -> u64 {
        let mask = self.slots.len().wrapping_sub(1) as u64;
        self.slots.get((place & mask) as usize).copied().unwrap_or(0)
    }

    /// The id that a slot has for a hash; another text may have the same half of a hash.
    fn id(slot: u64, hash: u64) -> Option<u32> {
        (slot != 0 && slot >> 32 == hash >> 32).then(|| (slot as u32).wrapping_sub(1))
    }

    fn put(&mut self, place: u64, hash: u64, id: u32) {
        let mask = self.slots.len() - 1;
        self.slots[place as usize & mask] = (hash >> 32 << 32) | u64::from(id + 1);
        self.used += 1;
    }

    /// The same with twice the room.
    fn twice(&self, values: &[Value], packed: &[u64]) -> Self {
        let mut index = Self { slots: vec![0; (self.slots.len() * 2).max(64)], used: 0 };
        for slot in self.slots.iter().filter(|slot| **slot != 0) {
            let id = (*slot as u32).wrapping_sub(1);
            let hash = match (packed.get(id as usize), values.get(id as usize)) {
                (Some(packed), _) if *packed != 0 => spread(*packed),
                (_, Some(Value::Text(text))) => FxBuildHasher.hash_one(&**text),
                _ => continue,
            };
            let mut place = hash;
            while index.slot(place) != 0 {
                place = place.wrapping_add(1);
            }
            index.put(place, hash, id);
        }
        index
    }
}

/// A text that is looked for.
#[derive(Clone, Copy)]
struct Sought<'t> {
    text: &'t str,
    packed: u64,
    hash: u64,
}

impl<'t> Sought<'t> {
    fn of(text: &'t str) -> Self {
        let packed = packed(text);
        let hash = if packed == 0 { FxBuildHasher.hash_one(text) } else { spread(packed) };
        Self { text, packed, hash }
    }
}

/// A number as people dial it, in four bits for each of its up to sixteen signs: compared at once, without going to where
/// the text lies. Two texts never have the same. 0: none, for texts that are longer or have other signs.
fn packed(text: &str) -> u64 {
    if text.len() > 16 {
        return 0;
    }
    let mut packed = 0;
    for sign in text.bytes() {
        let four = match sign {
            b'1'..=b'9' => sign - b'0',
            b'0' => 10,
            b'+' => 11,
            b'*' => 12,
            b'#' => 13,
            _ => return 0,
        };
        packed = packed << 4 | u64::from(four);
    }
    packed
}

/// SplitMix64's last step: each bit of a number has a say in each bit of its hash.
fn spread(packed: u64) -> u64 {
    let n = (packed ^ (packed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    n ^ (n >> 31)
}

impl Value {
    /// `None` for keys of intervals.
    pub(crate) fn of(key: &Key) -> Option<Self> {
        match key {
            Key::None => Some(Value::None),
            Key::Who { who: Who::Person { id } } => Some(Value::Person(*id)),
            Key::Who { who: Who::Extension { site, number } } => {
                Some(Value::Extension(*site, number.as_str().into()))
            }
            Key::Group { group } => Some(Value::Group(group.site, group.number.as_str().into())),
            Key::Text { text } => Some(Value::Text(text.as_str().into())),
            Key::Direction { direction } => Some(Value::Direction(*direction)),
            Key::Site { site } => Some(Value::Site(*site)),
            Key::Event { code } => Some(Value::Event(*code)),
            Key::Span { .. } | Key::HourOfDay { .. } | Key::DayOfWeek { .. } => None,
        }
    }

    pub(crate) fn key(&self) -> Key {
        match self {
            Value::None => Key::None,
            Value::Person(id) => Key::Who { who: Who::Person { id: *id } },
            Value::Extension(site, number) => {
                Key::Who { who: Who::Extension { site: *site, number: number.to_string() } }
            }
            Value::Group(site, number) => {
                Key::Group { group: GroupRef { site: *site, number: number.to_string() } }
            }
            Value::Text(text) => Key::Text { text: text.to_string() },
            Value::Direction(direction) => Key::Direction { direction: *direction },
            Value::Site(site) => Key::Site { site: *site },
            Value::Event(code) => Key::Event { code: *code },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_one_however_it_is_spelt_and_whichever_came_first() {
        let spelt = |tags: [&str; 2]| {
            let mut keys = Keys::default();
            let ids = tags.map(|tag| keys.tag(tag));
            assert_eq!(ids[0], ids[1], "one tag");
            keys.value(ids[0]).key()
        };
        assert_eq!(spelt(["vip", "VIP"]), spelt(["VIP", " vip"]), "shown alike");
    }

    #[test]
    fn texts_have_one_number_each_one_by_one_or_many_at_once() {
        // Numbers, names, and a number that is too long to be packed.
        let of = |number: u32| match number % 3 {
            0 => format!("+49{number}"),
            1 => format!("Company {number}"),
            _ => format!("0049891234567890{number}"),
        };
        let texts: Vec<Cow<'_, str>> = (0..5_000).map(|number| of(number % 3_000).into()).collect();
        let mut keys = Keys::default();
        let one_by_one: Vec<u32> = texts.iter().map(|text| keys.text(text)).collect();
        assert_eq!(keys.len(), 3_000, "as many as there are different ones");
        assert_eq!(keys.texts(&texts), one_by_one, "found again");
        assert_eq!(Keys::default().texts(&texts), one_by_one, "and numbered alike when they are new");
        assert!(
            texts.iter().zip(one_by_one).all(|(text, id)| keys.is(id, Sought::of(text))),
            "each stands for its text"
        );
    }

    #[test]
    fn no_two_numbers_are_packed_alike() {
        let signs =
            ["", "0", "00", "1", "10", "01", "+1", "1+", "*", "#", "*#", "+49895550143", "049895550143"];
        let packed: std::collections::BTreeSet<u64> = signs.iter().map(|text| packed(text)).collect();
        assert_eq!(packed.len(), signs.len(), "each has its own, and only nothing has 0");
        for text in ["12345678901234567", "1 2", "ä", "a1", "/"] {
            assert_eq!(super::packed(text), 0, "{text} is compared as a text");
        }
        assert_eq!(super::packed("1234567890123456"), 0x1234_5678_9A12_3456, "sixteen signs fit");
    }

    #[test]
    fn nothing_of_the_kind_is_a_value_too() {
        let mut keys = Keys::default();
        let (none, sales) = (keys.text(""), keys.text("Sales"));
        assert_eq!((keys.text(""), keys.text("Sales")), (none, sales), "each has its number");
        assert_eq!(Value::of(&keys.value(none).key()), Some(Value::None), "and comes back from its key");
    }
}
