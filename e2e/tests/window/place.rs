//! A folder, a library and a window for one test.

use e2e::{Driver, Office, Sound, Started, Window};
use std::path::PathBuf;

/// The app to drive, from the environment: only a build of the whole workspace knows where it is.
fn app() -> Option<PathBuf> {
    let app = std::env::var_os("CALLDOC_APP").map(PathBuf::from);
    if app.is_none() {
        println!("Left out: CALLDOC_APP does not name the app. `cargo xtask test` sets it.");
    }
    app
}

/// Folders of one test, gone after it.
pub(crate) struct Place {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) app: PathBuf,
}

impl Place {
    pub(crate) fn new() -> Option<Self> {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        app().map(|app| Self { folder, app })
    }

    pub(crate) async fn open(&self, office: Office) -> (Driver, Window) {
        let sound = Sound::none(self.folder.path()).expect("a machine without sound can be had");
        self.open_with(office, &sound).await
    }

    pub(crate) async fn open_with(&self, office: Office, sound: &Sound) -> (Driver, Window) {
        let driver = Driver::start_with(self.folder.path(), sound).await.expect("the driver starts");
        let library = self.folder.path().join("library");
        let started = Started { app: &self.app, library: &library, office, home: self.folder.path() };
        let window = driver.open(&started).await.expect("the window opens");
        (driver, window)
    }
}
