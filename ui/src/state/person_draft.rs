//! The form of a person while it is filled in: a name, and which extension was theirs from which day to which. Days are
//! the office's; the zone is given as a function from an instant to its offset.

use super::range::Day;
use crate::words::say;
use contract::directory::{Directory, Holding, NameSource, PersonEntry, SavePerson, Unmapped};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonDraft {
    /// 0: not stored yet.
    pub id: i64,
    pub name: String,
    pub holdings: Vec<HoldingDraft>,
    next_key: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoldingDraft {
    /// Stays with the line while others come and go.
    pub key: u32,
    pub site: i64,
    pub extension: String,
    /// First day; empty: since ever.
    pub from: String,
    /// Last day; empty: until further notice.
    pub until: String,
    /// As stored, with instants that need not be midnights.
    stored: Option<Holding>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Name,
    Holdings,
    /// Of the line with this key.
    Extension(u32),
    Days(u32),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    pub field: Field,
    pub says: &'static str,
}

impl PersonDraft {
    /// An empty form with one line for an extension.
    pub fn empty(site: i64) -> Self {
        let mut draft = Self { id: 0, name: String::new(), holdings: Vec::new(), next_key: 0 };
        draft.add(site);
        draft
    }

    pub fn of(person: &PersonEntry, offset_ms: impl Fn(i64) -> i64) -> Self {
        let mut draft = Self { id: person.id, name: person.name.clone(), holdings: Vec::new(), next_key: 0 };
        for holding in &person.extensions {
            let key = draft.key();
            draft.holdings.push(HoldingDraft {
                key,
                site: holding.site,
                extension: holding.extension.clone(),
                from: first_day(holding, &offset_ms).map(Day::to_text).unwrap_or_default(),
                until: last_day(holding, &offset_ms).map(Day::to_text).unwrap_or_default(),
                stored: Some(holding.clone()),
            });
        }
        draft
    }

    pub fn add(&mut self, site: i64) {
        let key = self.key();
        let (extension, from, until) = (String::new(), String::new(), String::new());
        self.holdings.push(HoldingDraft { key, site, extension, from, until, stored: None });
    }

    pub fn remove(&mut self, key: u32) {
        self.holdings.retain(|line| line.key != key);
    }

    pub fn change(&mut self, key: u32, with: impl FnOnce(&mut HoldingDraft)) {
        if let Some(line) = self.holdings.iter_mut().find(|line| line.key == key) {
            with(line);
        }
    }

    /// The person as typed, or everything that is wrong with it.
    ///
    /// # Errors
    /// One complaint per field, in the order of the form.
    pub fn to_save(&self, offset_ms: impl Fn(i64) -> i64) -> Result<SavePerson, Vec<Complaint>> {
        let mut complaints = Vec::new();
        if self.name.trim().is_empty() {
            complaints.push(Complaint { field: Field::Name, says: say("Enter a name.") });
        }
        if self.holdings.is_empty() {
            let says = say("Add the person's extension: by it calls find their name.");
            complaints.push(Complaint { field: Field::Holdings, says });
        }
        let mut extensions = Vec::new();
        for line in &self.holdings {
            match line.to_holding(&offset_ms) {
                Ok(holding) => extensions.push(holding),
                Err(complaint) => complaints.push(complaint),
            }
        }
        if !complaints.is_empty() {
            return Err(complaints);
        }
        extensions.sort_by_key(|holding| holding.from_ms);
        let name = self.name.trim().to_owned();
        Ok(SavePerson { person: PersonEntry { id: self.id, name, extensions, source: NameSource::Hand } })
    }

    fn key(&mut self) -> u32 {
        self.next_key += 1;
        self.next_key
    }
}

impl HoldingDraft {
    fn to_holding(&self, offset_ms: &impl Fn(i64) -> i64) -> Result<Holding, Complaint> {
        let extension = self.extension.trim();
        if extension.is_empty() || !extension.chars().all(|c| c.is_ascii_digit()) {
            let says = say("An extension is a number, for instance 204.");
            return Err(Complaint { field: Field::Extension(self.key), says });
        }
        let (from, until) = (Day::from_text(&self.from), Day::from_text(&self.until));
        let unread = (from.is_none() && !self.from.is_empty()) || (until.is_none() && !self.until.is_empty());
        let backwards = from.zip(until).is_some_and(|(from, until)| from > until);
        if unread || backwards {
            let says = say("The first day must not be after the last.");
            return Err(Complaint { field: Field::Days(self.key), says });
        }
        let kept = |typed: Option<Day>, stored: Option<Day>, instant: Option<i64>| {
            (typed == stored).then_some(instant).flatten()
        };
        let stored = self.stored.as_ref();
        let kept_from = stored.and_then(|h| kept(from, first_day(h, offset_ms), h.from_ms));
        let kept_to = stored.and_then(|h| kept(until, last_day(h, offset_ms), h.to_ms));
        Ok(Holding {
            site: self.site,
            extension: extension.to_owned(),
            from_ms: kept_from.or_else(|| from.map(|day| day.begin_ms(offset_ms))),
            to_ms: kept_to.or_else(|| until.map(|day| day.after().begin_ms(offset_ms))),
        })
    }
}

/// "This is ...": the extension goes to a person of that name, a new one where there is none.
pub fn this_is(directory: &Directory, extension: &Unmapped, name: &str) -> Option<SavePerson> {
    let name = name.trim();
    if name.is_empty() {
        return None;
    }
    let same = |person: &&PersonEntry| person.name.to_lowercase() == name.to_lowercase();
    let mut person = directory
        .people
        .iter()
        .find(same)
        .cloned()
        .unwrap_or_else(|| PersonEntry { name: name.to_owned(), ..PersonEntry::default() });
    person.extensions.push(Holding {
        site: extension.site,
        extension: extension.extension.clone(),
        ..Holding::default()
    });
    person.source = NameSource::Hand;
    Some(SavePerson { person })
}

pub fn first_day(holding: &Holding, offset_ms: impl Fn(i64) -> i64) -> Option<Day> {
    holding.from_ms.map(|from_ms| Day::at(from_ms, offset_ms))
}

/// The end is no part of it.
pub fn last_day(holding: &Holding, offset_ms: impl Fn(i64) -> i64) -> Option<Day> {
    holding.to_ms.map(|to_ms| Day::at(to_ms - 1, offset_ms))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR_MS: i64 = 3_600_000;

    /// Summer time of 2026 ends on 25 October at 01:00 UTC.
    fn berlin(at_ms: i64) -> i64 {
        if at_ms < 1_792_890_000_000 { 2 * HOUR_MS } else { HOUR_MS }
    }

    fn day(text: &str) -> Day {
        Day::from_text(text).unwrap()
    }

    fn filled() -> PersonDraft {
        let mut draft = PersonDraft::empty(1);
        draft.name = " Ann Keller ".into();
        let key = draft.holdings[0].key;
        draft.change(key, |line| line.extension = "204".into());
        draft
    }

    #[test]
    fn the_last_day_is_part_of_the_time_an_extension_was_someones() {
        let mut draft = filled();
        draft.change(1, |line| {
            line.from = "2026-07-01".into();
            line.until = "2026-10-25".into();
        });
        let saved = draft.to_save(berlin).unwrap().person;
        let holding = &saved.extensions[0];
        assert_eq!(saved.name, "Ann Keller", "blanks around a name are no part of it");
        assert_eq!(holding.from_ms, Some(day("2026-07-01").begin_ms(berlin)), "from midnight on");
        assert_eq!(
            holding.to_ms,
            Some(day("2026-10-26").begin_ms(berlin)),
            "the night to winter time included"
        );
        let back = PersonDraft::of(&saved, berlin);
        assert_eq!(
            (back.holdings[0].from.as_str(), back.holdings[0].until.as_str()),
            ("2026-07-01", "2026-10-25"),
            "as it was typed"
        );
    }

    #[test]
    fn an_instant_that_is_no_midnight_stays_when_its_day_is_not_changed() {
        let noon = day("2026-07-01").minute_ms(12 * 60, berlin);
        let extensions = vec![Holding { site: 1, extension: "204".into(), from_ms: Some(noon), to_ms: None }];
        let person = PersonEntry { id: 4, name: "Ann".into(), extensions, source: NameSource::Pbx };
        let mut draft = PersonDraft::of(&person, berlin);
        assert_eq!(
            draft.to_save(berlin).unwrap().person.extensions[0].from_ms,
            Some(noon),
            "nothing was changed"
        );
        draft.change(1, |line| line.from = "2026-07-02".into());
        let midnight = day("2026-07-02").begin_ms(berlin);
        assert_eq!(
            draft.to_save(berlin).unwrap().person.extensions[0].from_ms,
            Some(midnight),
            "a day was typed"
        );
    }

    #[test]
    fn an_empty_form_says_everything_that_is_missing() {
        let mut draft = PersonDraft::empty(1);
        let fields: Vec<Field> =
            draft.to_save(berlin).unwrap_err().into_iter().map(|complaint| complaint.field).collect();
        assert_eq!(fields, [Field::Name, Field::Extension(1)], "name and extension");
        draft.remove(1);
        let complaints = draft.to_save(berlin).unwrap_err();
        assert_eq!(complaints[1].field, Field::Holdings, "a person without a phone has no calls");
    }

    #[test]
    fn days_in_the_wrong_order_are_refused() {
        let mut draft = filled();
        draft.change(1, |line| {
            line.from = "2026-07-02".into();
            line.until = "2026-07-01".into();
        });
        assert_eq!(draft.to_save(berlin).unwrap_err()[0].field, Field::Days(1), "it ends before it begins");
    }

    #[test]
    fn this_is_someone_known_adds_the_extension_to_them() {
        let ann = filled().to_save(berlin).unwrap().person;
        let directory = Directory { people: vec![PersonEntry { id: 4, ..ann }], ..Directory::default() };
        let unmapped = Unmapped { site: 1, extension: "304".into(), calls: 9, last_ms: 0 };
        let known = this_is(&directory, &unmapped, "ann keller ").unwrap().person;
        assert_eq!((known.id, known.extensions.len()), (4, 2), "she has two phones now");
        let new = this_is(&directory, &unmapped, "Ben Ortiz").unwrap().person;
        assert_eq!((new.id, new.name.as_str(), new.extensions.len()), (0, "Ben Ortiz", 1), "a new person");
        assert_eq!(this_is(&directory, &unmapped, "  "), None, "nobody is nobody");
    }
}
