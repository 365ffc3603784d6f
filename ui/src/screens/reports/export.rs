//! A report as a file: which kind, how far it is, and where it went.

use crate::parts::clock::number;
use crate::parts::icon::{Glyph, Icon};
use crate::parts::notice::Failed;
use crate::parts::popover::{Align, Popover};
use crate::parts::recording_words::bytes;
use crate::state::use_office;
use crate::words::{fill, say};
use contract::reports::{ExportedReport, FileFormat, ReportProgress};
use leptos::prelude::*;

pub const FORMATS: [FileFormat; 5] =
    [FileFormat::Csv, FileFormat::CsvWithBom, FileFormat::Xlsx, FileFormat::Pdf, FileFormat::Json];

pub fn format_title(format: FileFormat) -> &'static str {
    match format {
        FileFormat::Csv => "CSV",
        FileFormat::CsvWithBom => say("CSV for Excel"),
        FileFormat::Xlsx => say("Excel workbook (XLSX)"),
        FileFormat::Pdf => say("PDF with the chart"),
        FileFormat::Json => "JSON",
    }
}

/// As spelt in test hooks.
pub fn format_word(format: FileFormat) -> &'static str {
    match format {
        FileFormat::Csv => "csv",
        FileFormat::CsvWithBom => "csv-bom",
        FileFormat::Xlsx => "xlsx",
        FileFormat::Pdf => "pdf",
        FileFormat::Json => "json",
    }
}

#[component]
pub fn ExportMenu() -> impl IntoView {
    let office = use_office();
    let reports = office.reports;
    let open = RwSignal::new(false);
    let items = move || {
        FORMATS
            .map(|format| {
                let choose = move |_| {
                    open.set(false);
                    reports.export_as(format, office.now_untracked_ms());
                };
                view! {
                    <li>
                        <button type="button" class="menu-item" data-testid=format!("report-export-{}", format_word(format)) on:click=choose>
                            {format_title(format)}
                        </button>
                    </li>
                }
            })
            .into_iter()
            .collect_view()
    };
    let face = || view! { {say("Export")}" " <span aria-hidden="true">"▾"</span> };
    view! {
        <Popover open label=say("Export the report to a file") testid="report-export" class="btn" align=Align::End face>
            <ul class="menu">{items}</ul>
        </Popover>
    }
}

/// While a file is written, and what came of it.
#[component]
pub fn ExportLine() -> impl IntoView {
    let reports = use_office().reports;
    Effect::new(move |_| {
        let says = reports.export.answer.with(|done| done.as_ref().and_then(written));
        if says.is_some() {
            reports.told.set(says);
            reports.export.answer.set(None);
        }
    });
    let again = Callback::new(move |()| reports.export.again());
    view! {
        <Show when=move || reports.export.slow.get()>
            <Progress words=say("Writing the file") progress=reports.export_progress stop=Callback::new(move |()| reports.stop_export()) testid="report-export-stop" />
        </Show>
        {move || reports.export.failure.get().map(|failure| view! { <div class="banner"><Failed failure again /></div> })}
    }
}

/// How far something is, and the way to end it.
#[component]
pub fn Progress(
    words: &'static str,
    progress: RwSignal<Option<ReportProgress>>,
    stop: Callback<()>,
    testid: &'static str,
) -> impl IntoView {
    let percent = move || progress.get().and_then(percent_of);
    let says = move || match percent() {
        Some(percent) => format!("{words}: {percent} %"),
        None => format!("{words} …"),
    };
    view! {
        <div class="report-progress" role="status">
            <Icon of=Glyph::Clock />
            <span>{says}</span>
            <progress max="100" value=move || percent().map(|percent| percent.to_string()) aria-label=words></progress>
            <button type="button" class="btn" data-testid=testid on:click=move |_| stop.run(())>{say("Stop")}</button>
        </div>
    }
}

fn percent_of(progress: ReportProgress) -> Option<u64> {
    (progress.of > 0).then(|| (progress.done.min(progress.of) * 100) / progress.of)
}

/// `None`: the person changed their mind.
fn written(done: &ExportedReport) -> Option<String> {
    let file = done.file.as_ref()?;
    let rows = match done.rows {
        1 => say("1 row").to_owned(),
        many => fill("{count} rows", &[("count", &number(many))]),
    };
    let size = bytes(done.bytes);
    Some(fill("{rows} written to {file} ({size}).", &[("rows", &rows), ("file", file), ("size", &size)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_told_in_whole_percent() {
        let progress = |done, of| ReportProgress { run: 1, done, of };
        assert_eq!(percent_of(progress(1, 3)), Some(33), "rounded down: it is not further than that");
        assert_eq!(percent_of(progress(9, 3)), Some(100), "never more than all");
        assert_eq!(percent_of(progress(0, 0)), None, "nothing is known of the whole yet");
    }

    #[test]
    fn every_format_has_a_word_of_its_own() {
        let words: std::collections::HashSet<_> = FORMATS.map(format_word).into_iter().collect();
        assert_eq!(words.len(), FORMATS.len(), "window tests tell them apart");
    }
}
