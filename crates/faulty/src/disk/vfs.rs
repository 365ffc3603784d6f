//! The virtual file system: each file of the system's own, with a turn of the state before what may fail.

use super::unsynced::SECTOR_BYTES;
use super::{Effect, Operation, with};
use libsqlite3_sys::{
    SQLITE_CANTOPEN, SQLITE_FULL, SQLITE_IOERR, SQLITE_IOERR_FSYNC, SQLITE_IOERR_READ, SQLITE_IOERR_TRUNCATE,
    SQLITE_IOERR_WRITE, SQLITE_OK, sqlite3_file, sqlite3_int64, sqlite3_io_methods, sqlite3_vfs,
    sqlite3_vfs_find, sqlite3_vfs_register,
};
use std::ffi::{CStr, OsStr, c_char, c_int, c_void};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::ptr::{null, null_mut};
use std::sync::Once;

/// What SQLite allocates for an open file: this, and the system's own right behind it.
#[repr(C)]
struct File {
    base: sqlite3_file,
    /// From `Box`; null for a nameless temporary file, which no power cut concerns.
    path: *mut PathBuf,
}

/// Makes the failing disk the default one of this process; nothing fails before it is armed. Says whether it could.
pub fn install() -> bool {
    static ONCE: Once = Once::new();
    let mut installed = true;
    ONCE.call_once(|| {
        // SAFETY: null asks for the default file system, which SQLite has as soon as it is linked; it is never freed.
        let system = unsafe { sqlite3_vfs_find(null()) };
        if system.is_null() {
            installed = false;
            return;
        }
        // SAFETY: `system` points to a whole structure; the functions of the unix file system that are taken over as they
        // are do not look at the structure they are called with, and those that do are replaced below.
        let mut ours = unsafe { *system };
        ours.iVersion = ours.iVersion.min(2);
        ours.szOsFile += size_of::<File>() as c_int;
        ours.zName = c"faulty".as_ptr();
        ours.pNext = null_mut();
        ours.pAppData = system.cast();
        ours.xOpen = Some(open);
        ours.xDelete = Some(delete);
        // SAFETY: the structure is leaked, as SQLite wants it to live on.
        installed = unsafe { sqlite3_vfs_register(Box::leak(Box::new(ours)), 1) } == SQLITE_OK;
    });
    installed
}

