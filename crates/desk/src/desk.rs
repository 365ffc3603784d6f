//! The desk: opens a library, runs its sources, answers.

mod holds;

use crate::backups::{self, Backups};
use crate::behind::{Behind, journal_is_readable};
use crate::board::{Board, SiteFacts, keep_site};
use crate::clock::Clock;
use crate::happening::{BEHIND, Happening, Happenings, Pushes};
use crate::import::{Known, Taken};
use crate::interpret::{Health, Interpreter};
use crate::keychain::Keychain;
use crate::library::{self, Means};
use crate::names::{Names, learn_names};
use crate::rebuild::{Rebuilt, catch_up};
use crate::recorder::{JOBS_WAITING, Job, Recorder, Reply};
use crate::reporting::Reporting;
use crate::sources::{Feed, Sources};
use crate::trouble::{closed, failure_of_store};
use crate::zones::Zone;
use contract::Failure;
use contract::published::ImportSummary;
use model::{At, Call, Said, SiteId};
use std::io::Read;
use std::path::PathBuf;
use std::sync::{Arc, Weak};
use store::{Hand, Library, Reader};
use tokio::sync::{Mutex, broadcast, mpsc, oneshot};
use words::Language;

/// How far back calls that ended are looked at for records that come late. A PBX's buffer is emptied with its next
/// call, so a night is enough; a weekend is safe.
pub(crate) const RECALL_MS: i64 = 3 * 24 * 3_600_000;

/// A log of more chunks than this (some ten thousand rows) is worth making two indexes anew for at its end.
const BULK_CHUNKS: u32 = 8;

/// How to open a library.
pub struct Opening {
    pub library: PathBuf,
    /// Every screen says that it shows an invented office.
    pub demo: bool,
    pub keychain: Arc<dyn Keychain>,
    /// Who opens it, as told to another program that wants to write too.
    pub holder: String,
    pub sources: Start,
    pub clock: Arc<Clock>,
    /// Which language files and letters speak that people read.
    pub spoken: Language,
}

/// Which sources are started: of sites, and of recordings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    Sources,
    /// Of those that are stored none; each as it is saved from now on.
    AsSaved,
    Nothing,
}

impl Opening {
    /// As the app opens it.
    pub fn app(library: PathBuf, keychain: Arc<dyn Keychain>) -> Self {
        Self {
            library,
            demo: false,
            keychain,
            holder: "CallDoc".to_owned(),
            sources: Start::Sources,
            clock: Arc::default(),
            spoken: Language::English,
        }
    }
}

/// Cheap to clone; all clones are the same desk.
#[derive(Clone)]
pub struct Desk {
    inner: Arc<Inner>,
}

/// A desk that may be gone.
#[derive(Clone)]
pub(crate) struct WeakDesk {
    inner: Weak<Inner>,
}

impl WeakDesk {
    pub(crate) fn upgrade(&self) -> Option<Desk> {
        Some(Desk { inner: self.inner.upgrade()? })
    }
}

struct Inner {
    reader: Reader,
    board: Board,
    clock: Arc<Clock>,
    jobs: mpsc::Sender<Job>,
    /// Writes what people enter; who enters what depends on what was there before takes `entering` first.
    hand: Hand,
    entering: Mutex<()>,
    /// Held by the one who makes keys of calls anew.
    keying: Arc<Mutex<()>>,
    tell: broadcast::WeakSender<Arc<Happening>>,
    keychain: Arc<dyn Keychain>,
    sources: Sources,
    library: Arc<library::Library>,
    reporting: Reporting,
    backups: Backups,
    diagnostics: crate::diagnostics::Shown,
    lock: crate::lock::Lock,
    start: Start,
    demo: bool,
}

impl Desk {
    /// Opens the library for writing, brings its calls up to the journal, and starts the sources.
    pub async fn open(opening: Opening) -> Result<Desk, Failure> {
        Self::open_with(opening, Means::default()).await
    }

