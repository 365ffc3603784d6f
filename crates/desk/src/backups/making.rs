//! Makes a backup: the database is copied as of one moment, everything is written into one file, and that is read back
//! before it gets its name.

use super::places::{check_folder, check_room, free_place, scratch, unfinished};
use super::preferences::PREFERENCES;
use super::{DATABASE, Going, Told, failure_of_backup, places};
use crate::desk::Desk;
use crate::happening::Happening;
use crate::keeping::files::{all_of, is_marked};
use crate::keeping::off_thread;
use crate::look::Look;
use crate::trouble::{failure_of_store, invalid};
use backup::{About, BackupWriter, Coding, MemberName, Passphrase, Trouble, verify};
use contract::Failure;
use contract::backups::{BackupProgress, BackupStep};
use model::{At, RecordingId};
use std::fs::File;
use std::io::{BufWriter, ErrorKind};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use store::{BackupState, BackupWhy, Library, Pool, Reader};
use tokio::sync::mpsc;

/// Recordings whose files are looked up at once.
const AT_A_TIME: u32 = 200;

/// How much the database shrinks at least when it is packed, as seen; for the room that is asked for.
const SHRINKS_TO: u64 = 2;

/// Where the backups before updates lie, within the library's folder.
const BEFORE_UPDATES: &str = "before-updates";

/// Of those that are kept.
const BEFORE_UPDATES_KEPT: usize = 3;

/// What is to be backed up, and where to.
pub(crate) struct Order {
    pub(crate) why: BackupWhy,
    pub(crate) due_at: Option<At>,
    pub(crate) folder: PathBuf,
    /// What its name begins with.
    pub(crate) what: String,
    pub(crate) recordings: bool,
    pub(crate) passphrase: Option<Passphrase>,
    pub(crate) care: Care,
}

/// How much is looked at beside the backup itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Care {
    /// The copy of the database is checked as `check` does.
    Thorough,
    Quick,
}

/// A backup that was read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    pub file: PathBuf,
    pub bytes: u64,
    /// Files of recordings that are in it.
    pub recording_files: u64,
    /// Files of recordings that are not there any more, or whose disk is away.
    pub missing_files: u64,
    /// What is amiss with the library, sentence by sentence.
    pub complaints: Vec<String>,
}

/// Everything that a backup is made of.
struct Source<'a> {
    reader: &'a Reader,
    library: &'a Path,
    preferences: Option<PathBuf>,
    begun_at: At,
}

impl Desk {
    /// Makes one and notes what became of it.
    pub(crate) async fn make_backup(&self, order: Order, going: Going) -> Result<store::Backup, Failure> {
        let begun_at = self.clock().now();
        let mut line = store::Backup {
            id: 0,
            begun_at,
            due_at: order.due_at,
            why: order.why,
            state: BackupState::Begun,
            file: String::new(),
            bytes: 0,
            recordings: order.recordings,
            sealed: order.passphrase.is_some(),
            says: String::new(),
        };
        let made = self.make_noted(&order, &mut line, going.told()).await;
        match &made {
            Ok(made) => {
                line.state = BackupState::Good;
                line.bytes = made.bytes;
                line.says = words(made, order.recordings);
            }
            Err(failure) => {
                line.state = BackupState::Failed;
                line.file.clear();
                line.says.clone_from(&failure.message);
            }
        }
        line.id = self.hand().note_backup(&line).await.map_err(failure_of_store)?;
        // Listeners are told of its end, and find it noted.
        drop(going);
        made.map(|_| line)
    }

