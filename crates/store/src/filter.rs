//! Which calls a list shows: conditions of fixed text, with everything a person typed as bound values.

use crate::StoreError;
use crate::tables::names;
use model::{At, Direction, SiteId};
use sqlx::sqlite::SqliteConnection;
use sqlx::{QueryBuilder, Sqlite};

/// Conditions are joined by AND; `None`, `false` and empty leave one out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallFilter {
    /// Start at or after.
    pub from: Option<At>,
    /// Start before.
    pub to: Option<At>,
    pub sites: Vec<SiteId>,
    pub direction: Option<Direction>,
    pub number: Option<NumberFilter>,
    /// Extension that rang or talked.
    pub agent: Option<String>,
    /// Hunt group that the call saw.
    pub group: Option<String>,
    /// Anywhere in names and numbers, those of the office's people and groups included. Letters outside A to Z match
    /// in either case in the office's names, and only as typed in outside names.
    pub text: Option<String>,
    pub answered: bool,
    pub abandoned: bool,
    /// Some phone rang and its person never talked.
    pub missed: bool,
    pub voicemail: bool,
    /// Total length at least.
    pub min_ms: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberFilter {
    /// The digits of the text, anywhere in the outside party's or the dialled number.
    Anywhere(String),
    /// The outside party's whole number, as stored. This one is found by an index.
    Exact(String),
}

/// Extensions and groups that are looked through; an office has some hundreds.
const NUMBERS_MAX: i64 = 5_000;

/// Longest text that is looked for, in characters: no name is longer, and SQLite refuses patterns far beyond it.
const TEXT_MAX_CHARS: usize = 200;

/// What leads the way through the calls: the index that leaves the fewest to look at, in the order that is wanted. The
/// indexes by number and by length are not named in SQL, because they are away during a bulk import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lead {
    Number,
    Agent,
    Group,
    Start,
    Length,
    /// Every row, in no order: for totals over everything.
    Table,
}

impl Lead {
    /// The columns that stand for a call's start and id in this lead's index.
    pub(crate) fn start_and_id(self) -> (&'static str, &'static str) {
        match self {
            Lead::Agent => ("e.agent_call_at", "e.call"),
            Lead::Group => ("e.group_call_at", "e.call"),
            Lead::Number | Lead::Start | Lead::Length | Lead::Table => ("c.started_at", "c.id"),
        }
    }
}

/// The filter with what it needs to know from the library beforehand.
pub(crate) struct Conditions<'f> {
    filter: &'f CallFilter,
    /// [`sought`] in the filter's text; `None` when that is nothing.
    text: Option<String>,
    /// `site/number` of people and groups whose name has the text in it.
    named: Vec<String>,
    /// Extensions and groups of calls whose number has the text in it.
    numbered: Vec<String>,
}

impl<'f> Conditions<'f> {
    pub(crate) async fn of(
        connection: &mut SqliteConnection,
        filter: &'f CallFilter,
    ) -> Result<Self, StoreError> {
        let text = filter.text.as_deref().map(sought).filter(|text| !text.is_empty());
        let (named, numbered) = match &text {
            Some(text) => (named(connection, text).await?, numbered(connection, text).await?),
            None => (Vec::new(), Vec::new()),
        };
        Ok(Self { filter, text, named, numbered })
    }

    /// The index for this filter, or `otherwise` when it names nothing to go by.
    pub(crate) fn lead_or(&self, otherwise: Lead) -> Lead {
        match self.filter {
            CallFilter { number: Some(NumberFilter::Exact(_)), .. } => Lead::Number,
            CallFilter { agent: Some(_), .. } => Lead::Agent,
            CallFilter { group: Some(_), .. } => Lead::Group,
            CallFilter { from: Some(_), .. } | CallFilter { to: Some(_), .. } => Lead::Start,
            // Few calls match these: in the order of their length, each that does not would be fetched from afar.
            CallFilter { number: Some(NumberFilter::Anywhere(_)), .. } | CallFilter { text: Some(_), .. }
                if otherwise == Lead::Length =>
            {
                Lead::Table
            }
            CallFilter { .. } => otherwise,
        }
    }