static METHODS: sqlite3_io_methods = sqlite3_io_methods {
    // Without memory-mapped reading, which would go past us.
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

/// The system's own file behind ours.
///
/// # Safety
/// `file` is one that [`open`] was given.
unsafe fn own(file: *mut sqlite3_file) -> *mut sqlite3_file {
    // SAFETY: SQLite allocated `szOsFile` bytes, ours and the system's behind them; the size of ours is a multiple of 8.
    unsafe { file.cast::<u8>().add(size_of::<File>()).cast() }
}

/// Calls a function of the system's own file.
macro_rules! own {
    ($file:ident, $method:ident $(, $argument:expr)*) => {{
        // SAFETY: SQLite calls these functions with files that `open` has opened, whose own file has methods then; the
        // arguments are handed on as they came.
        unsafe {
            let own = own($file);
            match (*(*own).pMethods).$method {
                Some(method) => method(own $(, $argument)*),
                None => Default::default(),
            }
        }
    }};
}

unsafe extern "C" fn open(
    vfs: *mut sqlite3_vfs,
    name: *const c_char,
    file: *mut sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    // SAFETY: SQLite hands over room for a file; a null in place of its methods says that it is not open.
    unsafe { (*file).pMethods = null() };
    if turn(Operation::Open).is_some() {
        return SQLITE_CANTOPEN;
    }
    // SAFETY: `pAppData` is the system's file system, as `install` has put it there.
    let answer = unsafe {
        let system: *mut sqlite3_vfs = (*vfs).pAppData.cast();
        match (*system).xOpen {
            Some(open) => open(system, name, own(file), flags, out_flags),
            None => return SQLITE_CANTOPEN,
        }
    };
    // SAFETY: as above; the name, where there is one, ends with a null and lives as long as the file.
    unsafe {
        if answer == SQLITE_OK && !(*own(file)).pMethods.is_null() {
            let path =
                (!name.is_null()).then(|| PathBuf::from(OsStr::from_bytes(CStr::from_ptr(name).to_bytes())));
            (*file.cast::<File>()).path = path.map_or(null_mut(), |path| Box::into_raw(Box::new(path)));
            (*file).pMethods = &raw const METHODS;
        }
    }
    answer
}

unsafe extern "C" fn delete(vfs: *mut sqlite3_vfs, name: *const c_char, sync_dir: c_int) -> c_int {
    // SAFETY: the name ends with a null.
    let path = Path::new(OsStr::from_bytes(unsafe { CStr::from_ptr(name) }.to_bytes()));
    with(|state| state.unsynced.synced(path));
    // SAFETY: as in `open`.
    unsafe {
        let system: *mut sqlite3_vfs = (*vfs).pAppData.cast();
        match (*system).xDelete {
            Some(delete) => delete(system, name, sync_dir),
            None => SQLITE_IOERR,
        }
    }
}

unsafe extern "C" fn close(file: *mut sqlite3_file) -> c_int {
    // SAFETY: the path was made by `Box`, or is null; SQLite closes a file once.
    unsafe {
        let path = (*file.cast::<File>()).path;
        if !path.is_null() {
            drop(Box::from_raw(path));
        }
    }
    own!(file, xClose)
}

unsafe extern "C" fn read(
    file: *mut sqlite3_file,
    to: *mut c_void,
    bytes: c_int,
    at: sqlite3_int64,
) -> c_int {
    match turn(Operation::Read) {
        Some(_) => SQLITE_IOERR_READ,
        None => own!(file, xRead, to, bytes, at),
    }
}

unsafe extern "C" fn write(
    file: *mut sqlite3_file,
    from: *const c_void,
    bytes: c_int,
    at: sqlite3_int64,
) -> c_int {
    // In one go, so that no other thread's sync comes between.
    with(|state| {
        let effect = state.turn(Operation::Write);
        match effect {
            Some(Effect::Error) => return SQLITE_IOERR_WRITE,
            Some(Effect::Full) => return SQLITE_FULL,
            Some(Effect::PowerCut) | None => {}
        }
        let (first, end) = (at.unsigned_abs(), at.unsigned_abs() + u64::from(bytes.unsigned_abs()));
        remember(state, file, first..end);
        let answer = own!(file, xWrite, from, bytes, at);
        match effect {
            // In the middle of this write: the disk keeps what it keeps of it.
            Some(Effect::PowerCut) => state.cut_power(),
            Some(Effect::Error | Effect::Full) | None => answer,
        }
    })
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, size: sqlite3_int64) -> c_int {
    with(|state| match state.turn(Operation::Truncate) {
        Some(Effect::Error | Effect::Full) => SQLITE_IOERR_TRUNCATE,
        Some(Effect::PowerCut) => state.cut_power(),
        None => {
            let end = size_of_own(file);
            remember(state, file, size.unsigned_abs()..end.max(size.unsigned_abs()));
            own!(file, xTruncate, size)
        }
    })
}

unsafe extern "C" fn sync(file: *mut sqlite3_file, flags: c_int) -> c_int {
    with(|state| match state.turn(Operation::Sync) {
        Some(Effect::Error | Effect::Full) => SQLITE_IOERR_FSYNC,
        Some(Effect::PowerCut) => state.cut_power(),
        None => {
            let answer = own!(file, xSync, flags);
            // SAFETY: the path is ours, or null.
            if let Some(path) = unsafe { (*file.cast::<File>()).path.as_ref() }
                && answer == SQLITE_OK
            {
                state.unsynced.synced(path);
            }
            answer
        }
    })
}

/// The state of bytes that are about to change.
fn remember(state: &mut super::State, file: *mut sqlite3_file, bytes: std::ops::Range<u64>) {
    // SAFETY: the path is ours, or null.
    let Some(path) = (unsafe { (*file.cast::<File>()).path.as_ref() }) else { return };
    let size = size_of_own(file);
    let sectors = bytes.start / SECTOR_BYTES..bytes.end.div_ceil(SECTOR_BYTES);
    state.unsynced.will_change(path, size, sectors, |sector| {
        let at = sector * SECTOR_BYTES;
        let mut before = vec![0_u8; SECTOR_BYTES.min(size.saturating_sub(at)) as usize];
        if !before.is_empty() {
            // What cannot be read was nothing that could be lost.
            let _: c_int =
                own!(file, xRead, before.as_mut_ptr().cast(), before.len() as c_int, at as sqlite3_int64);
        }
        before
    });
}

fn size_of_own(file: *mut sqlite3_file) -> u64 {
    let mut size: sqlite3_int64 = 0;
    let _: c_int = own!(file, xFileSize, &raw mut size);
    size.unsigned_abs()
}

/// For what does not change a file.
fn turn(operation: Operation) -> Option<Effect> {
    with(|state| match state.turn(operation) {
        Some(Effect::PowerCut) => state.cut_power(),
        effect @ (Some(Effect::Error | Effect::Full) | None) => effect,
    })
}

unsafe extern "C" fn file_size(file: *mut sqlite3_file, size: *mut sqlite3_int64) -> c_int {
    own!(file, xFileSize, size)
}

unsafe extern "C" fn lock(file: *mut sqlite3_file, level: c_int) -> c_int {
    own!(file, xLock, level)
}

unsafe extern "C" fn unlock(file: *mut sqlite3_file, level: c_int) -> c_int {
    own!(file, xUnlock, level)
}

unsafe extern "C" fn check_reserved_lock(file: *mut sqlite3_file, out: *mut c_int) -> c_int {
    own!(file, xCheckReservedLock, out)
}

unsafe extern "C" fn file_control(file: *mut sqlite3_file, what: c_int, argument: *mut c_void) -> c_int {
    own!(file, xFileControl, what, argument)
}

unsafe extern "C" fn sector_size(file: *mut sqlite3_file) -> c_int {
    own!(file, xSectorSize)
}

unsafe extern "C" fn device_characteristics(file: *mut sqlite3_file) -> c_int {
    own!(file, xDeviceCharacteristics)
}

unsafe extern "C" fn shm_map(
    file: *mut sqlite3_file,
    page: c_int,
    page_bytes: c_int,
    extend: c_int,
    out: *mut *mut c_void,
) -> c_int {
    own!(file, xShmMap, page, page_bytes, extend, out)
}

unsafe extern "C" fn shm_lock(file: *mut sqlite3_file, offset: c_int, count: c_int, flags: c_int) -> c_int {
    own!(file, xShmLock, offset, count, flags)
}

unsafe extern "C" fn shm_barrier(file: *mut sqlite3_file) {
    own!(file, xShmBarrier);
}

unsafe extern "C" fn shm_unmap(file: *mut sqlite3_file, delete: c_int) -> c_int {
    own!(file, xShmUnmap, delete)
}
