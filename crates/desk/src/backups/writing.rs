//! The file itself: members in, read back. Which files of recordings belong in it, the copied database says.

use super::preferences::PREFERENCES;
use super::{DATABASE, Made, Told};
use crate::keeping::files::{all_of, is_marked};
use crate::trouble::failure_of_store;
use backup::{About, BackupWriter, Coding, MemberName, Passphrase, Trouble, verify};
use contract::Failure;
use contract::backups::{BackupProgress, BackupStep};
use model::RecordingId;
use std::fs::File;
use std::io::{BufWriter, ErrorKind};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use store::{Pool, Reader};
use tokio::sync::mpsc;

/// Recordings whose files are looked up at once.
const AT_A_TIME: u32 = 200;

/// Names the files of recordings, as the copy of the database knows them. Gives how many have no place of their own.
pub(super) async fn feed(
    copied: &Reader,
    wanted: bool,
    library: &Path,
    pools: &[Pool],
    files: mpsc::Sender<(MemberName, PathBuf)>,
) -> Result<u64, Failure> {
    let mut missing = 0;
    let mut last = RecordingId(0);
    if !wanted {
        return Ok(missing);
    }
    loop {
        let batch = copied.files_after(last, AT_A_TIME).await.map_err(failure_of_store)?;
        let Some(end) = batch.last() else { break };
        last = end.id;
        for recording in &batch {
            let Some(pool) = pools.iter().find(|pool| pool.id == recording.pool) else { continue };
            for file in all_of(recording) {
                let named = member(pool, library, &file).filter(|_| is_reachable(pool));
                let Some((name, path)) = named else {
                    missing += 1;
                    continue;
                };
                if files.send((name, path)).await.is_err() {
                    // The writer says why it ended.
                    return Ok(missing);
                }
            }
        }
    }
    Ok(missing)
}

/// A pool's file as a member, and where it is.
fn member(pool: &Pool, library: &Path, file: &str) -> Option<(MemberName, PathBuf)> {
    let (name, folder) = match pool.folder.is_empty() {
        true => (format!("recordings/{file}"), library.join("recordings")),
        false => (format!("pools/{}/{file}", pool.id), PathBuf::from(&pool.folder)),
    };
    Some((MemberName::parse(&name).ok()?, folder.join(file)))
}

fn is_reachable(pool: &Pool) -> bool {
    pool.folder.is_empty() || is_marked(Path::new(&pool.folder))
}

pub(super) struct Writing {
    pub(super) part: PathBuf,
    pub(super) about: About,
    pub(super) passphrase: Option<Passphrase>,
    pub(super) copy: PathBuf,
    pub(super) preferences: Option<PathBuf>,
    pub(super) of_bytes: u64,
    pub(super) told: Told,
}

impl Writing {
    pub(super) fn write(self, mut files: mpsc::Receiver<(MemberName, PathBuf)>) -> Result<Made, Trouble> {
        let mut done_bytes = 0;
        let mut watch = |bytes: u64| {
            done_bytes += bytes;
            (self.told)(BackupProgress { step: BackupStep::Writing, done_bytes, of_bytes: self.of_bytes })
        };
        // Nothing may be asked for when it was stopped meanwhile.
        if watch(0).is_break() {
            return Err(Trouble::Stopped);
        }
        let out = File::create_new(&self.part).map_err(Trouble::NotWritten)?;
        let out = BufWriter::with_capacity(1 << 20, out);
        let mut writer = BackupWriter::begin(out, self.about, self.passphrase.as_ref())?;
        let database = MemberName::parse(DATABASE)?;
        let mut copy = File::open(&self.copy).map_err(Trouble::Member)?;
        writer.add(&database, Coding::Deflated, &mut copy, &mut watch)?;
        if let Some(mut preferences) = self.preferences.and_then(|file| File::open(file).ok()) {
            writer.add(&MemberName::parse(PREFERENCES)?, Coding::Deflated, &mut preferences, &mut watch)?;
        }
        let (mut recording_files, mut missing_files) = (0, 0);
        while let Some((name, path)) = files.blocking_recv() {
            match File::open(path) {
                Ok(mut file) => {
                    writer.add(&name, Coding::Stored, &mut file, &mut watch)?;
                    recording_files += 1;
                }
                Err(error) if error.kind() == ErrorKind::NotFound => missing_files += 1,
                Err(error) => return Err(Trouble::Member(error)),
            }
        }
        let (out, _) = writer.finish()?;
        let file = out.into_inner().map_err(|error| Trouble::NotWritten(error.into_error()))?;
        file.sync_all().map_err(Trouble::NotWritten)?;
        let bytes = file.metadata().map_err(Trouble::NotWritten)?.len();
        Ok(Made { file: self.part, bytes, recording_files, missing_files, complaints: Vec::new() })
    }
}

pub(super) fn read_back(
    part: &Path,
    passphrase: Option<&Passphrase>,
    of_bytes: u64,
    told: &Told,
) -> Result<(), Trouble> {
    let mut done_bytes = 0;
    let mut watch = |bytes: u64| -> ControlFlow<()> {
        done_bytes += bytes;
        told(BackupProgress { step: BackupStep::Verifying, done_bytes, of_bytes })
    };
    let input = File::open(part).map_err(Trouble::Unreadable)?;
    verify(input, passphrase, &mut watch).map(|_| ())
}
