//! Makes a backup: the database is copied as of one moment, everything is written into one file, and that is read back
//! before it gets its name.

use super::places::{Scratch, check_folder, check_room, free_place, unfinished};
use super::writing::{Writing, feed, read_back};
use super::{DATABASE, Going, Told, failure_of_backup, places};
use crate::desk::Desk;
use crate::happening::Happening;
use crate::keeping::{Deed, off_thread};
use crate::look::Look;
use crate::trouble::{failure_of_store, invalid};
use backup::{About, Passphrase, Trouble};
use contract::Failure;
use contract::backups::{BackupProgress, BackupStep};
use model::At;
use std::path::{Path, PathBuf};
use std::time::Duration;
use store::{BackupState, BackupWhy, Library, Pool, Reader};
use tokio::sync::mpsc;

/// How much the database shrinks at least when it is packed, as seen; for the room that is asked for.
const SHRINKS_TO: u64 = 2;

/// Where the backups before updates lie, within the library's folder.
pub(super) const BEFORE_UPDATES: &str = "before-updates";

/// A press of the button is answered within this.
const ASKED_EVERY: Duration = Duration::from_millis(200);

/// Of those that are kept.
const BEFORE_UPDATES_KEPT: usize = 3;

/// What is to be backed up, and where to.
pub(crate) struct Order {
    pub(crate) why: BackupWhy,
    pub(crate) due_at: Option<At>,
    pub(crate) place: Place,
    pub(crate) recordings: bool,
    pub(crate) passphrase: Option<Passphrase>,
    pub(crate) care: Care,
}

/// Where a backup goes.
pub(crate) enum Place {
    /// Under a name of its own, which begins so.
    Within { folder: PathBuf, what: String },
    /// A file that is not there yet.
    Named(PathBuf),
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
        let told = going.told();
        self.make_told(order, going, told).await.map(|(line, _)| line)
    }

    async fn make_told(
        &self,
        order: Order,
        going: Going,
        told: Told,
    ) -> Result<(store::Backup, Made), Failure> {
        let mut line = store::Backup {
            id: 0,
            begun_at: self.clock().now(),
            due_at: order.due_at,
            why: order.why,
            state: BackupState::Begun,
            file: String::new(),
            bytes: 0,
            recordings: order.recordings,
            sealed: order.passphrase.is_some(),
            says: String::new(),
        };
        let made = self.make_noted(&order, &mut line, told).await;
        match &made {
            Ok(made) => {
                line.state = BackupState::Good;
                line.bytes = made.bytes;
                line.says = words(made, order.recordings);
            }
            // Who stopped it knows.
            Err(_) if order.why == BackupWhy::ByHand && going.is_stopped() && line.id != 0 => {
                self.hand().forget_backup(line.id).await.map_err(failure_of_store)?;
                return made.map(|made| (line, made));
            }
            Err(failure) => {
                line.state = BackupState::Failed;
                line.file.clear();
                line.says.clone_from(&failure.message);
            }
        }
        let noted = self.hand().note_backup(&line).await.map_err(failure_of_store);
        // What was in the way of the backup is told first: it may be what keeps its line from being written too.
        let made = made?;
        line.id = noted?;
        self.note_backup_folders().await;
        if line.recordings {
            let deed = Deed::BackedUp { file: line.file.clone(), encrypted: line.sealed };
            self.note_deed(None, &deed).await?;
        }
        // Listeners are told of its end, and find it noted.
        drop(going);
        Ok((line, made))
    }

    async fn make_noted(&self, order: &Order, line: &mut store::Backup, told: Told) -> Result<Made, Failure> {
        let library = self.library().folder.clone();
        let place = self.place_for(order, line.begun_at).await?;
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

    async fn place_for(&self, order: &Order, at: At) -> Result<PathBuf, Failure> {
        let (folder, what) = match &order.place {
            Place::Named(file) => return free_file(file),
            Place::Within { folder, what } => (folder.clone(), what.clone()),
        };
        let pools = self.reader().pools().await.map_err(failure_of_store)?;
        let mut backed_up: Vec<PathBuf> = pools.iter().map(|pool| self.library().folder_of(pool)).collect();
        if order.why != BackupWhy::Update {
            backed_up.push(self.library().folder.clone());
        }
        let zone = self.office_zone();
        off_thread(move || {
            let folder = check_folder(&folder, &backed_up)?;
            free_place(&folder, &what, &zone, at)
        })
        .await?
    }

    /// Backs up into a file that is not there yet, waits for its end, and notes it.
    ///
    /// # Errors
    /// Why it could not be made; nothing is left of it.
    pub async fn back_up(
        &self,
        file: &Path,
        contents: Contents,
        passphrase: Option<&str>,
        told: Told,
    ) -> Result<Made, Failure> {
        let order = by_hand(file, contents, passphrase)?;
        let going = self.begin_backup(BackupStep::Copying)?;
        self.make_told(order, going, told).await.map(|(_, made)| made)
    }

    pub(super) async fn make_before(&self, reason: &str) -> Result<PathBuf, Failure> {
        let folder = self.library().folder.join(BEFORE_UPDATES);
        let made = folder.clone();
        off_thread(move || std::fs::create_dir_all(made))
            .await?
            .map_err(|why| invalid(format!("The library could not be backed up first: {why}.")))
            .map_err(|failure| places::told_if_full(failure, &self.library().folder))?;
        let order = Order {
            why: BackupWhy::Update,
            due_at: None,
            place: Place::Within { folder, what: format!("CallDoc before {reason}") },
            recordings: false,
            passphrase: None,
            care: Care::Quick,
        };
        let going = self.begin_backup(BackupStep::Copying)?;
        let made = self.make_backup(order, going).await;
        let line = made.map_err(|failure| places::told_if_full(failure, &self.library().folder))?;
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
        let order = by_hand(file, contents, passphrase)?;
        let file = free_file(file)?;
        let source =
            Source { reader: self.reader(), library, preferences: None, begun_at: self.clock().now() };
        make(&source, &order, &file, told).await
    }
}

