//! The whole directory in memory: an office has some hundreds of people.

use crate::pbx::Told;
use crate::{Holding, Person, Source, Span, Teller};
use model::{At, SiteId};
use std::collections::HashMap;

/// Answers who had a number when.
#[derive(Clone, Debug, Default)]
pub struct Book {
    people: Vec<Person>,
    extensions: Numbers<Extension>,
    groups: Numbers<Group>,
    trunks: Numbers<Option<String>>,
}

/// By site and number, asked without making a key.
type Numbers<T> = HashMap<SiteId, HashMap<String, T>>;

#[derive(Clone, Debug, Default)]
struct Extension {
    /// Places in `people`; no two at one instant.
    held: Vec<(Span, usize)>,
    told: Told,
}

impl Extension {
    /// The parts of `within` in which it is nobody's.
    fn free(&self, within: Span) -> Vec<Span> {
        let mut free = vec![within];
        for (held, _) in &self.held {
            free = free.into_iter().flat_map(|span| span.without(*held).collect::<Vec<_>>()).collect();
        }
        free
    }
}

#[derive(Clone, Debug, Default)]
struct Group {
    given: Option<String>,
    told: Told,
}

/// Whose an extension is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder<'b> {
    Person(&'b Person),
    /// The name the PBX has for it.
    Pbx(&'b str),
}

impl Holder<'_> {
    pub fn name(&self) -> &str {
        match self {
            Holder::Person(person) => &person.name,
            Holder::Pbx(name) => name,
        }
    }
}

impl Book {
    /// Replaces the people by those stored.
    pub fn set_people(&mut self, people: Vec<Person>) {
        for extension in self.extensions.values_mut().flat_map(HashMap::values_mut) {
            extension.held.clear();
        }
        for (place, person) in people.iter().enumerate() {
            for holding in &person.holdings {
                entry(&mut self.extensions, holding.site, &holding.extension)
                    .held
                    .push((holding.span, place));
            }
        }
        self.people = people;
    }

    /// Stored ones, in the order in which they were given.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// The PBX calls an extension so. Returns whether that changes anything.
    pub fn hear_extension(
        &mut self,
        site: SiteId,
        number: &str,
        teller: Teller,
        since: At,
        name: &str,
    ) -> bool {
        !number.is_empty()
            && !name.is_empty()
            && entry(&mut self.extensions, site, number).told.hear(teller, since, name)
    }

    /// The PBX calls a hunt group so. Returns whether that changes anything.
    pub fn hear_group(&mut self, site: SiteId, number: &str, teller: Teller, since: At, name: &str) -> bool {
        !number.is_empty()
            && !name.is_empty()
            && entry(&mut self.groups, site, number).told.hear(teller, since, name)
    }

    /// People call a hunt group so; `None`: as the PBX does.
    pub fn give_group(&mut self, site: SiteId, number: &str, name: Option<String>) {
        entry(&mut self.groups, site, number).given = name;
    }

    /// A trunk that there is, and what people call it.
    pub fn give_trunk(&mut self, site: SiteId, number: &str, name: Option<String>) {
        *entry(&mut self.trunks, site, number) = name;
    }