    /// As [`Desk::open`], with other means for recordings than this computer's.
    pub async fn open_with(opening: Opening, means: Means) -> Result<Desk, Failure> {
        let taken_over = backups::take_over(&opening.library, opening.clock.now()).await;
        let holder = format!("{} (process {})", opening.holder, std::process::id());
        let (mut writer, reader) =
            Library::open_writer(&opening.library, &holder).await.map_err(failure_of_store)?;
        let mut checkpoint = writer.checkpoint().await.map_err(failure_of_store)?;
        let by_older_rules = checkpoint
            .as_ref()
            .is_some_and(|checkpoint| checkpoint.engine_version != correlate::ENGINE_VERSION);
        if by_older_rules {
            // The calls were made by other rules: they are made anew from the journal, as `rebuild` does.
            journal_is_readable(&reader).await?;
            writer.clear_projection().await.map_err(failure_of_store)?;
            checkpoint = None;
        }
        let through_seq = checkpoint.as_ref().map_or(0, |checkpoint| checkpoint.through_seq);
        let sites = reader.sites().await.map_err(failure_of_store)?;
        let board = Board::default();
        let mut ended = Vec::new();
        for site in &sites {
            let since = opening.clock.now().plus_ms(-RECALL_MS);
            ended.extend(reader.recently_ended(site.id, since).await.map_err(failure_of_store)?);
        }
        let mut names = Names::default();
        learn_names(&mut names, &reader, &opening.clock).await?;
        board.now().names = names;
        ended.retain(|call: &Call| call.basis.last.seq <= through_seq);
        let mut interpreter = Interpreter::resume(checkpoint, ended);
        interpreter.set_gone(reader.journal_gone().await.map_err(failure_of_store)?);
        for site in sites {
            interpreter.set_site(site.id, &site.time_zone, &site.access_digits);
            keep_site(&board, site);
        }
        let mut open_calls = interpreter.engine().open_calls();
        interpreter.keys.follow(&reader);
        interpreter.keys.give(open_calls.iter_mut());
        board.now().calls.extend(open_calls.into_iter().map(|call| (call.id, call)));
        for (site, status) in interpreter.engine().people() {
            board.now().people.insert((site, status.extension.clone()), status);
        }
        let hand = writer.hand();
        let (tell, _) = broadcast::channel(BEHIND);
        let weak = tell.downgrade();
        let last_at = last_entry_at(&reader).await?;
        let mut recorder = Recorder {
            writer,
            reader: reader.clone(),
            interpreter,
            board: board.clone(),
            clock: Arc::clone(&opening.clock),
            tell,
            last_at,
            projected_at: At(0),
            ahead: None,
            behind: Behind::default(),
        };
        if by_older_rules {
            recorder.interpreter.set_health(Health::KnownAlready);
        }
        catch_up(&mut recorder).await?;
        recorder.interpreter.set_health(Health::Noted);
        note_absence(&mut recorder).await;
        recorder.show_decisions();
        crate::board::take_clocks(&mut recorder.board.now(), recorder.interpreter.engine());
        let (jobs, queue) = mpsc::channel(JOBS_WAITING);
        tokio::spawn(recorder.run(queue));
        let desk = Desk {
            inner: Arc::new(Inner {
                sources: Sources::default(),
                library: Arc::new(library::Library::new(&opening.library, means)),
                reporting: Reporting::default(),
                backups: Backups::default(),
                diagnostics: crate::diagnostics::Shown::default(),
                lock: crate::lock::Lock::default(),
                start: opening.sources,
                reader,
                board,
                clock: opening.clock,
                jobs,
                hand,
                entering: Mutex::default(),
                keying: Arc::default(),
                tell: weak,
                keychain: opening.keychain,
                demo: opening.demo,
            }),
        };
        desk.speak(opening.spoken);
        desk.recall_lock().await?;
        desk.watch_lock();
        if opening.sources == Start::Sources {
            desk.start_sources().await;
        }
        desk.key_calls_anew();
        desk.start_library().await;
        desk.start_reporting().await;
        desk.start_backups().await;
        if let Err(failure) = taken_over {
            // The library is where it was, and works.
            desk.backups().set_trouble(Some(failure.message));
        }
        Ok(desk)
    }

    /// What happens from now on, for the window.
    pub fn pushes(&self) -> Pushes {
        let inner = &self.inner;
        Pushes::new(self.happenings(), inner.board.clone(), Arc::clone(&inner.clock), inner.lock.clone())
    }

    /// What happens from now on, whole.
    pub fn happenings(&self) -> Happenings {
        // A closed desk gives a stream that has ended.
        let receiver =
            self.inner.tell.upgrade().map_or_else(|| broadcast::channel(1).1, |tell| tell.subscribe());
        Happenings::new(receiver)
    }