    async fn make_noted(&self, order: &Order, line: &mut store::Backup, told: Told) -> Result<Made, Failure> {
        let library = self.library().folder.clone();
        let pools = self.reader().pools().await.map_err(failure_of_store)?;
        let mut backed_up: Vec<PathBuf> = pools.iter().map(|pool| self.library().folder_of(pool)).collect();
        if order.why != BackupWhy::Update {
            backed_up.push(library.clone());
        }
        let (folder, what) = (order.folder.clone(), order.what.clone());
        let (zone, at) = (self.office_zone(), line.begun_at);
        let place = off_thread(move || {
            let folder = check_folder(&folder, &backed_up)?;
            free_place(&folder, &what, &zone, at)
        })
        .await??;
        line.file = place.to_string_lossy().into_owned();
        line.id = self.hand().note_backup(line).await.map_err(failure_of_store)?;
        self.happen(Happening::Backups);
        // What was shown is in the tables, and so in the copy.
        self.settle().await?;
        let source = Source {
            reader: self.reader(),
            library: &library,
            preferences: self.backups().preferences.get().cloned(),
            begun_at: line.begun_at,
        };
        make(&source, order, &place, told).await
    }

    pub(super) async fn make_before(&self, reason: &str) -> Result<PathBuf, Failure> {
        let folder = self.library().folder.join(BEFORE_UPDATES);
        let made = folder.clone();
        off_thread(move || std::fs::create_dir_all(made))
            .await?
            .map_err(|why| invalid(format!("The library could not be backed up first: {why}.")))?;
        let order = Order {
            why: BackupWhy::Update,
            due_at: None,
            folder,
            what: format!("CallDoc before {reason}"),
            recordings: false,
            passphrase: None,
            care: Care::Quick,
        };
        let going = self.begin_backup(BackupStep::Copying)?;
        let line = self.make_backup(order, going).await?;
        self.keep_newest(BackupWhy::Update, BEFORE_UPDATES_KEPT).await?;
        Ok(PathBuf::from(line.file))
    }
}

impl Look {
    /// Backs a library up, into a file that is not there yet, also while somebody else writes it. The library's own log
    /// does not know of it.
    ///
    /// # Errors
    /// Why it could not be made; nothing is left of it.
    pub async fn back_up(
        &self,
        library: &Path,
        file: &Path,
        contents: Contents,
        passphrase: Option<&str>,
        told: Told,
    ) -> Result<Made, Failure> {
        let file = places::whole(file)?;
        if file.exists() {
            return Err(invalid(
                "There is a file of this name already. Nothing is written over: choose another one.",
            ));
        }
        let source =
            Source { reader: self.reader(), library, preferences: None, begun_at: self.clock().now() };
        let passphrase = passphrase.map(Passphrase::new).transpose();
        let order = Order {
            why: BackupWhy::ByHand,
            due_at: None,
            folder: PathBuf::new(),
            what: String::new(),
            recordings: contents == Contents::WithRecordings,
            passphrase: passphrase.map_err(|trouble| failure_of_backup(&trouble))?,
            care: Care::Thorough,
        };
        make(&source, &order, &file, told).await
    }
}

/// What goes into a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contents {
    Database,
    WithRecordings,
}

async fn make(source: &Source<'_>, order: &Order, place: &Path, told: Told) -> Result<Made, Failure> {
    let counts = source.reader.database_bytes().await.map_err(failure_of_store)?;
    let pools = source.reader.pools().await.map_err(failure_of_store)?;
    let mut sound_bytes = 0;
    for pool in pools.iter().filter(|_| order.recordings) {
        sound_bytes += source.reader.pool_use(pool.id).await.map_err(failure_of_store)?.bytes;
    }
    let (library, folder) = (source.library.to_owned(), place.parent().unwrap_or(Path::new(".")).to_owned());
    let scratch = off_thread(move || {
        check_room(&library, counts, "for the copy that a backup is made of")?;
        check_room(&folder, sound_bytes + counts / SHRINKS_TO, "for the backup")?;
        scratch(&library).map_err(|why| invalid(format!("The library's folder cannot be written to: {why}.")))
    })
    .await??;
    let made = make_from(source, order, place, told, &scratch, pools, (counts, sound_bytes)).await;
    let (part, is_made) = (unfinished(place), made.is_ok());
    off_thread(move || {
        let _ = places::remove_folder(&scratch);
        if !is_made {
            let _ = std::fs::remove_file(part);
        }
    })
    .await?;
    made
}

