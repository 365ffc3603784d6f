//! Tools that npm has and cargo has not: each one package, fetched once into a folder of the target folder and known by its
//! digest. Never part of the product or of this tree.

use crate::process::{is_installed, must, program, target};
use anyhow::{Context, Result};
use serde_json::json;
use std::fs;
use std::path::PathBuf;

pub(crate) struct Package {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    /// As npm writes it in a lock.
    pub(crate) digest: &'static str,
}

impl Package {
    /// Its folder; `None` on a machine without npm, which whoever asks says in its own words.
    pub(crate) fn fetched(&self) -> Result<Option<PathBuf>> {
        let folder = target().join("npm").join(self.name);
        let package = folder.join("node_modules").join(self.name);
        let told = fs::read_to_string(package.join("package.json")).unwrap_or_default();
        if told.contains(&format!("\"version\": \"{}\"", self.version)) {
            return Ok(Some(package));
        }
        let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
        if !is_installed(npm) {
            return Ok(None);
        }
        fs::create_dir_all(&folder)?;
        let wanted = json!({ "dependencies": { self.name: self.version } });
        let lock = json!({ "lockfileVersion": 3, "packages": {
            "": wanted,
            format!("node_modules/{}", self.name): { "version": self.version, "integrity": self.digest },
        } });
        fs::write(folder.join("package.json"), wanted.to_string())?;
        fs::write(folder.join("package-lock.json"), lock.to_string())?;
        let words = "ci --no-audit --no-fund --ignore-scripts";
        let mut npm = program(npm, words);
        must(npm.arg("--prefix").arg(&folder))
            .with_context(|| format!("{} could not be fetched", self.name))?;
        Ok(Some(package))
    }
}
