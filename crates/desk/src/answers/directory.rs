//! Settings > People and names.

use crate::answer::Answer;
use crate::desk::Desk;
use crate::happening::Happening;
use crate::trouble::{failure_of_store, invalid, not_found};
use crate::zones::Zone;
use contract::Failure;
use contract::directory::{
    AskDirectory, Directory, Holding, ImportPeople, LineVerdict, NameNumber, NameSource, NumberEntry,
    NumberKind, PeoplePreview, PersonEntry, PreviewLine, PreviewPeople, RemovePerson, SavePerson, Unmapped,
};
use directory::{Office, Person, Plan, Source, Span, Verdict};
use model::{At, SiteId};
use std::collections::BTreeMap;
use store::{Nameable, PersonSource, SeenKind, StoreError};

/// Longest name of a group or trunk, in characters.
const NAME_MAX: usize = 100;
/// Largest file of people that is looked at: far more than any office has.
const FILE_MAX_BYTES: usize = 4 << 20;

impl Answer<AskDirectory> for Desk {
    async fn answer(&self, _ask: AskDirectory) -> Result<Directory, Failure> {
        self.settle().await?;
        let book = self.board().now().names.book.clone();
        let known = book.clone();
        let unmapped = self
            .reader()
            .unmapped(move |site, extension| known.knows_extension(site, extension))
            .await
            .map_err(failure_of_store)?;
        let groups_seen = self.reader().numbers_seen(SeenKind::Group).await.map_err(failure_of_store)?;
        let trunks_seen = self.reader().numbers_seen(SeenKind::Trunk).await.map_err(failure_of_store)?;
        let mut people: Vec<PersonEntry> =
            book.people().iter().cloned().chain(book.pbx_people()).map(entry_of).collect();
        people.sort_by_cached_key(|person| {
            (
                person.name.to_lowercase(),
                person.extensions.first().map(|held| held.extension.clone()),
                person.id,
            )
        });
        let now = self.clock().now();
        let named_groups = book.groups(now).into_iter().map(|(site, number, name, source)| {
            ((site, number.to_owned()), (name.map(str::to_owned), source_of(source)))
        });
        let named_trunks = book.trunks().into_iter().map(|(site, number, name)| {
            let source = if name.is_some() { NameSource::Hand } else { NameSource::Pbx };
            ((site, number.to_owned()), (name.map(str::to_owned), source))
        });
        Ok(Directory {
            people,
            groups: numbers(groups_seen, named_groups),
            trunks: numbers(trunks_seen, named_trunks),
            unmapped: unmapped
                .into_iter()
                .map(|row| Unmapped {
                    site: row.site.0,
                    extension: row.extension,
                    calls: row.calls,
                    last_ms: row.last_at.0,
                })
                .collect(),
        })
    }
}

/// Those seen in calls and those with a name, by site and number.
fn numbers(
    seen: Vec<(SiteId, String)>,
    named: impl Iterator<Item = ((SiteId, String), (Option<String>, NameSource))>,
) -> Vec<NumberEntry> {
    let mut all: BTreeMap<(SiteId, String), (Option<String>, NameSource)> =
        seen.into_iter().map(|key| (key, (None, NameSource::Pbx))).collect();
    all.extend(named);
    all.into_iter()
        .map(|((site, number), (name, source))| NumberEntry { site: site.0, number, name, source })
        .collect()
}

impl Answer<SavePerson> for Desk {
    async fn answer(&self, ask: SavePerson) -> Result<PersonEntry, Failure> {
        let _entering = self.entering().lock().await;
        let stored = self.stored_people().await?;
        let mut person = person_entered(ask.person);
        directory::check(&person, &stored, &self.office()).map_err(invalid)?;
        person.holdings.sort_by_key(|holding| holding.span.from);
        let ids = self.hand().save_people(&[stored_of(&person)]).await.map_err(not_entered)?;
        person.id = ids.first().copied().unwrap_or(person.id);
        self.people_changed().await?;
        Ok(entry_of(person))
    }
}

impl Answer<RemovePerson> for Desk {
    async fn answer(&self, ask: RemovePerson) -> Result<(), Failure> {
        if ask.id <= 0 {
            return Err(invalid(
                "The phone system itself names this extension. Change the name there, or save the person under another one.",
            ));
        }
        let _entering = self.entering().lock().await;
        self.hand().remove_person(ask.id).await.map_err(not_entered)?;
        self.people_changed().await
    }
}

impl Answer<NameNumber> for Desk {
    async fn answer(&self, ask: NameNumber) -> Result<(), Failure> {
        let (site, number) = (SiteId(ask.site), ask.number.trim());
        let name = ask.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
        if name.is_some_and(|name| name.chars().count() > NAME_MAX) {
            return Err(invalid(format!("This name is too long: at most {NAME_MAX} characters are kept.")));
        }
        let kind = match ask.kind {
            NumberKind::Group => Nameable::Group,
            NumberKind::Trunk => Nameable::Trunk,
        };
        self.hand().name_number(site, kind, number, name).await.map_err(failure_of_store)?;
        let book = &mut self.board().now().names.book;
        match kind {
            Nameable::Group => book.give_group(site, number, name.map(str::to_owned)),
            Nameable::Trunk => book.give_trunk(site, number, name.map(str::to_owned)),
        }
        self.happen(Happening::Settings);
        Ok(())
    }
}

impl Answer<PreviewPeople> for Desk {
    async fn answer(&self, ask: PreviewPeople) -> Result<PeoplePreview, Failure> {
        let stored = self.stored_people().await?;
        Ok(preview(self.plan(&ask.text, &stored)?))
    }
}

