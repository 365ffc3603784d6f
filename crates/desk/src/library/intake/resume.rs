//! What was on its way when CallDoc ended: undone as far as it was placed, then begun again. And what is kept aside.

use crate::desk::Desk;
use crate::library::intake::job::{Job, Way, detail_of};
use crate::library::intake::names::{Names, last_part};
use crate::library::intake::remote::is_fetched;
use crate::trouble::{failure_of_store, invalid};
use contract::Failure;
use std::collections::HashSet;
use std::path::Path;
use store::IntakeFile;

/// Copies of what could not be read: of one file, and of all.
const ASIDE_ONE_MAX: u64 = 256 * 1024 * 1024;
const ASIDE_ALL_MAX: u64 = 1024 * 1024 * 1024;
const ASIDE: &str = "aside";
/// What names of encrypted ones end with.
const SEALED: &str = ".sealed";

impl Desk {
    /// Begins again what was cut off, and removes unfinished files that nobody misses.
    pub(crate) async fn resume_intake(&self) {
        let on_their_way = match self.reader().files_on_their_way().await {
            Ok(files) => files,
            Err(error) => {
                tracing::warn!(%error, "what was on its way could not be read");
                return;
            }
        };
        let mut jobs = Vec::new();
        let mut own = HashSet::new();
        for file in on_their_way {
            own.insert(file.id.to_string());
            if let Some(job) = self.undone(file).await {
                own.extend(job.way.path.file_name().map(|name| name.to_string_lossy().into_owned()));
                jobs.push(job);
            }
        }
        sweep(&self.library().working(), &own);
        self.library().intake.enqueue(jobs);
    }

    /// Takes away what it had placed, so that it begins from its copy, or from its source.
    async fn undone(&self, file: IntakeFile) -> Option<Job> {
        let way: Option<Way> = file.detail.as_deref().and_then(|detail| serde_json::from_str(detail).ok());
        let Some(mut way) = way else {
            // Written by another version: its source still has it.
            let _ = self.hand().forget_file(file.id).await;
            return None;
        };
        let names = Names::of(self, file.id);
        // A copy that was not read back to its end is not believed.
        way.copied &= names.copy.is_file();
        if let Err(failure) = remove_placed(self, &way).await {
            tracing::warn!(message = failure.message, "what was placed could not be taken back");
        }
        way.placed.clear();
        let _ = self.hand().note_intake(file.id, &detail_of(&way)).await;
        Some(Job { row: Some(file.id), seen: file.seen, way })
    }

    /// Tries refused files once more; without ids, all of them.
    pub(crate) async fn retry_refused(&self, ids: &[i64]) -> Result<(), Failure> {
        let _aside = self.library().intake.aside.lock().await;
        let refused = self.reader().refused_files(u32::MAX).await.map_err(failure_of_store)?;
        let sources = self.reader().intake_sources().await.map_err(failure_of_store)?;
        let first_site = self.board().now().active_sites().next().map_or(0, |facts| facts.settings.id.0);
        let mut jobs = Vec::new();
        for file in refused.into_iter().filter(|file| ids.is_empty() || ids.contains(&file.id)) {
            let source = sources.iter().find(|source| Some(source.id) == file.seen.source);
            let names = Names::of(self, file.id);
            let mut way = Way {
                site: source.map_or(first_site, |source| source.site.0),
                naming: source.and_then(|source| source.naming),
                remove_after: source.is_some_and(|source| source.remove_after),
                ..Way::default()
            };
            match source.map(|source| &source.place) {
                Some(store::IntakePlace::Folder { folder }) => {
                    way.path = Path::new(folder).join(&file.seen.file);
                }
                Some(store::IntakePlace::Sftp { .. }) => {}
                // Given by hand: by its whole name.
                None => way.path = file.seen.file.clone().into(),
            }
            let aside = file.aside.as_deref().map(|aside| self.library().folder.join(aside));
            if let Some(aside) = aside {
                way.copied = self.take_back(&aside, &names.copy)?;
            }
            if !way.copied && way.path.as_os_str().is_empty() {
                // Only its source has it, and brings it again when it is forgotten.
                self.hand().forget_file(file.id).await.map_err(failure_of_store)?;
                self.library().intake.watch.forget(file.seen.source, &file.seen.file);
                continue;
            }
            self.hand().note_intake(file.id, &detail_of(&way)).await.map_err(failure_of_store)?;
            jobs.push(Job { row: Some(file.id), seen: file.seen, way });
        }
        self.library().intake.enqueue(jobs);
        Ok(())
    }

    /// Brings a copy that was kept aside back to where it is worked on. False when it is gone.
    fn take_back(&self, aside: &Path, copy: &Path) -> Result<bool, Failure> {
        let back = std::fs::create_dir_all(self.library().working());
        if !is_sealed(aside) {
            return Ok(back.and_then(|()| std::fs::rename(aside, copy)).is_ok());
        }
        let key = self.library().seal().key;
        if key.is_none() {
            return Err(invalid("The recordings are locked. Enter the recovery key first."));
        }
        let opened = recordings::seal::reseal(aside, copy, key.as_ref(), None).is_ok();
        if opened {
            // What is left of it is removed with the next one that is kept under its name.
            let _ = std::fs::remove_file(aside);
        }
        Ok(opened)
    }

