//! One thing that rows are split by: which value, or which interval, each call or part has.

use super::day::{Day, Units};
use super::flags::INBOUND;
use super::keys::{Keys, Value};
use super::words::line;
use crate::calendar::{Buckets, Calendar, Stretch};
use crate::leaf::{Column, Texts, kind_of, mark};
use model::CallId;
use model::report::{Dimension, Key, Scope};
use std::borrow::Cow;

pub(crate) struct Axis {
    pub(crate) dimension: Dimension,
    pub(crate) kind: Kind,
}

pub(crate) enum Kind {
    Named(Keys),
    Interval(Buckets),
}

/// No id: not asked yet.
const UNASKED: u32 = u32::MAX;

impl Axis {
    pub(crate) fn new(calendar: &Calendar, stretch: Stretch, dimension: Dimension) -> Self {
        let kind = match Buckets::of(calendar, stretch, dimension) {
            Some(buckets) => Kind::Interval(buckets),
            None => Kind::Named(Keys::default()),
        };
        Self { dimension, kind }
    }

    /// How many different values came, or how many intervals there are.
    pub(crate) fn len(&self) -> usize {
        match &self.kind {
            Kind::Named(keys) => keys.len(),
            Kind::Interval(buckets) => buckets.keys.len(),
        }
    }

    pub(crate) fn key(&self, id: u32) -> Key {
        match &self.kind {
            Kind::Named(keys) => keys.key(id),
            Kind::Interval(buckets) => buckets.keys.get(id as usize).cloned().unwrap_or(Key::None),
        }
    }

    /// The number of a key; `None`: no call can have it.
    pub(crate) fn id_of(&mut self, key: &Key) -> Option<u32> {
        match &mut self.kind {
            Kind::Interval(buckets) => {
                let place = buckets.keys.iter().position(|known| known == key)?;
                Some(place as u32)
            }
            Kind::Named(keys) => match (self.dimension, key) {
                (Dimension::Tag, Key::Text { text }) => Some(keys.tag(text)),
                _ => Some(keys.id(Value::of(key)?)),
            },
        }
    }

    /// Numbers of another run's values here.
    pub(crate) fn merge(&mut self, other: &Axis) -> Vec<u32> {
        match (&mut self.kind, &other.kind) {
            (Kind::Named(own), Kind::Named(theirs)) => own.merge(theirs, self.dimension == Dimension::Tag),
            _ => (0..other.len() as u32).collect(),
        }
    }

    /// The units once for each tag they have, named by their places among the units.
    pub(crate) fn tagged(&mut self, day: &Day<'_>, units: &Units) -> Option<(Vec<u32>, Vec<u32>)> {
        let Kind::Named(keys) = &mut self.kind else { return None };
        if self.dimension != Dimension::Tag {
            return None;
        }
        let texts = day.leaf.texts(Column::Tag);
        let codes = day.leaf.numbers(Column::Tag);
        let ids = day.leaf.numbers(Column::Id);
        let mut places = Vec::with_capacity(units.calls.len());
        let mut tags = Vec::with_capacity(units.calls.len());
        for (place, call) in units.calls.iter().enumerate() {
            let call = *call as usize;
            let begin = tags.len();
            let own = texts.get(codes[call] as usize, 0);
            let given = day.marks.tags(CallId(ids[call])).iter().map(String::as_str);
            for tag in given.chain([own]).filter(|tag| !tag.trim().is_empty()) {
                let id = keys.tag(tag);
                if !tags[begin..].contains(&id) {
                    tags.push(id);
                }
            }
            if tags.len() == begin {
                tags.push(keys.id(Value::None));
            }
            places.extend(std::iter::repeat_n(place as u32, tags.len() - begin));
        }
        Some((places, tags))
    }

    /// Of each unit.
    pub(crate) fn ids(&mut self, day: &Day<'_>, units: &Units) -> Vec<u32> {
        let scope = day.look.plan.scope;
        let keys = match &mut self.kind {
            Kind::Interval(buckets) => return bucket_ids(buckets, day, units),
            Kind::Named(keys) => keys,
        };
        let leaf = day.leaf;
        let of_text = |keys: &mut Keys, column: Column, text: TextOf<'_>| {
            text_ids(keys, &units.calls, leaf.numbers(column), leaf.texts(column), text)
        };
        match self.dimension {
            Dimension::Person => person_ids(keys, day, units),
            Dimension::Group => group_ids(keys, day, units, scope),
            Dimension::OutsideNumber => {
                of_text(keys, Column::Outside, &|texts, entry| texts.get(entry, 0).into())
            }
            Dimension::OutsideName => {
                of_text(keys, Column::OutsideName, &|texts, entry| texts.get(entry, 0).into())
            }
            Dimension::LocalNumber => {
                let mut ids = of_text(keys, Column::Dialled, &|texts, entry| texts.get(entry, 0).into());
                let none = keys.id(Value::None);
                for (id, flags) in ids.iter_mut().zip(&units.flags) {
                    if flags & INBOUND == 0 {
                        *id = none;
                    }
                }
                ids
            }
            Dimension::Direction => {
                let marks = leaf.numbers(Column::Marks);
                by_entry(
                    &units.calls,
                    4,
                    |call| (marks[call] & mark::DIRECTION) as usize,
                    |direction| keys.id(Value::Direction(direction as i64)),
                )
            }
            Dimension::Trunk => {
                of_text(keys, Column::Trunk, &|texts, entry| line(texts.get(entry, 0)).into())
            }
            Dimension::AccountCode => {
                of_text(keys, Column::Account, &|texts, entry| texts.get(entry, 0).into())
            }
            Dimension::Tag => of_text(keys, Column::Tag, &|texts, entry| texts.get(entry, 0).into()),
            Dimension::Site => {
                let sites = leaf.numbers(Column::Site);
                let mut last = None;
                let id = |call: &u32| {
                    let site = sites[*call as usize];
                    match last {
                        Some((known, id)) if known == site => id,
                        Some(_) | None => last.insert((site, keys.id(Value::Site(site)))).1,
                    }
                };
                units.calls.iter().map(id).collect()
            }
            Dimension::EventSequence => of_text(keys, Column::Sequence, &|texts, entry| {
                let kinds: Vec<&str> =
                    texts.get(entry, 0).chars().filter_map(kind_of).map(|kind| kind.word()).collect();
                kinds.join(", ").into()
            }),
            Dimension::FinalEvent => {
                let codes = leaf.numbers(Column::Sequence);
                let texts = leaf.texts(Column::Sequence);
                by_entry(
                    &units.calls,
                    texts.len(),
                    |call| codes[call] as usize,
                    |entry| {
                        let last = texts.get(entry, 0).chars().last().and_then(kind_of);
                        keys.id(last.map_or(Value::None, |kind| Value::Event(kind.code())))
                    },
                )
            }
            // Intervals were dealt with above.
            Dimension::QuarterHour
            | Dimension::HalfHour
            | Dimension::Hour
            | Dimension::Day
            | Dimension::Week
            | Dimension::Month
            | Dimension::HourOfDay
            | Dimension::DayOfWeek => vec![0; units.calls.len()],
        }
    }
}

