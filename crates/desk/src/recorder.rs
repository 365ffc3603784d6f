//! The one loop that writes: commits what the sources say, then interprets it, then tells.
//!
//! Group commit: what arrives while a commit runs goes into the next one. The projection is written with its checkpoint
//! in one transaction, a moment after; after a kill it is brought up to the journal from there.

use crate::behind::Behind;
use crate::board::Board;
use crate::clock::Clock;
use crate::happening::Happening;
use crate::interpret::{Interpreter, Learned};
use crate::trouble::failure_of_store;
use crate::{board, import, rebuild, view};
use contract::Failure;
use contract::health::HealthEntry;
use correlate::Output;
use model::{At, Decision, Entry, Said, SiteId};
use std::sync::Arc;
use std::time::Duration;
use store::{Changes, HealthKind, HealthNote, NameKind, NewEntry, Reader, Writer};
use tokio::sync::{broadcast, mpsc, oneshot};

/// Jobs taken into one commit: enough for 50,000 events a second in commits of a few milliseconds.
const JOBS_PER_TURN: usize = 2_048;
/// Jobs that may wait; sources are held up beyond that, and with them the PBX, which buffers.
pub(crate) const JOBS_WAITING: usize = 8_192;
/// The tables of calls may be this much behind what was shown; whoever reads them has them brought up first.
const PROJECTION_BEHIND_MS: i64 = 250;
/// A disk that is full may have room again in a moment.
const RETRY: Duration = Duration::from_secs(1);
/// More changed calls than this in one turn are not told one by one.
const TOLD_SINGLY: usize = 256;
/// A clock that was set back by more than this is believed; less is jitter between threads.
const CLOCK_SET_BACK_MS: i64 = 2_000;

pub(crate) enum Job {
    Said {
        site: SiteId,
        said: Said,
        bytes: Vec<u8>,
    },
    Health(HealthNote),
    Import {
        site: SiteId,
        bytes: Vec<u8>,
        known: import::Known,
        reply: Reply<import::Taken>,
    },
    /// Interpret what an import has written ahead.
    EndImport(Reply<import::Taken>),
    /// Very many rows follow.
    BeginBulk(Reply<()>),
    EndBulk(Reply<()>),
    /// Write the projection up to here.
    Settle(Reply<()>),
    SaveSite {
        site: Box<store::Site>,
        reply: Reply<SiteId>,
    },
    RemoveSite {
        site: SiteId,
        reply: Reply<()>,
    },
    /// Gives the decision's place in the journal.
    Decide {
        site: SiteId,
        decision: Decision,
        reply: Reply<i64>,
    },
    Rebuild(Reply<rebuild::Rebuilt>),
    Privacy(crate::privacy::Work),
    Close(Reply<()>),
}

pub(crate) type Reply<T> = oneshot::Sender<Result<T, Failure>>;

pub(crate) struct Recorder {
    pub(crate) writer: Writer,
    pub(crate) reader: Reader,
    pub(crate) interpreter: Interpreter,
    pub(crate) board: Board,
    pub(crate) clock: Arc<Clock>,
    pub(crate) tell: broadcast::Sender<Arc<Happening>>,
    pub(crate) last_at: At,
    pub(crate) projected_at: At,
    /// An entry of an import that is committed and comes to be interpreted next, before anything else is taken.
    pub(crate) ahead: Option<Entry>,
    pub(crate) behind: Behind,
}

impl Recorder {
    pub(crate) async fn run(mut self, mut jobs: mpsc::Receiver<Job>) {
        loop {
            let wait = self.until_next_duty();
            let first = tokio::select! {
                job = jobs.recv() => match job {
                    Some(job) => Some(job),
                    None => break,
                },
                () = tokio::time::sleep(wait) => None,
            };
            let mut batch: Vec<Job> = first.into_iter().collect();
            while batch.len() < JOBS_PER_TURN
                && let Ok(job) = jobs.try_recv()
            {
                batch.push(job);
            }
            if let Some(done) = self.turn(batch).await {
                jobs.close();
                let result = self.finish().await;
                // Whoever asked may have stopped waiting.
                let _ = done.send(result);
                return;
            }
        }
        let _ = self.finish().await;
    }

