//! Files given by hand: dropped, added, or imported from folders. They are whole, and taken at once.

use crate::desk::Desk;
use crate::library::intake::job::{Job, Way};
use crate::library::intake::look;
use crate::trouble::{failure_of_store, invalid};
use contract::published::RecordingImportSummary;
use contract::{Failure, FailureCode};
use model::SiteId;
use std::path::{Path, PathBuf};
use store::{Became, SeenFile};

/// Files that wait at once while folders are imported.
const AT_A_TIME: usize = 64;

impl Desk {
    /// Takes in files that a person gave, folders with all that is in them. Gives how many there were.
    pub async fn give_recordings(&self, paths: &[PathBuf]) -> Result<u64, Failure> {
        let site = self.first_site()?;
        let jobs = jobs(site, paths.to_vec()).await;
        let count = jobs.len() as u64;
        self.library().intake.enqueue(jobs);
        self.tell_intake().await;
        Ok(count)
    }

    /// Takes in all that is in folders, and waits for it. `progress` is told how many files were dealt with, of how many.
    pub async fn import_recordings(
        &self,
        site: SiteId,
        folders: &[PathBuf],
        mut progress: impl FnMut(u64, u64) + Send,
    ) -> Result<RecordingImportSummary, Failure> {
        for folder in folders {
            if !folder.exists() {
                return Err(invalid(format!("There is no folder or file {}.", folder.display())));
            }
        }
        let jobs = jobs(site, folders.to_vec()).await;
        let mut summary = RecordingImportSummary { files: jobs.len() as u64, ..Default::default() };
        let seen: Vec<SeenFile> = jobs.iter().map(|job| job.seen.clone()).collect();
        let before = self.reader().known_files(&seen).await.map_err(failure_of_store)?;
        let mut done = 0;
        let mut jobs = jobs.into_iter();
        loop {
            let some: Vec<Job> = jobs.by_ref().take(AT_A_TIME).collect();
            if some.is_empty() {
                break;
            }
            done += some.len() as u64;
            self.library().intake.enqueue(some);
            self.settle_intake().await?;
            if let Some(message) = self.library().intake.held_up() {
                // What waits is taken in as soon as it can be.
                return Err(Failure { code: FailureCode::Library, message, detail: None });
            }
            progress(done, summary.files);
        }
        self.settle_recordings().await?;
        let after = self.reader().known_files(&seen).await.map_err(failure_of_store)?;
        let mut taken = Vec::new();
        for (before, after) in before.iter().zip(&after) {
            let was_taken = before
                .as_ref()
                .is_some_and(|file| matches!(file.became, Became::Taken | Became::TakenBefore));
            match after.as_ref().map(|file| (file.became, file.recording)) {
                Some((Became::Taken, Some(id))) if !was_taken => taken.push(id),
                Some((Became::Taken | Became::TakenBefore, _)) => summary.duplicates += 1,
                _ => summary.failed += 1,
            }
        }
        summary.imported = taken.len() as u64;
        for some in taken.chunks(500) {
            let rows = self.reader().recordings_by_id(some).await.map_err(failure_of_store)?;
            summary.matched += rows.iter().filter(|row| row.call.is_some()).count() as u64;
        }
        Ok(summary)
    }

    /// Recordings that are given by hand are of the first site where no other is named.
    pub(crate) fn first_site(&self) -> Result<SiteId, Failure> {
        let now = self.board().now();
        let site = now.active_sites().next().map(|facts| facts.settings.id);
        site.ok_or_else(|| invalid("Set up a phone system first: recordings belong to one."))
    }
}

async fn jobs(site: SiteId, paths: Vec<PathBuf>) -> Vec<Job> {
    let listed = tokio::task::spawn_blocking(move || {
        paths.iter().flat_map(|path| files(path)).filter_map(|path| Some((look::at(&path)?, path))).collect()
    });
    let listed: Vec<((u64, model::At), PathBuf)> = listed.await.unwrap_or_default();
    let job = |((bytes, changed_at), path): ((u64, model::At), PathBuf)| Job {
        row: None,
        seen: SeenFile { source: None, file: path.to_string_lossy().into_owned(), bytes, changed_at },
        way: Way { path, site: site.0, ..Way::default() },
    };
    listed.into_iter().map(job).collect()
}

/// A file as it is given; of a folder, all that may be recordings.
fn files(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_owned()];
    }
    let mut found = look::look(path).unwrap_or_default();
    found.sort_by(|a, b| a.file.cmp(&b.file));
    found.into_iter().map(|found| path.join(found.file)).collect()
}
