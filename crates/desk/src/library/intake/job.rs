//! One file on its way in, step by step. Before each step that leaves something behind, the row of table `intake_files`
//! says what to undo, so that a kill at any moment leaves either the whole recording or nothing of it.

use crate::desk::Desk;
use crate::library::Step;
use crate::library::facts::Facts;
use crate::library::intake::moving::{is_safe, place_over, remove_source, second_name};
use crate::library::intake::names::{Names, format_in_words, hex, last_part};
use crate::library::intake::remote::forget_fetched;
use crate::library::intake::stop::{Done, Stop, blocking, failed, library, stop_of};
use crate::library::intake::{look, resume};
use model::{At, RecordingId, SiteId};
use recordings::place::{self, Verdict};
use recordings::{Encoding, Key, Sha256, Tags, Take, Taken, Unreadable, peaks};
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};
use store::{Became, Begun, NewIntakeFile, NewRecording, SeenFile, TookIn};

/// A file that is whole and is to be taken in.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    /// Its row in `intake_files`, of one that was begun before.
    pub(crate) row: Option<i64>,
    pub(crate) seen: SeenFile,
    pub(crate) way: Way,
}

/// What is needed to go on with a file after a kill.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Way {
    /// Where the file lies on this computer.
    pub(crate) path: PathBuf,
    pub(crate) site: i64,
    pub(crate) naming: Option<i64>,
    /// Remove the file once its copy is in the library.
    pub(crate) remove_after: bool,
    /// Its working copy is whole.
    pub(crate) copied: bool,
    /// Files that are placed without a recording yet: pool, and name within it.
    pub(crate) placed: Vec<(i64, String)>,
    /// Of the sound, once it is known.
    pub(crate) sha256: Option<Sha256>,
}

pub(crate) enum Outcome {
    /// When it began.
    Taken(At),
    /// The same sound was there.
    Before,
    Refused,
    /// It is gone, or was dealt with already.
    Dropped,
    /// Nothing can be taken in now; it waits.
    HeldUp {
        why: String,
        job: Box<Job>,
    },
    /// As if the power had failed.
    Cut,
}

pub(crate) async fn take_in(desk: &Desk, mut job: Job) -> Outcome {
    let outcome = match steps(desk, &mut job).await {
        Ok(started_at) => Outcome::Taken(started_at),
        Err(Stop::HeldUp(why)) => return Outcome::HeldUp { why, job: Box::new(job) },
        Err(Stop::Dropped) => Outcome::Dropped,
        Err(Stop::Before) => Outcome::Before,
        Err(Stop::Cut) => return Outcome::Cut,
        Err(Stop::Refuse(why)) => match resume::refuse(desk, &job, &why).await {
            Ok(()) => Outcome::Refused,
            Err(why) => return Outcome::HeldUp { why, job: Box::new(job) },
        },
    };
    forget_fetched(&desk.library().working(), &job.way.path);
    outcome
}

async fn steps(desk: &Desk, job: &mut Job) -> Done<At> {
    let row = begin(desk, job).await?;
    cut(desk, Step::Noted)?;
    let key = desk.library().key().map_err(Stop::HeldUp)?;
    let names = Names::of(desk, row);
    // Of an attempt before, it may have been lost since.
    job.way.copied &= names.copy.is_file();
    if !job.way.copied {
        copy_in(desk, job, &names).await?;
    }
    cut(desk, Step::Copied)?;
    let (mut taken, facts) = encode(desk, job, &names, key.clone()).await?;
    tag_with_call(desk, job, &names, &mut taken, &facts, key.clone()).await?;
    cut(desk, Step::Encoded)?;
    // Two copies of a file that come at once would be placed under the same name.
    let placing = desk.library().intake.placing.lock().await;
    let mut new = plan(desk, job, row, &names, &taken, facts, key.as_ref()).await?;
    cut(desk, Step::Planned)?;
    put_in_place(desk, job, &names, &mut new, key).await?;
    let took = desk.hand().take_in(row, &new).await.map_err(library)?;
    cut(desk, Step::Committed)?;
    names.remove_all();
    if let TookIn::Before(_) = took {
        // Another program took the same sound in at the same moment.
        resume::remove_placed(desk, &job.way).await.map_err(failed)?;
        return Err(Stop::Before);
    }
    drop(placing);
    if desk.seal_wanted() != new.sealed_with {
        // The setting is another one since its key was asked for.
        desk.rewrite_in_background();
    }
    if job.way.remove_after && job.seen.source.is_some() {
        remove_source(&job.way.path, &taken.source_sha256);
    }
    cut(desk, Step::SourceRemoved)?;
    Ok(new.started_at)
}

