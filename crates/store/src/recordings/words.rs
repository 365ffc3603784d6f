//! Looking for recordings by a text: by the index over any three letters where that leaves few enough, else along the
//! list.
//!
//! A text that is nearly everywhere would have the index give nearly everything; walking the list finds a page of such
//! recordings at once. One that is nearly nowhere would have the walk read everything; the index gives those few.

use crate::filter::{anywhere, sought};
use crate::office::{self, NameSpan};
use crate::{NameKind, StoreError};
use sqlx::sqlite::SqliteConnection;
use sqlx::{QueryBuilder, Sqlite};

/// So many may be fetched and sorted.
const FEW: i64 = 2_000;
/// So many may be gathered, to be looked up along the list.
const MANY: i64 = 20_000;
/// Names in the office that a text may mean.
const NAMED_MAX: usize = 100;
/// The index knows pieces of three letters.
const PIECE: usize = 3;

/// How a text is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The index gives few: they lead.
    Few,
    /// The index gives a set that is asked along the list.
    Many,
    /// Recording by recording.
    Walk,
}

/// A text with what it needs to know from the library beforehand.
#[derive(Debug)]
pub(crate) struct Words {
    /// The expression for the index; `None`: too short for it.
    expression: Option<String>,
    /// Each of these must be there.
    pieces: Vec<String>,
    named: Vec<NameSpan>,
    several_sites: bool,
    pub(crate) reach: Reach,
}

impl Words {
    /// `None` when there is nothing to look for.
    pub(crate) async fn of(
        connection: &mut SqliteConnection,
        text: &str,
    ) -> Result<Option<Self>, StoreError> {
        let text = sought(text);
        let pieces: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        if pieces.is_empty() {
            return Ok(None);
        }
        let wanted = text.to_lowercase();
        let mut named = office::spans(connection).await?;
        named.retain(|span| span.named.name.to_lowercase().contains(&wanted));
        named.truncate(NAMED_MAX);
        let several_sites: bool =
            sqlx::query_scalar("SELECT count(*) > 1 FROM sites").fetch_one(&mut *connection).await?;
        let long = pieces.iter().all(|piece| piece.chars().count() >= PIECE);
        let expression = long.then(|| {
            let quoted: Vec<String> =
                pieces.iter().map(|piece| format!("\"{}\"", piece.replace('"', "\"\""))).collect();
            quoted.join(" AND ")
        });
        let mut words = Self { expression, pieces, named, several_sites, reach: Reach::Walk };
        words.reach = words.measure(connection).await?;
        Ok(Some(words))
    }

    /// How many there are, as far as that matters.
    async fn measure(&self, connection: &mut SqliteConnection) -> Result<Reach, StoreError> {
        if self.expression.is_none() {
            return Ok(Reach::Walk);
        }
        let mut query = QueryBuilder::new("SELECT count(*) FROM (SELECT * FROM (");
        self.push_set(&mut query);
        query.push(") LIMIT ").push_bind(MANY + 1).push(")");
        let found: i64 = query.build_query_scalar().fetch_one(connection).await?;
        Ok(match found {
            0..=FEW => Reach::Few,
            _ if found <= MANY => Reach::Many,
            _ => Reach::Walk,
        })
    }

    /// `SELECT id ...` of every recording that is meant.
    pub(crate) fn push_set(&self, query: &mut QueryBuilder<Sqlite>) {
        query.push("SELECT rowid AS id FROM recording_words WHERE recording_words MATCH ");
        query.push_bind(self.expression.clone());
        for span in &self.named {
            match span.named.kind {
                NameKind::Extension => {
                    query.push(" UNION ALL SELECT x.recording FROM recording_people x WHERE x.extension = ");
                    query.push_bind(span.named.number.clone());
                    push_time(query, span);
                    if self.several_sites {
                        query.push(
                            " AND EXISTS (SELECT 1 FROM recordings y WHERE y.id = x.recording AND y.site = ",
                        );
                        query.push_bind(span.named.site.0).push(")");
                    }
                }
                NameKind::Group => {
                    query.push(
                        " UNION ALL SELECT x.id FROM recordings x WHERE x.trashed_at IS NULL AND x.grp = ",
                    );
                    query.push_bind(span.named.number.clone());
                    push_time(query, span);
                    if self.several_sites {
                        query.push(" AND x.site = ").push_bind(span.named.site.0);
                    }
                }
            }
        }
    }

    /// ` AND ...`: what is left to ask of each recording `r`.
    pub(crate) fn push(&self, query: &mut QueryBuilder<Sqlite>) {
        match self.reach {
            Reach::Few => {}
            Reach::Many => {
                query.push(" AND r.id IN (");
                self.push_set(query);
                query.push(")");
            }
            Reach::Walk => self.push_walk(query),
        }
    }

    fn push_walk(&self, query: &mut QueryBuilder<Sqlite>) {
        query.push(" AND ((1");
        for piece in &self.pieces {
            let pattern = anywhere(piece);
            query.push(" AND (0");
            for column in ["file_name", "name", "number", "number_key", "grp", "said_name", "said_number"] {
                query
                    .push(" OR r.")
                    .push(column)
                    .push(" LIKE ")
                    .push_bind(pattern.clone())
                    .push(" ESCAPE '\\'");
            }
            query.push(
                " OR EXISTS (SELECT 1 FROM recording_people x WHERE x.recording = r.id AND x.extension LIKE ",
            );
            query.push_bind(pattern.clone()).push(" ESCAPE '\\')");
            query.push(
                " OR r.notes > 0 AND EXISTS (SELECT 1 FROM notes x WHERE x.recording = r.id AND x.text LIKE ",
            );
            query.push_bind(pattern.clone()).push(" ESCAPE '\\')");
            query.push(
                " OR r.notes > 0 AND EXISTS (SELECT 1 FROM notes x WHERE x.call = r.call AND x.text LIKE ",
            );
            query.push_bind(pattern.clone()).push(" ESCAPE '\\')");
            query.push(
                " OR EXISTS (SELECT 1 FROM tags x WHERE x.call <> 0 AND x.call = r.call AND x.tag LIKE ",
            );
            query.push_bind(pattern.clone()).push(" ESCAPE '\\')");
            query.push(" OR EXISTS (SELECT 1 FROM tags x WHERE x.recording <> 0 AND x.recording = r.id AND x.tag LIKE ");
            query.push_bind(pattern).push(" ESCAPE '\\'))");
        }
        query.push(")");
        for span in &self.named {
            match span.named.kind {
                NameKind::Extension => {
                    query.push(" OR EXISTS (SELECT 1 FROM recording_people x WHERE x.recording = r.id AND x.extension = ");
                    query.push_bind(span.named.number.clone());
                    push_time(query, span);
                    query.push(" AND r.site = ").push_bind(span.named.site.0).push(")");
                }
                NameKind::Group => {
                    query.push(" OR (r.grp = ").push_bind(span.named.number.clone());
                    query.push(" AND r.site = ").push_bind(span.named.site.0).push(")");
                }
            }
        }
        query.push(")");
    }
}

fn push_time(query: &mut QueryBuilder<Sqlite>, span: &NameSpan) {
    if let Some(from) = span.from {
        query.push(" AND x.started_at >= ").push_bind(from.0);
    }
    if let Some(to) = span.to {
        query.push(" AND x.started_at < ").push_bind(to.0);
    }
}
