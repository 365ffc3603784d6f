//! Recordings kept in order: exported, verified, and what retention would do.

use crate::library::{Place, told};
use anyhow::anyhow;
use clap::{Args, ValueEnum};
use contract::published::VerifySummary;
use contract::recordings::ExportFormat;
use indicatif::ProgressBar;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Format {
    Wav,
    Opus,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  calldoc-cli recordings export 17 --format wav --from 12 --to 40.5 --out part.wav\n\nA text of its facts is written beside it; no file is written over."
)]
pub(crate) struct Export {
    id: String,
    #[arg(long, value_name = "FORMAT", default_value = "wav")]
    format: Format,
    /// Seconds from its beginning
    #[arg(long, value_name = "S", requires = "to")]
    from: Option<f64>,
    /// Seconds from its beginning
    #[arg(long, value_name = "S", requires = "from")]
    to: Option<f64>,
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  calldoc-cli recordings retention --preview --json")]
pub(crate) struct Retention {
    /// Say what would go; nothing is done
    #[arg(long, required = true)]
    preview: bool,
}

pub(crate) async fn export(place: &Place, args: Export) -> anyhow::Result<ExitCode> {
    let format = match args.format {
        Format::Wav => ExportFormat::Wav,
        Format::Opus => ExportFormat::Opus,
    };
    let ms = |seconds: f64| (seconds * 1000.0).round() as i64;
    let span = args.from.zip(args.to).map(|(from, to)| (ms(from), ms(to)));
    let desk = place.open("recordings export").await?;
    let exported = desk.export_recording_to(&args.id, format, span, &args.out).await;
    desk.close().await.map_err(told)?;
    exported.map_err(told)?;
    let file = args.out.to_string_lossy().into_owned();
    place.print(&serde_json::json!({ "file": file }), || format!("Written: {file}"))?;
    Ok(ExitCode::SUCCESS)
}

/// Exits with 1 when a file is missing or changed.
pub(crate) async fn verify(place: &Place) -> anyhow::Result<ExitCode> {
    let desk = place.open("recordings verify").await?;
    let bar = ProgressBar::new(0);
    let verified = desk
        .verify_recordings(|done, of| {
            bar.set_length(of);
            bar.set_position(done);
        })
        .await;
    bar.finish_and_clear();
    desk.close().await.map_err(told)?;
    let verified = verified.map_err(told)?;
    let ids = |lines: &[contract::keeping::VerifyLine]| lines.iter().map(|line| line.id.clone()).collect();
    let summary = VerifySummary {
        recordings: verified.recordings,
        good: verified.good,
        missing: ids(&verified.missing),
        changed: ids(&verified.changed),
    };
    place.print(&summary, || {
        let mut text = format!("{} recordings, {} good.", verified.recordings, verified.good);
        for line in verified.missing.iter().chain(&verified.changed) {
            text.push_str(&format!("\n  {}: {} ({})", line.id, line.says, line.file));
        }
        text
    })?;
    let whole = summary.missing.is_empty() && summary.changed.is_empty();
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

pub(crate) async fn retention(place: &Place, args: Retention) -> anyhow::Result<ExitCode> {
    if !args.preview {
        return Err(anyhow!("Retention is carried out in CallDoc itself; here it is only previewed."));
    }
    let summary = place.look().await?.retention().await.map_err(told)?;
    place.print(&summary, || {
        let mut text = format!(
            "{} recordings would go into the trash ({:.1} MB); {} more are under legal hold.",
            summary.recordings,
            summary.bytes as f64 / 1e6,
            summary.held
        );
        if !summary.ids.is_empty() {
            text.push_str(&format!("\n  {}", summary.ids.join(", ")));
        }
        text
    })?;
    Ok(ExitCode::SUCCESS)
}
