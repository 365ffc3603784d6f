//! Reports that people made, changed or took in from a file.

use crate::desk::Desk;
use crate::trouble::{failure_of_store, invalid};
use contract::Failure;
use contract::reports::{Choice, ExportedReport, OwnReport, ReportChoices, Reports, StandardReport};
use model::SiteId;
use model::report::{Definition, GroupRef, Key, Who};
use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;
use store::{Reader, SeenKind, Stored};

/// Longest name, in characters.
const NAME_MAX_CHARS: usize = 200;

/// Everything there is to run.
pub(crate) async fn all(reader: &Reader) -> Result<Reports, Failure> {
    let standard = reports::standard().iter().map(|standard| StandardReport {
        name: standard.name.to_owned(),
        definition: standard.definition.clone(),
    });
    Ok(Reports { standard: standard.collect(), own: own(reader).await? })
}

/// By name. One that cannot be read any more is left alone and not shown.
async fn own(reader: &Reader) -> Result<Vec<OwnReport>, Failure> {
    let stored = reader.reports().await.map_err(failure_of_store)?;
    let read = |stored: Stored| {
        let definition: Definition = serde_json::from_str(&stored.json).ok()?;
        Some(OwnReport { id: stored.id, definition })
    };
    let mut own: Vec<OwnReport> = stored.into_iter().filter_map(read).collect();
    own.sort_by_cached_key(|own| (own.definition.name.to_lowercase(), own.id));
    Ok(own)
}

impl Desk {
    pub(crate) async fn all_reports(&self) -> Result<Reports, Failure> {
        all(self.reader()).await
    }

    pub(crate) async fn own_reports(&self) -> Result<Vec<OwnReport>, Failure> {
        own(self.reader()).await
    }

    pub(crate) async fn save_own_report(&self, report: OwnReport) -> Result<(), Failure> {
        let OwnReport { id, mut definition } = report;
        definition.name = definition.name.trim().chars().take(NAME_MAX_CHARS).collect();
        check(&definition)?;
        let json = serde_json::to_string(&definition).unwrap_or_default();
        self.hand().save_report(&Stored { id, json }).await.map_err(failure_of_store)?;
        Ok(())
    }

    /// What the system's window offers as the name of a shared definition's file.
    pub fn shared_report_name(&self, definition: &Definition) -> String {
        super::files::named(&definition.name, "calldoc-report.json")
    }

    /// Writes a definition to a file that others can take in.
    pub async fn share_report(
        &self,
        definition: &Definition,
        place: &Path,
    ) -> Result<ExportedReport, Failure> {
        check(definition)?;
        let mut json = serde_json::to_vec_pretty(definition).unwrap_or_default();
        json.push(b'\n');
        let bytes = json.len() as u64;
        let written = tokio::fs::write(place, json).await;
        written.map_err(|error| super::export::failure_of(&exports::Trouble::Write(error)))?;
        Ok(ExportedReport { file: Some(place.display().to_string()), rows: 0, bytes })
    }

    pub(crate) async fn report_choices(&self) -> Result<ReportChoices, Failure> {
        let seen = |kind| async move { self.reader().numbers_seen(kind).await.map_err(failure_of_store) };
        let (extensions, groups, trunks) =
            (seen(SeenKind::Extension).await?, seen(SeenKind::Group).await?, seen(SeenKind::Trunk).await?);
        let tags = self.reader().tags().await.map_err(failure_of_store)?;
        let board = self.board().now();
        let names = &board.names;
        let mut people: Vec<Choice> = names
            .book
            .people()
            .iter()
            .map(|person| choice(Key::Who { who: Who::Person { id: person.id } }, person.name.clone()))
            .collect();
        people.extend(extensions.into_iter().map(|(site, number)| {
            let named = names.extension(site, &number);
            let name = named.name.map_or_else(|| number.clone(), |name| format!("{name} ({number})"));
            choice(Key::Who { who: Who::Extension { site: site.0, number } }, name)
        }));
        let groups = groups.into_iter().map(|(site, number)| {
            let name = names.group(site, &number).name.unwrap_or_else(|| number.clone());
            choice(Key::Group { group: GroupRef { site: site.0, number } }, name)
        });
        let lines: BTreeSet<(SiteId, String)> =
            trunks.into_iter().map(|(site, trunk)| (site, reports::line(&trunk).to_owned())).collect();
        let trunks = lines.into_iter().map(|(site, line)| {
            let name = names.trunk(site, &line);
            choice(Key::Text { text: line }, name)
        });
        let sites = board.active_sites().map(|site| {
            let settings = &site.settings;
            choice(Key::Site { site: settings.id.0 }, settings.name.clone())
        });
        let mut choices = ReportChoices {
            people,
            groups: groups.collect(),
            sites: sites.collect(),
            trunks: trunks.collect(),
            tags: tags.into_iter().map(|(tag, _)| choice(Key::Text { text: tag.clone() }, tag)).collect(),
        };
        for list in [&mut choices.people, &mut choices.groups, &mut choices.trunks, &mut choices.tags] {
            list.sort_by_cached_key(|choice| choice.name.to_lowercase());
            list.dedup();
        }
        Ok(choices)
    }
}

fn choice(key: Key, name: String) -> Choice {
    Choice { key, name }
}

/// The text of a definition's file.
pub(crate) fn read(text: &str) -> Result<OwnReport, Failure> {
    let no_report = |error: reports::NoReport| Failure {
        detail: error.source().map(ToString::to_string),
        ..invalid(error.to_string())
    };
    Ok(OwnReport { id: 0, definition: reports::read(text).map_err(no_report)? })
}

fn check(definition: &Definition) -> Result<(), Failure> {
    definition.trouble().map_or(Ok(()), |trouble| Err(invalid(trouble)))
}