impl Answer<ImportPeople> for Desk {
    async fn answer(&self, ask: ImportPeople) -> Result<PeoplePreview, Failure> {
        let _entering = self.entering().lock().await;
        let stored = self.stored_people().await?;
        let plan = self.plan(&ask.text, &stored)?;
        if !plan.people.is_empty() {
            let people: Vec<store::Person> = plan.people.iter().map(stored_of).collect();
            self.hand().save_people(&people).await.map_err(not_entered)?;
            self.people_changed().await?;
        }
        Ok(preview(plan))
    }
}

impl Desk {
    fn plan(&self, text: &str, stored: &[Person]) -> Result<Plan, Failure> {
        if text.len() > FILE_MAX_BYTES {
            return Err(invalid("This file is too large to be a list of people."));
        }
        Ok(directory::read_csv(text, stored, &self.office()))
    }

    async fn stored_people(&self) -> Result<Vec<Person>, Failure> {
        let people = self.reader().people().await.map_err(failure_of_store)?;
        Ok(people.into_iter().map(person_of).collect())
    }

    /// Everything that shows names is to be shown anew.
    async fn people_changed(&self) -> Result<(), Failure> {
        let people = self.stored_people().await?;
        self.board().now().names.book.set_people(people);
        self.happen(Happening::Settings);
        Ok(())
    }

    fn office(&self) -> OfficeNow {
        let now = self.board().now();
        let sites = now.active_sites().map(|site| (site.settings.id, site.settings.name.clone())).collect();
        OfficeNow { sites, zone: now.office_zone() }
    }
}

/// What the directory asks of the office.
struct OfficeNow {
    sites: Vec<(SiteId, String)>,
    zone: Zone,
}

impl Office for OfficeNow {
    fn sites(&self) -> Vec<(SiteId, String)> {
        self.sites.clone()
    }

    /// `2026-06-01`, or `1.6.2026` as it is written where numbers have dots.
    fn start_of(&self, date: &str) -> Option<At> {
        if !date.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.')) {
            return None;
        }
        let mut parts = date.split('.');
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(day), Some(month), Some(year), None) => {
                self.zone.parse(&format!("{year:0>4}-{month:0>2}-{day:0>2}"))
            }
            _ => self.zone.parse(date),
        }
    }

    fn date(&self, at: At) -> String {
        self.zone.rfc3339(at).chars().take_while(|letter| *letter != 'T').collect()
    }
}

/// What was to be changed may be gone meanwhile.
pub(crate) fn not_entered(error: StoreError) -> Failure {
    match error {
        StoreError::UnknownPerson | StoreError::UnknownRates => not_found(error.to_string()),
        other => failure_of_store(other),
    }
}

fn preview(plan: Plan) -> PeoplePreview {
    let mut preview = PeoplePreview::default();
    for line in plan.lines {
        let (count, verdict) = match line.verdict {
            Verdict::Added => (&mut preview.added, LineVerdict::Added),
            Verdict::Changed(says) => (&mut preview.changed, LineVerdict::Changed { says }),
            Verdict::Same => (&mut preview.same, LineVerdict::Same),
            Verdict::Bad(says) => (&mut preview.bad, LineVerdict::Bad { says }),
        };
        *count += 1;
        preview.lines.push(PreviewLine { line: line.line, text: line.text, verdict });
    }
    preview
}

/// What a hand enters is a hand's, whoever named it before. A person of the PBX's becomes one of its own.
fn person_entered(entry: PersonEntry) -> Person {
    let holdings = entry.extensions.into_iter().map(|held| directory::Holding {
        site: SiteId(held.site),
        extension: held.extension.trim().to_owned(),
        span: Span { from: held.from_ms.map(At), to: held.to_ms.map(At) },
    });
    Person {
        id: entry.id.max(0),
        name: entry.name.trim().to_owned(),
        source: Source::Hand,
        holdings: holdings.collect(),
    }
}

fn entry_of(person: Person) -> PersonEntry {
    let extensions = person.holdings.into_iter().map(|held| Holding {
        site: held.site.0,
        extension: held.extension,
        from_ms: held.span.from.map(|at| at.0),
        to_ms: held.span.to.map(|at| at.0),
    });
    PersonEntry {
        id: person.id,
        name: person.name,
        extensions: extensions.collect(),
        source: source_of(person.source),
    }
}

fn source_of(source: Source) -> NameSource {
    match source {
        Source::Pbx => NameSource::Pbx,
        Source::Csv => NameSource::Csv,
        Source::Hand => NameSource::Hand,
    }
}

pub(crate) fn person_of(stored: store::Person) -> Person {
    let holdings = stored.holdings.into_iter().map(|held| directory::Holding {
        site: held.site,
        extension: held.extension,
        span: Span { from: held.from, to: held.to },
    });
    let source = match stored.source {
        PersonSource::Csv => Source::Csv,
        PersonSource::Hand => Source::Hand,
    };
    Person { id: stored.id, name: stored.name, source, holdings: holdings.collect() }
}

fn stored_of(person: &Person) -> store::Person {
    let holdings = person.holdings.iter().map(|held| store::Holding {
        site: held.site,
        extension: held.extension.clone(),
        from: held.span.from,
        to: held.span.to,
    });
    let source = match person.source {
        Source::Csv => PersonSource::Csv,
        Source::Pbx | Source::Hand => PersonSource::Hand,
    };
    store::Person { id: person.id, name: person.name.clone(), source, holdings: holdings.collect() }
}
