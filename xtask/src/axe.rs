//! axe-core, which looks over the page for what keeps people out: a tool of the window's tests.

use crate::npm::Package;
use anyhow::Result;
use std::path::PathBuf;

/// One version on every machine: another one has other rules.
const AXE: Package = Package {
    name: "axe-core",
    version: "4.14.1",
    digest: "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
};

/// Where its script is; `None`, said, on a machine without npm.
pub(crate) fn script() -> Result<Option<PathBuf>> {
    let package = AXE.fetched()?;
    if package.is_none() {
        println!("npm is not installed: whether every screen can be used by everybody is not checked here.");
    }
    Ok(package.map(|package| package.join("axe.min.js")))
}
