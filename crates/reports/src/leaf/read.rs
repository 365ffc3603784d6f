//! A leaf as bytes, a piece for each column, and back. What is read is checked, so that the rest may rely on it.

use super::coding::{Bytes, put_numbers};
use super::column::{Column, ColumnSet, Table};
use super::texts::Texts;
use super::{DAY_MS, Damaged, FORMAT, Leaf};

impl Leaf {
    /// Each column it has with the number it is stored under.
    pub fn columns(&self) -> Vec<(u8, Vec<u8>)> {
        self.has
            .columns()
            .map(|column| {
                let mut bytes = vec![FORMAT];
                put_numbers(&mut bytes, self.numbers(column));
                if column.arity() > 0 {
                    self.texts(column).put(&mut bytes);
                }
                (column.id(), bytes)
            })
            .collect()
    }

    /// The `wanted` columns of what [`Leaf::columns`] gave; `get` has the bytes stored under a number.
    pub fn read<'b>(
        day: i64,
        wanted: ColumnSet,
        get: impl Fn(u8) -> Option<&'b [u8]>,
    ) -> Result<Leaf, Damaged> {
        let mut leaf = Leaf {
            day,
            has: wanted,
            calls: 0,
            numbers: vec![Vec::new(); Column::COUNT],
            texts: vec![Texts::default(); Column::COUNT],
        };
        for column in wanted.columns() {
            let mut bytes = Bytes(get(column.id()).ok_or(Damaged::Missing(column))?);
            if bytes.byte()? != FORMAT {
                return Err(Damaged::Format(column));
            }
            let numbers = bytes.numbers()?;
            if column.arity() > 0 {
                let texts = Texts::read(&mut bytes, column.arity())?;
                check_codes(&numbers, texts.len())?;
                leaf.texts[usize::from(column.id())] = texts;
            }
            if !bytes.is_empty() {
                return Err(Damaged::Coding);
            }
            leaf.numbers[usize::from(column.id())] = numbers;
        }
        leaf.check()?;
        Ok(leaf)
    }

    fn check(&mut self) -> Result<(), Damaged> {
        self.calls = self.rows(Table::Calls)?.unwrap_or(0);
        for (count, table) in [
            (Column::PeopleCount, Table::People),
            (Column::GroupCount, Table::Groups),
            (Column::QueueCount, Table::Queues),
        ] {
            let rows = self.rows(table)?;
            if self.has.contains(count) {
                check_counts(self.numbers(count), rows)?;
            }
        }
        self.rows(Table::States)?;
        if self.rows(Table::Day)?.is_some_and(|rows| rows != 1) {
            return Err(Damaged::Shape);
        }
        for start in [Column::Start, Column::StateStart] {
            let starts = self.numbers(start);
            let in_day = starts.iter().all(|start| (0..DAY_MS).contains(start));
            if !in_day || !starts.is_sorted() {
                return Err(Damaged::Shape);
            }
        }
        self.check_places(Column::Extension, &[Column::FirstAgent, Column::FinalAgent])?;
        self.check_places(
            Column::Group,
            &[Column::FirstGroup, Column::FinalGroup, Column::PersonGroup, Column::QueueGroup],
        )
    }

    /// Of all columns of the table that it has.
    fn rows(&self, table: Table) -> Result<Option<usize>, Damaged> {
        let mut rows = self
            .has
            .columns()
            .filter(|column| column.table() == table)
            .map(|column| self.numbers(column).len());
        let first = rows.next();
        if rows.any(|other| Some(other) != first) { Err(Damaged::Shape) } else { Ok(first) }
    }

    /// Places counted from 1 are within the dictionary.
    fn check_places(&self, dictionary: Column, columns: &[Column]) -> Result<(), Damaged> {
        if !self.has.contains(dictionary) {
            return Ok(());
        }
        let entries = self.texts(dictionary).len();
        columns.iter().try_for_each(|column| check_codes(self.numbers(*column), entries + 1))
    }
}

fn check_codes(codes: &[i64], entries: usize) -> Result<(), Damaged> {
    let fits = codes.iter().all(|code| usize::try_from(*code).is_ok_and(|code| code < entries));
    if fits { Ok(()) } else { Err(Damaged::Shape) }
}

/// Each count is one, and together they are the rows of their table, where that was read.
fn check_counts(counts: &[i64], rows: Option<usize>) -> Result<(), Damaged> {
    let mut sum = 0_usize;
    for count in counts {
        let count = usize::try_from(*count).map_err(|_| Damaged::Shape)?;
        sum = sum.checked_add(count).ok_or(Damaged::Shape)?;
    }
    if rows.is_some_and(|rows| rows != sum) { Err(Damaged::Shape) } else { Ok(()) }
}
