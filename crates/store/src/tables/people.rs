//! Tables `people` and `holdings`: who had which extension when, as people entered it.

use crate::{Reader, StoreError};
use model::{At, SiteId};
use sqlx::sqlite::SqliteConnection;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// 0: not stored yet.
    pub id: i64,
    pub name: String,
    pub source: PersonSource,
    pub holdings: Vec<Holding>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonSource {
    Csv,
    Hand,
}

/// An extension and when it was the person's. `None` at either end: without limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    pub site: SiteId,
    pub extension: String,
    pub from: Option<At>,
    /// Up to, not including.
    pub to: Option<At>,
}

type HoldingRow = (i64, i64, String, Option<i64>, Option<i64>);

impl Reader {
    /// In the order in which they were entered.
    pub async fn people(&self) -> Result<Vec<Person>, StoreError> {
        all(&mut *self.snapshot().await?).await
    }
}

pub(crate) async fn all(connection: &mut SqliteConnection) -> Result<Vec<Person>, StoreError> {
    let rows: Vec<(i64, String, i64)> =
        sqlx::query_as("SELECT id, name, source FROM people ORDER BY id").fetch_all(&mut *connection).await?;
    let mut people = rows
        .into_iter()
        .map(|(id, name, source)| Ok(Person { id, name, source: source_of(source)?, holdings: Vec::new() }))
        .collect::<Result<Vec<Person>, StoreError>>()?;
    let holdings: Vec<HoldingRow> =
        sqlx::query_as("SELECT person, site, extension, from_at, to_at FROM holdings ORDER BY person, n")
            .fetch_all(connection)
            .await?;
    for (person, site, extension, from, to) in holdings {
        if let Ok(place) = people.binary_search_by_key(&person, |person| person.id) {
            people[place].holdings.push(Holding {
                site: SiteId(site),
                extension,
                from: from.map(At),
                to: to.map(At),
            });
        }
    }
    Ok(people)
}

/// Gives the person's id. [`StoreError::UnknownPerson`] when the one to be replaced is not there.
pub(crate) async fn save(connection: &mut SqliteConnection, person: &Person) -> Result<i64, StoreError> {
    let id = if person.id == 0 {
        sqlx::query("INSERT INTO people (name, source) VALUES (?, ?)")
            .bind(&person.name)
            .bind(source_code(person.source))
            .execute(&mut *connection)
            .await?
            .last_insert_rowid()
    } else {
        let changed = sqlx::query("UPDATE people SET name = ?, source = ? WHERE id = ?")
            .bind(&person.name)
            .bind(source_code(person.source))
            .bind(person.id)
            .execute(&mut *connection)
            .await?;
        if changed.rows_affected() == 0 {
            return Err(StoreError::UnknownPerson);
        }
        sqlx::query("DELETE FROM holdings WHERE person = ?")
            .bind(person.id)
            .execute(&mut *connection)
            .await?;
        person.id
    };
    for (n, holding) in (0_i64..).zip(&person.holdings) {
        sqlx::query(
            "INSERT INTO holdings (person, n, site, extension, from_at, to_at) VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(id)
        .bind(n)
        .bind(holding.site.0)
        .bind(&holding.extension)
        .bind(holding.from.map(|at| at.0))
        .bind(holding.to.map(|at| at.0))
        .execute(&mut *connection)
        .await?;
    }
    Ok(id)
}

pub(crate) async fn remove(connection: &mut SqliteConnection, id: i64) -> Result<(), StoreError> {
    let changed = sqlx::query("DELETE FROM people WHERE id = ?").bind(id).execute(connection).await?;
    if changed.rows_affected() == 0 { Err(StoreError::UnknownPerson) } else { Ok(()) }
}

/// Stored numbers: append only.
fn source_code(source: PersonSource) -> i64 {
    match source {
        PersonSource::Csv => 1,
        PersonSource::Hand => 2,
    }
}

fn source_of(code: i64) -> Result<PersonSource, StoreError> {
    match code {
        1 => Ok(PersonSource::Csv),
        2 => Ok(PersonSource::Hand),
        _ => Err(StoreError::damaged("a person comes from no known source")),
    }
}