async fn make_from(
    source: &Source<'_>,
    order: &Order,
    place: &Path,
    told: Told,
    scratch: &Path,
    pools: Vec<Pool>,
    (database_bytes, sound_bytes): (u64, u64),
) -> Result<Made, Failure> {
    let copy = scratch.join(DATABASE);
    copy_database(source.reader, &copy, database_bytes, &told).await?;
    let copied = Library::open_reader(scratch).await.map_err(failure_of_store)?;
    let complaints = match order.care {
        Care::Thorough => copied.integrity_check().await.map_err(failure_of_store)?,
        Care::Quick => Vec::new(),
    };
    let about = About {
        app: env!("CARGO_PKG_VERSION").to_owned(),
        schema: Library::form(),
        made_at_ms: source.begun_at.0,
        recordings: order.recordings,
    };
    let (files, to_write) = mpsc::channel(8);
    let part = unfinished(place);
    let of_bytes = database_bytes + sound_bytes;
    let writing = Writing {
        part: part.clone(),
        about,
        passphrase: order.passphrase.clone(),
        copy,
        preferences: source.preferences.clone(),
        of_bytes,
        told: told.clone(),
    };
    let written = off_thread(move || writing.write(to_write));
    let fed = feed(&copied, order.recordings, source.library, &pools, files);
    let (written, fed) = tokio::join!(written, fed);
    copied.close().await;
    let mut made = written?.map_err(|trouble| failure_of_backup(&trouble))?;
    made.missing_files += fed?;
    made.complaints = complaints;
    let (passphrase, to) = (order.passphrase.clone(), place.to_owned());
    off_thread(move || {
        read_back(&part, passphrase.as_ref(), of_bytes, &told)
            .map_err(|trouble| failure_of_backup(&trouble))?;
        recordings::place::place(&part, &to)
            .map_err(|why| invalid(format!("The backup could not be given its name: {why}.")))
    })
    .await??;
    Ok(Made { file: place.to_owned(), ..made })
}

async fn copy_database(reader: &Reader, copy: &Path, of_bytes: u64, told: &Told) -> Result<(), Failure> {
    let (watched, told) = (copy.to_owned(), told.clone());
    let goes_on = move || {
        let done_bytes = std::fs::metadata(&watched).map_or(0, |file| file.len());
        told(BackupProgress { step: BackupStep::Copying, done_bytes, of_bytes }).is_continue()
    };
    match reader.copy_into(copy, goes_on).await {
        Err(store::StoreError::Stopped) => Err(failure_of_backup(&Trouble::Stopped)),
        other => other.map_err(failure_of_store),
    }
}

/// Names the files of recordings, as the copy of the database knows them. Gives how many have no place of their own.
async fn feed(
    copied: &Reader,
    wanted: bool,
    library: &Path,
    pools: &[Pool],
    files: mpsc::Sender<(MemberName, PathBuf)>,
) -> Result<u64, Failure> {
    let mut missing = 0;
    let mut last = RecordingId(0);
    while wanted {
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

struct Writing {
    part: PathBuf,
    about: About,
    passphrase: Option<Passphrase>,
    copy: PathBuf,
    preferences: Option<PathBuf>,
    of_bytes: u64,
    told: Told,
}

impl Writing {
    fn write(self, mut files: mpsc::Receiver<(MemberName, PathBuf)>) -> Result<Made, Trouble> {
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

fn read_back(
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

/// What the log says of a good one.
fn words(made: &Made, recordings: bool) -> String {
    let mut says = "Written and read back.".to_owned();
    if recordings && made.missing_files > 0 {
        let files = match made.missing_files {
            1 => "1 file of a recording was not where it belongs, and is".to_owned(),
            many => format!("{many} files of recordings were not where they belong, and are"),
        };
        says.push_str(&format!(" {files} not in it: see Settings, Recordings, Verification."));
    }
    if let Some(first) = made.complaints.first() {
        says.push_str(&format!(" The library itself is damaged, and the backup holds it as it is: {first}"));
    }
    says
}
