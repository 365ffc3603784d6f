//! A look at a library without writing to it: works beside the app and beside `collect`.

use crate::answers::calls::{filter, sort};
use crate::clock::Clock;
use crate::joined::written;
use crate::keeping::{retention, witness};
use crate::keychain::OsKeychain;
use crate::publish;
use crate::trouble::{failure_of_store, not_found};
use crate::zones::{self, Zone};
use contract::calls::AskCalls;
use contract::{Failure, published};
use model::{At, Call, CallId, SiteId};
use std::collections::BTreeMap;
use std::path::Path;
use store::{Library, LibraryCounts, PageRequest, Reader};

pub struct Look {
    reader: Reader,
    sites: BTreeMap<SiteId, store::Site>,
    clock: Clock,
}

impl Look {
    pub async fn open(library: &Path) -> Result<Self, Failure> {
        let reader = Library::open_reader(library).await.map_err(failure_of_store)?;
        let sites = reader.sites().await.map_err(failure_of_store)?;
        let sites = sites.into_iter().map(|site| (site.id, site)).collect();
        Ok(Self { reader, sites, clock: Clock::System })
    }

    /// Whether the journal holds something that is not in the tables of calls yet: a moment's work of whoever writes,
    /// or what a kill left for the next opening.
    pub async fn is_behind(&self) -> Result<bool, Failure> {
        let last = self.reader.last_seq().await.map_err(failure_of_store)?;
        let checkpoint = self.reader.checkpoint().await.map_err(failure_of_store)?;
        Ok(last > checkpoint.map_or(0, |checkpoint| checkpoint.through_seq))
    }

    /// A page of calls, and where the next one begins.
    pub async fn calls(&self, ask: AskCalls) -> Result<(Vec<published::Call>, Option<String>), Failure> {
        let request = PageRequest {
            filter: filter(ask.filter),
            sort: sort(ask.sort),
            after: ask.after,
            limit: ask.limit,
        };
        let page = self.reader.calls(&request).await.map_err(failure_of_store)?;
        let mut calls = Vec::with_capacity(page.calls.len());
        for call in &page.calls {
            calls.push(self.publish(call).await?);
        }
        Ok((calls, page.next))
    }

    pub async fn call(&self, id: &str) -> Result<published::Call, Failure> {
        let unknown = || not_found("There is no call with this id in the library.");
        let id = CallId::from_text(id).ok_or_else(unknown)?;
        let call = self.reader.call(id).await.map_err(failure_of_store)?.ok_or_else(unknown)?;
        self.publish(&call).await
    }

    /// What the stored rules of retention would put into the trash now.
    pub async fn retention(&self) -> Result<published::RetentionSummary, Failure> {
        retention::summary(&self.reader, self.clock.now()).await
    }

    pub async fn counts(&self) -> Result<LibraryCounts, Failure> {
        self.reader.counts().await.map_err(failure_of_store)
    }

    /// What is wrong with the library's files and tables, a sentence each; empty when nothing is.
    pub async fn complaints(&self) -> Result<Vec<String>, Failure> {
        witness::ask(&self.reader, &OsKeychain::default()).await?;
        self.reader.integrity_check().await.map_err(failure_of_store)
    }

    /// What a check of the audit log could not prove here, as a sentence.
    pub async fn audit_proves_less(&self) -> Result<Option<String>, Failure> {
        witness::ask(&self.reader, &OsKeychain::default()).await?;
        let check = self.reader.check_audit().await.map_err(failure_of_store)?;
        Ok(witness::less(&check))
    }

    pub fn sites(&self) -> impl Iterator<Item = &store::Site> + '_ {
        self.sites.values().filter(|site| site.removed_at.is_none())
    }

    /// By which times that are typed in are read.
    pub fn office_zone(&self) -> Zone {
        Zone::named(&self.sites().next().map_or_else(zones::here, |site| site.time_zone.clone()))
    }

    pub fn now(&self) -> At {
        self.clock.now()
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.clock
    }

    pub(crate) fn reader(&self) -> &Reader {
        &self.reader
    }

    pub(crate) fn name_and_zone(&self, site: SiteId) -> (String, Zone) {
        match self.sites.get(&site) {
            Some(site) => (site.name.clone(), Zone::named(&site.time_zone)),
            None => (String::new(), self.office_zone()),
        }
    }

    async fn publish(&self, call: &Call) -> Result<published::Call, Failure> {
        let (name, zone) = match self.sites.get(&call.site) {
            Some(site) => (site.name.as_str(), Zone::named(&site.time_zone)),
            None => ("", self.office_zone()),
        };
        let written = written(&self.reader, call).await?;
        Ok(publish::whole_call(call, written, name, &zone, self.clock.now()))
    }
}
