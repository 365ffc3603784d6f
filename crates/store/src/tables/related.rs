//! Table `related`: calls that belong together.

use crate::StoreError;
use crate::bulk::Insert;
use model::{Call, CallId, Related, Relation};
use sqlx::sqlite::SqliteConnection;
use std::sync::LazyLock;

/// Relations of the calls in a JSON list of ids, each with its call's id, in order within each call.
pub(crate) async fn of_calls(
    connection: &mut SqliteConnection,
    ids: &str,
) -> Result<Vec<(i64, Related)>, StoreError> {
    let rows: Vec<(i64, i64, i64)> = sqlx::query_as(
        "SELECT call, other, relation FROM related
         WHERE call IN (SELECT value FROM json_each(?)) ORDER BY call, n",
    )
    .bind(ids)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(call, other, code)| Ok((call, Related { id: CallId(other), relation: relation_of(code)? })))
        .collect()
}

pub(crate) async fn insert(connection: &mut SqliteConnection, calls: &[&Call]) -> Result<(), StoreError> {
    static INSERT: LazyLock<Insert> =
        LazyLock::new(|| Insert::new("INSERT INTO related (call, n, other, relation)", 4, ""));
    let rows: Vec<(i64, i64, Related)> = calls
        .iter()
        .flat_map(|call| call.related.iter().zip(0..).map(|(related, n)| (call.id.0, n, *related)))
        .collect();
    INSERT
        .run(connection, &rows, |values, (call, n, related)| {
            values.add(*call)?.add(*n)?.add(related.id.0)?.add(code_of(related.relation))?;
            Ok(())
        })
        .await
}

/// Stored numbers: append only.
fn code_of(relation: Relation) -> i64 {
    match relation {
        Relation::Consultation => 1,
        Relation::ConsultationOf => 2,
        Relation::Twin => 3,
        Relation::Conference => 4,
        Relation::TwinOf => 5,
        Relation::ConferenceOf => 6,
    }
}

fn relation_of(code: i64) -> Result<Relation, StoreError> {
    match code {
        1 => Ok(Relation::Consultation),
        2 => Ok(Relation::ConsultationOf),
        3 => Ok(Relation::Twin),
        4 => Ok(Relation::Conference),
        5 => Ok(Relation::TwinOf),
        6 => Ok(Relation::ConferenceOf),
        _ => Err(StoreError::damaged("two calls belong together in no known way")),
    }
}
