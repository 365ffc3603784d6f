//! What is made of the journal, thrown away without being read: pages of it are damaged, so that it cannot be cleared in
//! the usual way. Its tables are taken out of the schema and made anew; what they held is left behind when the database is
//! written anew.

use crate::tables::leaves;
use crate::writer::open;
use crate::{StoreError, Writer, privacy};
use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, Connection, Executor};

/// All that a rebuild makes again; the journal, what people entered and recordings are not in here.
macro_rules! of_what_is_made_again {
    ($before:literal, $after:literal) => {
        concat!(
            $before,
            " WHERE tbl_name IN ('calls', 'events', 'related', 'records', 'quarantine', 'pbx_names', 'numbers_seen',
                'agent_states', 'checkpoint', 'by_hand', 'report_leaves', 'outside_parties')",
            $after
        )
    };
}

const HOW_IT_WAS_MADE: &str = of_what_is_made_again!(
    "SELECT sql FROM sqlite_schema",
    " AND sql IS NOT NULL ORDER BY type = 'table' DESC, rowid"
);
const LEAVE_BEHIND: &str = of_what_is_made_again!("DELETE FROM sqlite_schema", "");

impl Writer {
    /// As [`Writer::clear_projection`], where pages of the projection are damaged. Nobody else may read meanwhile: the
    /// whole database is written anew. Where a part of the journal is gone, it is refused with
    /// [`StoreError::Damaged`]: what rested on that part could not be made again.
    pub async fn replace_projection(&mut self) -> Result<(), StoreError> {
        let mut writing = self.turn().await?;
        let connection = open(&mut writing)?;
        if privacy::gone(&mut *connection).await? != privacy::Gone::default() {
            return Err(StoreError::damaged("calls that are older than the journal cannot be made anew"));
        }
        // With it off, no row is looked at when a table goes.
        connection.execute("PRAGMA foreign_keys = OFF; PRAGMA writable_schema = ON").await?;
        let replaced = replace(connection).await;
        connection.execute("PRAGMA writable_schema = RESET; PRAGMA foreign_keys = ON").await?;
        replaced?;
        connection.execute("VACUUM").await?;
        self.highest_call = 0;
        self.numbers.clear();
        Ok(())
    }
}

async fn replace(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    let made_by: Vec<String> = sqlx::query_scalar(HOW_IT_WAS_MADE).fetch_all(&mut *transaction).await?;
    transaction.execute(LEAVE_BEHIND).await?;
    // SQLite reads the schema again, now without them.
    transaction.execute("PRAGMA writable_schema = RESET").await?;
    for statement in made_by {
        transaction.execute(AssertSqlSafe(statement)).await?;
    }
    transaction.execute("UPDATE sites SET keys_due_below = NULL").await?;
    leaves::forget(&mut transaction).await?;
    Ok(transaction.commit().await?)
}
