//! Many rows in few statements: INSERTs of a few fixed numbers of rows, so that each stays prepared, with the values of
//! the next one put together while SQLite's thread writes the one before.
//!
//! Each hand-over between the two threads costs tens of microseconds, as much as some rows: hence one large step that
//! holds several statements, and halves of halves, so that any rest is at most a dozen steps.

use crate::StoreError;
use sqlx::encode::Encode;
use sqlx::error::BoxDynError;
use sqlx::sqlite::{SqliteArguments, SqliteConnection};
use sqlx::{Arguments, Sqlite, Type};
use std::sync::Arc;

/// Rows per step, largest first.
const STEPS: [usize; 11] = [2_048, 512, 256, 128, 64, 32, 16, 8, 4, 2, 1];

/// Rows per statement at most: 512 of the widest table (19 values) stay well below SQLite's 32,766 values.
const STATEMENT_ROWS: usize = 512;

/// The steps of one table.
pub(crate) struct Insert {
    steps: [String; STEPS.len()],
    columns: usize,
}

impl Insert {
    /// `head` up to VALUES, `tail` after it; both fixed text of this crate.
    pub(crate) fn new(head: &'static str, columns: usize, tail: &'static str) -> Self {
        let row = format!("({})", vec!["?"; columns].join(","));
        let steps = STEPS.map(|rows| {
            let statement_rows = rows.min(STATEMENT_ROWS);
            let values = vec![row.as_str(); statement_rows].join(",");
            let statement = format!("{head} VALUES {values} {tail};");
            statement.repeat(rows / statement_rows)
        });
        Self { steps, columns }
    }

    /// Inserts all `rows`; `bind` adds one row's values in the order of the columns.
    pub(crate) async fn run<T>(
        &'static self,
        connection: &mut SqliteConnection,
        rows: &[T],
        bind: impl Fn(&mut Values, &T) -> Result<(), BoxDynError>,
    ) -> Result<(), StoreError> {
        let mut rest = rows;
        let mut ready = self.next(&mut rest, &bind)?;
        while let Some((step, values)) = ready {
            let writing = sqlx::query_with(step, values.0).execute(&mut *connection);
            let (written, next) = tokio::join!(writing, async { self.next(&mut rest, &bind) });
            written?;
            ready = next?;
        }
        Ok(())
    }

    fn next<T>(
        &'static self,
        rest: &mut &[T],
        bind: &impl Fn(&mut Values, &T) -> Result<(), BoxDynError>,
    ) -> Result<Option<(&'static str, Values)>, StoreError> {
        let Some((step, size)) = self.steps.iter().zip(STEPS).find(|(_, size)| *size <= rest.len()) else {
            return Ok(None);
        };
        let Some((now, later)) = rest.split_at_checked(size) else {
            return Ok(None);
        };
        *rest = later;
        let mut values = Values::with_capacity(size * self.columns);
        for row in now {
            bind(&mut values, row).map_err(sqlx::Error::Encode)?;
        }
        Ok(Some((step.as_str(), values)))
    }
}

/// The values of a statement, in order.
#[derive(Default)]
pub(crate) struct Values(pub(crate) SqliteArguments);

impl Values {
    fn with_capacity(count: usize) -> Self {
        let mut values = Self::default();
        values.0.reserve(count, 0);
        values
    }

    pub(crate) fn add<'v>(
        &mut self,
        value: impl Encode<'v, Sqlite> + Type<Sqlite>,
    ) -> Result<&mut Self, BoxDynError> {
        self.0.add(value)?;
        Ok(self)
    }

    /// One allocation where a plain `&str` takes two.
    pub(crate) fn text(&mut self, value: Option<&str>) -> Result<&mut Self, BoxDynError> {
        match value {
            Some(text) => self.0.add(Arc::<str>::from(text))?,
            None => self.0.add(None::<i64>)?,
        }
        Ok(self)
    }
}