    /// Takes in an SMDR log, plain or gzip, with or without a header line. `progress` is told lines read so far.
    pub async fn import_smdr(
        &self,
        site: SiteId,
        log: impl Read + Send,
        mut progress: impl FnMut(u64) + Send,
    ) -> Result<ImportSummary, Failure> {
        let mut summary = ImportSummary::default();
        let unreadable = |error: &dyn std::fmt::Display| crate::trouble::invalid(error.to_string());
        let log = smdr::LogFile::open(log).map_err(|error| unreadable(&error))?;
        let any_known = self.reader().has_records(site).await.map_err(failure_of_store)?;
        let known = if any_known { Known::MayBe } else { Known::None };
        let mut chunks = 0;
        for chunk in log {
            chunks += 1;
            if chunks == BULK_CHUNKS {
                self.job(Job::BeginBulk).await?;
            }
            let chunk = chunk.map_err(|error| unreadable(&error))?;
            summary.lines += u64::from(chunk.lines);
            let taken: Taken =
                self.job(|reply| Job::Import { site, bytes: chunk.bytes, known, reply }).await?;
            taken.add_to(&mut summary);
            progress(summary.lines);
        }
        self.job(Job::EndImport).await?.add_to(&mut summary);
        self.settle().await?;
        if chunks >= BULK_CHUNKS {
            self.job(Job::EndBulk).await?;
        }
        Ok(summary)
    }

    /// Hands over what a source said: committed, then interpreted, then told. Waits while the desk is behind.
    pub async fn said(&self, site: SiteId, said: Said, bytes: Vec<u8>) -> Result<(), Failure> {
        self.inner.jobs.send(Job::Said { site, said, bytes }).await.map_err(|_| closed())
    }

    /// Makes all calls anew from the journal.
    pub async fn rebuild(&self) -> Result<Rebuilt, Failure> {
        self.job(Job::Rebuild).await
    }

    /// Stops the sources, commits everything, closes the library. Afterwards every answer is a failure.
    pub async fn close(&self) -> Result<(), Failure> {
        self.inner.sources.stop_all().await;
        self.end_backups().await;
        self.inner.library.stop().await;
        self.end_keeping().await;
        self.job(Job::Close).await
    }

    pub fn reader(&self) -> &Reader {
        &self.inner.reader
    }

    /// Name and zone of a site, for what is printed of its calls.
    pub fn site_name_and_zone(&self, site: SiteId) -> (String, Zone) {
        let now = self.inner.board.now();
        (now.site_name(site), now.zone_of(site))
    }

    pub fn office_zone(&self) -> Zone {
        self.inner.board.now().office_zone()
    }

    pub fn extension_name(&self, site: SiteId, extension: &str) -> Option<String> {
        self.inner.board.now().names.extension(site, extension).name
    }

    pub fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    pub(crate) fn clock_arc(&self) -> Arc<Clock> {
        Arc::clone(&self.inner.clock)
    }

    pub(crate) fn feed(&self, facts: &SiteFacts) -> Feed {
        let inner = &self.inner;
        Feed::new(
            facts,
            inner.board.clone(),
            Arc::clone(&inner.clock),
            inner.jobs.clone(),
            inner.tell.clone(),
        )
    }

    pub(crate) fn happen(&self, happening: Happening) {
        if let Some(tell) = self.inner.tell.upgrade() {
            // Nobody listening is fine.
            let _ = tell.send(Arc::new(happening));
        }
    }

    /// Brings the tables up to what was shown.
    pub async fn settle(&self) -> Result<(), Failure> {
        self.job(Job::Settle).await
    }

    pub(crate) async fn job<T>(&self, job: impl FnOnce(Reply<T>) -> Job) -> Result<T, Failure> {
        let (reply, answer) = oneshot::channel();
        self.inner.jobs.send(job(reply)).await.map_err(|_| closed())?;
        answer.await.map_err(|_| closed())?
    }
}

async fn last_entry_at(reader: &Reader) -> Result<At, Failure> {
    let last = reader.last_seq().await.map_err(failure_of_store)?;
    let entry = reader.entry(last).await.map_err(failure_of_store)?;
    Ok(entry.map_or(At(0), |entry| entry.at))
}

/// While CallDoc was not running, nobody looked: links that were up then are lost as of the last word.
async fn note_absence(recorder: &mut Recorder) {
    let up: Vec<SiteId> = {
        let now = recorder.board.now();
        now.sites.keys().copied().filter(|site| recorder.interpreter.link_is_up(*site)).collect()
    };
    for site in up {
        let reason = "CallDoc was not running".as_bytes().to_vec();
        let at = recorder.last_at;
        recorder
            .take_at(at, vec![store::NewEntry { at, site, said: Said::DevlinkLost, bytes: reason }])
            .await;
    }
}
