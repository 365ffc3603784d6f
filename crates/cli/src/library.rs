//! Opening a library; rebuild and check.

use crate::table::plain;
use anyhow::anyhow;
use contract::Failure;
use desk::{Clock, Desk, Look, Opening, OsKeychain, Start};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// Which library, and how to print.
pub(crate) struct Place {
    pub(crate) folder: PathBuf,
    pub(crate) json: bool,
}

impl Place {
    /// For writing, without running its sources.
    pub(crate) async fn open(&self, command: &str) -> anyhow::Result<Desk> {
        self.open_with(command, Arc::new(OsKeychain::default()), Start::Nothing).await
    }

    pub(crate) async fn open_with(
        &self,
        command: &str,
        keychain: Arc<dyn desk::Keychain>,
        sources: Start,
    ) -> anyhow::Result<Desk> {
        let opening = Opening {
            library: self.folder.clone(),
            demo: false,
            keychain,
            holder: format!("calldoc-cli {command}"),
            sources,
            clock: Arc::new(Clock::System),
            spoken: desk::Language::English,
        };
        Desk::open(opening).await.map_err(told)
    }

    /// For reading, beside whoever writes.
    pub(crate) async fn look(&self) -> anyhow::Result<Look> {
        let look = Look::open(&self.folder).await.map_err(told)?;
        if look.is_behind().await.map_err(told)?
            && let Ok(desk) = self.open("catching up").await
        {
            // Nobody else writes: a kill left this to the next opening, which is now.
            desk.close().await.map_err(told)?;
        }
        Ok(look)
    }

    /// Prints `value` as JSON, or `text` for people.
    pub(crate) fn print(
        &self,
        value: &impl serde::Serialize,
        text: impl FnOnce() -> String,
    ) -> anyhow::Result<()> {
        if self.json {
            println!("{}", serde_json::to_string(value)?);
        } else {
            println!("{}", plain(&text()));
        }
        Ok(())
    }
}

/// A failure as the command line tells it: the sentence, with the technical chain below.
pub(crate) fn told(failure: Failure) -> anyhow::Error {
    match failure.detail {
        Some(detail) => anyhow!(detail).context(failure.message),
        None => anyhow!(failure.message),
    }
}

pub(crate) async fn rebuild(place: &Place) -> anyhow::Result<ExitCode> {
    let desk = match place.open("rebuild").await {
        Ok(desk) => desk,
        Err(refused) => {
            // Calls that cannot be read keep a library from being opened, and are what is made anew here.
            if desk::forget_calls(&place.folder, "calldoc-cli rebuild").await.is_err() {
                return Err(refused);
            }
            place.open("rebuild").await?
        }
    };
    let rebuilt = desk.rebuild().await.map_err(told)?;
    desk.close().await.map_err(told)?;
    place.print(&rebuilt, || {
        let settled = match rebuilt.settled {
            0 => String::new(),
            1 => " 1 of them is older than the journal and stays as it was.".to_owned(),
            settled => format!(" {settled} of them are older than the journal and stay as they were."),
        };
        format!(
            "{} calls from {} journal entries: {} new, {} changed, {} gone.{settled}",
            rebuilt.calls, rebuilt.entries, rebuilt.added, rebuilt.changed, rebuilt.removed
        )
    })?;
    Ok(ExitCode::SUCCESS)
}

#[derive(serde::Serialize)]
struct Checked {
    ok: bool,
    problems: Vec<String>,
    journal_entries: u64,
    calls: u64,
    smdr_records: u64,
    quarantined: u64,
    database_bytes: u64,
}

pub(crate) async fn check(place: &Place) -> anyhow::Result<ExitCode> {
    let look = place.look().await?;
    let problems = look.complaints().await.map_err(told)?;
    let counts = look.counts().await.map_err(told)?;
    let proves_less = look.audit_proves_less().await.map_err(told)?;
    let checked = Checked {
        ok: problems.is_empty(),
        problems,
        journal_entries: counts.journal_entries,
        calls: counts.calls,
        smdr_records: counts.smdr_records,
        quarantined: counts.quarantined,
        database_bytes: counts.database_bytes,
    };
    place.print(&checked, || {
        let mut text = format!(
            "{} calls, {} journal entries, {} SMDR records, {} lines set aside, {:.1} MB.\n",
            checked.calls,
            checked.journal_entries,
            checked.smdr_records,
            checked.quarantined,
            checked.database_bytes as f64 / 1e6
        );
        if checked.ok {
            text.push_str("The library is whole.");
            if let Some(less) = &proves_less {
                text.push(' ');
                text.push_str(less);
            }
        } else {
            text.push_str("The library is damaged:\n  ");
            text.push_str(&checked.problems.join("\n  "));
        }
        text
    })?;
    Ok(if checked.ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
