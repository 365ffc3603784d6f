//! Search from anywhere: people, groups, outside numbers, calls; a few of each.
//!
//! A key pressed in the search box must be answered at once, also with a million calls behind it: names of the office
//! are few, beginnings of numbers are found by an index, and everything else is looked for in the latest calls only.

use crate::filter::{anywhere, sought};
use crate::number::{END_DIGITS, digits_of};
use crate::office::{self, Named};
use crate::tables::calls::by_id;
use crate::{NameKind, Reader, StoreError};
use model::{At, Call, CallId};
use sqlx::sqlite::SqliteConnection;

/// Latest calls that are looked through: some months of a small office, some 20 ms.
const RECENT_CALLS: i64 = 20_000;

/// Calls with a number that begins as typed that are looked at: more of them, and more digits are wanted.
const NUMBERS_LOOKED_AT: i64 = 1_000;

/// Fewer digits stand in too many numbers to say anything.
const DIGITS_MIN: usize = 3;

/// A call id as shown to people has at least so many characters in a library with anything in it.
const ID_CHARS_MIN: usize = 4;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    pub people: Vec<Named>,
    pub groups: Vec<Named>,
    /// The latest first.
    pub numbers: Vec<OutsideParty>,
    /// The latest first.
    pub calls: Vec<Call>,
}

/// A number outside the office with the name last seen with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutsideParty {
    /// As it was seen last.
    pub number: String,
    pub e164: Option<String>,
    pub name: Option<String>,
    pub last_at: At,
}

impl Reader {
    /// At most `limit` of each, best first. Nothing for an empty text. `begins` are the beginnings of numbers, as they are
    /// compared, that the text may mean; its digits are one of them in any case.
    pub async fn search(&self, text: &str, begins: &[String], limit: u32) -> Result<Found, StoreError> {
        let text = &sought(text);
        if text.is_empty() {
            return Ok(Found::default());
        }
        let limit = limit.max(1);
        let mut snapshot = self.snapshot().await?;
        let (people, groups) = office(&mut snapshot, text, limit as usize).await?;
        let digits = Some(digits_of(text))
            .filter(|digits| digits.len() >= DIGITS_MIN && digits.bytes().all(|byte| byte.is_ascii_digit()))
            .filter(|_| !text.chars().any(char::is_alphabetic));
        let begins: Vec<&str> =
            digits.as_deref().into_iter().chain(begins.iter().map(String::as_str)).collect();
        let numbers = parties(&mut snapshot, text, digits.as_deref(), &begins, limit).await?;
        let calls = calls(&mut snapshot, text, digits.as_deref(), &numbers, limit).await?;
        Ok(Found { people, groups, numbers, calls })
    }
}

async fn office(
    connection: &mut SqliteConnection,
    text: &str,
    limit: usize,
) -> Result<(Vec<Named>, Vec<Named>), StoreError> {
    let wanted = text.to_lowercase();
    // Who is there now before who once was.
    let mut ranked: Vec<(u8, bool, Named)> = office::spans(connection)
        .await?
        .into_iter()
        .filter_map(|span| Some((rank(&span.named, &wanted)?, span.to.is_some(), span.named)))
        .collect();
    ranked.sort_by(|a, b| (a.0, a.1, &a.2.number, a.2.site).cmp(&(b.0, b.1, &b.2.number, b.2.site)));
    let (mut people, mut groups) = (Vec::new(), Vec::new());
    for (_, _, named) in ranked {
        let list = match named.kind {
            NameKind::Extension => &mut people,
            NameKind::Group => &mut groups,
        };
        if list.len() < limit && !list.contains(&named) {
            list.push(named);
        }
    }
    Ok((people, groups))
}

/// Smaller is better; `None` does not match.
fn rank(named: &Named, wanted: &str) -> Option<u8> {
    let name = named.name.to_lowercase();
    if named.number == wanted {
        return Some(0);
    }
    if name.starts_with(wanted) {
        return Some(1);
    }
    if name.split(|letter: char| !letter.is_alphanumeric()).any(|word| word.starts_with(wanted)) {
        return Some(2);
    }
    if named.number.starts_with(wanted) {
        return Some(3);
    }
    name.contains(wanted).then_some(4)
}