    /// `FROM ... WHERE ...` with every condition of the filter.
    pub(crate) fn push(&self, query: &mut QueryBuilder<Sqlite>, lead: Lead) {
        self.push_lead(query, lead);
        query.push(" AND c.counted = 1");
        self.push_time(query, lead);
        self.push_who(query, lead);
        self.push_what(query);
        self.push_text(query);
    }

    fn push_lead(&self, query: &mut QueryBuilder<Sqlite>, lead: Lead) {
        match lead {
            Lead::Number => {
                query.push(" FROM calls c WHERE c.external_number IS NOT NULL");
            }
            Lead::Agent => {
                query.push(
                    " FROM events e INDEXED BY events_of_agent CROSS JOIN calls c ON c.id = e.call
                     WHERE e.agent_call_at IS NOT NULL AND e.agent = ",
                );
                query.push_bind(self.filter.agent.as_deref());
            }
            Lead::Group => {
                query.push(
                    " FROM events e INDEXED BY events_of_group CROSS JOIN calls c ON c.id = e.call
                     WHERE e.group_call_at IS NOT NULL AND e.grp = ",
                );
                query.push_bind(self.filter.group.as_deref());
            }
            Lead::Start => {
                query.push(" FROM calls c INDEXED BY calls_by_start WHERE 1");
            }
            Lead::Length => {
                query.push(" FROM calls c WHERE 1");
            }
            Lead::Table => {
                query.push(" FROM calls c NOT INDEXED WHERE 1");
            }
        }
    }

    fn push_time(&self, query: &mut QueryBuilder<Sqlite>, lead: Lead) {
        let (start, _) = lead.start_and_id();
        if let Some(from) = self.filter.from {
            query.push(" AND ").push(start).push(" >= ").push_bind(from.0);
        }
        if let Some(to) = self.filter.to {
            query.push(" AND ").push(start).push(" < ").push_bind(to.0);
        }
    }

    fn push_who(&self, query: &mut QueryBuilder<Sqlite>, lead: Lead) {
        let filter = self.filter;
        if !filter.sites.is_empty() {
            let mut sites = query.push(" AND c.site IN (").separated(",");
            for site in &filter.sites {
                sites.push_bind(site.0);
            }
            query.push(")");
        }
        match &filter.number {
            Some(NumberFilter::Exact(number)) => {
                query.push(" AND c.external_number = ").push_bind(number.as_str());
            }
            Some(NumberFilter::Anywhere(text)) => {
                let digits = digits_of(text);
                query.push(" AND (instr(c.external_number, ").push_bind(digits.clone());
                query.push(") > 0 OR instr(c.dialed_number, ").push_bind(digits).push(") > 0)");
            }
            None => {}
        }
        if let Some(agent) = filter.agent.as_deref().filter(|_| lead != Lead::Agent) {
            query.push(
                " AND EXISTS (SELECT 1 FROM events x WHERE x.call = c.id AND x.agent_call_at IS NOT NULL AND x.agent = ",
            );
            query.push_bind(agent).push(")");
        }
        if let Some(group) = filter.group.as_deref().filter(|_| lead != Lead::Group) {
            query.push(" AND EXISTS (SELECT 1 FROM events x WHERE x.call = c.id AND x.grp = ");
            query.push_bind(group).push(")");
        }
    }

    fn push_what(&self, query: &mut QueryBuilder<Sqlite>) {
        let filter = self.filter;
        match filter.direction {
            Some(Direction::Inbound) => query.push(" AND c.direction = 0"),
            Some(Direction::Outbound) => query.push(" AND c.direction = 1"),
            Some(Direction::Internal) => query.push(" AND c.direction = 2"),
            None => query,
        };
        for (wanted, condition) in [
            (filter.answered, " AND c.answered = 1"),
            (filter.abandoned, " AND c.abandoned = 1"),
            (filter.missed, " AND c.missed = 1"),
            (filter.voicemail, " AND c.voicemail = 1"),
        ] {
            if wanted {
                query.push(condition);
            }
        }
        if let Some(min_ms) = filter.min_ms {
            query.push(" AND c.length_ms >= ").push_bind(min_ms);
        }
    }

