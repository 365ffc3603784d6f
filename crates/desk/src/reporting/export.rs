//! A report as a file: run, and written row by row.

use super::details::{self, Details};
use super::files;
use super::reporter::{Reporter, Watch};
use super::run::ROWS_MAX;
use crate::desk::Desk;
use crate::trouble::invalid;
use contract::Failure;
use contract::reports::{Asked, ExportedReport, FileFormat};
use exports::{Export, Origin, Paper, Room, Tail, Trouble, Written, filter_words};
use model::At;
use model::report::{Definition, Period, Rows, Table};
use reports::Stretch;
use std::io::Write;
use std::path::Path;

/// Calls that are read at once for a file of details.
const READ_AT_ONCE: u32 = 500;

/// A report that goes out.
pub(super) struct ReportFile {
    pub(super) time: String,
    pub(super) bytes: Vec<u8>,
}

impl Desk {
    /// As of `at`.
    pub(super) async fn report_file(
        &self,
        definition: &Definition,
        period: Period,
        compared: bool,
        format: FileFormat,
        at: At,
    ) -> Result<ReportFile, Failure> {
        let mut reporter = self.reporter().await?;
        reporter.now = reporter.now.max(at);
        let asked = Asked { period, compared };
        let stretch = reporter.stretch(period, at)?;
        let time = reporter.calendar().words(stretch);
        let watch = Watch::nobody();
        let (bytes, _) = reporter.write(definition, asked, format, at, Vec::new(), &watch).await?;
        Ok(ReportFile { time, bytes })
    }

    /// Into a file that is whole under its name, or not there.
    pub async fn export_report(
        &self,
        run: u64,
        definition: &Definition,
        asked: Asked,
        format: FileFormat,
        place: &Path,
    ) -> Result<ExportedReport, Failure> {
        let going = self.going(run);
        let reporter = self.reporter().await?;
        reporter.export(definition, asked, format, place, &going.watch()).await
    }

    /// What the system's window offers as the file's name.
    pub async fn report_file_name(
        &self,
        definition: &Definition,
        asked: Asked,
        format: FileFormat,
    ) -> Result<String, Failure> {
        let zone = self.office_zone().into_zone();
        let calendar = reports::Calendar::new(zone);
        let stretch = calendar.stretch(asked.period, self.clock().now()).map_err(invalid)?;
        let time = files::language(format, self.spoken()).hear(calendar.words(stretch));
        Ok(files::file_name(&definition.name, &time, format))
    }
}

impl Reporter {
    pub(crate) async fn export(
        &self,
        definition: &Definition,
        asked: Asked,
        format: FileFormat,
        place: &Path,
        watch: &Watch,
    ) -> Result<ExportedReport, Failure> {
        let beside = beside(place);
        let out = std::fs::File::create(&beside).map_err(|error| failure_of(&Trouble::Write(error)))?;
        let written =
            self.write(definition, asked, format, self.now, std::io::BufWriter::new(out), watch).await;
        let moved = written.and_then(|(_, written)| {
            std::fs::rename(&beside, place).map_err(|error| failure_of(&Trouble::Write(error)))?;
            Ok(written)
        });
        let written = moved.inspect_err(|_| drop(std::fs::remove_file(&beside)))?;
        Ok(ExportedReport {
            file: Some(place.display().to_string()),
            rows: written.rows,
            bytes: written.bytes,
        })
    }

    /// `at`: from when periods are reckoned.
    pub(crate) async fn write<W: Write + Send>(
        &self,
        definition: &Definition,
        asked: Asked,
        format: FileFormat,
        at: At,
        out: W,
        watch: &Watch,
    ) -> Result<(W, Written), Failure> {
        let stretch = self.stretch(asked.period, at)?;
        match &definition.rows {
            Rows::Summed { .. } => {
                let (table, before) = self.summed(definition, asked, at, ROWS_MAX, watch).await?;
                let paper = self.paper(definition, &table, stretch, before);
                exports::whole(files::format(format), out, paper, &table)
                    .map_err(|trouble| failure_of(&trouble))
            }
            Rows::Calls { fields } | Rows::Events { fields } => {
                let table = Table { columns: details::columns(fields), ..Table::default() };
                let paper = self.paper(definition, &table, stretch, None);
                let export = Export::begin(files::format(format), out, paper)
                    .map_err(|trouble| failure_of(&trouble))?;
                self.write_details(definition, stretch, export, watch).await
            }
        }
    }

    async fn write_details<W: Write + Send>(
        &self,
        definition: &Definition,
        stretch: Stretch,
        mut export: Export<W>,
        watch: &Watch,
    ) -> Result<(W, Written), Failure> {
        let (mut after, mut made_of, mut full) = (None, 0, Room::More);
        loop {
            let page = self.page(definition, stretch, &[], after, READ_AT_ONCE, watch).await?;
            for (call, beside) in &page.calls {
                made_of += 1;
                let details = self.details(definition);
                let rows = match &definition.rows {
                    Rows::Events { .. } => details.events(call, beside).collect(),
                    Rows::Calls { .. } | Rows::Summed { .. } => vec![details.call(call, beside)],
                };
                for row in &rows {
                    if full == Room::More {
                        full = export.row(row).map_err(|trouble| failure_of(&trouble))?;
                    }
                }
            }
            after = page.next;
            if after.is_none() || full == Room::Full {
                break;
            }
        }
        let tail = Tail { made_of, ..Tail::default() };
        export.end(&tail).map_err(|trouble| failure_of(&trouble))
    }

    pub(super) fn details<'d>(&'d self, definition: &'d Definition) -> Details<'d> {
        let fields = match &definition.rows {
            Rows::Calls { fields } | Rows::Events { fields } => fields.as_slice(),
            Rows::Summed { .. } => &[],
        };
        Details { fields, names: &self.names, book: &self.book, now: self.now }
    }

    fn paper(
        &self,
        definition: &Definition,
        table: &Table,
        stretch: Stretch,
        before: Option<Stretch>,
    ) -> Paper {
        Paper {
            office: self.office_name.clone(),
            time: self.calendar().words(stretch),
            before: before.map(|before| self.calendar().words(before)),
            filter: filter_words(definition, &self.book, self.language),
            language: self.language,
            origin: if self.is_demo { Origin::Demo } else { Origin::Office },
            notes: self.notes(stretch),
            ..Paper::of(definition, table, self.zone.clone(), self.now)
        }
    }

    /// What a reader has to know of the time.
    pub(super) fn notes(&self, stretch: Stretch) -> Vec<String> {
        let mut notes = Vec::new();
        if stretch.to > self.now && stretch.from < self.now {
            notes.push("The time is not over yet. Calls that are going on are not counted.".to_owned());
        }
        notes
    }
}

/// Hidden, in the same folder, so that it can be moved into its place.
fn beside(place: &Path) -> std::path::PathBuf {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    place.with_file_name(format!(".{name}.part"))
}

pub(super) fn failure_of(trouble: &Trouble) -> Failure {
    let detail = std::error::Error::source(trouble).map(ToString::to_string);
    Failure { detail, ..invalid(trouble.to_string()) }
}
