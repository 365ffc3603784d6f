//! Which day of the people is looked at, and whom of them; kept while one looks at other screens.

use super::people_day::{Heard, same_extension};
use super::range::Day;
use crate::ipc::Asking;
use contract::live::Person;
use contract::people::{AskPeopleDay, PEOPLE_A_PAGE, PeopleDay, PersonDay};
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct People {
    /// `None`: today, whatever day that is.
    pub day: RwSignal<Option<Day>>,
    /// Letters or digits of a name or extension.
    pub text: RwSignal<String>,
    /// How many people stand on the pages before.
    pub skip: RwSignal<u32>,
    pub asking: Asking<AskPeopleDay>,
    /// What the answer was asked with.
    pub answered: RwSignal<Option<AskPeopleDay>>,
    /// The people of the answer.
    pub rows: RwSignal<Vec<PersonRow>>,
    /// How wide the days are drawn. Kept, so that they are drawn once when one comes back.
    pub width_px: RwSignal<f64>,
    heard: StoredValue<Heard>,
}

/// A person's day as a signal of its own, so that what happens to one person draws one line anew.
#[derive(Clone)]
pub struct PersonRow {
    /// Who it is; with another name or extension the line is another one.
    pub key: String,
    pub day: ArcRwSignal<PersonDay>,
    /// Counts what was pushed of the person.
    pub turned: ArcRwSignal<u32>,
}

impl People {
    pub fn new() -> Self {
        let heard = StoredValue::new(Heard::default());
        let answered = RwSignal::new(None);
        let rows = RwSignal::new(Vec::new());
        let asking = Asking::new().on_sent(move |_| heard.update_value(Heard::asked)).on_answer(
            move |(request, day): (AskPeopleDay, PeopleDay)| {
                heard.update_value(Heard::answered);
                let known = rows.get_untracked();
                rows.set(day.people.into_iter().map(|person| row(&known, person)).collect());
                answered.set(Some(request));
            },
        );
        Self {
            day: RwSignal::new(None),
            text: RwSignal::new(String::new()),
            skip: RwSignal::new(0),
            asking,
            answered,
            rows,
            width_px: RwSignal::new(0.0),
            heard,
        }
    }

    /// What a push says of a person's phone.
    pub fn hear(self, person: &Person) {
        self.heard.update_value(|heard| heard.take(person));
        self.rows.with_untracked(|rows| {
            for row in rows {
                if row
                    .day
                    .with_untracked(|day| day.extensions.iter().any(|known| same_extension(person, known)))
                {
                    row.turned.update(|count| *count += 1);
                }
            }
        });
    }

    /// What was pushed since the answer. Not tracked: a row knows by its own count when it is about it.
    pub fn with_heard<T>(self, with: impl FnOnce(&Heard) -> T) -> T {
        self.heard.with_value(with)
    }

    /// Another day, from its first person on. Days that have not begun are not gone to.
    pub fn show_day(self, day: Day, today: Day) {
        self.skip.set(0);
        self.day.set((day < today).then_some(day));
    }

    pub fn find(self, text: &str) {
        if self.text.with_untracked(|known| known == text.trim()) {
            return;
        }
        self.skip.set(0);
        self.text.set(text.trim().to_owned());
    }

    pub fn next_page(self) {
        self.skip.update(|skip| *skip += PEOPLE_A_PAGE);
    }

    pub fn previous_page(self) {
        self.skip.update(|skip| *skip = skip.saturating_sub(PEOPLE_A_PAGE));
    }
}

/// A person who is known already keeps their line.
fn row(known: &[PersonRow], person: PersonDay) -> PersonRow {
    let key = key_of(&person);
    match known.iter().find(|row| row.key == key) {
        Some(row) => {
            if row.day.with_untracked(|day| *day != person) {
                row.day.set(person);
            }
            row.clone()
        }
        None => PersonRow { key, day: ArcRwSignal::new(person), turned: ArcRwSignal::new(0) },
    }
}

fn key_of(person: &PersonDay) -> String {
    format!("{:?} {:?} {:?}", person.person, person.name, person.extensions)
}

impl Default for People {
    fn default() -> Self {
        Self::new()
    }
}
