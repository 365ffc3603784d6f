//! Gives calls the keys by which their numbers are compared.

use model::{Call, SiteId};
use numbers::Dialling;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{Reader, Site};

/// How the sites dial, as they were last saved.
#[derive(Default)]
pub(crate) struct Keys {
    reader: Option<Reader>,
    /// Those that `diallings` is made of.
    sites: Option<Arc<[Site]>>,
    diallings: BTreeMap<SiteId, Dialling>,
}

impl Keys {
    /// Where the sites are looked up: their settings are saved while calls come in.
    pub(crate) fn follow(&mut self, reader: &Reader) {
        if self.reader.is_none() {
            self.reader = Some(reader.clone());
        }
    }

    /// The engine knows no keys. What was decided by hand comes with those of its time.
    pub(crate) fn give<'c>(&mut self, calls: impl Iterator<Item = &'c mut Call>) {
        self.look();
        for call in calls.filter(|call| call.external_e164.is_none() || !call.basis.decisions.is_empty()) {
            let dialling = self.diallings.get(&call.site);
            let number = call.external_number.as_deref();
            call.external_e164 = number.and_then(|number| dialling?.key(number));
        }
    }

    fn look(&mut self) {
        let Some(now) = self.reader.as_ref().map(Reader::sites_now) else { return };
        if self.sites.as_ref().is_some_and(|known| Arc::ptr_eq(known, &now)) {
            return;
        }
        let with_country = now.iter().filter(|site| site.country.is_some());
        self.diallings = with_country.map(|site| (site.id, dialling(site))).collect();
        self.sites = Some(now);
    }
}

/// How a site dials.
pub(crate) fn dialling(site: &Site) -> Dialling {
    Dialling::new(site.country.as_deref(), &site.access_digits)
}
