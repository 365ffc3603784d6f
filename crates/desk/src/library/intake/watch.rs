//! Sources that are looked at by themselves: a folder when something happens in it and now and then (network shares tell
//! nothing), a server now and then.

use crate::desk::{Desk, WeakDesk};
use crate::library::intake::job::{Job, Way};
use crate::library::intake::look::Found;
use crate::library::intake::moving::remove_source;
use crate::library::intake::settle::{STEADY_MS, Settling};
use crate::library::intake::{look, remote};
use contract::links::{LinkState, Source};
use model::SiteId;
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use store::{Became, IntakePlace, IntakeSource, SeenFile};
use tokio::sync::Notify;
use tokio::task::AbortHandle;

/// A source is looked at no more often than this by itself.
const EVERY_MIN_SECONDS: u32 = 2;
/// Things that happen in a folder come in bursts.
const BURST: Duration = Duration::from_millis(500);

#[derive(Default)]
pub(crate) struct Watch {
    sources: Mutex<BTreeMap<i64, Watched>>,
}

#[derive(Default)]
struct Watched {
    settling: Arc<Mutex<Settling>>,
    /// One look at a time.
    looking: Arc<tokio::sync::Mutex<()>>,
    task: Option<AbortHandle>,
    /// How the last look went: `None`: well.
    trouble: Option<(LinkState, String)>,
}

/// Why a source could not be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// A person has to do something; else it is tried again.
    pub(crate) stopped: bool,
    pub(crate) says: String,
}

impl Watch {
    fn sources(&self) -> MutexGuard<'_, BTreeMap<i64, Watched>> {
        self.sources.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Files that are not known to be whole yet.
    pub(crate) fn settling(&self) -> u64 {
        self.sources().values().map(|watched| lock(&watched.settling).waiting() as u64).sum()
    }

    /// Lets a source give a file again.
    pub(crate) fn forget(&self, source: Option<i64>, file: &str) {
        if let Some(watched) = source.and_then(|source| self.sources().get(&source).map(settling)) {
            lock(&watched).forget(file);
        }
    }

    pub(crate) fn stop(&self) {
        for watched in self.sources().values_mut() {
            watched.stop();
        }
    }
}

impl Watched {
    fn stop(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
        }
    }
}

fn settling(watched: &Watched) -> Arc<Mutex<Settling>> {
    Arc::clone(&watched.settling)
}