/// Notes that it is on its way. What is known already is not begun again.
async fn begin(desk: &Desk, job: &mut Job) -> Done<i64> {
    if let Some(row) = job.row {
        return Ok(row);
    }
    let detail = detail_of(&job.way);
    let new = NewIntakeFile { seen: job.seen.clone(), seen_at: desk.clock().now(), detail };
    match desk.hand().begin_intake(&new).await.map_err(library)? {
        Begun::New(row) => {
            job.row = Some(row);
            Ok(row)
        }
        // Given once more by hand: what was refused is tried again.
        Begun::Known(known) if job.seen.source.is_none() && known.became == Became::Refused => {
            desk.hand().note_intake(known.id, &new.detail).await.map_err(library)?;
            job.row = Some(known.id);
            Ok(known.id)
        }
        // The recording may have been deleted for good since, or the file taken off the list of refused ones: given by
        // hand, it is wanted again.
        Begun::Known(known)
            if job.seen.source.is_none()
                && known.became != Became::OnItsWay
                && is_gone(desk, known.recording).await? =>
        {
            desk.hand().note_intake(known.id, &new.detail).await.map_err(library)?;
            job.row = Some(known.id);
            Ok(known.id)
        }
        Begun::Known(known) if matches!(known.became, Became::Taken | Became::TakenBefore) => {
            Err(Stop::Before)
        }
        Begun::Known(_) => Err(Stop::Dropped),
    }
}

async fn is_gone(desk: &Desk, recording: Option<RecordingId>) -> Done<bool> {
    let Some(id) = recording else { return Ok(true) };
    Ok(desk.reader().recording(id).await.map_err(library)?.is_none())
}

/// A copy of its own, read back: what happens to the source from here on does not matter.
async fn copy_in(desk: &Desk, job: &mut Job, names: &Names) -> Done<()> {
    let (from, to) = (job.way.path.clone(), names.copy.clone());
    let own = from.starts_with(desk.library().working());
    let copied = blocking(move || {
        std::fs::create_dir_all(to.parent().unwrap_or(&to)).map_err(Unreadable::NotWritten)?;
        if own {
            // It was fetched into the working folder; a kill may have come just after it got its name as a copy.
            return match std::fs::rename(&from, &to) {
                Err(error) if error.kind() == io::ErrorKind::NotFound && to.exists() => Ok(()),
                moved => moved.map_err(Unreadable::Io),
            };
        }
        if to.exists() {
            std::fs::remove_file(&to).map_err(Unreadable::NotWritten)?;
        }
        place::copy(&from, &to).map(|_| ())
    })
    .await;
    match copied {
        Ok(()) => {}
        Err(Unreadable::Io(error)) if passes(&error, job) => {
            if let Some(row) = job.row {
                desk.hand().forget_file(row).await.map_err(library)?;
            }
            tracing::info!(%error, "a file could not be copied; its source gives it again");
            desk.library().intake.watch.forget(job.seen.source, &job.seen.file);
            return Err(Stop::Dropped);
        }
        Err(error) => return Err(stop_of(error)),
    }
    job.way.copied = true;
    note(desk, job).await
}

/// A share that is away for a moment says nothing about the file; one that may not be read has to be told.
fn passes(error: &io::Error, job: &Job) -> bool {
    match error.kind() {
        io::ErrorKind::NotFound => true,
        io::ErrorKind::PermissionDenied => false,
        _ => job.seen.source.is_some(),
    }
}

