//! A connection to a database past the product: to hold its lock, to see which pages a table has, to make a library of an
//! older form.

use libsqlite3_sys::{
    SQLITE_OK, SQLITE_OPEN_CREATE, SQLITE_OPEN_READWRITE, sqlite3, sqlite3_close, sqlite3_errmsg,
    sqlite3_exec, sqlite3_open_v2,
};
use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::ptr::{null, null_mut};

/// Used by one thread at a time.
#[derive(Debug)]
pub struct Connection(*mut sqlite3);

// SAFETY: SQLite is built thread-safe; a connection may go to another thread.
unsafe impl Send for Connection {}

impl Connection {
    /// Opens a database, and makes it where there is none. What goes wrong is told in SQLite's words.
    pub fn open(file: &Path) -> Result<Self, String> {
        let name = CString::new(file.as_os_str().as_bytes()).map_err(|error| error.to_string())?;
        let mut connection = null_mut();
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
        // SAFETY: the name ends with a null and lives over the call; the connection is kept even when it could not be
        // opened, as SQLite asks, and closed by `drop`.
        let answer = unsafe { sqlite3_open_v2(name.as_ptr(), &raw mut connection, flags, null()) };
        let opened = Self(connection);
        if answer == SQLITE_OK { Ok(opened) } else { Err(opened.trouble()) }
    }

    /// Runs statements, and gives the rows of all of them as text (NULL as nothing).
    pub fn run(&self, statements: &str) -> Result<Vec<Vec<String>>, String> {
        let statements = CString::new(statements).map_err(|error| error.to_string())?;
        let mut rows: Vec<Vec<String>> = Vec::new();
        // SAFETY: the statements end with a null; `take` is given what stands here, while it stands.
        let answer = unsafe {
            sqlite3_exec(self.0, statements.as_ptr(), Some(take), (&raw mut rows).cast(), null_mut())
        };
        if answer == SQLITE_OK { Ok(rows) } else { Err(self.trouble()) }
    }

    fn trouble(&self) -> String {
        // SAFETY: a text that lives until the next call on this connection, and is copied here; null is told as well.
        unsafe { CStr::from_ptr(sqlite3_errmsg(self.0)) }.to_string_lossy().into_owned()
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        // SAFETY: opened once and closed once; no statement outlives `run`.
        unsafe { sqlite3_close(self.0) };
    }
}

unsafe extern "C" fn take(
    rows: *mut c_void,
    count: c_int,
    values: *mut *mut c_char,
    _names: *mut *mut c_char,
) -> c_int {
    let columns = 0..count.unsigned_abs() as usize;
    // SAFETY: `run` handed over its rows; SQLite gives `count` pointers to texts, null for NULL.
    unsafe {
        let row = columns.map(|column| {
            let value = *values.add(column);
            if value.is_null() { String::new() } else { CStr::from_ptr(value).to_string_lossy().into_owned() }
        });
        (*rows.cast::<Vec<Vec<String>>>()).push(row.collect());
    }
    0
}

#[cfg(test)]
mod tests {
    use super::Connection;

    #[test]
    fn rows_come_as_text_and_errors_in_words() {
        let folder = tempfile::tempdir().expect("a folder");
        let connection = Connection::open(&folder.path().join("a.sqlite3")).expect("made");
        connection.run("CREATE TABLE t (a, b); INSERT INTO t VALUES (1, NULL), ('x', 2)").expect("written");
        let rows = connection.run("SELECT * FROM t").expect("read");
        assert_eq!(rows, [["1", ""], ["x", "2"]], "all of them");
        let error = connection.run("SELECT * FROM nowhere").expect_err("refused");
        assert!(error.contains("nowhere"), "{error}");
    }
}