/// What goes into a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contents {
    Database,
    WithRecordings,
}

fn by_hand(file: &Path, contents: Contents, passphrase: Option<&str>) -> Result<Order, Failure> {
    let passphrase = passphrase.map(Passphrase::new).transpose();
    Ok(Order {
        why: BackupWhy::ByHand,
        due_at: None,
        place: Place::Named(file.to_owned()),
        recordings: contents == Contents::WithRecordings,
        passphrase: passphrase.map_err(|trouble| failure_of_backup(&trouble))?,
        care: Care::Thorough,
    })
}

fn free_file(file: &Path) -> Result<PathBuf, Failure> {
    let file = places::whole(file)?;
    if file.exists() {
        return Err(invalid(
            "There is a file of this name already. Nothing is written over: choose another one.",
        ));
    }
    Ok(file)
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
        Scratch::within(&library)
            .map_err(|why| invalid(format!("The library's folder cannot be written to: {why}.")))
    })
    .await??;
    let made = make_from(source, order, place, told, scratch.folder(), pools, (counts, sound_bytes)).await;
    let (part, is_made) = (unfinished(place), made.is_ok());
    off_thread(move || {
        scratch.remove();
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
        Care::Thorough => check(&copied, &told).await?,
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

/// Looks through a library that nobody else uses. It is asked whether to go on meanwhile.
pub(super) async fn check(reader: &Reader, told: &Told) -> Result<Vec<String>, Failure> {
    let stopped = async {
        let checking = BackupProgress { step: BackupStep::Checking, done_bytes: 0, of_bytes: 0 };
        while told(checking).is_continue() {
            tokio::time::sleep(ASKED_EVERY).await;
        }
    };
    tokio::select! {
        biased;
        () = stopped => Err(failure_of_backup(&Trouble::Stopped)),
        found = reader.integrity_check() => found.map_err(failure_of_store),
    }
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
