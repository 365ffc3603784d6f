//! Settings as one file: what people entered, to take to another computer.
//!
//! A file holds no passwords, no calls and nothing that acts by itself: schedules, daily retention and removing files
//! at a recorder are taken in switched off, and whoever takes them in switches them on. Things are known again by their
//! names, because another library counts them otherwise (`portable::Ids`). Nothing that is only here is removed.

mod apply;
mod gather;

use crate::answer::Answer;
use crate::desk::Desk;
use crate::trouble::invalid;
use contract::Failure;
use contract::portable::{
    ChangeKind, ExportedSettings, ImportSettings, Preferences, PreviewSettings, SettingsChange,
    SettingsImported, SettingsPart, SettingsPreview,
};
use portable::{Ids, PARTS, SettingsFile, plan};
use std::path::Path;

impl Answer<PreviewSettings> for Desk {
    async fn answer(&self, ask: PreviewSettings) -> Result<SettingsPreview, Failure> {
        let file = SettingsFile::read(&ask.text)?;
        let here = self.gather_settings().await?;
        let local = file.clone().with(&Ids::by_name(&file, &here));
        let mut preview = SettingsPreview {
            made_ms: file.made_ms,
            version: file.version.clone(),
            afterwards: afterwards(&file),
            ..SettingsPreview::default()
        };
        for part in PARTS {
            let planned = plan(part, &local, &here);
            preview.same += planned.same;
            preview.changes.extend(planned.changes.into_iter().map(|change| change.shown));
        }
        let changed = file.preferences.iter().any(|one| !ask.preferences.contains(one));
        if changed {
            preview.changes.push(SettingsChange {
                part: SettingsPart::Window,
                name: "How the window looks".to_owned(),
                kind: ChangeKind::Replaced,
            });
        }
        preview.preferences = file.preferences;
        Ok(preview)
    }
}

impl Answer<ImportSettings> for Desk {
    async fn answer(&self, ask: ImportSettings) -> Result<SettingsImported, Failure> {
        let file = SettingsFile::read(&ask.text)?;
        let mut done = SettingsImported::default();
        for part in PARTS {
            // What was taken in just now has got its own numbers, by which the next parts name it.
            let here = self.gather_settings().await?;
            let local = file.clone().with(&Ids::by_name(&file, &here));
            for change in plan(part, &local, &here).changes {
                let name = change.shown.name.clone();
                match self.take_in(change.piece, &here).await {
                    Ok(()) => done.taken += 1,
                    Err(failure) => done.refused.push(format!("{name}: {}", failure.message)),
                }
            }
        }
        Ok(done)
    }
}

impl Desk {
    /// The name that is offered for the file.
    pub fn settings_file_name(&self) -> String {
        let day: String = self.office_zone().rfc3339(self.clock().now()).chars().take(10).collect();
        format!("CallDoc settings {day}.json")
    }

    /// Writes the settings to a place that a person chose.
    pub async fn export_settings(
        &self,
        preferences: Preferences,
        place: &Path,
    ) -> Result<ExportedSettings, Failure> {
        let file = SettingsFile { preferences, ..self.gather_settings().await? };
        let written = tokio::fs::write(place, file.to_json()).await;
        written.map_err(|error| Failure {
            detail: Some(error.to_string()),
            ..invalid(
                "The settings could not be saved there: the disk is full or the folder cannot be written to.",
            )
        })?;
        let name = place.file_name().unwrap_or(place.as_os_str()).to_string_lossy().into_owned();
        Ok(ExportedSettings { file: Some(name), says: file.in_words() })
    }
}

/// What the file cannot bring along.
fn afterwards(file: &SettingsFile) -> Vec<String> {
    let mut says = Vec::new();
    let mut say = |wanted: bool, sentence: &str| {
        if wanted {
            says.push(sentence.to_owned());
        }
    };
    let with_password = file.sites.iter().any(|site| site.devlink.is_some());
    say(with_password, "Passwords are not in the file: enter those of the phone systems that are new here.");
    say(file.mail.is_some(), "Enter the mail server's password again if another server is taken in.");
    say(
        !file.recording_sources.is_empty(),
        "Look whether the recorders' folders are the same on this computer.",
    );
    say(!file.schedules.is_empty(), "Schedules that are taken in are off: switch them on under Reports.");
    say(
        file.retention.is_some(),
        "Retention rules that are taken in are not carried out daily until you say so.",
    );
    says
}

#[cfg(test)]
mod tests;
