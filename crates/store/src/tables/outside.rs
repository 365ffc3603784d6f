//! Tables `outside_parties`, `outside_words` and `other_words`: what calls can be looked for by, each once.
//!
//! They go with the leaves: what calls of a day say is in here before the day counts as up to date.

use crate::bulk::Insert;
use crate::hand::begin;
use crate::{Hand, StoreError};
use model::{Call, Direction};
use sqlx::sqlite::SqliteConnection;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// What the calls of a day can be looked for by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayWords {
    /// Key and words.
    parties: BTreeSet<(String, String)>,
    other: BTreeSet<String>,
}

impl DayWords {
    pub fn of(calls: &[Call]) -> Self {
        let mut words = Self::default();
        for call in calls {
            words.add(call);
        }
        words
    }

    fn add(&mut self, call: &Call) {
        let number = call.external_number.as_deref();
        let key = number.map(|number| call.external_e164.as_deref().unwrap_or(number));
        let (dialed, name) = (call.dialed_number.as_deref(), call.external_name.as_deref());
        let mut other =
            vec![call.caller_extension.as_deref(), call.account_code.as_deref(), call.tag.as_deref()];
        // What a caller dialled is one of the office's few numbers; what somebody called belongs to that party.
        let dialed_party = dialed.filter(|_| call.direction == Direction::Outbound);
        match key {
            Some(key) => {
                self.parties.insert((key.to_owned(), lines(&[Some(key), number, dialed_party, name])));
                other.push(dialed.filter(|_| call.direction != Direction::Outbound));
            }
            None => other.extend([dialed, name]),
        }
        for text in other.into_iter().flatten().filter(|text| !text.is_empty()) {
            // Most are there already, and cost nothing then.
            if !self.other.contains(text) {
                self.other.insert(text.to_owned());
            }
        }
    }
}

/// What stands in a line before needs no line of its own: whatever is found in it is found there.
fn lines(texts: &[Option<&str>]) -> String {
    let mut lines: Vec<&str> = Vec::with_capacity(texts.len());
    for text in texts.iter().flatten() {
        if !lines.iter().any(|line| line.contains(text)) {
            lines.push(text);
        }
    }
    lines.join("\n")
}

pub(crate) async fn add(connection: &mut SqliteConnection, words: &DayWords) -> Result<(), StoreError> {
    static PARTIES: LazyLock<Insert> =
        LazyLock::new(|| Insert::new("INSERT OR IGNORE INTO outside_parties (number_key, words)", 2, ""));
    static OTHER: LazyLock<Insert> =
        LazyLock::new(|| Insert::new("INSERT OR IGNORE INTO other_words (words)", 1, ""));
    let parties: Vec<&(String, String)> = words.parties.iter().collect();
    PARTIES
        .run(connection, &parties, |values, (key, words)| {
            values.add(key.as_str())?.add(words.as_str())?;
            Ok(())
        })
        .await?;
    let other: Vec<&String> = words.other.iter().collect();
    OTHER
        .run(connection, &other, |values, words| {
            values.add(words.as_str())?;
            Ok(())
        })
        .await
}

impl Hand {
    /// Takes out what no call has any more, because calls were removed or their numbers shortened or erased. With
    /// `ending`, numbers that end so are taken out of the other words too.
    pub async fn forget_unused_words(&self, ending: Option<&str>) -> Result<(), StoreError> {
        let mut turn = self.turn().await?;
        let mut transaction = begin(&mut turn).await?;
        for statement in [
            "INSERT INTO outside_words (outside_words, rowid, words)
             SELECT 'delete', id, words FROM outside_parties p WHERE NOT EXISTS (
                SELECT 1 FROM calls WHERE number_key = p.number_key AND external_number IS NOT NULL)",
            "DELETE FROM outside_parties WHERE NOT EXISTS (SELECT 1 FROM calls
                WHERE number_key = outside_parties.number_key AND external_number IS NOT NULL)",
        ] {
            sqlx::query(statement).execute(&mut *transaction).await?;
        }
        if let Some(ending) = ending {
            sqlx::query(
                "DELETE FROM other_words WHERE words LIKE '%' || ? AND NOT EXISTS (SELECT 1 FROM calls
                    WHERE words IN (dialed_number, caller_extension, account_code, tag, external_name))",
            )
            .bind(ending)
            .execute(&mut *transaction)
            .await?;
        }
        Ok(transaction.commit().await?)
    }
}

pub(crate) async fn forget(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    for statement in [
        "DELETE FROM outside_parties",
        "INSERT INTO outside_words (outside_words) VALUES ('delete-all')",
        "DELETE FROM other_words",
    ] {
        sqlx::query(statement).execute(&mut *connection).await?;
    }
    Ok(())
}
