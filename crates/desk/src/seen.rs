//! Names that the sources show, each noted once and again when it changes.

use model::{At, SiteId};
use std::collections::{BTreeMap, HashMap};
use store::{DatedName, NameKind, NameSeen, ToldBy};

/// The latest name of each number of a site, by who told it: each may spell it in its own way.
#[derive(Default)]
pub(crate) struct NamesSeen {
    latest: BTreeMap<(NameKind, ToldBy), HashMap<String, String>>,
}

impl NamesSeen {
    /// What is news; `at` is when the number had the name.
    pub(crate) fn see(
        &mut self,
        site: SiteId,
        at: At,
        told_by: ToldBy,
        kind: NameKind,
        number: &str,
        name: &str,
    ) -> Option<NameSeen> {
        if number.is_empty() || name.is_empty() || name == number {
            return None;
        }
        let latest = self.latest.entry((kind, told_by)).or_default();
        match latest.get_mut(number) {
            Some(known) if known == name => return None,
            Some(known) => name.clone_into(known),
            None => {
                latest.insert(number.to_owned(), name.to_owned());
            }
        }
        let name = DatedName { text: name.to_owned(), at, told_by };
        Some(NameSeen { site, kind, number: number.to_owned(), name })
    }
}