    /// One turn. Returns the reply of a job to close.
    async fn turn(&mut self, batch: Vec<Job>) -> Option<Reply<()>> {
        let mut said = Vec::new();
        for job in batch {
            match job {
                Job::Said { site, said: kind, bytes } => {
                    said.push(NewEntry { at: At(0), site, said: kind, bytes });
                    continue;
                }
                Job::Health(note) => {
                    self.tell_health(&note);
                    self.interpreter.note_health(note);
                    continue;
                }
                Job::Close(reply) => {
                    self.take(std::mem::take(&mut said)).await;
                    return Some(reply);
                }
                other => {
                    self.take(std::mem::take(&mut said)).await;
                    self.serve(other).await;
                }
            }
        }
        self.take(said).await;
        self.catch_up_when_due().await;
        let now = self.let_time_pass();
        if self.interpreter.has_changes() && now.ms_since(self.projected_at) >= PROJECTION_BEHIND_MS {
            self.project_or_note().await;
        }
        None
    }

    async fn serve(&mut self, job: Job) {
        match job {
            Job::EndImport(reply) => {
                let learned = self.catch_up_with_import().await;
                let _ = reply.send(Ok(import::Taken::of(&learned)));
            }
            Job::Settle(reply) => {
                let caught_up = self.catch_up_now().await;
                let _ = reply.send(caught_up.and(self.project().await));
            }
            Job::BeginBulk(reply) => {
                let _ = reply.send(self.writer.begin_bulk().await.map_err(failure_of_store));
            }
            Job::EndBulk(reply) => {
                let _ = reply.send(self.writer.end_bulk().await.map_err(failure_of_store));
            }
            Job::Import { site, bytes, known, reply } => {
                let result = import::take(self, site, bytes, known).await;
                let _ = reply.send(result);
            }
            Job::SaveSite { site, reply } => {
                let saved = self.writer.save_site(&site).await.map_err(failure_of_store);
                if let Ok(id) = saved {
                    self.interpreter.set_site(id, &site.time_zone, &site.access_digits);
                }
                let _ = reply.send(saved);
            }
            Job::RemoveSite { site, reply } => {
                let now = self.clock.now();
                let _ = reply.send(self.writer.remove_site(site, now).await.map_err(failure_of_store));
            }
            Job::Decide { site, decision, reply } => {
                let _ = reply.send(self.decide(site, &decision).await);
            }
            Job::Rebuild(reply) => {
                self.catch_up_with_import().await;
                let result = rebuild::rebuild(self).await;
                self.happen(Happening::Much);
                let _ = reply.send(result);
            }
            Job::Privacy(work) => self.do_privacy(work).await,
            Job::Said { .. } | Job::Health(_) | Job::Close(_) => {}
        }
    }

    /// Commits entries, then interprets them, then tells. A commit that fails is tried until it succeeds: nothing of a
    /// source is let go, and while it waits the sources wait too.
    pub(crate) async fn take(&mut self, entries: Vec<NewEntry>) {
        if !entries.is_empty() {
            let at = self.stamp();
            self.take_at(at, entries).await;
        }
    }

    async fn catch_up_with_import(&mut self) -> Learned {
        match self.ahead.take().filter(|_| !self.behind.is_behind()) {
            Some(entry) => self.interpret(&[entry]).await,
            None => Learned::default(),
        }
    }

    pub(crate) async fn take_at(&mut self, at: At, mut entries: Vec<NewEntry>) -> i64 {
        self.catch_up_with_import().await;
        for entry in &mut entries {
            entry.at = at;
        }
        let first_seq = loop {
            match self.writer.commit(&entries, &Changes::default()).await {
                Ok(first_seq) => break first_seq,
                Err(error) => {
                    let failure = failure_of_store(error);
                    tracing::error!(detail = ?failure.detail, "commit failed: {}", failure.message);
                    self.tell_health(&self.library_note(&failure));
                    tokio::time::sleep(RETRY).await;
                }
            }
        };
        let entries = numbered(first_seq, entries);
        self.see_last_events(&entries);
        if !self.behind.is_behind() {
            self.interpret(&entries).await;
        }
        first_seq
    }

    pub(crate) async fn interpret(&mut self, entries: &[Entry]) -> Learned {
        match self.interpreter.interpret(&self.reader, entries).await {
            Ok(learned) => self.pass_on(learned),
            Err(failure) => {
                // What was said is in the journal, and is read from there once it can be.
                self.falls_behind();
                let note = self.library_note(&failure);
                self.tell_health(&note);
                self.interpreter.note_health(note);
                Learned::default()
            }
        }
    }

    /// Everything whose deadline has passed happens. Returns the time it is.
    pub(crate) fn let_time_pass(&mut self) -> At {
        let now = self.stamp();
        if self.interpreter.next_deadline().is_some_and(|due| due <= now) {
            let learned = self.interpreter.advance(now);
            self.pass_on(learned);
        }
        now
    }

