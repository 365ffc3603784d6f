//! The values that rows stand for, each with a number that is the same over all days of a run.

use super::dialled::{BEYOND, packed, spread, unpacked};
use model::report::{GroupRef, Key, Who};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::hash::BuildHasher;
use std::sync::Arc;

/// Looked up at once: enough that the waits for the memory overlap, and few enough that what was fetched is still near.
const AT_ONCE: usize = 256;

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
///
/// An office meets half a million outside numbers in some years. Each is kept as one word and nothing else.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keys {
    /// Of each value: a number as it is packed, or its place among the others, beyond [`BEYOND`].
    words: Vec<u64>,
    others: Vec<Value>,
    /// Of the others, those that are no texts.
    ids: FxHashMap<Value, u32>,
    /// By their lower case.
    tags: FxHashMap<String, u32>,
    index: Index,
}

/// Where texts stand among the values: a table of their hashes.
#[derive(Clone, Debug, Default)]
struct Index {
    /// The upper half of a hash, and 1 + the id; 0: free. As many as a power of two.
    slots: Vec<u64>,
    used: usize,
}

impl Keys {
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// Of a number that is none, nothing of the kind.
    pub(crate) fn key(&self, id: u32) -> Key {
        match self.words.get(id as usize) {
            Some(word) if *word < BEYOND => Key::Text { text: unpacked(*word) },
            Some(_) | None => self.other(id).key(),
        }
    }

    pub(crate) fn is_none(&self, id: u32) -> bool {
        self.words[id as usize] >= BEYOND && *self.other(id) == Value::None
    }

    /// The order of the keys.
    pub(crate) fn compare(&self, a: u32, b: u32) -> Ordering {
        let (a_word, b_word) = (self.words[a as usize], self.words[b as usize]);
        if a_word < BEYOND && b_word < BEYOND {
            return a_word.cmp(&b_word);
        }
        self.key(a).cmp(&self.key(b))
    }

    pub(crate) fn id(&mut self, value: Value) -> u32 {
        if let Value::Text(text) = &value {
            return self.text(text);
        }
        if let Some(id) = self.ids.get(&value) {
            return *id;
        }
        let id = self.push_other(value.clone());
        self.ids.insert(value, id);
        id
    }

    /// Empty is nothing of the kind.
    pub(crate) fn text(&mut self, text: &str) -> u32 {
        self.hashed(Sought::of(text))
    }

