//! Unpacks a backup into a new folder beside the library and looks through it there. It takes the library's place when
//! that is opened next ([`super::taking_over`]); until then nothing of the library is touched.

use super::going::Told;
use super::making::check;
use super::places::{beside, check_room, remove_folder, whole};
use super::{DATABASE, failure_of_backup};
use crate::keeping::files::{all_of, mark_pool};
use crate::keeping::off_thread;
use crate::trouble::{failure_of_store, invalid};
use backup::{About, Locked, Passphrase, Trouble};
use contract::Failure;
use contract::backups::{BackupProgress, BackupStep, Prepared};
use model::RecordingId;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use store::{Library, Reader};

/// While it is unpacked, and once it stands ready: the library's own name with one of these behind it.
const UNPACKING: &str = "restoring";
pub(super) const READY: &str = "restored";

/// Within a restored library: what it is, and the recordings' files that the backup does not hold.
pub(super) const NOTE: &str = "restored.json";
pub(super) const BRING_ALONG: &str = "restored-recordings.txt";

const AT_A_TIME: u32 = 200;

/// What a file says of itself, and whether it can be restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restorable {
    pub app: String,
    pub made_at_ms: i64,
    pub bytes: u64,
    pub recordings: bool,
    pub needs_passphrase: bool,
    /// Why this program cannot restore it, as a sentence.
    pub trouble: Option<String>,
}

/// What a restored library says of its origin, until that stands in its log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RestoreNote {
    /// The backup's file, with its folder.
    pub(super) file: String,
    pub(super) bytes: u64,
    pub(super) made_at_ms: i64,
    pub(super) recordings: bool,
    pub(super) complaints: Vec<String>,
    /// Where the library before it was put.
    pub(super) aside: Option<String>,
}

impl RestoreNote {
    pub(super) fn of(library: &Path) -> Option<Self> {
        serde_json::from_slice(&std::fs::read(library.join(NOTE)).ok()?).ok()
    }

    /// Whole, or not there: a kill leaves no half of one.
    pub(super) fn write(&self, library: &Path) -> std::io::Result<()> {
        let unfinished = library.join("restored.json.part");
        let mut file = File::create(&unfinished)?;
        file.write_all(&serde_json::to_vec(self)?)?;
        file.sync_all()?;
        std::fs::rename(unfinished, library.join(NOTE))
    }

    pub(super) fn remove(library: &Path) {
        let _ = std::fs::remove_file(library.join(BRING_ALONG));
        let _ = std::fs::remove_file(library.join(NOTE));
    }
}

/// Reads what a backup says of itself.
///
/// # Errors
/// When the file cannot be read.
pub async fn look(file: &Path) -> Result<Restorable, Failure> {
    let file = file.to_owned();
    off_thread(move || {
        let opened = File::open(&file).map_err(|error| failure_of_backup(&Trouble::Unreadable(error)))?;
        let bytes = opened.metadata().map_or(0, |file| file.len());
        Ok(match backup::look(opened) {
            Ok((about, locked)) => Restorable {
                trouble: too_new(&about),
                app: about.app,
                made_at_ms: about.made_at_ms,
                bytes,
                recordings: about.recordings,
                needs_passphrase: locked == Locked::ByPassphrase,
            },
            Err(trouble) => Restorable {
                app: String::new(),
                made_at_ms: 0,
                bytes,
                recordings: false,
                needs_passphrase: false,
                trouble: Some(trouble.to_string()),
            },
        })
    })
    .await?
}

/// Unpacks and checks a backup beside the library, and leaves it ready there.
///
/// # Errors
/// Whatever is amiss with the backup or the disk; nothing is left of it then, and one that stood ready before stays.
pub async fn prepare(
    library: &Path,
    file: &Path,
    passphrase: Option<&str>,
    told: Told,
) -> Result<Prepared, Failure> {
    let (library, file) = (whole(library)?, whole(file)?);
    let (unpacking, ready) = (beside(&library, UNPACKING)?, beside(&library, READY)?);
    let says = look(&file).await?;
    if let Some(trouble) = says.trouble {
        return Err(invalid(trouble));
    }
    let prepared = unpack_and_check(&library, &file, says.bytes, passphrase, &unpacking, &told).await;
    off_thread(move || {
        let note = prepared.inspect_err(|_| {
            let _ = remove_folder(&unpacking);
        })?;
        let put = remove_folder(&ready).and_then(|()| std::fs::rename(&unpacking, &ready));
        put.map_err(|why| {
            let _ = remove_folder(&unpacking);
            invalid(format!("The restored library could not be put beside the library: {why}."))
        })?;
        Ok(shown(note))
    })
    .await?
}

/// What stands ready beside a library.
pub(crate) fn prepared(library: &Path) -> Option<Prepared> {
    RestoreNote::of(&beside(library, READY).ok()?).map(shown)
}

/// Removes what stands ready.
pub(crate) fn forget(library: &Path) -> Result<(), Failure> {
    let ready = beside(library, READY)?;
    remove_folder(&ready).map_err(|why| invalid(format!("The restored library could not be removed: {why}.")))
}