    pub fn holder_at(&self, site: SiteId, number: &str, at: At) -> Option<Holder<'_>> {
        let extension = self.extensions.get(&site)?.get(number)?;
        let held = extension.held.iter().find(|(span, _)| span.contains(at));
        match held.and_then(|(_, place)| self.people.get(*place)) {
            Some(person) => Some(Holder::Person(person)),
            None => extension.told.name_at(at).map(Holder::Pbx),
        }
    }

    /// Who of the people that were entered has an extension at an instant, and from when on that may be otherwise; `None`:
    /// never.
    pub fn holding_at(&self, site: SiteId, number: &str, at: At) -> (Option<&Person>, Option<At>) {
        let Some(extension) = self.extensions.get(&site).and_then(|numbers| numbers.get(number)) else {
            return (None, None);
        };
        match extension.held.iter().find(|(span, _)| span.contains(at)) {
            Some((span, place)) => (self.people.get(*place), span.to),
            None => {
                let next = extension.held.iter().filter_map(|(span, _)| span.from).filter(|from| *from > at);
                (None, next.min())
            }
        }
    }

    /// Whose people entered it to be then.
    pub fn person_at(&self, site: SiteId, number: &str, at: At) -> Option<&Person> {
        match self.holder_at(site, number, at)? {
            Holder::Person(person) => Some(person),
            Holder::Pbx(_) => None,
        }
    }

    /// The parts of `within` in which an extension is no stored person's, in order.
    pub fn free_spans(&self, site: SiteId, number: &str, within: Span) -> Vec<Span> {
        match self.extensions.get(&site).and_then(|numbers| numbers.get(number)) {
            Some(extension) => extension.free(within),
            None => vec![within],
        }
    }

    pub fn extension_at(&self, site: SiteId, number: &str, at: At) -> Option<&str> {
        Some(match self.holder_at(site, number, at)? {
            Holder::Person(person) => person.name.as_str(),
            Holder::Pbx(name) => name,
        })
    }

    pub fn group_at(&self, site: SiteId, number: &str, at: At) -> Option<&str> {
        let group = self.groups.get(&site)?.get(number)?;
        group.given.as_deref().or_else(|| group.told.name_at(at))
    }

    pub fn trunk(&self, site: SiteId, number: &str) -> Option<&str> {
        self.trunks.get(&site)?.get(number)?.as_deref()
    }

    /// Whether anybody ever had the extension, or the PBX a name for it.
    pub fn knows_extension(&self, site: SiteId, number: &str) -> bool {
        let extension = self.extensions.get(&site).and_then(|numbers| numbers.get(number));
        extension.is_some_and(|extension| !extension.held.is_empty() || !extension.told.names().is_empty())
    }

    /// People whom only the PBX names: one for each extension and name, with the times that are nobody's else.
    pub fn pbx_people(&self) -> Vec<Person> {
        let mut people: Vec<Person> = Vec::new();
        for (site, numbers) in &self.extensions {
            for (number, extension) in numbers {
                let mut named: Vec<Person> = Vec::new();
                for (span, name) in extension.told.names() {
                    let holdings = extension.free(*span).into_iter().map(|span| Holding {
                        site: *site,
                        extension: number.clone(),
                        span,
                    });
                    match named.iter_mut().find(|person| person.name == *name) {
                        Some(person) => person.holdings.extend(holdings),
                        None => named.push(Person {
                            id: 0,
                            name: name.clone(),
                            source: Source::Pbx,
                            holdings: holdings.collect(),
                        }),
                    }
                }
                people.extend(named.into_iter().filter(|person| !person.holdings.is_empty()));
            }
        }
        people
    }

    /// Hunt groups of a name, at `at`, with whether people gave it. By site and number.
    pub fn groups(&self, at: At) -> Vec<(SiteId, &str, Option<&str>, Source)> {
        let named = |group: &'_ Group| if group.given.is_some() { Source::Hand } else { Source::Pbx };
        let mut groups: Vec<_> = self
            .groups
            .iter()
            .flat_map(|(site, numbers)| numbers.iter().map(|(number, group)| (*site, number.as_str(), group)))
            .map(|(site, number, group)| (site, number, self.group_at(site, number, at), named(group)))
            .filter(|(.., name, source)| name.is_some() || *source == Source::Hand)
            .collect();
        groups.sort_by_key(|(site, number, ..)| (*site, *number));
        groups
    }

    /// Trunks that there are, with what people call them. By site and number.
    pub fn trunks(&self) -> Vec<(SiteId, &str, Option<&str>)> {
        let mut trunks: Vec<_> = self
            .trunks
            .iter()
            .flat_map(|(site, numbers)| {
                numbers.iter().map(|(number, name)| (*site, number.as_str(), name.as_deref()))
            })
            .collect();
        trunks.sort_unstable();
        trunks
    }
}

fn entry<'n, T: Default>(numbers: &'n mut Numbers<T>, site: SiteId, number: &str) -> &'n mut T {
    let of_site = numbers.entry(site).or_default();
    if !of_site.contains_key(number) {
        of_site.insert(number.to_owned(), T::default());
    }
    of_site.entry(number.to_owned()).or_default()
}
