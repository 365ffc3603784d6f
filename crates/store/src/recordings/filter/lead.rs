//! What leads the way through the recordings: the conditions of a filter are counted, as far as it matters, in the
//! indexes they have, and the one that leaves the least to look at leads.
//!
//! Most leads give the start and the id of recordings. These find the entry of `recordings_by_start`, which has what
//! most filters and totals ask, so that only the rows of the page are read: a row lies on a page of its own nearly
//! always, while entries of that index are side by side for recordings that follow each other.

use crate::StoreError;
use crate::number::NumberFilter;
use crate::recordings::filter::Conditions;
use crate::recordings::row::direction_code;
use crate::recordings::words::{Reach, Words};
use sqlx::sqlite::SqliteConnection;
use sqlx::{QueryBuilder, Sqlite};

/// What leads the way through the recordings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lead {
    /// Those that the index over words gives.
    Words,
    /// Those with the number's key, or a beginning of it.
    Number,
    Tag,
    People,
    Group,
    Direction,
    Unmatched,
    /// An index of `recordings`, by its name.
    Index(&'static str),
}

/// What the recordings are wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Goal {
    /// A page in order of time.
    ByTime,
    /// A page in order of length.
    ByLength,
    /// A sum of all of them.
    Sum,
}

/// All recordings, or those of a time, with what is summed.
const BY_START: Lead = Lead::Index("recordings_by_start");
pub(super) const BY_LENGTH: Lead = Lead::Index("recordings_by_length");
const NOTED: Lead = Lead::Index("recordings_noted");
const SCORED: Lead = Lead::Index("recordings_scored");

/// Through the entry of `recordings_by_start`; what leads is `l`.
const ENTRY: &str =
    " CROSS JOIN recordings r INDEXED BY recordings_by_start ON r.started_at = l.started_at AND r.id = ";

impl Goal {
    /// Of a lead that is `alone` or has other conditions beside it: so many may be looked at and
    /// sorted before a walk in the order that is wanted is quicker. With more of them among half a million, a walk has a
    /// page together sooner, unless other conditions leave it next to none of them.
    fn most(self, lead: Lead, alone: bool) -> i64 {
        let cost = lead.cost();
        match self {
            Goal::ByTime => 20_000 / cost,
            // The walk finds a person's without reading rows, others' with.
            Goal::ByLength if alone && lead == Lead::People => 4_000,
            Goal::ByLength if alone && cost == 1 && lead != BY_START => 12_000,
            Goal::ByLength => 40_000 / cost,
            Goal::Sum => 100_000 / cost,
        }
    }

    pub(crate) fn walk(self) -> Lead {
        match self {
            Goal::ByTime | Goal::Sum => BY_START,
            Goal::ByLength => BY_LENGTH,
        }
    }
}

impl Lead {
    /// The columns that stand for a recording's start and id.
    pub(crate) fn start_and_id(self) -> (&'static str, &'static str) {
        match self {
            Lead::People => ("l.started_at", "l.recording"),
            Lead::Number | Lead::Group | Lead::Direction | Lead::Unmatched => ("l.started_at", "l.id"),
            Lead::Words | Lead::Tag | Lead::Index(_) => ("r.started_at", "r.id"),
        }
    }

    /// Gives recordings in order of time, so that as many are looked at as a page needs.
    fn is_by_time(self) -> bool {
        !matches!(self, Lead::Words | Lead::Number | Lead::Tag | BY_LENGTH)
    }

    /// Looking at one costs as much as so many entries of an index.
    fn cost(self) -> i64 {
        match self {
            Lead::Words | Lead::Tag | NOTED | SCORED => 8,
            _ => 1,
        }
    }
}

