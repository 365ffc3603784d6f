//! A library to open a window over, made by the command line.

use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;

/// With one call and, beside it, a backup of it. `began` is the call's as SMDR writes it, `2026/11/20 10:42:18`. Gives the
/// database; the library's folder and the backup are below `folder`.
pub fn library_with_a_backup(app: &Path, folder: &Path, began: &str) -> Result<PathBuf> {
    let (library, log, backups) = (folder.join("library"), folder.join("smdr.csv"), folder.join("backups"));
    let row = format!(
        "{began},00:02:00,5,0301234567,I,204,204,,0,1000014155,0,E204,Ann Keller,T9001,Line 1.1,0,0\r\n"
    );
    std::fs::create_dir_all(&backups)?;
    std::fs::write(&log, row)?;
    let backup = backups.join("office.calldoc-backup");
    for words in [&["import", "smdr"][..], &["backup"]] {
        let what = if words.len() == 2 { &log } else { &backup };
        let mut told = Command::new(app.with_file_name("calldoc-cli"));
        told.arg("--library").arg(&library).args(words).arg(what);
        let done = told.output().context("the command line is not beside the app")?;
        let said = String::from_utf8_lossy(&done.stderr);
        ensure!(done.status.success(), "calldoc-cli {words:?} failed: {said}");
    }
    Ok(library.join("library.sqlite3"))
}
