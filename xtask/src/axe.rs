//! axe-core, which looks over the page for what keeps people out. A tool of the window's tests: fetched once into the
//! target folder with npm, never part of the product or of this tree.

use crate::process::{is_installed, must, program, target};
use anyhow::{Context, Result};
use std::path::PathBuf;

/// One version on every machine: another one has other rules.
const VERSION: &str = "4.14.1";

/// Where its script is; `None`, said, on a machine without npm.
pub(crate) fn script() -> Result<Option<PathBuf>> {
    let folder = target().join("axe");
    let script = folder.join("node_modules/axe-core/axe.min.js");
    let told = std::fs::read_to_string(folder.join("node_modules/axe-core/package.json")).unwrap_or_default();
    if script.exists() && told.contains(&format!("\"version\": \"{VERSION}\"")) {
        return Ok(Some(script));
    }
    if !is_installed("npm") {
        println!("npm is not installed: whether every screen can be used by everybody is not checked here.");
        return Ok(None);
    }
    std::fs::create_dir_all(&folder)?;
    let words = "install --no-save --no-package-lock --no-audit --no-fund --ignore-scripts";
    let mut npm = program("npm", words);
    npm.arg("--prefix").arg(&folder).arg(format!("axe-core@{VERSION}"));
    must(&mut npm).context("axe-core could not be fetched")?;
    Ok(Some(script))
}
