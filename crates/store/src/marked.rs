//! Lists of calls by what people wrote about them and by their recordings.
//!
//! Where few calls are meant, they lead the way through the list; where many are, the list is walked and each call is
//! looked up.

use crate::filter::anywhere;
use crate::tables::tags;
use crate::{CallFilter, StoreError};
use model::CallId;
use sqlx::sqlite::SqliteConnection;
use sqlx::{QueryBuilder, Sqlite};

/// So many may be fetched and sorted.
const FEW: i64 = 20_000;

/// The index knows pieces of three letters.
const PIECE: usize = 3;

/// What a call must have.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Has {
    Recording,
    Note,
    Tag(String),
}

impl Has {
    /// `SELECT id ...` of every call that has it; with `of`, an expression, only whether that one has it.
    fn push(&self, query: &mut QueryBuilder<Sqlite>, of: Option<&'static str>) {
        let only = |query: &mut QueryBuilder<Sqlite>, column: &'static str| {
            if let Some(of) = of {
                query.push(" AND ").push(column).push(" = ").push(of);
            }
        };
        match self {
            Has::Recording => {
                query.push(
                    "SELECT r.call AS id FROM recordings r WHERE r.call IS NOT NULL AND r.trashed_at IS NULL",
                );
                only(query, "r.call");
            }
            Has::Note => {
                query.push("SELECT n.call AS id FROM notes n WHERE n.call IS NOT NULL");
                only(query, "n.call");
                query.push(
                    " UNION ALL SELECT r.call FROM recordings r CROSS JOIN notes n ON n.recording = r.id
                     WHERE r.call IS NOT NULL AND r.notes > 0",
                );
                only(query, "r.call");
            }
            Has::Tag(tag) => {
                query.push("SELECT t.call AS id FROM tags t WHERE t.call <> 0 AND t.tag = ");
                query.push_bind(tag.clone());
                only(query, "t.call");
            }
        }
    }
}

/// What is wanted, and which of it leads.
pub(crate) struct Marked {
    all: Vec<Has>,
    leads: Option<usize>,
    /// JSON: calls that were joined into others, each with the one that is shown.
    joined: Option<String>,
}

impl Marked {
    pub(crate) async fn of(
        connection: &mut SqliteConnection,
        filter: &CallFilter,
    ) -> Result<Self, StoreError> {
        let mut all = Vec::new();
        if let Some(tag) = &filter.tag {
            all.push(Has::Tag(tags::spelling(connection, tag).await?));
        }
        all.extend(filter.noted.then_some(Has::Note));
        all.extend(filter.recorded.then_some(Has::Recording));
        let joined = (!filter.joined.is_empty()).then(|| pairs(&filter.joined));
        let mut marked = Self { all, leads: None, joined };
        let mut fewest = FEW + 1;
        for (place, has) in marked.all.iter().enumerate() {
            let mut query = QueryBuilder::new("SELECT count(*) FROM (SELECT * FROM (");
            has.push(&mut query, None);
            query.push(") LIMIT ").push_bind(FEW + 1).push(")");
            let found: i64 = query.build_query_scalar().fetch_one(&mut *connection).await?;
            if found < fewest {
                (fewest, marked.leads) = (found, Some(place));
            }
        }
        Ok(marked)
    }

    pub(crate) fn leads(&self) -> bool {
        self.leads.is_some()
    }

    /// ` FROM ... WHERE 1`
    pub(crate) fn push_lead(&self, query: &mut QueryBuilder<Sqlite>) {
        let Some(has) = self.leads.and_then(|place| self.all.get(place)) else { return };
        query.push(" FROM (SELECT DISTINCT ");
        push_shown(query, self.joined.as_deref());
        query.push(" AS id FROM (");
        has.push(query, None);
        query.push(") s) m CROSS JOIN calls c ON c.id = m.id WHERE 1");
    }

    /// ` AND ...` for each that does not lead.
    pub(crate) fn push(&self, query: &mut QueryBuilder<Sqlite>, leading: bool) {
        for (place, has) in self.all.iter().enumerate() {
            if leading && self.leads == Some(place) {
                continue;
            }
            query.push(" AND (EXISTS (");
            has.push(query, Some("c.id"));
            query.push(")");
            if let Some(joined) = &self.joined {
                query.push(" OR c.id IN (SELECT j.value ->> 1 FROM json_each(").push_bind(joined.clone());
                query.push(") j WHERE EXISTS (");
                has.push(query, Some("j.value ->> 0"));
                query.push("))");
            }
            query.push(")");
        }
    }
}

/// ` OR c.id IN (...)`: calls whose notes and tags have all words of the text.
pub(crate) fn push_words(query: &mut QueryBuilder<Sqlite>, text: &str, joined: &[(CallId, CallId)]) {
    query.push(" OR c.id IN (");
    push_written(query, text, joined);
    query.push(")");
}

/// `SELECT ... AS id` of the calls under which they are shown that [`push_found`] finds.
pub(crate) fn push_written(query: &mut QueryBuilder<Sqlite>, text: &str, joined: &[(CallId, CallId)]) {
    query.push("SELECT ");
    let joined = (!joined.is_empty()).then(|| pairs(joined));
    push_shown(query, joined.as_deref());
    query.push(" AS id FROM (");
    push_found(query, text);
    query.push(") s");
}

/// `SELECT id ...` of the calls that what was written about them finds.
pub(crate) fn push_found(query: &mut QueryBuilder<Sqlite>, text: &str) {
    let pieces: Vec<&str> = text.split_whitespace().collect();
    if pieces.iter().all(|piece| piece.chars().count() >= PIECE) {
        let quoted: Vec<String> =
            pieces.iter().map(|piece| format!("\"{}\"", piece.replace('"', "\"\""))).collect();
        query.push("SELECT rowid AS id FROM call_words WHERE call_words MATCH ");
        query.push_bind(quoted.join(" AND "));
        return;
    }
    // Too short for the index: few calls are noted or tagged, and what is written there is read.
    query.push(
        "SELECT id FROM (SELECT call AS id, text FROM notes WHERE call IS NOT NULL
            UNION ALL SELECT r.call, n.text FROM notes n CROSS JOIN recordings r ON r.id = n.recording
                WHERE r.call IS NOT NULL
            UNION ALL SELECT call, tag FROM tags WHERE call <> 0)
         GROUP BY id HAVING 1",
    );
    for piece in pieces {
        query.push(" AND group_concat(text, char(10)) LIKE ").push_bind(anywhere(piece)).push(" ESCAPE '\\'");
    }
}

/// The id that call `s.id` is shown under.
fn push_shown(query: &mut QueryBuilder<Sqlite>, joined: Option<&str>) {
    match joined {
        None => {
            query.push("s.id");
        }
        Some(joined) => {
            query.push("ifnull((SELECT j.value ->> 1 FROM json_each(").push_bind(joined.to_owned());
            query.push(") j WHERE j.value ->> 0 = s.id), s.id)");
        }
    }
}

fn pairs(joined: &[(CallId, CallId)]) -> String {
    let pairs: Vec<[i64; 2]> = joined.iter().map(|(part, shown)| [part.0, shown.0]).collect();
    serde_json::to_string(&pairs).unwrap_or_default()
}