fn lock(settling: &Mutex<Settling>) -> MutexGuard<'_, Settling> {
    settling.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    /// Starts to watch every source that is switched on.
    pub(crate) async fn watch_all(&self) {
        match self.reader().intake_sources().await {
            Ok(sources) => sources.into_iter().for_each(|source| self.watch_source(source)),
            Err(error) => tracing::warn!(%error, "the sources of recordings could not be read"),
        }
        self.light_recordings().await;
    }

    /// (Re)starts to watch a source by its settings; one that is off or removed is let be.
    pub(crate) fn watch_source(&self, source: IntakeSource) {
        let watch = &self.library().intake.watch;
        self.unwatch(source.id);
        if !source.enabled || source.removed_at.is_some() {
            return;
        }
        let id = source.id;
        watch.sources().entry(id).or_default();
        let task = tokio::spawn(watching(self.weak(), source)).abort_handle();
        if let Some(watched) = watch.sources().get_mut(&id) {
            watched.task = Some(task);
        }
    }

    pub(crate) fn unwatch(&self, source: i64) {
        if let Some(mut watched) = self.library().intake.watch.sources().remove(&source) {
            watched.stop();
        }
    }

    /// Looks through all sources that are switched on, now.
    pub(crate) async fn scan_now(&self) -> Result<(), contract::Failure> {
        let sources = self.reader().intake_sources().await.map_err(crate::trouble::failure_of_store)?;
        for source in sources.iter().filter(|source| source.enabled && source.removed_at.is_none()) {
            self.look_at(source).await;
        }
        self.library().intake.wake();
        self.tell_intake().await;
        Ok(())
    }

    /// One look at a source: what is whole and not known yet is put on its way.
    pub(crate) async fn look_at(&self, source: &IntakeSource) {
        let (looking, settling) = {
            let mut sources = self.library().intake.watch.sources();
            let watched = sources.entry(source.id).or_default();
            (Arc::clone(&watched.looking), Arc::clone(&watched.settling))
        };
        let _one_at_a_time = looking.lock().await;
        let looked = match &source.place {
            IntakePlace::Folder { folder } => self.look_at_folder(source, folder, &settling).await,
            IntakePlace::Sftp { .. } => self.look_at_server(source, &settling).await,
        };
        let trouble = looked.err().map(|trouble| {
            let state = if trouble.stopped { LinkState::Stopped } else { LinkState::Down };
            (state, trouble.says)
        });
        if let Some(watched) = self.library().intake.watch.sources().get_mut(&source.id) {
            watched.trouble = trouble;
        }
        self.light_recordings().await;
    }

    async fn look_at_folder(
        &self,
        source: &IntakeSource,
        folder: &str,
        settling: &Mutex<Settling>,
    ) -> Result<(), Trouble> {
        let folder = PathBuf::from(folder);
        let looked = {
            let folder = folder.clone();
            tokio::task::spawn_blocking(move || look::look(&folder)).await
        };
        let found = match looked {
            Ok(Ok(found)) => found,
            Ok(Err(error)) => return Err(no_folder(source, &error)),
            Err(_) => return Ok(()),
        };
        let whole = lock(settling).look(self.clock().now(), found);
        for (found, seen) in self.unknown(source, whole).await? {
            let path = folder.join(&found.file);
            // Somebody may still have it to himself: it is looked at again.
            if !look::is_takeable(&path) {
                lock(settling).forget(&found.file);
                continue;
            }
            self.library().intake.enqueue([job_of(source, seen, path)]);
        }
        Ok(())
    }

    async fn look_at_server(&self, source: &IntakeSource, settling: &Mutex<Settling>) -> Result<(), Trouble> {
        // The key that the server showed at the first look is insisted on from the next one on.
        let stored = self.reader().intake_source(source.id).await.ok().flatten();
        let source = stored.as_ref().unwrap_or(source);
        let server = remote::Remote::open(self, source).await?;
        let found = server.list().await?;
        let whole = lock(settling).look(self.clock().now(), found);
        for (found, seen) in self.unknown(source, whole).await? {
            if self.library().intake.has_enough() {
                lock(settling).forget(&found.file);
                continue;
            }
            match server.fetch(self, &found).await {
                Ok(Some(path)) => self.library().intake.enqueue([job_of(source, seen, path)]),
                // It changed while it was fetched.
                Ok(None) => lock(settling).forget(&found.file),
                Err(trouble) => {
                    lock(settling).forget(&found.file);
                    return Err(trouble);
                }
            }
        }
        if source.remove_after {
            server.remove_taken(self, source).await?;
        }
        server.close().await;
        Ok(())
    }

    /// Those that were not dealt with yet. One that was, and was to be removed, is removed now if it is still the same.
    async fn unknown(
        &self,
        source: &IntakeSource,
        whole: Vec<Found>,
    ) -> Result<Vec<(Found, SeenFile)>, Trouble> {
        let seen: Vec<SeenFile> = whole
            .iter()
            .map(|found| SeenFile {
                source: Some(source.id),
                file: found.file.clone(),
                bytes: found.bytes,
                changed_at: found.changed_at,
            })
            .collect();
        let known = self
            .reader()
            .known_files(&seen)
            .await
            .map_err(|error| Trouble { stopped: false, says: error.to_string() })?;
        let mut unknown = Vec::new();
        for ((found, seen), known) in whole.into_iter().zip(seen).zip(known) {
            match known {
                None if self.library().intake.has(&seen) => {}
                None => unknown.push((found, seen)),
                Some(known) if known.became == Became::Taken && source.remove_after => {
                    self.remove_left_over(source, &found, known.recording).await;
                }
                Some(_) => {}
            }
        }
        Ok(unknown)
    }

    /// A file that was taken in and should have been removed then.
    async fn remove_left_over(
        &self,
        source: &IntakeSource,
        found: &Found,
        recording: Option<model::RecordingId>,
    ) {
        let IntakePlace::Folder { folder } = &source.place else { return };
        let Some(id) = recording else { return };
        let Ok(Some(recording)) = self.reader().recording(id).await else { return };
        let Ok(sha256) = recordings::Sha256::try_from(recording.original_sha256.as_slice()) else { return };
        let path = Path::new(folder).join(&found.file);
        remove_source(&path, &sha256);
    }

    /// One lamp a site for all its sources: the worst.
    async fn light_recordings(&self) {
        let Ok(sources) = self.reader().intake_sources().await else { return };
        let sites: Vec<_> = self.board().now().active_sites().cloned().collect();
        for facts in sites {
            let site = facts.settings.id;
            let of_site: Vec<&IntakeSource> = sources
                .iter()
                .filter(|source| source.site == site && source.enabled && source.removed_at.is_none())
                .collect();
            if of_site.is_empty() {
                continue;
            }
            let trouble = {
                let watched = self.library().intake.watch.sources();
                of_site.iter().find_map(|source| watched.get(&source.id)?.trouble.clone())
            };
            let feed = self.feed(&facts);
            match trouble {
                Some((state, says)) => {
                    let advice = Some("Settings > Recordings > Sources".to_owned());
                    feed.light(Source::Recordings, state, says, advice);
                }
                None => {
                    let names: Vec<&str> = of_site.iter().map(|source| source.name.as_str()).collect();
                    let says = format!("Recordings come from {}.", names.join(", "));
                    feed.light(Source::Recordings, LinkState::Up, says, None);
                }
            }
        }
    }
}

