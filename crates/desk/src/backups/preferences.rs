//! The window's own settings: a file that the shell keeps, and that travels with the library.

use std::path::Path;

/// Within a backup, and within a library that was restored until the shell takes it.
pub(super) const PREFERENCES: &str = "preferences.json";

/// After a restore: puts the window's settings of then where the shell keeps them. Called before they are read. Gives
/// whether there were any.
///
/// # Errors
/// When they cannot be put there; they stay in the library.
pub fn take_preferences(library: &Path, to: &Path) -> std::io::Result<bool> {
    let from = library.join(PREFERENCES);
    if !from.is_file() {
        return Ok(false);
    }
    if let Some(folder) = to.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::copy(&from, to)?;
    std::fs::remove_file(from)?;
    Ok(true)
}
