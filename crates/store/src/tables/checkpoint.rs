//! Tables `checkpoint` and `by_hand`: one row each, how far the projection goes and what was decided by hand.

use crate::{Checkpoint, Reader, StoreError};
use sqlx::sqlite::SqliteConnection;

impl Reader {
    /// `None` before the first one and after [`crate::Writer::clear_projection`].
    pub async fn checkpoint(&self) -> Result<Option<Checkpoint>, StoreError> {
        get(&mut *self.snapshot().await?).await
    }
}

pub(crate) async fn get(connection: &mut SqliteConnection) -> Result<Option<Checkpoint>, StoreError> {
    let row: Option<(i64, u32, Vec<u8>)> =
        sqlx::query_as("SELECT through_seq, engine_version, state FROM checkpoint")
            .fetch_optional(&mut *connection)
            .await?;
    let by_hand: Option<Vec<u8>> =
        sqlx::query_scalar("SELECT state FROM by_hand").fetch_optional(connection).await?;
    Ok(row.map(|(through_seq, engine_version, state)| Checkpoint {
        through_seq,
        engine_version,
        state,
        by_hand,
    }))
}

pub(crate) async fn set(
    connection: &mut SqliteConnection,
    checkpoint: &Checkpoint,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT OR REPLACE INTO checkpoint (one, through_seq, engine_version, state) VALUES (1, ?, ?, ?)",
    )
    .bind(checkpoint.through_seq)
    .bind(checkpoint.engine_version)
    .bind(checkpoint.state.as_slice())
    .execute(&mut *connection)
    .await?;
    // A row of its own: it changes when somebody decides, the other several times a second.
    if let Some(by_hand) = &checkpoint.by_hand {
        sqlx::query("INSERT OR REPLACE INTO by_hand (one, state) VALUES (1, ?)")
            .bind(by_hand.as_slice())
            .execute(connection)
            .await?;
    }
    Ok(())
}