    /// Of each text.
    pub(crate) fn texts(&mut self, texts: &[Cow<'_, str>]) -> Vec<u32> {
        let mut ids = Vec::with_capacity(texts.len());
        for texts in texts.chunks(AT_ONCE) {
            let sought: Vec<Sought<'_>> = texts.iter().map(|text| Sought::of(text)).collect();
            self.look_up(&sought, &mut ids);
        }
        ids
    }

    /// Numbers of another one's values here.
    pub(crate) fn merge(&mut self, other: &Keys, are_tags: bool) -> Vec<u32> {
        let mut ids = Vec::with_capacity(other.len());
        let mut sought = Vec::with_capacity(AT_ONCE);
        for word in &other.words {
            if *word < BEYOND {
                sought.push(Sought { text: "", packed: *word, hash: spread(*word) });
                if sought.len() == AT_ONCE {
                    self.look_up(&sought, &mut ids);
                    sought.clear();
                }
                continue;
            }
            self.look_up(&sought, &mut ids);
            sought.clear();
            ids.push(match other.other(ids.len() as u32) {
                Value::Text(text) if are_tags => self.tag(text),
                value => self.id(value.clone()),
            });
        }
        self.look_up(&sought, &mut ids);
        ids
    }

    /// Spelt in whichever case, it is one; the spelling that sorts first is shown, whichever came first.
    pub(crate) fn tag(&mut self, tag: &str) -> u32 {
        let folded = tag.trim().to_lowercase();
        if folded.is_empty() {
            return self.id(Value::None);
        }
        let spelt = || Value::Text(tag.trim().into());
        let Some(id) = self.tags.get(&folded).copied() else {
            let id = self.push_other(spelt());
            self.tags.insert(folded, id);
            return id;
        };
        let place = self.words[id as usize] - BEYOND;
        if let Value::Text(known) = &mut self.others[place as usize]
            && tag.trim() < &**known
        {
            *known = tag.trim().into();
        }
        id
    }

    fn look_up(&mut self, sought: &[Sought<'_>], ids: &mut Vec<u32>) {
        let mut found = [None; AT_ONCE];
        for (found, sought) in found.iter_mut().zip(sought) {
            *found = Index::id(self.index.slot(sought.hash), sought.hash);
        }
        for (found, sought) in found.iter().zip(sought) {
            let known = found.filter(|id| self.is(*id, *sought));
            ids.push(known.unwrap_or_else(|| self.hashed(*sought)));
        }
    }

    fn hashed(&mut self, sought: Sought<'_>) -> u32 {
        let Sought { text, packed, hash } = sought;
        if packed == 0 && text.is_empty() {
            return self.id(Value::None);
        }
        if self.index.used * 2 >= self.index.slots.len() {
            self.index = self.index_twice();
        }
        let mut place = hash;
        loop {
            let slot = self.index.slot(place);
            if slot == 0 {
                let id =
                    if packed == 0 { self.push_other(Value::Text(text.into())) } else { self.push(packed) };
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
            return self.words[id as usize] == sought.packed;
        }
        matches!(self.other(id), Value::Text(known) if **known == *sought.text)
    }

    /// A value that is no packed number.
    fn other(&self, id: u32) -> &Value {
        let place = self.words.get(id as usize).and_then(|word| word.checked_sub(BEYOND));
        place.and_then(|place| self.others.get(place as usize)).unwrap_or(&Value::None)
    }

    fn push_other(&mut self, value: Value) -> u32 {
        self.others.push(value);
        self.push(BEYOND + self.others.len() as u64 - 1)
    }

    fn push(&mut self, word: u64) -> u32 {
        self.words.push(word);
        (self.words.len() - 1) as u32
    }

    /// The same with twice the room.
    fn index_twice(&self) -> Index {
        let mut index = Index { slots: vec![0; (self.index.slots.len() * 2).max(64)], used: 0 };
        for slot in self.index.slots.iter().filter(|slot| **slot != 0) {
            let id = (*slot as u32).wrapping_sub(1);
            let hash = match (self.words[id as usize], self.other(id)) {
                (word, _) if word < BEYOND => spread(word),
                (_, Value::Text(text)) => FxBuildHasher.hash_one(&**text),
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
}

/// A text that is looked for.
#[derive(Clone, Copy)]
struct Sought<'t> {
    /// Of a packed number it may be left out.
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
            keys.key(ids[0])
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
    fn values_of_another_run_are_found_and_in_the_order_of_their_keys() {
        let texts = ["Sales", "+4989123", "0049891234567890123", "", "204", "+498912", "sales"];
        let (mut keys, mut others) = (Keys::default(), Keys::default());
        let own: Vec<u32> = texts.iter().map(|text| keys.text(text)).collect();
        let person = others.id(Value::Person(7));
        let theirs: Vec<u32> = texts.iter().rev().map(|text| others.text(text)).collect();
        let merged = keys.merge(&others, false);
        let found: Vec<u32> = theirs.iter().rev().map(|id| merged[*id as usize]).collect();
        assert_eq!(found, own, "the same values, whichever came first");
        assert_eq!(
            keys.key(merged[person as usize]),
            others.key(person),
            "what only the other has comes too"
        );
        for (a, b) in own.iter().flat_map(|a| own.iter().map(move |b| (*a, *b))) {
            assert_eq!(keys.compare(a, b), keys.key(a).cmp(&keys.key(b)), "{a} and {b}");
            assert_eq!(keys.is_none(a), keys.key(a) == Key::None, "{a}");
        }
    }

    #[test]
    fn nothing_of_the_kind_is_a_value_too() {
        let mut keys = Keys::default();
        let (none, sales) = (keys.text(""), keys.text("Sales"));
        assert_eq!((keys.text(""), keys.text("Sales")), (none, sales), "each has its number");
        assert_eq!(Value::of(&keys.key(none)), Some(Value::None), "and comes back from its key");
    }
}