impl Conditions<'_> {
    /// What leads for this filter; a walk in the order that is wanted when nothing leaves few enough.
    pub(crate) async fn lead(
        &self,
        connection: &mut SqliteConnection,
        goal: Goal,
    ) -> Result<Lead, StoreError> {
        if let Some(lead) = self.without_counting() {
            return Ok(lead);
        }
        let possible = self.possible(goal);
        if let [only] = possible.as_slice()
            && goal == Goal::ByTime
            && only.is_by_time()
        {
            return Ok(*only);
        }
        let alone = possible.len() == 1 && self.text.is_none() && self.digits.is_none();
        let (mut best, mut least) = (goal.walk(), i64::MAX);
        for lead in possible {
            let most = goal.most(lead, alone);
            let found = self.count(connection, lead, most).await?;
            let leads = found <= most || goal == Goal::ByTime && lead.is_by_time();
            if leads && found * lead.cost() < least {
                (best, least) = (lead, found * lead.cost());
            }
        }
        Ok(best)
    }

    fn without_counting(&self) -> Option<Lead> {
        let filter = self.filter;
        if filter.trashed {
            Some(Lead::Index("recordings_trashed"))
        } else if filter.damaged {
            Some(Lead::Index("recordings_damaged"))
        } else if filter.held {
            Some(Lead::Index("recordings_held"))
        } else {
            self.leading_words().map(|_| Lead::Words)
        }
    }

    pub(crate) fn possible(&self, goal: Goal) -> Vec<Lead> {
        let filter = self.filter;
        let by_number = matches!(filter.number, Some(NumberFilter::Exact(_))) || !self.begins.is_empty();
        let of_a_time = goal == Goal::ByLength && (filter.from.is_some() || filter.to.is_some());
        let all = [
            (by_number, Lead::Number),
            (filter.tag.is_some(), Lead::Tag),
            (filter.agent.is_some(), Lead::People),
            (filter.group.is_some(), Lead::Group),
            (filter.scored, SCORED),
            (filter.noted, NOTED),
            (filter.unmatched, Lead::Unmatched),
            (filter.direction.is_some(), Lead::Direction),
            (of_a_time, BY_START),
        ];
        all.into_iter().filter(|(wanted, _)| *wanted).map(|(_, lead)| lead).collect()
    }

    /// How many a lead gives, up to one more than `most`: from its index alone.
    async fn count(
        &self,
        connection: &mut SqliteConnection,
        lead: Lead,
        most: i64,
    ) -> Result<i64, StoreError> {
        let mut query = QueryBuilder::new("SELECT count(*) FROM (SELECT 1 FROM ");
        if lead == Lead::Tag {
            // A recording each, or a few.
            query.push("tags l WHERE l.tag = ").push_bind(self.filter.tag.as_deref());
        } else {
            self.push_source(&mut query, lead);
            query.push(" WHERE 1");
            self.push_source_conditions(&mut query, lead);
            self.push_times(&mut query, lead);
        }
        query.push(" LIMIT ").push_bind(most + 1).push(")");
        Ok(query.build_query_scalar().fetch_one(connection).await?)
    }

    /// ` FROM ... WHERE ...`: what the lead gives, and the recordings `r` of it.
    pub(super) fn push_lead(&self, query: &mut QueryBuilder<Sqlite>, lead: Lead) {
        query.push(" FROM ");
        self.push_source(query, lead);
        let (_, id) = lead.start_and_id();
        match lead {
            Lead::Index(_) => {}
            Lead::Words | Lead::Tag => {
                query.push(" CROSS JOIN recordings r ON r.id = l.id");
            }
            _ => {
                query.push(ENTRY).push(id);
            }
        }
        query.push(" WHERE 1");
        self.push_source_conditions(query, lead);
    }

    fn push_source(&self, query: &mut QueryBuilder<Sqlite>, lead: Lead) {
        match lead {
            Lead::Words => {
                query.push("(SELECT DISTINCT id FROM (");
                if let Some(words) = self.leading_words() {
                    words.push_set(query);
                }
                query.push(")) l");
            }
            Lead::Number if self.begins.is_empty() => {
                query.push("recordings l INDEXED BY recordings_by_number");
            }
            Lead::Number => {
                query
                    .push("json_each(")
                    .push_bind(serde_json::Value::from(self.begins.as_slice()).to_string());
                query.push(
                    ") wanted CROSS JOIN recordings l INDEXED BY recordings_by_number
                     ON l.number_key >= wanted.value AND l.number_key < wanted.value || ':'",
                );
            }
            Lead::Tag => {
                query.push("(SELECT t.recording AS id FROM tags t WHERE t.recording <> 0 AND t.tag = ");
                query.push_bind(self.filter.tag.as_deref());
                query.push(
                    " UNION SELECT x.id FROM tags t CROSS JOIN recordings x ON x.call = t.call
                      WHERE t.call <> 0 AND t.tag = ",
                );
                query.push_bind(self.filter.tag.as_deref()).push(") l");
            }
            Lead::People => {
                query.push("recording_people l");
            }
            Lead::Group => {
                query.push("recordings l INDEXED BY recordings_by_group");
            }
            Lead::Direction => {
                query.push("recordings l INDEXED BY recordings_by_direction");
            }
            Lead::Unmatched => {
                query.push("recordings l INDEXED BY recordings_unmatched");
            }
            Lead::Index(name) => {
                query.push("recordings r INDEXED BY ").push(name);
            }
        }
    }

    /// ` AND ...`: by what the lead's index is searched, and what lets it be used.
    fn push_source_conditions(&self, query: &mut QueryBuilder<Sqlite>, lead: Lead) {
        let filter = self.filter;
        match lead {
            Lead::Words | Lead::Tag => {}
            Lead::Number => {
                query.push(" AND l.trashed_at IS NULL AND l.number_key IS NOT NULL");
                if let Some(NumberFilter::Exact(key)) = &filter.number {
                    query.push(" AND l.number_key = ").push_bind(key.clone());
                }
            }
            Lead::People => {
                query.push(" AND l.extension = ").push_bind(filter.agent.as_deref());
            }
            Lead::Group => {
                query
                    .push(" AND l.trashed_at IS NULL AND l.grp IS NOT NULL AND l.grp = ")
                    .push_bind(filter.group.as_deref());
            }
            Lead::Direction => {
                query.push(" AND l.trashed_at IS NULL AND l.direction IS NOT NULL AND l.direction = ");
                query.push_bind(filter.direction.map(direction_code));
            }
            Lead::Unmatched => {
                query.push(" AND l.trashed_at IS NULL AND l.call IS NULL");
            }
            NOTED => {
                query.push(" AND r.notes > 0");
            }
            SCORED => {
                query.push(" AND r.score IS NOT NULL");
            }
            BY_START => {
                query.push(" AND r.trashed_at IS NULL");
            }
            Lead::Index(_) => {}
        }
    }

    pub(super) fn leading_words(&self) -> Option<&Words> {
        let few = |words: &&Words| words.reach == Reach::Few;
        let digits = || self.digits.as_ref().and_then(|(_, words)| words.as_ref()).filter(few);
        self.text.as_ref().filter(few).or_else(digits)
    }
}
