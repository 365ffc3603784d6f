//! A report as JSON for scripts. Stable: names are only ever added, and `format` goes up when one changes its meaning.
//!
//! ```json
//! {"format": 1,
//!  "report": {"title", "says", "office", "time", "before", "filter", "zone", "made_at", "demo", "notes"},
//!  "keys": ["Person"],
//!  "columns": [{"name": "talk_time_ms", "head": "Talk time", "unit": "length", "formula": "…"}],
//!  "rows": [{"label": ["Ann Keller"], "key": [{"is": "who", …}], "values": {"talk_time_ms": 221000}, "before": {…}}],
//!  "totals": {…}, "totals_before": {…}, "averages": {…}, "rows_left_off": 0, "made_of": 412}
//! ```
//!
//! A column's `name` is that of its measure or field in a definition, with `_ms` where it is a length. Lengths are
//! milliseconds, shares 0 to 1, instants the office's wall clock with its offset, money
//! `{"amount": 0.29, "currency": "EUR"}` with an empty currency for the phone system's own charge; `null` is nothing to
//! tell. A row of a detail report has no label and no key, and its call's id as `call`. One row a line.

use crate::cell;
use crate::paper::{Origin, Paper, Tail, Trouble, check_even};
use model::report::{Column, Key, Row, Unit, Value};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::json;
use std::io::Write;

/// Of the file as it is laid out.
const FORMAT: u32 = 1;

/// Writes each row as it comes.
pub struct JsonWriter<W: Write> {
    out: W,
    paper: Paper,
    names: Vec<String>,
    rows: u64,
}

impl<W: Write> JsonWriter<W> {
    /// Writes everything before the first row.
    pub fn begin(mut out: W, paper: Paper) -> Result<Self, Trouble> {
        let names = names(&paper.columns);
        let columns: Vec<_> =
            paper.columns.iter().zip(&names).map(|(column, name)| head(column, name)).collect();
        let report = json!({
            "title": paper.title,
            "says": paper.says,
            "office": paper.office,
            "time": paper.time,
            "before": paper.before,
            "filter": paper.filter,
            "zone": paper.zone.iana_name(),
            "made_at": cell::iso(paper.made_at.0, &paper.zone),
            "demo": paper.origin == Origin::Demo,
            "notes": paper.notes,
        });
        write!(out, "{{\"format\": {FORMAT},\n\"report\": {report},\n\"keys\": {},\n", json!(paper.keys))?;
        write!(out, "\"columns\": {},\n\"rows\": [", json!(columns))?;
        Ok(Self { out, paper, names, rows: 0 })
    }

    pub fn row(&mut self, row: &Row) -> Result<(), Trouble> {
        check_even(self.rows + 1, self.names.len(), row.values.len(), row.before.len())?;
        self.out.write_all(if self.rows == 0 { b"\n" } else { b",\n" })?;
        let shown = Shown { row, paper: &self.paper, names: &self.names };
        serde_json::to_writer(&mut self.out, &shown).map_err(broken)?;
        self.rows += 1;
        Ok(())
    }

    /// Writes what stands under the rows and gives the writer back.
    pub fn end(mut self, tail: &Tail) -> Result<W, Trouble> {
        let before: &[Value] = if self.paper.is_compared() { &tail.totals_before } else { &[] };
        self.out.write_all(b"\n]")?;
        for (name, values) in
            [("totals", &tail.totals[..]), ("totals_before", before), ("averages", &tail.averages[..])]
        {
            write!(self.out, ",\n\"{name}\": ")?;
            let values = Values { values, paper: &self.paper, names: &self.names };
            serde_json::to_writer(&mut self.out, &values).map_err(broken)?;
        }
        write!(self.out, ",\n\"rows_left_off\": {},\n\"made_of\": {}}}\n", tail.rows_left_off, tail.made_of)?;
        Ok(self.out)
    }
}

struct Shown<'a> {
    row: &'a Row,
    paper: &'a Paper,
    names: &'a [String],
}

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut map = out.serialize_map(None)?;
        if !self.row.label.is_empty() {
            map.serialize_entry("label", &self.row.label)?;
        }
        if !self.row.key.is_empty() {
            map.serialize_entry::<str, [Key]>("key", &self.row.key)?;
        }
        let values = |values| Values { values, paper: self.paper, names: self.names };
        map.serialize_entry("values", &values(&self.row.values))?;
        if self.paper.is_compared() {
            map.serialize_entry("before", &values(&self.row.before))?;
        }
        if let Some(call) = &self.row.call {
            map.serialize_entry("call", call)?;
        }
        map.end()
    }
}

struct Values<'a> {
    values: &'a [Value],
    paper: &'a Paper,
    names: &'a [String],
}

impl Serialize for Values<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let mut map = out.serialize_map(Some(self.values.len().min(self.names.len())))?;
        for (name, value) in self.names.iter().zip(self.values) {
            match value {
                Value::None => map.serialize_entry(name, &())?,
                Value::Count(count) => map.serialize_entry(name, count)?,
                Value::Length(ms) => map.serialize_entry(name, ms)?,
                // Numbers that are none become null.
                Value::Share(number) | Value::Number(number) => map.serialize_entry(name, number)?,
                Value::Money { amount, currency } => {
                    let amount = *amount as f64 / cell::MONEY_PARTS;
                    map.serialize_entry(name, &json!({ "amount": amount, "currency": currency }))?;
                }
                Value::At(ms) => map.serialize_entry(name, &cell::iso(*ms, &self.paper.zone))?,
                Value::Text(text) => map.serialize_entry(name, text)?,
            }
        }
        map.end()
    }
}

fn head(column: &Column, name: &str) -> serde_json::Value {
    json!({ "name": name, "head": column.head, "unit": column.unit, "formula": column.formula })
}

/// One for each column, all different.
fn names(columns: &[Column]) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(columns.len());
    for column in columns {
        let plain = name(column);
        let mut name = plain.clone();
        let mut again = 1;
        while names.contains(&name) {
            again += 1;
            name = format!("{plain}_{again}");
        }
        names.push(name);
    }
    names
}

fn name(column: &Column) -> String {
    let own = match (column.measure, column.field) {
        (Some(measure), _) => serde_json::to_value(measure).ok(),
        (None, Some(field)) => serde_json::to_value(field).ok(),
        (None, None) => None,
    };
    let name = match own {
        Some(serde_json::Value::String(name)) => name,
        _ => column.head.to_lowercase().split_whitespace().collect::<Vec<_>>().join("_"),
    };
    if column.unit == Unit::Length { format!("{name}_ms") } else { name }
}

fn broken(error: serde_json::Error) -> Trouble {
    Trouble::Write(error.into())
}
