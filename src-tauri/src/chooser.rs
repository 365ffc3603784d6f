//! The system's own windows in which a person chooses files and folders. The page never names a place on the disk to
//! read from or write to: it asks, and the person answers here.

use crate::automation;
use crate::spoken::say;
use std::path::PathBuf;
use tauri::{AppHandle, Wry};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};
use tokio::sync::oneshot;

/// What a driven window is told to have chosen: nobody is there to choose, and WebKit's driver sees no system windows.
const CHOSEN: &str = "CALLDOC_CHOSEN";

/// Endings of the files that can be read.
const AUDIO: &[&str] = &["wav", "opus", "ogg", "oga", "mp3", "flac"];

/// Ending of backups.
const BACKUPS: &[&str] = &["calldoc-backup"];

pub(crate) struct Chooser<'a>(&'a AppHandle);

impl<'a> Chooser<'a> {
    pub(crate) fn of(app: &'a AppHandle) -> Self {
        Self(app)
    }

    /// `None`: the person changed their mind.
    pub(crate) async fn folder(&self, title: &str) -> Option<PathBuf> {
        if automation::is_driven() {
            return std::env::var_os(CHOSEN).map(PathBuf::from);
        }
        let (tell, told) = oneshot::channel();
        self.dialog(title).pick_folder(move |chosen| {
            // Nobody waits any more when the window was closed meanwhile.
            let _ = tell.send(chosen);
        });
        told.await.ok().flatten().and_then(path)
    }

    /// Empty: the person changed their mind.
    pub(crate) async fn recordings(&self, title: &str) -> Vec<PathBuf> {
        if automation::is_driven() {
            return std::env::var_os(CHOSEN).map(PathBuf::from).into_iter().collect();
        }
        let (tell, told) = oneshot::channel();
        self.dialog(title).add_filter(say("Recordings"), AUDIO).pick_files(move |chosen| {
            let _ = tell.send(chosen);
        });
        told.await.ok().flatten().unwrap_or_default().into_iter().filter_map(path).collect()
    }

    /// `None`: the person changed their mind.
    pub(crate) async fn backup(&self, title: &str) -> Option<PathBuf> {
        if automation::is_driven() {
            return std::env::var_os(CHOSEN).map(PathBuf::from);
        }
        let (tell, told) = oneshot::channel();
        self.dialog(title).add_filter(say("Backups of CallDoc"), BACKUPS).pick_file(move |chosen| {
            let _ = tell.send(chosen);
        });
        told.await.ok().flatten().and_then(path)
    }

    /// Where a new file goes; `name` is offered. `None`: the person changed their mind.
    pub(crate) async fn new_file(&self, title: &str, name: &str) -> Option<PathBuf> {
        if automation::is_driven() {
            return std::env::var_os(CHOSEN).map(|folder| PathBuf::from(folder).join(name));
        }
        let (tell, told) = oneshot::channel();
        self.dialog(title).set_file_name(name).save_file(move |chosen| {
            let _ = tell.send(chosen);
        });
        told.await.ok().flatten().and_then(path)
    }

    fn dialog(&self, title: &str) -> FileDialogBuilder<Wry> {
        let dialog = self.0.dialog().file().set_title(title);
        match desk::places::documents() {
            Some(folder) => dialog.set_directory(folder),
            None => dialog,
        }
    }
}

fn path(chosen: FilePath) -> Option<PathBuf> {
    chosen.into_path().ok()
}
