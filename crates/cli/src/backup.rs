//! A library in one file, and back.

use crate::collect::password_from_stdin;
use crate::library::{Place, told};
use anyhow::anyhow;
use clap::Args;
use contract::backups::{BackupProgress, BackupStep};
use contract::published::{BackupSummary, RestoreSummary};
use desk::backups::{Contents, TakenOver, Told, holder, prepare, take_over};
use desk::{Clock, zones};
use indicatif::ProgressBar;
use model::At;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  echo \"$PASSPHRASE\" | calldoc-cli backup /mnt/usb/calldoc.calldoc-backup --recordings --passphrase-stdin\n\nWithout --recordings, it works while CallDoc is open. No file is written over."
)]
pub(crate) struct Backup {
    pub(crate) file: PathBuf,
    /// With the files of recordings
    #[arg(long)]
    recordings: bool,
    /// Encrypt it; the passphrase is the first line of stdin, at least 8 characters
    #[arg(long)]
    passphrase_stdin: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  calldoc-cli restore /mnt/usb/calldoc.calldoc-backup\n\nThe library that was there is kept beside the restored one, in a folder of its own."
)]
pub(crate) struct Restore {
    pub(crate) file: PathBuf,
    /// The backup is encrypted; its passphrase is the first line of stdin
    #[arg(long)]
    passphrase_stdin: bool,
}

pub(crate) async fn backup(place: &Place, args: Backup) -> anyhow::Result<ExitCode> {
    let passphrase = args.passphrase_stdin.then(password_from_stdin).transpose()?;
    let contents = if args.recordings { Contents::WithRecordings } else { Contents::Database };
    let (bar, watch) = bar();
    let made = match holder(&place.folder).map_err(told)? {
        // Noted in the library's list of backups, and in its audit log.
        None => {
            place.look().await?;
            let desk = place.open("backup").await?;
            let made = desk.back_up(&args.file, contents, passphrase.as_deref(), watch).await;
            desk.close().await.map_err(told)?;
            made
        }
        Some(by) if args.recordings => {
            return Err(anyhow!(
                "The library is open in {by}. Copying recordings out is noted in the audit log, which only one program \
                 writes: back up there, or here without --recordings."
            ));
        }
        Some(_) => {
            let look = place.look().await?;
            look.back_up(&place.folder, &args.file, contents, passphrase.as_deref(), watch).await
        }
    };
    bar.finish_and_clear();
    let made = made.map_err(told)?;
    let summary = BackupSummary {
        file: made.file.to_string_lossy().into_owned(),
        bytes: made.bytes,
        recording_files: made.recording_files,
        missing_files: made.missing_files,
        encrypted: passphrase.is_some(),
        complaints: made.complaints,
    };
    place.print(&summary, || {
        let mut text =
            format!("Written and read back: {} ({:.1} MB)", summary.file, summary.bytes as f64 / 1e6);
        if summary.recording_files > 0 || summary.missing_files > 0 {
            text.push_str(&format!(
                "\n{} files of recordings, {} not where they belong.",
                summary.recording_files, summary.missing_files
            ));
        }
        complain(&mut text, "The library itself is damaged:", &summary.complaints);
        text
    })?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) async fn restore(place: &Place, args: Restore) -> anyhow::Result<ExitCode> {
    let passphrase = args.passphrase_stdin.then(password_from_stdin).transpose()?;
    let (bar, watch) = bar();
    let prepared = prepare(&place.folder, &args.file, passphrase.as_deref(), watch).await;
    bar.finish_and_clear();
    let prepared = prepared.map_err(told)?;
    let taken = take_over(&place.folder, Clock::System.now()).await.map_err(told)?;
    let (in_place, aside) = match &taken {
        TakenOver::Done { aside } => (true, aside.as_ref().map(|aside| aside.to_string_lossy().into_owned())),
        TakenOver::Held { .. } | TakenOver::Nothing => (false, None),
    };
    let summary = RestoreSummary {
        file: args.file.to_string_lossy().into_owned(),
        made_at: desk::zones::Zone::named(&zones::here()).rfc3339(At(prepared.made_at_ms)),
        in_place,
        aside,
        complaints: prepared.complaints,
    };
    place.print(&summary, || {
        let mut text = match &taken {
            TakenOver::Held { by } => format!(
                "Unpacked and checked. The library is open in {by}: the backup takes its place when CallDoc is opened next."
            ),
            TakenOver::Done { .. } | TakenOver::Nothing => {
                format!("The library is again as it was at {}.", summary.made_at)
            }
        };
        if let Some(aside) = &summary.aside {
            text.push_str(&format!("\nThe one before it is kept in {aside}"));
        }
        complain(&mut text, "The restored library is damaged, as it was when it was backed up:", &summary.complaints);
        text
    })?;
    Ok(ExitCode::SUCCESS)
}

fn complain(text: &mut String, what: &str, complaints: &[String]) {
    if !complaints.is_empty() {
        text.push_str(&format!("\n{what}\n  {}", complaints.join("\n  ")));
    }
}

fn bar() -> (ProgressBar, Told) {
    let bar = ProgressBar::new(0);
    let shown = bar.clone();
    let told: Told = Arc::new(move |progress: BackupProgress| {
        shown.set_message(match progress.step {
            BackupStep::Copying => "copying",
            BackupStep::Writing => "writing",
            BackupStep::Verifying => "reading back",
            BackupStep::Unpacking => "unpacking",
            BackupStep::Checking => "checking",
        });
        shown.set_length(progress.of_bytes);
        shown.set_position(progress.done_bytes);
        ControlFlow::Continue(())
    });
    (bar, told)
}