async fn unpack_and_check(
    library: &Path,
    file: &Path,
    bytes: u64,
    passphrase: Option<&str>,
    unpacking: &Path,
    told: &Told,
) -> Result<RestoreNote, Failure> {
    let (from, to, told_unpacked) = (file.to_owned(), unpacking.to_owned(), told.clone());
    let passphrase = passphrase.map(Passphrase::typed);
    let about = off_thread(move || unpack(&from, bytes, passphrase.as_ref(), &to, &told_unpacked)).await??;
    // Opening it brings it up to this program's form, and proves that it can be opened.
    let (writer, reader) = Library::open_writer(unpacking, "a restore").await.map_err(failure_of_store)?;
    let checked = settle(library, unpacking, &about, &reader, &writer.hand(), told).await;
    // After a stop, its last question may still be answered.
    let complaints = checked?;
    reader.close().await;
    writer.close().await.map_err(failure_of_store)?;
    let note = RestoreNote {
        file: file.to_string_lossy().into_owned(),
        bytes,
        made_at_ms: about.made_at_ms,
        recordings: about.recordings,
        complaints,
        aside: None,
    };
    let (written, to) = (note.clone(), unpacking.to_owned());
    off_thread(move || written.write(&to))
        .await?
        .map_err(|error| failure_of_backup(&Trouble::NotWritten(error)))?;
    Ok(note)
}

fn unpack(
    file: &Path,
    bytes: u64,
    passphrase: Option<&Passphrase>,
    to: &Path,
    told: &Told,
) -> Result<About, Failure> {
    remove_folder(to).and_then(|()| store::make_private(to)).map_err(|why| {
        invalid(format!("No folder for the restored library could be made beside the library: {why}."))
    })?;
    check_room(to, bytes, "to unpack the backup")?;
    let mut done_bytes = 0;
    let mut watch = |read: u64| -> ControlFlow<()> {
        done_bytes += read;
        told(BackupProgress { step: BackupStep::Unpacking, done_bytes, of_bytes: bytes.max(done_bytes) })
    };
    let input = File::open(file).map_err(|error| failure_of_backup(&Trouble::Unreadable(error)))?;
    let (about, _) =
        backup::unpack(input, passphrase, to, &mut watch).map_err(|trouble| failure_of_backup(&trouble))?;
    if !to.join(DATABASE).is_file() {
        return Err(invalid("There is no library in this backup."));
    }
    Ok(about)
}

/// Looks through the unpacked library. Pools of other disks whose files came with the backup live within the library from
/// now on; files that did not come are listed, to be brought along from the library of now. Gives what is amiss.
async fn settle(
    library: &Path,
    unpacked: &Path,
    about: &About,
    reader: &Reader,
    hand: &store::Hand,
    told: &Told,
) -> Result<Vec<String>, Failure> {
    let complaints = check(reader, told).await?;
    let pools = reader.pools().await.map_err(failure_of_store)?;
    for pool in pools.iter().filter(|pool| about.recordings && !pool.folder.is_empty()) {
        let place = format!("pools/{}", pool.id);
        let here = unpacked.join(&place);
        if !here.is_dir() {
            continue;
        }
        mark_pool(&here).map_err(|error| failure_of_backup(&Trouble::NotWritten(error)))?;
        let folder = library.join(place).to_string_lossy().into_owned();
        hand.save_pool(&store::Pool { folder, ..pool.clone() }, &[]).await.map_err(failure_of_store)?;
    }
    let own: Vec<i64> = pools.iter().filter(|pool| pool.folder.is_empty()).map(|pool| pool.id).collect();
    list_missing(unpacked, reader, &own).await?;
    Ok(complaints)
}

async fn list_missing(unpacked: &Path, reader: &Reader, own: &[i64]) -> Result<(), Failure> {
    let not_written = |error| failure_of_backup(&Trouble::NotWritten(error));
    let mut list = BufWriter::new(File::create(unpacked.join(BRING_ALONG)).map_err(not_written)?);
    let mut last = RecordingId(0);
    loop {
        let batch = reader.files_after(last, AT_A_TIME).await.map_err(failure_of_store)?;
        let Some(end) = batch.last() else { break };
        last = end.id;
        for file in batch.iter().filter(|files| own.contains(&files.pool)).flat_map(all_of) {
            let file = format!("recordings/{file}");
            if backup::MemberName::parse(&file).is_ok() && !unpacked.join(&file).is_file() {
                writeln!(list, "{file}").map_err(not_written)?;
            }
        }
    }
    let list = list.into_inner().map_err(|error| not_written(error.into_error()))?;
    list.sync_all().map_err(not_written)
}

/// A library of a newer form would be refused after all of it was unpacked.
fn too_new(about: &About) -> Option<String> {
    (about.schema > Library::form()).then(|| {
        format!(
            "This backup was made by a newer CallDoc ({}). Install that version or a later one to restore it.",
            about.app
        )
    })
}

fn shown(note: RestoreNote) -> Prepared {
    let name = PathBuf::from(&note.file).file_name().map(|name| name.to_string_lossy().into_owned());
    Prepared { name: name.unwrap_or_default(), made_at_ms: note.made_at_ms, complaints: note.complaints }
}
