//! Two libraries count the same things differently: a file's numbers are put into this library's by the things' names.

use crate::SettingsFile;
use contract::reports::ReportRef;
use model::report::{Condition, GroupRef, Who};
use std::collections::BTreeMap;

/// Given to what is not here (yet): no row of a library has a number below zero, so nothing is taken for something else.
const NOT_HERE: i64 = -1_000_000;

/// From a file's numbers to this library's.
#[derive(Debug, Default)]
pub struct Ids {
    sites: BTreeMap<i64, i64>,
    people: BTreeMap<i64, i64>,
    namings: BTreeMap<i64, i64>,
    reports: BTreeMap<i64, i64>,
}

impl Ids {
    /// The same name in the file and here is the same thing.
    pub fn by_name(file: &SettingsFile, here: &SettingsFile) -> Self {
        Self {
            sites: paired(&file.sites, &here.sites, |site| (site.id, &site.name)),
            people: paired(&file.people, &here.people, |person| (person.id, &person.name)),
            namings: paired(&file.namings, &here.namings, |naming| (naming.id, &naming.name)),
            reports: paired(&file.reports, &here.reports, |report| (report.id, &report.definition.name)),
        }
    }
}

/// Whether a number stands for something that is not in this library.
pub fn is_not_here(id: i64) -> bool {
    id <= NOT_HERE
}

fn paired<'a, T>(
    file: &'a [T],
    here: &'a [T],
    key: impl Fn(&'a T) -> (i64, &'a String),
) -> BTreeMap<i64, i64> {
    let known: BTreeMap<&str, i64> = here.iter().map(&key).map(|(id, name)| (name.as_str(), id)).collect();
    let of_file = file.iter().map(&key);
    of_file.filter_map(|(id, name)| Some((id, *known.get(name.as_str())?))).collect()
}

fn mapped(ids: &BTreeMap<i64, i64>, id: &mut i64) {
    *id = ids.get(id).copied().unwrap_or(NOT_HERE.saturating_sub(id.saturating_abs()));
}

impl SettingsFile {
    /// In this library's numbers. What is new here gets 0, as the contract has it for what is not stored yet.
    pub fn with(mut self, ids: &Ids) -> Self {
        let or_new = |ids: &BTreeMap<i64, i64>, id: i64| ids.get(&id).copied().unwrap_or(0);
        for site in &mut self.sites {
            site.id = or_new(&ids.sites, site.id);
        }
        for person in &mut self.people {
            person.id = or_new(&ids.people, person.id);
            person.extensions.iter_mut().for_each(|held| mapped(&ids.sites, &mut held.site));
        }
        self.numbers.iter_mut().for_each(|number| mapped(&ids.sites, &mut number.site));
        self.rates.iter_mut().flat_map(|table| &mut table.sites).for_each(|site| mapped(&ids.sites, site));
        if let Some(hours) = &mut self.hours {
            for of in &mut hours.hours.of {
                mapped(&ids.sites, &mut of.site);
                of.group.iter_mut().for_each(|group| mapped(&ids.sites, &mut group.site));
            }
        }
        for naming in &mut self.namings {
            naming.id = or_new(&ids.namings, naming.id);
        }
        for source in &mut self.recording_sources {
            mapped(&ids.sites, &mut source.site);
            // Presets that come with the program have the same number everywhere, below zero.
            if let Some(naming) = source.naming.as_mut().filter(|naming| **naming > 0) {
                mapped(&ids.namings, naming);
            }
        }
        for report in &mut self.reports {
            report.id = or_new(&ids.reports, report.id);
            report.definition.conditions.iter_mut().for_each(|condition| ids.in_condition(condition));
        }
        for schedule in &mut self.schedules {
            if let ReportRef::Own { id } = &mut schedule.report {
                mapped(&ids.reports, id);
            }
        }
        self
    }
}

impl Ids {
    fn in_condition(&self, condition: &mut Condition) {
        match condition {
            Condition::Sites { any_of } => any_of.iter_mut().for_each(|site| mapped(&self.sites, site)),
            Condition::People { any_of } | Condition::TalkedAs { any_of, .. } => {
                any_of.iter_mut().for_each(|who| self.in_who(who));
            }
            Condition::Groups { any_of } | Condition::GroupAs { any_of, .. } => {
                any_of.iter_mut().for_each(|group: &mut GroupRef| mapped(&self.sites, &mut group.site));
            }
            Condition::TimeOfDay { .. }
            | Condition::DaysOfWeek { .. }
            | Condition::Directions { .. }
            | Condition::OutsideNumber { .. }
            | Condition::DialledNumber { .. }
            | Condition::OutsideName { .. }
            | Condition::AccountCode { .. }
            | Condition::Tags { .. }
            | Condition::Trunks { .. }
            | Condition::Answered { .. }
            | Condition::Abandoned { .. }
            | Condition::Missed { .. }
            | Condition::Voicemail { .. }
            | Condition::Emergency { .. }
            | Condition::Conference { .. }
            | Condition::Transferred { .. }
            | Condition::Recorded { .. }
            | Condition::Scored { .. }
            | Condition::Noted { .. }
            | Condition::Lasting { .. }
            | Condition::Events { .. }
            | Condition::Sequence { .. }
            | Condition::FinalEvent { .. }
            | Condition::Text { .. }
            | Condition::CountedIn { .. } => {}
        }
    }

    fn in_who(&self, who: &mut Who) {
        match who {
            Who::Person { id } => mapped(&self.people, id),
            Who::Extension { site, .. } => mapped(&self.sites, site),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_of_a_file_is_taken_for_one_that_is_here() {
        for id in [i64::MIN, i64::MIN + 1, -1, 0, 1, i64::MAX - 1, i64::MAX] {
            let mut mapped_id = id;
            mapped(&BTreeMap::new(), &mut mapped_id);
            assert!(is_not_here(mapped_id), "{id} became {mapped_id}");
        }
    }
}