    /// Copies that were kept aside get the seal of the setting.
    pub(crate) async fn reseal_aside(&self) -> Result<(), Failure> {
        let _aside = self.library().intake.aside.lock().await;
        let seal = self.library().seal();
        let wanted = seal.key.clone().filter(|_| seal.on);
        for file in self.reader().refused_files(u32::MAX).await.map_err(failure_of_store)? {
            let Some(aside) = file.aside else { continue };
            let from = self.library().folder.join(&aside);
            if is_sealed(&from) == wanted.is_some() {
                continue;
            }
            let other = match aside.strip_suffix(SEALED) {
                Some(plain) => plain.to_owned(),
                None => format!("{aside}{SEALED}"),
            };
            let to = self.library().folder.join(&other);
            let old = seal.key.clone().filter(|_| is_sealed(&from));
            let new = wanted.clone();
            let (source, target) = (from.clone(), to.clone());
            let made = tokio::task::spawn_blocking(move || {
                recordings::seal::reseal(&source, &target, old.as_ref(), new.as_ref())
            });
            if !matches!(made.await, Ok(Ok(_))) {
                tracing::warn!("a copy that was kept aside could not be rewritten");
                let _ = std::fs::remove_file(&to);
                continue;
            }
            let why = file.detail.unwrap_or_default();
            self.hand().refuse_file(file.id, &why, Some(&other)).await.map_err(failure_of_store)?;
            if let Err(error) = std::fs::remove_file(&from) {
                tracing::warn!(%error, "a copy that was kept aside could not be removed");
            }
        }
        Ok(())
    }

    /// Deletes the copies of refused files, and takes the files off the list.
    pub(crate) async fn forget_refused(&self, ids: &[i64]) -> Result<(), Failure> {
        let _aside = self.library().intake.aside.lock().await;
        let refused = self.reader().refused_files(u32::MAX).await.map_err(failure_of_store)?;
        for file in refused.iter().filter(|file| ids.contains(&file.id)) {
            if let Some(aside) = &file.aside {
                // One that is not there is gone already.
                let _ = std::fs::remove_file(self.library().folder.join(aside));
            }
        }
        self.hand().forget_refused(ids).await.map_err(failure_of_store)
    }
}

/// Files that were placed for a recording that is not there.
pub(crate) async fn remove_placed(desk: &Desk, way: &Way) -> Result<(), Failure> {
    let sha256 = way.sha256.unwrap_or_default();
    for (pool, file) in &way.placed {
        let stored = file.strip_suffix(".peaks").unwrap_or(file);
        if desk.reader().is_stored(*pool, stored, &sha256).await.map_err(failure_of_store)? {
            continue;
        }
        let folder = desk.pool_folder(*pool).await?;
        match std::fs::remove_file(folder.join(file)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                tracing::warn!(%error, "a placed file could not be removed");
            }
            _ => {}
        }
    }
    Ok(())
}

/// Cannot be taken in: keeps a copy of it, and says why.
pub(crate) async fn refuse(desk: &Desk, job: &Job, why: &str) -> Result<(), String> {
    let Some(row) = job.row else { return Ok(()) };
    let names = Names::of(desk, row);
    remove_placed(desk, &job.way).await.map_err(|failure| failure.message)?;
    let _aside = desk.library().intake.aside.lock().await;
    let aside = keep_aside(desk, row, &names.copy, last_part(&job.seen.file));
    desk.hand().refuse_file(row, why, aside.as_deref()).await.map_err(|error| error.to_string())?;
    names.remove_all();
    Ok(())
}

/// Keeps the working copy of a refused file, where there is room for it. Gives its name within the library's folder.
fn keep_aside(desk: &Desk, row: i64, copy: &Path, file_name: &str) -> Option<String> {
    let folder = desk.library().folder.join(ASIDE);
    std::fs::create_dir_all(&folder).ok()?;
    let bytes = std::fs::metadata(copy).ok()?.len();
    let there: u64 =
        std::fs::read_dir(&folder).ok()?.filter_map(|entry| Some(entry.ok()?.metadata().ok()?.len())).sum();
    if bytes > ASIDE_ONE_MAX || there + bytes > ASIDE_ALL_MAX {
        return None;
    }
    let plain: String = file_name
        .chars()
        .map(|letter| if letter.is_alphanumeric() || ".-_".contains(letter) { letter } else { '_' })
        .take(80)
        .collect();
    let name = format!("{ASIDE}/{row}-{plain}");
    // While the recordings are locked, nothing is kept in the clear.
    match desk.library().key().ok()? {
        Some(key) => {
            let name = format!("{name}{SEALED}");
            recordings::seal::reseal(copy, &desk.library().folder.join(&name), None, Some(&key)).ok()?;
            Some(name)
        }
        None => {
            std::fs::rename(copy, desk.library().folder.join(&name)).ok()?;
            Some(name)
        }
    }
}

fn is_sealed(aside: &Path) -> bool {
    aside.to_string_lossy().ends_with(SEALED)
}

/// Removes unfinished files of no intake. `own`: what the names of those that are somebody's begin with.
fn sweep(working: &Path, own: &HashSet<String>) {
    let Ok(entries) = std::fs::read_dir(working) else { return };
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let stem = name.split('.').next().unwrap_or_default();
        let kept = name.ends_with(".in") || is_fetched(stem);
        if !(kept && own.contains(stem)) {
            // It is tried again at the next start.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}