async fn encode(desk: &Desk, job: &Job, names: &Names, key: Option<Key>) -> Done<(Taken, Facts)> {
    let (copy, stored) = (names.copy.clone(), names.stored.clone());
    let site = SiteId(job.way.site);
    let patterns = desk.patterns(job.way.naming).await.map_err(failed)?;
    let file_name = last_part(&job.seen.file).to_owned();
    let side = look::side_file_of(&job.way.path);
    let side = side.as_deref();
    let before = desk.facts_of(site, &file_name, &patterns, side, job.seen.changed_at, 0);
    let tags = tags(desk, site, &before);
    let encoding = desk.encoding().await.map_err(failed)?;
    let cancel = desk.library().intake.cancel.clone();
    let taken = blocking(move || {
        let take = Take {
            source: &copy,
            working: &stored,
            tags,
            encoding: Encoding {
                bits_per_second: u32::from(encoding.kilobits) * 1000,
                ..Encoding::default()
            },
            seal: key.as_ref(),
        };
        let taken = recordings::take(&take, &cancel, &mut |_| {})?;
        match place::verify(&stored, &taken.stored_sha256) {
            Verdict::Same => Ok(taken),
            Verdict::Unreadable(error) => Err(Unreadable::NotWritten(error)),
            Verdict::Changed { .. } | Verdict::Missing => Err(Unreadable::NotWritten(io::Error::other(
                "what was written is not what the disk gives back",
            ))),
        }
    })
    .await
    .map_err(stop_of)?;
    let length_ms = i64::try_from(taken.duration_ms()).unwrap_or(i64::MAX);
    let facts = desk.facts_of(site, &file_name, &patterns, side, job.seen.changed_at, length_ms);
    Ok((taken, facts))
}

/// Where its files will be, written down before they are there.
async fn plan(
    desk: &Desk,
    job: &mut Job,
    row: i64,
    names: &Names,
    taken: &Taken,
    facts: Facts,
    key: Option<&Key>,
) -> Done<NewRecording> {
    if let Some(known) = desk.reader().recording_of_sound(&taken.source_sha256).await.map_err(library)? {
        desk.hand().taken_before(row, known).await.map_err(library)?;
        names.remove_all();
        // What is in the trash, or was damaged, may be needed from there once more.
        if job.way.remove_after && job.seen.source.is_some() && is_safe(desk, known).await? {
            remove_source(&job.way.path, &taken.source_sha256);
        }
        return Err(Stop::Before);
    }
    let encoding = desk.encoding().await.map_err(failed)?;
    let original_bytes = if encoding.keep_original { taken.source_bytes } else { 0 };
    let pool = desk.pool_for(taken.stored_bytes + original_bytes).await.map_err(Stop::HeldUp)?;
    let month = desk.office_zone().rfc3339(facts.started_at);
    let (year, month) = (month.get(..4).unwrap_or("0000"), month.get(5..7).unwrap_or("00"));
    let sound = &hex(&taken.source_sha256)[..24];
    let stored_file = format!("{year}/{month}/{sound}.opus");
    let ending = Path::new(&job.seen.file).extension().and_then(|ending| ending.to_str()).unwrap_or("bin");
    let ending: String = ending.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    let original_file =
        encoding.keep_original.then(|| format!("{year}/{month}/{sound}.original.{}", ending.to_lowercase()));
    // Of an attempt before, which may have been planned otherwise.
    resume::remove_placed(desk, &job.way).await.map_err(failed)?;
    job.way.sha256 = Some(taken.source_sha256);
    job.way.placed = [Some(format!("{stored_file}.peaks")), Some(stored_file.clone()), original_file.clone()]
        .into_iter()
        .flatten()
        .map(|file| (pool, file))
        .collect();
    note(desk, job).await?;
    Ok(NewRecording {
        site: SiteId(job.way.site),
        started_at: facts.started_at,
        started_by: facts.started_by,
        length_ms: i64::try_from(taken.duration_ms()).unwrap_or(i64::MAX),
        channels: taken.format.channels,
        says: facts.says,
        source: job.seen.source,
        taken_at: desk.clock().now(),
        original_format: format_in_words(job, taken),
        original_bytes: taken.source_bytes,
        original_sha256: taken.source_sha256.to_vec(),
        original_file,
        original_now_sha256: None,
        pool,
        stored_file,
        stored_bytes: taken.stored_bytes,
        stored_sha256: taken.stored_sha256.to_vec(),
        sealed_with: key.map(Key::fingerprint),
        loudness: taken.loudness,
        number_key: facts.number_key,
    })
}

