//! Looking for calls by a number that a person typed, in whatever way.
//!
//! With a million calls behind a list, looking for digits anywhere takes some tenths of a second where few calls match.
//! What people type mostly is a whole number, or its end without the area: both are found by an index.

use crate::StoreError;
use sqlx::sqlite::SqliteConnection;
use sqlx::{QueryBuilder, Sqlite};

/// A beginning of so many characters, plus sign included, leaves few enough calls to sort them.
const BEGINNING_MIN: usize = 7;

/// Digits by whose end a number is found: as many as the index over ends holds.
pub(crate) const END_DIGITS: usize = 7;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberFilter {
    /// The digits of the text, anywhere in the outside party's or the dialled number.
    Anywhere(String),
    /// What a person typed, and the beginnings of the keys that it may be: E.164, and as the calls of sites without a
    /// country have it. Without beginnings, it may be the end of a number.
    Typed { text: String, begins: Vec<String> },
    /// The outside party's whole number: in E.164 where it has that, else as it is.
    Exact(String),
}

/// How a number is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// By the index over keys.
    Exact(String),
    /// By the index over keys: one of these beginnings.
    Begins(Vec<String>),
    /// By the index over ends, then the whole of it in the key.
    Ends(String),
    /// Call by call: these digits anywhere, or one of these beginnings.
    Anywhere(String, Vec<String>),
}

impl Way {
    pub(crate) async fn of(
        connection: &mut SqliteConnection,
        filter: &NumberFilter,
    ) -> Result<Self, StoreError> {
        Ok(match filter {
            NumberFilter::Exact(key) => Way::Exact(key.clone()),
            NumberFilter::Anywhere(text) => Way::Anywhere(digits_of(text), Vec::new()),
            NumberFilter::Typed { text, begins } if begins.is_empty() => {
                let digits = digits_of(text);
                if is_an_end(connection, &digits).await? {
                    Way::Ends(digits)
                } else {
                    Way::Anywhere(digits, Vec::new())
                }
            }
            NumberFilter::Typed { begins, .. } if begins.iter().all(|begin| begin.len() >= BEGINNING_MIN) => {
                Way::Begins(without_longer(begins))
            }
            NumberFilter::Typed { text, begins } => Way::Anywhere(digits_of(text), begins.clone()),
        })
    }

    /// Few calls are left to look at.
    pub(crate) fn is_by_index(&self) -> bool {
        !matches!(self, Way::Anywhere(..))
    }

    /// ` FROM calls c ... WHERE ...`, for those by an index.
    pub(crate) fn push_lead(&self, query: &mut QueryBuilder<Sqlite>) {
        match self {
            Way::Begins(begins) => {
                query
                    .push(" FROM json_each(")
                    .push_bind(serde_json::Value::from(begins.as_slice()).to_string());
                query.push(
                    ") wanted CROSS JOIN calls c
                     ON c.number_key >= wanted.value AND c.number_key < wanted.value || ':'
                     WHERE c.external_number IS NOT NULL",
                );
            }
            Way::Ends(digits) => {
                let end = &digits[digits.len() - END_DIGITS..];
                query.push(
                    " FROM calls c WHERE c.external_e164 IS NOT NULL AND substr(c.external_e164, -7) = ",
                );
                query.push_bind(end.to_owned());
            }
            Way::Exact(_) | Way::Anywhere(..) => {
                query.push(" FROM calls c WHERE c.external_number IS NOT NULL");
            }
        }
    }

    /// ` AND ...`: what is left to ask of each call. `led`: the lead was this one's.
    pub(crate) fn push(&self, query: &mut QueryBuilder<Sqlite>, led: bool) {
        match self {
            Way::Exact(key) => {
                query.push(" AND c.number_key = ").push_bind(key.clone());
            }
            Way::Begins(_) if led => {}
            Way::Begins(begins) => {
                query.push(" AND (0");
                push_begins(query, begins);
                query.push(")");
            }
            Way::Ends(digits) => {
                query.push(" AND instr(c.external_e164, ").push_bind(digits.clone()).push(") > 0");
            }
            Way::Anywhere(digits, begins) => {
                query.push(" AND (instr(c.external_number, ").push_bind(digits.clone());
                query.push(") > 0 OR instr(c.external_e164, ").push_bind(digits.clone());
                query.push(") > 0 OR instr(c.dialed_number, ").push_bind(digits.clone()).push(") > 0");
                push_begins(query, begins);
                query.push(")");
            }
        }
    }
}

fn push_begins(query: &mut QueryBuilder<Sqlite>, begins: &[String]) {
    for begin in begins {
        query.push(" OR (c.number_key >= ").push_bind(begin.clone());
        query.push(" AND c.number_key < ").push_bind(format!("{begin}:")).push(")");
    }
}

/// Each call once: what begins as a longer one does begins as the shorter one too.
fn without_longer(begins: &[String]) -> Vec<String> {
    let mut sorted = begins.to_vec();
    sorted.sort_unstable();
    sorted.dedup_by(|longer, shorter| longer.starts_with(shorter.as_str()));
    sorted
}

/// Whether some number ends with these digits.
pub(crate) async fn is_an_end(connection: &mut SqliteConnection, digits: &str) -> Result<bool, StoreError> {
    if digits.len() < END_DIGITS || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(false);
    }
    let found = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM calls WHERE external_e164 IS NOT NULL
            AND substr(external_e164, -7) = ? AND instr(external_e164, ?) > 0)",
    )
    .bind(&digits[digits.len() - END_DIGITS..])
    .bind(digits);
    Ok(found.fetch_one(connection).await?)
}

/// The digits in what a person typed (spaces and brackets are not stored); the text itself when it has none.
pub(crate) fn digits_of(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() { text.trim().to_owned() } else { digits }
}
