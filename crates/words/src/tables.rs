//! What the desk names in a report's table, in the person's language: heads, formulas, and the rows that stand for something
//! that the desk itself names. Names that people gave stay as they are.

use crate::Language;
use model::report::{Column, Dimension, Field, Key, Row, Table, Value};
use std::borrow::Cow;

/// The rows of one table, known by its heads as the desk gave them.
#[derive(Clone, Debug)]
pub struct HeardRows {
    language: Language,
    /// Whether the labels under each key are kinds of events behind each other.
    sequences: Vec<bool>,
    fields: Vec<Option<Field>>,
}

impl HeardRows {
    pub fn of(language: Language, keys: &[String], columns: &[Column]) -> Self {
        let is_sequence = |key: &String| key == Dimension::EventSequence.label();
        Self {
            language,
            sequences: keys.iter().map(is_sequence).collect(),
            fields: columns.iter().map(|column| column.field).collect(),
        }
    }

    /// The row as it came, where it came in the language.
    pub fn heard<'r>(&self, row: &'r Row) -> Cow<'r, Row> {
        match self.language {
            Language::English => Cow::Borrowed(row),
            Language::German => {
                let mut row = row.clone();
                self.row(&mut row);
                Cow::Owned(row)
            }
        }
    }

    pub fn row(&self, row: &mut Row) {
        if self.language == Language::English {
            return;
        }
        self.name(row);
        for (value, field) in row.values.iter_mut().zip(&self.fields) {
            if let (Value::Text(text), Some(field)) = (value, field) {
                *text = self.cell(*field, std::mem::take(text));
            }
        }
    }

    fn name(&self, row: &mut Row) {
        for (at, label) in row.label.iter_mut().enumerate() {
            let is_sequence = self.sequences.get(at).copied().unwrap_or_default();
            match row.key.get(at) {
                Some(
                    Key::None
                    | Key::Direction { .. }
                    | Key::Event { .. }
                    | Key::Span { .. }
                    | Key::DayOfWeek { .. },
                ) => *label = self.language.hear(std::mem::take(label)),
                Some(Key::Text { .. }) if is_sequence => *label = capital(&self.sequence(label)),
                Some(
                    Key::Text { .. }
                    | Key::Who { .. }
                    | Key::Group { .. }
                    | Key::Site { .. }
                    | Key::HourOfDay { .. },
                )
                | None => {}
            }
        }
    }

    /// Of a call or an event: only what the desk puts in words itself.
    fn cell(&self, field: Field, text: String) -> String {
        match field {
            Field::Direction | Field::Outcome | Field::Emergency | Field::Event | Field::EventCause => {
                self.language.hear(text)
            }
            Field::EventSequence => self.sequence(&text),
            Field::OutsideNumber if text == "withheld" => self.language.hear(text),
            _ => text,
        }
    }

    /// Kinds of events, one after the other.
    fn sequence(&self, text: &str) -> String {
        let kinds: Vec<String> =
            text.split(", ").map(|kind| self.language.hear(kind.to_lowercase())).collect();
        kinds.join(", ")
    }
}

impl Language {
    /// What names the rows and columns of a table.
    pub fn hear_heads(self, keys: &mut [String], columns: &mut [Column]) {
        for key in keys {
            *key = self.hear(std::mem::take(key));
        }
        for Column { head, formula, .. } in columns {
            *head = self.hear(std::mem::take(head));
            *formula = self.hear(std::mem::take(formula));
        }
    }

    pub fn hear_table(self, mut table: Table) -> Table {
        let rows = HeardRows::of(self, &table.keys, &table.columns);
        table.rows.iter_mut().for_each(|row| rows.row(row));
        self.hear_heads(&mut table.keys, &mut table.columns);
        table
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::report::{Measure, Unit, Who};

    fn row(key: Key, label: &str) -> Row {
        Row { key: vec![key], label: vec![label.into()], ..Row::default() }
    }

    fn labels(head: &str, rows: Vec<Row>) -> Vec<String> {
        let table = Table { keys: vec![head.into()], rows, ..Table::default() };
        Language::German.hear_table(table).rows.into_iter().flat_map(|row| row.label).collect()
    }

    #[test]
    fn rows_that_the_desk_names_are_german_and_names_of_people_are_not() {
        let person = Key::Who { who: Who::Person { id: 1 } };
        let of_people = labels("Person", vec![row(Key::None, "Nobody"), row(person, "Nobody")]);
        let paths = labels("Event sequence", vec![row(Key::Text { text: String::new() }, "Queue, ringing")]);
        let tags = labels("Tag", vec![row(Key::Text { text: "Hold".into() }, "Hold")]);
        assert_eq!(of_people, ["Niemand", "Nobody"], "somebody may be called so");
        assert_eq!(paths, ["Warteschlange, klingelt"], "each kind of event");
        assert_eq!(tags, ["Hold"], "a tag is what was typed");
    }

    #[test]
    fn details_say_in_german_how_a_call_ended() {
        let column = |field: Field| Column {
            head: field.label().into(),
            unit: Unit::Text,
            measure: None,
            field: Some(field),
            formula: String::new(),
        };
        let values = ["answered after 12 s, transferred", "Talk time"].map(|text| Value::Text(text.into()));
        let details = Table {
            columns: vec![column(Field::Outcome), column(Field::OutsideName)],
            rows: vec![Row { values: values.to_vec(), ..Row::default() }],
            ..Table::default()
        };
        let said = Language::German.hear_table(details.clone());
        assert_eq!(
            said.rows[0].values,
            ["angenommen nach 12 s, weiterverbunden", "Talk time"].map(|text| Value::Text(text.into())),
            "what a company is called is its own matter"
        );
        assert_eq!(said.columns[0].head, "Ergebnis", "heads are");
        assert_eq!(Language::English.hear_table(details.clone()), details, "in English it is as it came");
    }

    #[test]
    fn figures_say_how_they_are_worked_out() {
        let measure = Measure::MissRate;
        let column = Column {
            head: measure.label().into(),
            unit: measure.unit(),
            measure: Some(measure),
            field: None,
            formula: "Missed / presented.".into(),
        };
        let said = Language::German.hear_table(Table { columns: vec![column], ..Table::default() });
        assert_eq!(said.columns[0].head, "Verpasstquote", "the name");
        assert_eq!(said.columns[0].formula, "Verpasst / angeboten.", "the formula");
    }
}