/// By what numbers are compared, the latest call of each telling how it is written.
async fn parties(
    connection: &mut SqliteConnection,
    text: &str,
    digits: Option<&str>,
    begins: &[&str],
    limit: u32,
) -> Result<Vec<OutsideParty>, StoreError> {
    let end =
        digits.filter(|digits| digits.len() >= END_DIGITS).map(|digits| &digits[digits.len() - END_DIGITS..]);
    let rows: Vec<(String, Option<String>, Option<String>, i64)> = sqlx::query_as(
        "SELECT external_number, external_e164, external_name, max(started_at) AS last_at FROM (
            SELECT * FROM (
                SELECT c.number_key, c.external_number, c.external_e164, c.external_name, c.started_at
                FROM json_each(?1) wanted CROSS JOIN calls c
                    ON c.number_key >= wanted.value AND c.number_key < wanted.value || ':'
                WHERE c.external_number IS NOT NULL LIMIT ?4)
            UNION ALL
            SELECT * FROM (
                SELECT number_key, external_number, external_e164, external_name, started_at FROM calls
                WHERE external_e164 IS NOT NULL AND substr(external_e164, -7) = ?7
                    AND instr(external_e164, ?2) > 0 LIMIT ?4)
            UNION ALL
            SELECT * FROM (
                SELECT number_key, external_number, external_e164, external_name, started_at
                FROM calls INDEXED BY calls_by_start
                ORDER BY started_at DESC LIMIT ?5)
            WHERE external_number IS NOT NULL AND (instr(external_number, ?2) > 0
                OR instr(external_e164, ?2) > 0 OR external_name LIKE ?3 ESCAPE '\\'))
         GROUP BY number_key ORDER BY last_at DESC LIMIT ?6",
    )
    .bind(serde_json::Value::from(begins).to_string())
    .bind(digits)
    .bind(anywhere(text))
    .bind(NUMBERS_LOOKED_AT)
    .bind(RECENT_CALLS)
    .bind(limit)
    .bind(end)
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(number, e164, name, last_at)| OutsideParty { number, e164, name, last_at: At(last_at) })
        .collect())
}

async fn calls(
    connection: &mut SqliteConnection,
    text: &str,
    digits: Option<&str>,
    parties: &[OutsideParty],
    limit: u32,
) -> Result<Vec<Call>, StoreError> {
    let keys: Vec<&str> =
        parties.iter().map(|party| party.e164.as_deref().unwrap_or(&party.number)).collect();
    let mut ids: Vec<i64> = sqlx::query_scalar(
        "SELECT id FROM (
            SELECT id, started_at FROM (
                SELECT id, started_at, counted, external_name, dialed_number FROM calls INDEXED BY calls_by_start
                ORDER BY started_at DESC LIMIT ?4)
            WHERE counted = 1 AND (instr(dialed_number, ?2) > 0 OR external_name LIKE ?3 ESCAPE '\\')
            UNION
            SELECT id, started_at FROM (
                SELECT c.id, c.started_at, c.counted FROM json_each(?1) wanted
                    CROSS JOIN calls c ON c.number_key = wanted.value AND c.external_number IS NOT NULL
                ORDER BY c.started_at DESC LIMIT ?4)
            WHERE counted = 1)
         ORDER BY started_at DESC, id DESC LIMIT ?5",
    )
    .bind(serde_json::Value::from(keys).to_string())
    .bind(digits)
    .bind(anywhere(text))
    .bind(RECENT_CALLS)
    .bind(limit)
    .fetch_all(&mut *connection)
    .await?;
    let by_name = CallId::from_text(text).filter(|_| text.len() >= ID_CHARS_MIN);
    ids.extend(by_name.map(|id| id.0));
    let ids: Vec<CallId> = ids.into_iter().map(CallId).collect();
    let mut calls = by_id(connection, &ids).await?;
    calls.sort_by_key(|call| std::cmp::Reverse((Some(call.id) == by_name, call.started_at, call.id)));
    calls.truncate(limit as usize);
    Ok(calls)
}
