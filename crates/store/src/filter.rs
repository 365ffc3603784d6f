//! Which calls a list shows: conditions of fixed text, with everything a person typed as bound values.

use crate::found::{Found, Sought};
use crate::marked::{self, Marked};
use crate::number::{NumberFilter, Way};
use crate::office::{self, NameSpan};
use crate::tables::calls;
use crate::{NameKind, StoreError};
use model::{At, CallId, Direction, SiteId};
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
    /// Anywhere in names and numbers, those of the office's people and groups included; or each word in notes and tags. Letters outside A to Z match
    /// in either case in the office's names, and only as typed in outside names.
    pub text: Option<String>,
    pub answered: bool,
    pub abandoned: bool,
    /// Some phone rang and its person never talked.
    pub missed: bool,
    pub voicemail: bool,
    /// Total length at least.
    pub min_ms: Option<i64>,
    /// With a recording that is not in the trash.
    pub recorded: bool,
    /// With a note, those of its recordings included.
    pub noted: bool,
    pub tag: Option<String>,
    /// Calls that were joined into others, each with the one that is shown: what was written about the one finds the other.
    pub joined: Vec<(CallId, CallId)>,
}

/// Extensions and groups that are looked through; an office has some hundreds.
const NUMBERS_MAX: i64 = 5_000;

/// Names of a limited time that are looked for: each is a condition of its own.
const NAMED_THEN_MAX: usize = 200;

/// Longest text that is looked for, in characters: no name is longer, and SQLite refuses patterns far beyond it.
const TEXT_MAX_CHARS: usize = 200;

/// What leads the way through the calls: the index that leaves the fewest to look at, in the order that is wanted. The
/// indexes by number and by length are not named in SQL, because they are away during a bulk import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lead {
    Number,
    /// Those with the recording, note or tag that is wanted.
    Marked,
    /// Those that a text or digits can be in, as far as the library knows them beforehand.
    Found,
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
            Lead::Number | Lead::Marked | Lead::Found | Lead::Start | Lead::Length | Lead::Table => {
                ("c.started_at", "c.id")
            }
        }
    }
}

/// The filter with what it needs to know from the library beforehand.
pub(crate) struct Conditions<'f> {
    filter: &'f CallFilter,
    /// How the filter's number is looked for.
    number: Option<Way>,
    marked: Marked,
    /// [`sought`] in the filter's text; `None` when that is nothing.
    text: Option<String>,
    /// `site/number` of people and groups who always had a name with the text in it.
    named: Vec<String>,
    /// Those who had such a name for some time.
    named_then: Vec<NameSpan>,
    /// Extensions and groups of calls whose number has the text in it.
    numbered: Vec<String>,
    /// Calls that the text or the number can be in, where they are few.
    pub(crate) found: Option<Found>,
}

impl<'f> Conditions<'f> {
    pub(crate) async fn of(
        connection: &mut SqliteConnection,
        filter: &'f CallFilter,
    ) -> Result<Self, StoreError> {
        let text = filter.text.as_deref().map(sought).filter(|text| !text.is_empty());
        let number = match &filter.number {
            Some(number) => Some(Way::of(connection, number).await?),
            None => None,
        };
        let mut conditions = Self {
            filter,
            number,
            marked: Marked::of(connection, filter).await?,
            text,
            named: Vec::new(),
            named_then: Vec::new(),
            numbered: Vec::new(),
            found: None,
        };
        if let Some(text) = conditions.text.clone() {
            conditions.look_up(connection, &text).await?;
        }
        conditions.find(connection).await?;
        Ok(conditions)
    }

    /// The index for this filter, or `otherwise` when it names nothing to go by.
    pub(crate) fn lead_or(&self, otherwise: Lead) -> Lead {
        match self.filter {
            CallFilter { .. } if self.number.as_ref().is_some_and(Way::is_by_index) => Lead::Number,
            CallFilter { .. } if self.marked.leads() => Lead::Marked,
            CallFilter { .. } if self.found.is_some() => Lead::Found,
            CallFilter { agent: Some(_), .. } => Lead::Agent,
            CallFilter { group: Some(_), .. } => Lead::Group,
            CallFilter { from: Some(_), .. } | CallFilter { to: Some(_), .. } => Lead::Start,
            // Few calls match these: in the order of their length, each that does not would be fetched from afar.
            CallFilter { number: Some(_), .. } | CallFilter { text: Some(_), .. }
                if otherwise == Lead::Length =>
            {
                Lead::Table
            }
            CallFilter { .. } => otherwise,
        }
    }

