//! Where a library lives when nobody says otherwise.

use directories::{ProjectDirs, UserDirs};
use std::path::PathBuf;

/// The app's own library for this platform and person.
pub fn default_library() -> PathBuf {
    data_folder().join("library")
}

/// The demo's library: apart from one's own.
pub fn demo_library() -> PathBuf {
    data_folder().join("demo")
}

fn data_folder() -> PathBuf {
    match ProjectDirs::from("org", "CallDoc", "CallDoc") {
        Some(folders) => folders.data_local_dir().to_owned(),
        // An account without a home folder: beside where the program was started.
        None => PathBuf::from("calldoc-data"),
    }
}

/// Where a person's own files are: what is exported is offered to go there.
pub fn documents() -> Option<PathBuf> {
    let folders = UserDirs::new()?;
    folders.document_dir().or_else(|| folders.download_dir()).map(std::path::Path::to_owned)
}
