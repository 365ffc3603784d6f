//! Reports as the command line runs them, beside whoever writes.

use crate::keys::dialling;
use crate::look::Look;
use crate::names::{Names, learn_names};
use crate::reporting::{Reporter, Watch, all_reports, read_report};
use crate::trouble::not_found;
use contract::Failure;
use contract::reports::{Asked, ExportedReport, FileFormat, OwnReport, ReportView, Reports, StandardReport};
use model::report::Definition;
use std::path::Path;
use std::sync::Arc;

/// Rows that a terminal is given.
const ROWS: u32 = 5_000;

impl Look {
    /// Standard ones in their order, then those that people made, by their names.
    pub async fn reports(&self) -> Result<Vec<StandardReport>, Failure> {
        let Reports { mut standard, own } = all_reports(self.reader()).await?;
        standard.extend(
            own.into_iter()
                .map(|own| StandardReport { name: own.definition.name.clone(), definition: own.definition }),
        );
        Ok(standard)
    }

    /// By its name, or from a file with a definition.
    pub async fn report(&self, name: &str) -> Result<Definition, Failure> {
        let all = self.reports().await?;
        if let Some(found) = all.into_iter().find(|report| report.name.eq_ignore_ascii_case(name)) {
            return Ok(found.definition);
        }
        let Ok(text) = tokio::fs::read_to_string(name).await else {
            return Err(not_found(format!(
                "There is no report “{name}”. calldoc-cli report --list shows all."
            )));
        };
        read_report(&text).map(|OwnReport { definition, .. }| definition)
    }

    pub async fn run_report(&self, definition: &Definition, asked: Asked) -> Result<ReportView, Failure> {
        self.reporter().await?.view(definition, asked, ROWS, None, &Watch::nobody()).await
    }

    /// Into a file that is whole under its name, or not there.
    pub async fn export_report(
        &self,
        definition: &Definition,
        asked: Asked,
        format: FileFormat,
        place: &Path,
    ) -> Result<ExportedReport, Failure> {
        self.reporter().await?.export(definition, asked, format, place, &Watch::nobody()).await
    }

    /// As bytes, for a pipe.
    pub async fn report_bytes(
        &self,
        definition: &Definition,
        asked: Asked,
        format: FileFormat,
    ) -> Result<Vec<u8>, Failure> {
        let reporter = self.reporter().await?;
        let at = reporter.now();
        let (bytes, _) = reporter.write(definition, asked, format, at, Vec::new(), &Watch::nobody()).await?;
        Ok(bytes)
    }

    async fn reporter(&self) -> Result<Reporter, Failure> {
        let mut names = Names::default();
        learn_names(&mut names, self.reader(), &Arc::default()).await?;
        for site in self.sites() {
            names.set_dialling(site.id, dialling(site));
        }
        let zone = self.office_zone().into_zone();
        let (reader, names) = (self.reader().clone(), Arc::new(names));
        Reporter::of(reader, None, Arc::default(), names, zone, Arc::default(), Vec::new()).await
    }
}
