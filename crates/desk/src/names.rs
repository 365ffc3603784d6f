//! What numbers are called and how they are written, for everything that is shown.

use crate::answers::directory::person_of;
use crate::clock::Clock;
use crate::trouble::failure_of_store;
use contract::Failure;
use contract::calls::Named;
use directory::{Book, Teller};
use model::{At, SiteId};
use numbers::Dialling;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{DatedName, GivenName, NameKind, Nameable, PbxName, Reader, ToldBy};

#[derive(Clone, Default)]
pub(crate) struct Names {
    pub(crate) book: Book,
    diallings: BTreeMap<SiteId, Arc<Dialling>>,
    clock: Arc<Clock>,
}

impl Names {
    pub(crate) fn set_clock(&mut self, clock: Arc<Clock>) {
        self.clock = clock;
    }

    pub(crate) fn set_dialling(&mut self, site: SiteId, dialling: Dialling) {
        self.diallings.insert(site, Arc::new(dialling));
    }

    /// Returns whether that changes anything.
    pub(crate) fn learn_extension(&mut self, site: SiteId, number: &str, name: &DatedName) -> bool {
        self.book.hear_extension(site, number, teller(name.told_by), name.at, &name.text)
    }

    pub(crate) fn learn_group(&mut self, site: SiteId, number: &str, name: &DatedName) -> bool {
        self.book.hear_group(site, number, teller(name.told_by), name.at, &name.text)
    }

    /// What the library knows of the PBX's names.
    pub(crate) fn recall(&mut self, names: Vec<PbxName>) {
        for PbxName { site, kind, number, told_by, since, name } in names {
            let name = DatedName { text: name, at: since, told_by };
            match kind {
                NameKind::Extension => self.learn_extension(site, &number, &name),
                NameKind::Group => self.learn_group(site, &number, &name),
            };
        }
    }

    pub(crate) fn give(&mut self, given: GivenName) {
        let GivenName { site, kind, number, name } = given;
        match kind {
            Nameable::Group => self.book.give_group(site, &number, Some(name)),
            Nameable::Trunk => self.book.give_trunk(site, &number, Some(name)),
        }
    }

    /// As it is called now.
    pub(crate) fn extension(&self, site: SiteId, number: &str) -> Named {
        self.extension_at(site, number, self.clock.now())
    }

    /// As it was called then.
    pub(crate) fn extension_at(&self, site: SiteId, number: &str, at: At) -> Named {
        named(number, self.book.extension_at(site, number, at))
    }

    pub(crate) fn group(&self, site: SiteId, number: &str) -> Named {
        self.group_at(site, number, self.clock.now())
    }

    pub(crate) fn group_at(&self, site: SiteId, number: &str, at: At) -> Named {
        named(number, self.book.group_at(site, number, at))
    }

    /// A number that may be either.
    pub(crate) fn either_at(&self, site: SiteId, number: &str, at: At) -> Named {
        let extension = self.extension_at(site, number, at);
        if extension.name.is_some() { extension } else { self.group_at(site, number, at) }
    }

    /// A trunk with what people call it: `ISDN (Line 1.3)`.
    pub(crate) fn trunk(&self, site: SiteId, number: &str) -> String {
        match self.book.trunk(site, number) {
            Some(name) => format!("{name} ({number})"),
            None => number.to_owned(),
        }
    }

    pub(crate) fn groups_of(&self, site: SiteId) -> impl Iterator<Item = Named> + '_ {
        let groups = self.book.groups(self.clock.now());
        groups.into_iter().filter(move |(of, ..)| *of == site).map(|(_, number, name, _)| named(number, name))
    }

    /// An outside number as people at the site write it; `None`: as it is.
    pub(crate) fn written(&self, site: SiteId, key: Option<&str>) -> Option<String> {
        self.diallings.get(&site)?.shown(key?)
    }

    /// By what a number is compared, where the site's country tells.
    pub(crate) fn key(&self, site: SiteId, number: &str) -> Option<String> {
        self.diallings.get(&site)?.key(number)
    }

    /// Beginnings of the keys that a typed number may mean, by the countries of all sites, and as it was typed. None when
    /// it does not say how it begins.
    pub(crate) fn beginnings(&self, typed: &str) -> Vec<String> {
        let mut begins: Vec<String> =
            self.diallings.values().filter_map(|dialling| dialling.beginning(typed)).collect();
        if !begins.is_empty() {
            begins.push(typed.chars().filter(char::is_ascii_digit).collect());
        }
        begins.sort_unstable();
        begins.dedup();
        begins
    }
}

/// What people entered and the PBX said about who is who.
pub(crate) async fn learn_names(
    names: &mut Names,
    reader: &Reader,
    clock: &Arc<Clock>,
) -> Result<(), Failure> {
    let told = reader.pbx_names().await.map_err(failure_of_store)?;
    let given = reader.given_names().await.map_err(failure_of_store)?;
    let people = reader.people().await.map_err(failure_of_store)?;
    names.set_clock(Arc::clone(clock));
    names.recall(told);
    given.into_iter().for_each(|given| names.give(given));
    names.book.set_people(people.into_iter().map(person_of).collect());
    Ok(())
}

fn named(number: &str, name: Option<&str>) -> Named {
    Named { number: number.to_owned(), name: name.map(str::to_owned) }
}

fn teller(told_by: ToldBy) -> Teller {
    match told_by {
        ToldBy::List => Teller::List,
        ToldBy::Link => Teller::Link,
        ToldBy::Record => Teller::Record,
    }
}