    /// `FROM ... WHERE ...` with every condition of the filter.
    pub(crate) fn push(&self, query: &mut QueryBuilder<Sqlite>, lead: Lead) {
        match (&self.found, lead) {
            (Some(found), Lead::Found) => self.push_among(query, &found.0),
            _ => {
                self.push_lead(query, lead);
                self.push_rest(query, lead);
            }
        }
    }

    /// The same among these calls only.
    pub(crate) fn push_among(&self, query: &mut QueryBuilder<Sqlite>, calls: &[(i64, i64)]) {
        query.push(" FROM json_each(").push_bind(calls::id_list(calls.iter().map(|(_, id)| *id)));
        query.push(") among CROSS JOIN calls c ON c.id = among.value WHERE 1");
        self.push_rest(query, Lead::Found);
    }

    fn push_rest(&self, query: &mut QueryBuilder<Sqlite>, lead: Lead) {
        query.push(" AND c.counted = 1");
        self.push_time(query, lead);
        self.push_who(query, lead);
        self.push_what(query);
        self.marked.push(query, lead == Lead::Marked);
        self.push_text(query);
    }

    fn push_lead(&self, query: &mut QueryBuilder<Sqlite>, lead: Lead) {
        match lead {
            Lead::Number => {
                if let Some(number) = &self.number {
                    number.push_lead(query);
                }
            }
            Lead::Marked => self.marked.push_lead(query),
            Lead::Found => {}
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
        if let Some(number) = &self.number {
            number.push(query, lead == Lead::Number);
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
        marked::push_words(query, text, &self.filter.joined);
        query.push(")");
    }

    /// Most texts name nobody in the office: then no call's events need to be looked at.
    fn push_office(&self, query: &mut QueryBuilder<Sqlite>) {
        if self.named.is_empty() && self.named_then.is_empty() && self.numbered.is_empty() {
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
        for span in &self.named_then {
            query.push(match span.named.kind {
                NameKind::Extension => " OR (x.agent = ",
                NameKind::Group => " OR (x.grp = ",
            });
            query.push_bind(span.named.number.clone()).push(" AND c.site = ").push_bind(span.named.site.0);
            query.push(" AND c.started_at >= ").push_bind(span.from.map_or(i64::MIN, |at| at.0));
            query.push(" AND c.started_at < ").push_bind(span.to.map_or(i64::MAX, |at| at.0)).push(")");
        }
        query.push("))");
    }

    /// Who in the office is meant by a text.
    async fn look_up(&mut self, connection: &mut SqliteConnection, text: &str) -> Result<(), StoreError> {
        let wanted = text.to_lowercase();
        let spans = office::spans(connection).await?;
        let meant = spans.into_iter().filter(|span| span.named.name.to_lowercase().contains(&wanted));
        let (always, then): (Vec<NameSpan>, Vec<NameSpan>) =
            meant.partition(|span| span.from.is_none() && span.to.is_none());
        self.named =
            always.iter().map(|span| format!("{}/{}", span.named.site.0, span.named.number)).collect();
        self.named_then = then;
        self.named_then.truncate(NAMED_THEN_MAX);
        self.numbered = numbered(connection, text).await?;
        Ok(())
    }

    /// Those of the number, or else those of the text, or else the long ones.
    async fn find(&mut self, connection: &mut SqliteConnection) -> Result<(), StoreError> {
        let joined = &self.filter.joined;
        if self.marked.leads() || self.number.as_ref().is_some_and(Way::is_by_index) {
            return Ok(());
        }
        if let Some(Way::Anywhere(digits, begins)) = &self.number {
            let any_of = std::iter::once(digits).chain(begins).map(String::as_str).collect();
            self.found = Found::of(connection, &Sought { any_of, written: None, joined }).await?;
        }
        // Who is meant in the office took part in many calls, as a rule.
        let nobody = self.named.is_empty() && self.named_then.is_empty() && self.numbered.is_empty();
        if let (None, Some(text), true) = (&self.found, &self.text, nobody) {
            let sought = Sought { any_of: vec![text], written: Some(text), joined };
            self.found = Found::of(connection, &sought).await?;
        }
        if let (None, Some(min_ms)) = (&self.found, self.filter.min_ms) {
            self.found = Found::lasting(connection, min_ms).await?;
        }
        Ok(())
    }
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