    /// Writes what was concluded, up to here.
    pub(crate) async fn project(&mut self) -> Result<(), Failure> {
        let changes = self.interpreter.take_changes();
        self.projected_at = self.clock.now();
        if changes.is_empty() {
            return Ok(());
        }
        if let Err(error) = self.writer.commit(&[], &changes).await {
            self.interpreter.put_back(changes);
            return Err(failure_of_store(error));
        }
        if changes.calls.iter().any(|call| !call.is_live()) {
            self.happen(Happening::Figures);
        }
        Ok(())
    }

    async fn project_or_note(&mut self) {
        if let Err(failure) = self.project().await {
            let note = self.library_note(&failure);
            self.tell_health(&note);
        }
    }

    async fn finish(mut self) -> Result<(), Failure> {
        self.catch_up_with_import().await;
        let result = self.project().await;
        self.writer.close().await.map_err(failure_of_store)?;
        result
    }

    /// Times of entries never run backwards, so that replaying them gives what was concluded at first.
    pub(crate) fn stamp(&mut self) -> At {
        let now = self.clock.now();
        if self.last_at.ms_since(now) < CLOCK_SET_BACK_MS {
            self.last_at = self.last_at.max(now);
        } else {
            self.last_at = now;
        }
        self.last_at
    }

    pub(crate) fn until_next_duty(&self) -> Duration {
        let now = self.clock.now();
        let projection =
            self.interpreter.has_changes().then(|| self.projected_at.plus_ms(PROJECTION_BEHIND_MS));
        let due = [projection, self.interpreter.next_deadline(), self.behind.next_try()]
            .into_iter()
            .flatten()
            .min();
        let ms = due.map_or(3_600_000, |due| due.ms_since(now));
        Duration::from_millis(ms.unsigned_abs())
    }

    pub(crate) fn pass_on(&mut self, mut learned: Learned) -> Learned {
        {
            let mut now = self.board.now();
            for seen in &learned.names {
                match seen.kind {
                    NameKind::Extension => now.names.learn_extension(seen.site, &seen.number, &seen.name),
                    NameKind::Group => now.names.learn_group(seen.site, &seen.number, &seen.name),
                };
            }
            for output in &learned.outputs {
                board::take(&mut now, output);
            }
            board::take_clocks(&mut now, self.interpreter.engine());
        }
        let much = learned.calls > 0 || learned.outputs.len() > TOLD_SINGLY;
        if much {
            self.happen(Happening::Much);
        }
        for output in std::mem::take(&mut learned.outputs) {
            learned.calls += u64::from(matches!(&output, Output::Call(call) if import::is_new(call)));
            match output {
                _ if much => {}
                Output::Call(call) => self.happen(Happening::Call(call)),
                Output::Gone(id) => self.happen(Happening::CallGone(id)),
                Output::Agent(site, status) => self.happen(Happening::Agent(site, status)),
                // Told as a health note.
                Output::ClockDiffers(..) => {}
            }
        }
        for note in &learned.health {
            self.tell_health(note);
        }
        learned
    }

    fn see_last_events(&self, entries: &[Entry]) {
        let mut now = self.board.now();
        for entry in entries {
            if let Some(source) = crate::heard::source_of(entry.said)
                && let Some(lamp) = now.lamps.get_mut(&(entry.site, source))
            {
                lamp.last_event_ms = Some(entry.at.0);
            }
        }
    }

    fn library_note(&self, failure: &Failure) -> HealthNote {
        HealthNote {
            at: self.clock.now(),
            site: None,
            kind: HealthKind::Library,
            says: failure.message.clone(),
        }
    }

    fn tell_health(&self, note: &HealthNote) {
        let site_name = note.site.map(|site| self.board.now().site_name(site));
        self.happen(Happening::Health(HealthEntry {
            first_ms: note.at.0,
            last_ms: note.at.0,
            times: 1,
            site_name,
            kind: view::health_kind(note.kind),
            says: note.says.clone(),
        }));
    }

    /// Nobody listening is fine.
    pub(crate) fn happen(&self, happening: Happening) {
        let _ = self.tell.send(Arc::new(happening));
    }
}

pub(crate) fn numbered(first_seq: i64, entries: Vec<NewEntry>) -> Vec<Entry> {
    entries
        .into_iter()
        .zip(first_seq..)
        .map(|(entry, seq)| Entry {
            seq,
            at: entry.at,
            site: entry.site,
            said: entry.said,
            bytes: entry.bytes,
        })
        .collect()
}
