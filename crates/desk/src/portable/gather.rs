//! The settings of this library as a file would hold them: without secrets, and without what only means something here.

use crate::answer::Answer;
use crate::desk::Desk;
use contract::Failure;
use contract::directory::{AskDirectory, NameSource, NumberEntry, NumberKind, PersonEntry};
use contract::intake::{AskIntakeSources, AskNamings, IntakePlace, IntakeSource};
use contract::keeping::{AskEncoding, AskRetention};
use contract::rates::AskRates;
use contract::reports::{AskHours, AskMail, AskReports, AskSchedules};
use contract::scorecards::AskScorecards;
use contract::sites::{AskSites, PasswordState, Site};
use portable::{NumberName, SettingsFile};
use std::collections::BTreeSet;

impl Desk {
    pub(super) async fn gather_settings(&self) -> Result<SettingsFile, Failure> {
        let sites: Vec<Site> = self.answer(AskSites {}).await?.into_iter().map(bare_site).collect();
        let known: BTreeSet<i64> = sites.iter().map(|site| site.id).collect();
        let directory = self.answer(AskDirectory {}).await?;
        let people = directory.people.into_iter().filter(|person| person.id > 0);
        let people =
            people.map(|person| bare_person(person, &known)).filter(|person| !person.extensions.is_empty());
        let named = |kind: NumberKind, entries: Vec<NumberEntry>| {
            let given = entries.into_iter().filter(|entry| entry.source == NameSource::Hand);
            given.filter_map(move |NumberEntry { site, number, name, .. }| {
                Some(NumberName { site, kind, number, name: name? })
            })
        };
        let numbers =
            named(NumberKind::Group, directory.groups).chain(named(NumberKind::Trunk, directory.trunks));
        let mut rates = self.answer(AskRates {}).await?;
        rates.retain_mut(|table| {
            let was_for_all = table.sites.is_empty();
            table.sites.retain(|site| known.contains(site));
            // A table of phone systems that were removed must not become one for all.
            was_for_all || !table.sites.is_empty()
        });
        let mut hours = self.answer(AskHours {}).await?;
        hours.hours.of.retain(|of| known.contains(&of.site));
        let mut scorecards = self.answer(AskScorecards {}).await?;
        scorecards.iter_mut().for_each(|card| card.used = 0);
        let mut retention = self.answer(AskRetention {}).await?;
        retention.automatic = false;
        let mut schedules = self.answer(AskSchedules {}).await?.schedules;
        for schedule in &mut schedules {
            (schedule.on, schedule.next_ms, schedule.last) = (false, None, None);
        }
        let mut mail = self.answer(AskMail {}).await?.server;
        if let Some(server) = &mut mail {
            server.password_kept = false;
        }
        let sources = self.answer(AskIntakeSources {}).await?.into_iter();
        let sources = sources.filter(|source| known.contains(&source.site)).map(bare_source);
        let made_ms = self.clock().now().0;
        Ok(SettingsFile {
            people: people.collect(),
            numbers: numbers.filter(|number| known.contains(&number.site)).collect(),
            rates,
            hours: Some(hours),
            scorecards,
            namings: self
                .answer(AskNamings {})
                .await?
                .into_iter()
                .filter(|naming| !naming.built_in)
                .collect(),
            recording_sources: sources.collect(),
            retention: Some(retention),
            encoding: Some(self.answer(AskEncoding {}).await?),
            reports: self.answer(AskReports {}).await?.own,
            schedules,
            mail,
            sites,
            ..SettingsFile::empty(env!("CARGO_PKG_VERSION"), made_ms)
        })
    }
}

/// The certificate that is trusted is left out as well: another computer looks for itself.
fn bare_site(mut site: Site) -> Site {
    site.pbx_clock = None;
    if let Some(devlink) = &mut site.devlink {
        (devlink.fingerprint, devlink.password) = (None, PasswordState::Missing);
    }
    site
}

fn bare_person(mut person: PersonEntry, known: &BTreeSet<i64>) -> PersonEntry {
    person.source = NameSource::Hand;
    person.extensions.retain(|held| known.contains(&held.site));
    person
}

fn bare_source(mut source: IntakeSource) -> IntakeSource {
    source.remove_after = false;
    match &mut source.place {
        IntakePlace::Folder { .. } => {}
        IntakePlace::Sftp { host_key, secret, .. } => (*host_key, *secret) = (None, PasswordState::Missing),
    }
    source
}