async fn put_in_place(
    desk: &Desk,
    job: &Job,
    names: &Names,
    new: &mut NewRecording,
    key: Option<Key>,
) -> Done<()> {
    let folder = desk.pool_folder(new.pool).await.map_err(failed)?;
    let stored = folder.join(&new.stored_file);
    resume::remove_placed(desk, &job.way).await.map_err(failed)?;
    put(peaks::beside(&names.stored), peaks::beside(&stored)).await?;
    cut(desk, Step::PeaksPlaced)?;
    put(names.stored.clone(), stored).await?;
    cut(desk, Step::StoredPlaced)?;
    if let Some(original) = &new.original_file {
        let (copy, own) = (names.copy.clone(), names.sealed.clone());
        let made = blocking(move || match key {
            Some(key) => recordings::seal::reseal(&copy, &own, None, Some(&key))
                .map(|(sha256, _)| Some(sha256.to_vec())),
            None => second_name(&copy, &own).map_err(Unreadable::NotWritten).map(|()| None),
        });
        new.original_now_sha256 = made.await.map_err(stop_of)?;
        put(names.sealed.clone(), folder.join(original)).await?;
    }
    cut(desk, Step::OriginalPlaced)
}

async fn put(from: PathBuf, to: PathBuf) -> Done<()> {
    blocking(move || {
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder).map_err(Unreadable::NotWritten)?;
        }
        place_over(&from, &to).map_err(Unreadable::NotWritten)
    })
    .await
    .map_err(stop_of)
}

async fn note(desk: &Desk, job: &Job) -> Done<()> {
    let Some(row) = job.row else { return Ok(()) };
    desk.hand().note_intake(row, &detail_of(&job.way)).await.map_err(library)
}

pub(crate) fn detail_of(way: &Way) -> String {
    serde_json::to_string(way).unwrap_or_default()
}

fn tags(desk: &Desk, site: SiteId, facts: &Facts) -> Tags {
    crate::library::retagging::tags(desk, site, facts.started_at, &facts.says, None)
}

/// Mostly the call is over and known: then the stored file tells it from the beginning. Which it is in the end is decided
/// when all recordings of its time are looked at together.
async fn tag_with_call(
    desk: &Desk,
    job: &Job,
    names: &Names,
    taken: &mut Taken,
    facts: &Facts,
    key: Option<Key>,
) -> Done<()> {
    let length_ms = i64::try_from(taken.duration_ms()).unwrap_or(i64::MAX);
    let site = SiteId(job.way.site);
    let Some(call) = desk.call_of(site, job.seen.source, facts, length_ms).await.map_err(failed)? else {
        return Ok(());
    };
    let tags = crate::library::retagging::tags(desk, site, facts.started_at, &facts.says, Some(&call));
    let (stored, tagged) = (names.stored.clone(), names.tagged.clone());
    let written = blocking(move || {
        if tagged.exists() {
            std::fs::remove_file(&tagged).map_err(Unreadable::NotWritten)?;
        }
        let written = recordings::retag::retag(&stored, &tagged, &tags, key.as_ref())?;
        std::fs::rename(&tagged, &stored).map_err(Unreadable::NotWritten)?;
        Ok(written)
    })
    .await
    .map_err(stop_of)?;
    taken.stored_sha256 = written.sha256;
    taken.stored_bytes = written.bytes;
    Ok(())
}

fn cut(desk: &Desk, step: Step) -> Done<()> {
    let cut = desk.library().cut.as_ref().is_some_and(|cut| cut(step));
    if cut || desk.library().intake.cancel.is_cancelled() { Err(Stop::Cut) } else { Ok(()) }
}
