//! The office as reports know it: who had which extension when, what things are called, what calls cost.

use crate::answers::rates::{in_e164, priced, shown, zone_of};
use crate::names::Names;
use crate::trouble::failure_of_store;
use contract::Failure;
use jiff::tz::TimeZone;
use model::report::GroupRef;
use model::{At, SiteId};
use rates::{Number, Table};
use reports::{Held, Tariff};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{Reader, Site};

/// As of the moment it was made; cheap to clone.
#[derive(Clone)]
pub(crate) struct OfficeBook {
    names: Arc<Names>,
    sites: Arc<BTreeMap<i64, String>>,
    tables: Arc<BTreeMap<i64, (Arc<Table>, TimeZone)>>,
}

impl OfficeBook {
    pub(crate) async fn of(reader: &Reader, sites: &[Site], names: Arc<Names>) -> Result<Self, Failure> {
        let mut tables = BTreeMap::new();
        for site in sites {
            let table = reader.rate_table_of(site.id).await.map_err(failure_of_store)?;
            if let Some(table) = table {
                tables.insert(site.id.0, (Arc::new(priced(&shown(table))), zone_of(site)));
            }
        }
        let sites = sites.iter().map(|site| (site.id.0, site.name.clone())).collect();
        Ok(Self { names, sites: Arc::new(sites), tables: Arc::new(tables) })
    }

    /// Of an office with several sites the number alone would not tell whose it is.
    fn number_at(&self, site: i64, number: &str) -> String {
        match self.sites.get(&site) {
            Some(name) if self.sites.len() > 1 => format!("{number} ({name})"),
            Some(_) | None => number.to_owned(),
        }
    }

    fn person_name(&self, id: i64) -> Option<&str> {
        self.names.book.people().iter().find(|person| person.id == id).map(|person| person.name.as_str())
    }
}

impl reports::Book for OfficeBook {
    fn holder(&self, site: i64, extension: &str, at: At) -> Held {
        let (person, until) = self.names.book.holding_at(SiteId(site), extension, at);
        Held { by: person.map(|person| person.id), until }
    }

    fn person(&self, id: i64) -> String {
        self.person_name(id).unwrap_or("Somebody who was removed").to_owned()
    }

    fn extension(&self, site: i64, number: &str) -> String {
        self.names.extension(SiteId(site), number).name.unwrap_or_else(|| self.number_at(site, number))
    }

    fn group(&self, group: &GroupRef) -> String {
        let named = self.names.group(SiteId(group.site), &group.number).name;
        named.unwrap_or_else(|| self.number_at(group.site, &group.number))
    }

    fn site(&self, site: i64) -> String {
        self.sites.get(&site).cloned().unwrap_or_else(|| format!("Site {site}"))
    }

    fn trunk(&self, line: &str) -> String {
        let named = self.sites.keys().find_map(|site| self.names.book.trunk(SiteId(*site), line));
        named.map_or_else(|| line.to_owned(), |name| format!("{name} ({line})"))
    }

    fn number(&self, compared: &str) -> String {
        let written = self.sites.keys().find_map(|site| self.names.written(SiteId(*site), Some(compared)));
        written.unwrap_or_else(|| compared.to_owned())
    }

    fn tariff(&self, site: i64, compared: &str, given: &str) -> Option<Arc<dyn Tariff>> {
        let (table, zone) = self.tables.get(&site)?;
        Some(Arc::new(OfTable {
            table: Arc::clone(table),
            zone: zone.clone(),
            e164: in_e164(compared).or_else(|| in_e164(given)).map(str::to_owned),
            dialled: given.to_owned(),
        }))
    }
}

impl exports::Names for OfficeBook {
    fn person(&self, id: i64) -> Option<String> {
        self.person_name(id).map(str::to_owned)
    }

    fn extension(&self, site: i64, number: &str) -> Option<String> {
        self.names.extension(SiteId(site), number).name
    }

    fn group(&self, site: i64, number: &str) -> Option<String> {
        self.names.group(SiteId(site), number).name
    }

    fn site(&self, id: i64) -> Option<String> {
        self.sites.get(&id).cloned()
    }
}

struct OfTable {
    table: Arc<Table>,
    zone: TimeZone,
    e164: Option<String>,
    dialled: String,
}

impl Tariff for OfTable {
    fn cost(&self, answered_at: At, seconds: u32) -> Option<i64> {
        let number = Number { e164: self.e164.as_deref(), dialled: &self.dialled };
        rates::cost(&self.table, &self.zone, number, answered_at, seconds).map(|charged| charged.amount)
    }

    fn currency(&self) -> &str {
        &self.table.currency
    }
}
