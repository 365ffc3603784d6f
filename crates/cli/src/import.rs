//! Importing SMDR logs and recordings.

use crate::args::{ImportRecordings, ImportSmdr};
use crate::collect::site_for;
use crate::library::{Place, told};
use anyhow::Context;
use contract::published::ImportSummary;
use indicatif::{ProgressBar, ProgressStyle};
use std::fs::File;
use std::io::IsTerminal;
use std::process::ExitCode;

pub(crate) async fn import_smdr(place: &Place, args: ImportSmdr) -> anyhow::Result<ExitCode> {
    // Every file is looked at first: nothing is taken in when one of them is not there.
    let mut logs = Vec::new();
    for path in &args.files {
        let log = File::open(path).with_context(|| format!("The file {} cannot be read.", path.display()))?;
        logs.push(log);
    }
    let desk = place.open("import").await?;
    let site = site_for(&desk, &args.site).await?;
    let progress =
        if std::io::stderr().is_terminal() { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
    if let Ok(style) = ProgressStyle::with_template("{spinner} {human_pos} lines, {per_sec}") {
        progress.set_style(style);
    }
    let mut summary = ImportSummary::default();
    for log in logs {
        let before = summary.lines;
        let one =
            desk.import_smdr(site, log, |lines| progress.set_position(before + lines)).await.map_err(told)?;
        summary.lines += one.lines;
        summary.records += one.records;
        summary.duplicates += one.duplicates;
        summary.quarantined += one.quarantined;
        summary.calls += one.calls;
    }
    progress.finish_and_clear();
    desk.close().await.map_err(told)?;
    place.print(&summary, || {
        format!(
            "{} lines: {} records taken in, {} known already, {} set aside; {} calls.",
            summary.lines, summary.records, summary.duplicates, summary.quarantined, summary.calls
        )
    })?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) async fn import_recordings(place: &Place, args: ImportRecordings) -> anyhow::Result<ExitCode> {
    let desk = place.open("import").await?;
    let site = site_for(&desk, &args.site).await?;
    let progress = if std::io::stderr().is_terminal() { ProgressBar::new(0) } else { ProgressBar::hidden() };
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} of {len} files, {eta} left") {
        progress.set_style(style);
    }
    let imported = desk
        .import_recordings(site, &args.folders, |done, of| {
            progress.set_length(of);
            progress.set_position(done);
        })
        .await;
    progress.finish_and_clear();
    desk.close().await.map_err(told)?;
    let summary = imported.map_err(told)?;
    place.print(&summary, || {
        format!(
            "{} files: {} taken in, {} of them matched to calls; {} known already, {} could not be read.",
            summary.files, summary.imported, summary.matched, summary.duplicates, summary.failed
        )
    })?;
    Ok(ExitCode::SUCCESS)
}