fn no_folder(source: &IntakeSource, error: &std::io::Error) -> Trouble {
    let says = format!("{} This is the folder of \"{}\"; CallDoc keeps trying.", why_not(error), source.name);
    Trouble { stopped: false, says }
}

/// Why a folder cannot be looked into.
pub(crate) fn why_not(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "The folder is not there now.".to_owned(),
        std::io::ErrorKind::PermissionDenied => "This account may not read the folder.".to_owned(),
        _ => format!("The folder cannot be read ({error})."),
    }
}

fn job_of(source: &IntakeSource, seen: SeenFile, path: PathBuf) -> Job {
    let SiteId(site) = source.site;
    let way = Way {
        path,
        site,
        naming: source.naming,
        remove_after: source.remove_after && matches!(source.place, IntakePlace::Folder { .. }),
        ..Way::default()
    };
    Job { row: None, seen, way }
}

/// Looks at a source now and then, sooner while something settles, and when something happens in its folder.
async fn watching(weak: WeakDesk, source: IntakeSource) {
    let happened = Arc::new(Notify::new());
    let mut watcher: Option<RecommendedWatcher> = None;
    loop {
        let Some(desk) = weak.upgrade() else { return };
        if watcher.is_none() {
            watcher = watcher_of(&source, &happened);
        }
        desk.look_at(&source).await;
        let (settles, down) = {
            let sources = desk.library().intake.watch.sources();
            let watched = sources.get(&source.id);
            let settles = watched.is_some_and(|watched| lock(&watched.settling).waiting() > 0);
            (settles, watched.is_some_and(|watched| watched.trouble.is_some()))
        };
        drop(desk);
        if down {
            // What watched a folder that went away sees nothing of the one that comes back.
            watcher = None;
        }
        let every = u64::from(source.every_seconds.max(EVERY_MIN_SECONDS));
        let wait = if settles { every.min(STEADY_MS.unsigned_abs() / 1000 + 1) } else { every };
        tokio::select! {
            () = happened.notified() => tokio::time::sleep(BURST).await,
            () = tokio::time::sleep(Duration::from_secs(wait)) => {}
        }
    }
}

fn watcher_of(source: &IntakeSource, happened: &Arc<Notify>) -> Option<RecommendedWatcher> {
    let IntakePlace::Folder { folder } = &source.place else { return None };
    let happened = Arc::clone(happened);
    let told = move |event: notify::Result<notify::Event>| {
        // That somebody read a file is no news, and reading it would tell it for ever.
        if event.is_ok_and(|event| !event.kind.is_access()) {
            happened.notify_one();
        }
    };
    // Where nothing can be told, the looks now and then find it.
    let mut watcher = notify::recommended_watcher(told).ok()?;
    watcher.watch(Path::new(folder), RecursiveMode::Recursive).ok()?;
    Some(watcher)
}
