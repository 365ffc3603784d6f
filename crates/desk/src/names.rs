//! Names of extensions and hunt groups, for everything that is shown.

use contract::calls::Named;
use model::SiteId;
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    extensions: BTreeMap<(SiteId, String), String>,
    groups: BTreeMap<(SiteId, String), String>,
}

impl Names {
    /// Returns whether that is news.
    pub(crate) fn learn_extension(&mut self, site: SiteId, number: &str, name: &str) -> bool {
        learn(&mut self.extensions, site, number, name)
    }

    pub(crate) fn learn_group(&mut self, site: SiteId, number: &str, name: &str) -> bool {
        learn(&mut self.groups, site, number, name)
    }

    pub(crate) fn extension(&self, site: SiteId, number: &str) -> Named {
        named(&self.extensions, site, number)
    }

    pub(crate) fn group(&self, site: SiteId, number: &str) -> Named {
        named(&self.groups, site, number)
    }

    /// A number that may be either.
    pub(crate) fn either(&self, site: SiteId, number: &str) -> Named {
        let extension = self.extension(site, number);
        if extension.name.is_some() { extension } else { self.group(site, number) }
    }

    pub(crate) fn groups_of(&self, site: SiteId) -> impl Iterator<Item = Named> + '_ {
        self.groups
            .iter()
            .filter(move |((of, _), _)| *of == site)
            .map(|((_, number), name)| Named { number: number.clone(), name: Some(name.clone()) })
    }
}

fn learn(names: &mut BTreeMap<(SiteId, String), String>, site: SiteId, number: &str, name: &str) -> bool {
    if number.is_empty() || name.is_empty() {
        return false;
    }
    let key = (site, number.to_owned());
    if names.get(&key).is_some_and(|known| known == name) {
        return false;
    }
    names.insert(key, name.to_owned());
    true
}

fn named(names: &BTreeMap<(SiteId, String), String>, site: SiteId, number: &str) -> Named {
    Named { number: number.to_owned(), name: names.get(&(site, number.to_owned())).cloned() }
}