/// What stands for an entry of a dictionary.
pub(crate) type TextOf<'f> = &'f dyn for<'t> Fn(&'t Texts, usize) -> Cow<'t, str>;

/// Asks for each entry once, and only for those that units have.
fn by_entry(
    units: &[u32],
    entries: usize,
    entry_of: impl Fn(usize) -> usize,
    mut id_of: impl FnMut(usize) -> u32,
) -> Vec<u32> {
    let mut known = vec![UNASKED; entries];
    let id = |unit: &u32| {
        let entry = entry_of(*unit as usize);
        if known[entry] == UNASKED {
            known[entry] = id_of(entry);
        }
        known[entry]
    };
    units.iter().map(id).collect()
}

/// The same for texts, all that units have at once.
pub(crate) fn text_ids(
    keys: &mut Keys,
    units: &[u32],
    codes: &[i64],
    texts: &Texts,
    text: TextOf<'_>,
) -> Vec<u32> {
    let mut known = vec![UNASKED; texts.len()];
    let mut asked = Vec::with_capacity(texts.len());
    for unit in units {
        let entry = codes[*unit as usize] as usize;
        if known[entry] == UNASKED {
            known[entry] = 0;
            asked.push(entry);
        }
    }
    let of_asked: Vec<Cow<'_, str>> = asked.iter().map(|entry| text(texts, *entry)).collect();
    for (entry, id) in asked.iter().zip(keys.texts(&of_asked)) {
        known[*entry] = id;
    }
    units.iter().map(|unit| known[codes[*unit as usize] as usize]).collect()
}

fn bucket_ids(buckets: &Buckets, day: &Day<'_>, units: &Units) -> Vec<u32> {
    let starts = day.leaf.numbers(Column::Start);
    let starts: Vec<i64> = units.calls.iter().map(|call| starts[*call as usize]).collect();
    let mut ids = vec![0; starts.len()];
    buckets.steps.walk(day.leaf.from_ms(), &starts, |unit, bucket| ids[unit] = bucket);
    ids
}

fn person_ids(keys: &mut Keys, day: &Day<'_>, units: &Units) -> Vec<u32> {
    let Some(holders) = &day.holders else { return vec![0; units.calls.len()] };
    let texts = day.leaf.texts(Column::Extension);
    let entries = day.parts.numbers(Column::Extension);
    let mut id_of = |entry: usize, holder: Option<i64>| {
        let (site, number) = texts.pair(entry);
        keys.id(holder.map_or_else(|| Value::Extension(site, number.into()), Value::Person))
    };
    let mut known = vec![UNASKED; texts.len()];
    let id = |(part, call): (&u32, &u32)| {
        let entry = entries[*part as usize] as usize;
        let Some(holder) = holders.all_day(entry) else {
            return id_of(entry, holders.at(entry, day.started_at_ms(*call as usize)));
        };
        if known[entry] == UNASKED {
            known[entry] = id_of(entry, holder);
        }
        known[entry]
    };
    units.parts.iter().zip(&units.calls).map(id).collect()
}

/// The group itself, or the one through which the call came to the person.
fn group_ids(keys: &mut Keys, day: &Day<'_>, units: &Units, scope: Scope) -> Vec<u32> {
    let texts = day.leaf.texts(Column::Group);
    let (column, from) = match scope {
        Scope::Person => (Column::PersonGroup, 0),
        Scope::Call | Scope::Group => (Column::Group, 1),
    };
    let places = day.parts.numbers(column);
    // Place 0 is no group.
    by_entry(
        &units.parts,
        texts.len() + 1,
        |part| places[part] as usize + from,
        |place| {
            let Some(entry) = place.checked_sub(1) else { return keys.id(Value::None) };
            let (site, number) = texts.pair(entry);
            keys.id(Value::Group(site, number.into()))
        },
    )
}