    fn push_text(&self, query: &mut QueryBuilder<Sqlite>) {
        let Some(text) = &self.text else {
            return;
        };
        let pattern = anywhere(text);
        query.push(" AND (0");
        for column in [
            "c.external_name",
            "c.external_number",
            "c.dialed_number",
            "c.caller_extension",
            "c.account_code",
            "c.tag",
        ] {
            query.push(" OR ").push(column).push(" LIKE ").push_bind(pattern.clone()).push(" ESCAPE '\\'");
        }
        self.push_office(query);
        query.push(")");
    }

    /// Most texts name nobody in the office: then no call's events need to be looked at.
    fn push_office(&self, query: &mut QueryBuilder<Sqlite>) {
        if self.named.is_empty() && self.numbered.is_empty() {
            return;
        }
        query.push(" OR EXISTS (SELECT 1 FROM events x WHERE x.call = c.id AND (0");
        for (shown, list) in [
            ("c.site || '/' || x.agent", &self.named),
            ("c.site || '/' || x.grp", &self.named),
            ("x.agent", &self.numbered),
            ("x.grp", &self.numbered),
        ] {
            query.push(" OR ").push(shown).push(" IN (SELECT value FROM json_each(");
            query.push_bind(serde_json::Value::from(list.as_slice()).to_string()).push("))");
        }
        query.push("))");
    }
}

/// The digits in what a person typed (spaces and brackets are not stored); the text itself when it has none.
pub(crate) fn digits_of(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() { text.trim().to_owned() } else { digits }
}

/// What is looked for of what a person typed: a NUL would end a pattern before its end.
pub(crate) fn sought(text: &str) -> String {
    let letters: String = text.chars().filter(|letter| *letter != '\0').take(TEXT_MAX_CHARS).collect();
    letters.trim().to_owned()
}

/// A LIKE pattern (escape character: backslash) in which the text stands for itself.
pub(crate) fn anywhere(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

async fn named(connection: &mut SqliteConnection, text: &str) -> Result<Vec<String>, StoreError> {
    let wanted = text.to_lowercase();
    Ok(names::every(connection)
        .await?
        .into_iter()
        .filter(|named| named.name.to_lowercase().contains(&wanted))
        .map(|named| format!("{}/{}", named.site.0, named.number))
        .collect())
}

/// Hops from one number to the next in the indexes: some microseconds for each, not for each call.
async fn numbered(connection: &mut SqliteConnection, text: &str) -> Result<Vec<String>, StoreError> {
    Ok(sqlx::query_scalar(
        "WITH RECURSIVE
         agents (number) AS (
            SELECT min(agent) FROM events INDEXED BY events_of_agent WHERE agent_call_at IS NOT NULL
            UNION ALL
            SELECT (SELECT min(agent) FROM events INDEXED BY events_of_agent
                    WHERE agent_call_at IS NOT NULL AND agent > number)
            FROM agents WHERE number IS NOT NULL LIMIT ?2),
         groups (number) AS (
            SELECT min(grp) FROM events INDEXED BY events_of_group WHERE group_call_at IS NOT NULL
            UNION ALL
            SELECT (SELECT min(grp) FROM events INDEXED BY events_of_group
                    WHERE group_call_at IS NOT NULL AND grp > number)
            FROM groups WHERE number IS NOT NULL LIMIT ?2)
         SELECT number FROM agents WHERE number LIKE ?1 ESCAPE '\\'
         UNION SELECT number FROM groups WHERE number LIKE ?1 ESCAPE '\\'",
    )
    .bind(anywhere(text))
    .bind(NUMBERS_MAX)
    .fetch_all(connection)
    .await?)
}
