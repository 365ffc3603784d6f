//! Which recordings a list shows.

mod lead;

use lead::BY_LENGTH;
pub(crate) use lead::{Goal, Lead};

use crate::StoreError;
use crate::number::{NumberFilter, digits_of};
use crate::recordings::row::direction_code;
use crate::recordings::words::{Reach, Words};
use model::{At, Direction};
use sqlx::sqlite::SqliteConnection;
use sqlx::{QueryBuilder, Sqlite};

/// Conditions are joined by AND; `None` and `false` leave one out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordingFilter {
    /// Start at or after.
    pub from: Option<At>,
    /// Start before.
    pub to: Option<At>,
    pub direction: Option<Direction>,
    pub number: Option<NumberFilter>,
    /// Extension whose voice is on it.
    pub agent: Option<String>,
    pub group: Option<String>,
    pub text: Option<String>,
    pub tag: Option<String>,
    pub min_ms: Option<i64>,
    pub unmatched: bool,
    pub noted: bool,
    pub scored: bool,
    pub held: bool,
    /// Only what is in the trash; else only what is not.
    pub trashed: bool,
    /// Only those whose file is missing or changed.
    pub damaged: bool,
}

/// The filter with what it needs to know from the library beforehand.
pub(crate) struct Conditions<'f> {
    filter: &'f RecordingFilter,
    text: Option<Words>,
    /// Digits anywhere in a number.
    digits: Option<(String, Option<Words>)>,
    begins: Vec<String>,
}

/// A beginning of a key that leaves few enough.
const BEGINNING_MIN: usize = 7;

impl<'f> Conditions<'f> {
    pub(crate) async fn of(
        connection: &mut SqliteConnection,
        filter: &'f RecordingFilter,
    ) -> Result<Self, StoreError> {
        let text = match filter.text.as_deref() {
            Some(text) => Words::of(connection, text).await?,
            None => None,
        };
        let (mut digits, mut begins) = (None, Vec::new());
        match &filter.number {
            None => {}
            Some(NumberFilter::Typed { begins: typed, .. })
                if !typed.is_empty() && typed.iter().all(|begin| begin.len() >= BEGINNING_MIN) =>
            {
                begins.clone_from(typed);
                // Each recording once: what begins as a longer one does begins as the shorter one too.
                begins.sort_unstable();
                begins.dedup_by(|longer, shorter| longer.starts_with(shorter.as_str()));
            }
            Some(NumberFilter::Typed { text, .. } | NumberFilter::Anywhere(text)) => {
                let wanted = digits_of(text);
                let words = Words::of(connection, &wanted).await?;
                digits = Some((wanted, words));
            }
            Some(NumberFilter::Exact(_)) => {}
        }
        Ok(Self { filter, text, digits, begins })
    }

    /// ` FROM ... WHERE ...` with every condition of the filter.
    pub(crate) fn push(&self, query: &mut QueryBuilder<Sqlite>, lead: Lead) {
        self.push_lead(query, lead);
        query.push(if self.filter.trashed {
            " AND r.trashed_at IS NOT NULL"
        } else {
            " AND r.trashed_at IS NULL"
        });
        self.push_times(query, lead);
        self.push_number(query, lead);
        self.push_who(query, lead);
        self.push_what(query);
        self.push_text(query, lead);
    }

    /// ` AND ...`: the time that is wanted.
    fn push_times(&self, query: &mut QueryBuilder<Sqlite>, lead: Lead) {
        let (start, _) = lead.start_and_id();
        if let Some(from) = self.filter.from {
            query.push(" AND ").push(start).push(" >= ").push_bind(from.0);
        }
        if let Some(to) = self.filter.to {
            query.push(" AND ").push(start).push(" < ").push_bind(to.0);
        }
    }

    fn push_text(&self, query: &mut QueryBuilder<Sqlite>, lead: Lead) {
        match &self.text {
            Some(text) if text.reach == Reach::Few && lead != Lead::Words => {
                query.push(" AND r.id IN (");
                text.push_set(query);
                query.push(")");
            }
            Some(text) => text.push(query),
            None => {}
        }
    }

    fn push_number(&self, query: &mut QueryBuilder<Sqlite>, lead: Lead) {
        // The lead has them in its index; of `r` they would be read from the row.
        if lead == Lead::Number {
            return;
        }
        if let Some(NumberFilter::Exact(key)) = &self.filter.number {
            query.push(" AND r.number_key = ").push_bind(key.clone());
        }
        if !self.begins.is_empty() {
            query.push(" AND (0");
            for begin in &self.begins {
                query.push(" OR (r.number_key >= ").push_bind(begin.clone());
                query.push(" AND r.number_key < ").push_bind(format!("{begin}:")).push(")");
            }
            query.push(")");
        }
        if let Some((digits, words)) = &self.digits {
            query.push(" AND (instr(r.number_key, ").push_bind(digits.clone());
            query.push(") > 0 OR instr(r.number, ").push_bind(digits.clone()).push(") > 0)");
            // Which recordings to look at; the digits may stand in another place of them.
            let gathered = words.as_ref().filter(|words| words.reach == Reach::Many && lead != Lead::Words);
            if let Some(words) = gathered {
                words.push(query);
            }
        }
    }

    fn push_who(&self, query: &mut QueryBuilder<Sqlite>, lead: Lead) {
        let filter = self.filter;
        match filter.agent.as_deref() {
            // The index over lengths has the id: gathered first, they are found without other reads.
            Some(agent) if lead == BY_LENGTH => {
                query.push(" AND r.id IN (SELECT x.recording FROM recording_people x WHERE x.extension = ");
                query.push_bind(agent).push(")");
            }
            Some(agent) if lead != Lead::People => {
                query.push(
                    " AND EXISTS (SELECT 1 FROM recording_people x WHERE x.recording = r.id AND x.extension = ",
                );
                query.push_bind(agent).push(")");
            }
            _ => {}
        }
        if let Some(group) = filter.group.as_deref() {
            query.push(" AND r.grp = ").push_bind(group);
        }
        if let Some(tag) = filter.tag.as_deref().filter(|_| lead != Lead::Tag) {
            query.push(" AND (r.call IN (SELECT x.call FROM tags x WHERE x.call <> 0 AND x.tag = ");
            query.push_bind(tag);
            query.push(") OR r.id IN (SELECT x.recording FROM tags x WHERE x.recording <> 0 AND x.tag = ");
            query.push_bind(tag).push("))");
        }
    }

    fn push_what(&self, query: &mut QueryBuilder<Sqlite>) {
        let filter = self.filter;
        if let Some(direction) = filter.direction {
            query.push(" AND r.direction = ").push_bind(direction_code(direction));
        }
        if let Some(min_ms) = filter.min_ms {
            query.push(" AND r.length_ms >= ").push_bind(min_ms);
        }
        for (wanted, condition) in [
            (filter.unmatched, " AND r.call IS NULL"),
            (filter.noted, " AND r.notes > 0"),
            (filter.scored, " AND r.score IS NOT NULL"),
            (filter.held, " AND r.hold_reason IS NOT NULL"),
            (filter.damaged, " AND r.state <> 0"),
        ] {
            if wanted {
                query.push(condition);
            }
        }
    }
}
