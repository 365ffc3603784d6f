//! What the desk says in reports, in the person's language: the standard ones' names, heads, formulas, and the rows
//! that stand for something the desk itself names. Names that people gave stay as they are.

use crate::words::{all_heard, heard};
use contract::reports::{ReportView, Reports};
use model::report::{Column, Dimension, Field, Key, Row, Table, Value};

/// The standard reports by their names here; one's own as they are called.
pub fn reports(mut all: Reports) -> Reports {
    for report in &mut all.standard {
        let definition = &mut report.definition;
        definition.name = heard(std::mem::take(&mut definition.name));
        definition.says = heard(std::mem::take(&mut definition.says));
    }
    all
}

pub fn view(mut view: ReportView) -> ReportView {
    view.time = heard(view.time);
    view.before = view.before.map(heard);
    view.notes = all_heard(view.notes);
    view.table = table(view.table);
    view
}

fn table(mut table: Table) -> Table {
    let fields: Vec<Option<Field>> = table.columns.iter().map(|column| column.field).collect();
    for row in &mut table.rows {
        name_row(row, &table.keys);
        for (value, field) in row.values.iter_mut().zip(&fields) {
            if let (Value::Text(text), Some(field)) = (value, field) {
                *text = cell(*field, std::mem::take(text));
            }
        }
    }
    table.keys = all_heard(table.keys);
    for Column { head, formula, .. } in &mut table.columns {
        *head = heard(std::mem::take(head));
        *formula = heard(std::mem::take(formula));
    }
    table
}

fn name_row(row: &mut Row, heads: &[String]) {
    for (at, label) in row.label.iter_mut().enumerate() {
        let is_sequence = heads.get(at).is_some_and(|head| head == Dimension::EventSequence.label());
        match row.key.get(at) {
            Some(
                Key::None
                | Key::Direction { .. }
                | Key::Event { .. }
                | Key::Span { .. }
                | Key::DayOfWeek { .. },
            ) => *label = heard(std::mem::take(label)),
            Some(Key::Text { .. }) if is_sequence => *label = capital(&sequence(label)),
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
fn cell(field: Field, text: String) -> String {
    match field {
        Field::Direction | Field::Outcome | Field::Emergency | Field::Event | Field::EventCause => {
            heard(text)
        }
        Field::EventSequence => sequence(&text),
        Field::OutsideNumber if text == "withheld" => heard(text),
        _ => text,
    }
}

/// Kinds of events, one after the other.
fn sequence(text: &str) -> String {
    all_heard(text.split(", ").map(str::to_lowercase)).join(", ")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Language, speak};
    use model::report::{Measure, Unit, Who};

    fn row(key: Key, label: &str) -> Row {
        Row { key: vec![key], label: vec![label.into()], ..Row::default() }
    }

    fn labels(head: &str, rows: Vec<Row>) -> Vec<String> {
        let table = table(Table { keys: vec![head.into()], rows, ..Table::default() });
        table.rows.into_iter().flat_map(|row| row.label).collect()
    }

    #[test]
    fn rows_that_the_desk_names_are_german_and_names_of_people_are_not() {
        speak(Language::German);
        let person = Key::Who { who: Who::Person { id: 1 } };
        let of_people = labels("Person", vec![row(Key::None, "Nobody"), row(person, "Nobody")]);
        let paths = labels("Event sequence", vec![row(Key::Text { text: String::new() }, "Queue, ringing")]);
        let tags = labels("Tag", vec![row(Key::Text { text: "Hold".into() }, "Hold")]);
        speak(Language::English);
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
        speak(Language::German);
        let said = table(details.clone());
        speak(Language::English);
        assert_eq!(
            said.rows[0].values,
            ["angenommen nach 12 s, weiterverbunden", "Talk time"].map(|text| Value::Text(text.into())),
            "what a company is called is its own matter"
        );
        assert_eq!(said.columns[0].head, "Ergebnis", "heads are");
        assert_eq!(table(details.clone()), details, "an English window shows what came");
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
        speak(Language::German);
        let said = table(Table { columns: vec![column], ..Table::default() });
        speak(Language::English);
        assert_eq!(said.columns[0].head, "Verpasstquote", "the name");
        assert_eq!(said.columns[0].formula, "Verpasst / angeboten.", "the formula");
    }
}
