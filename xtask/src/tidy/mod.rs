//! Holds the tree to the rules of the house, so that ARCHITECTURE.md cannot lie.
//!
//! Manifests say who may import whom, and the lock file from where; sources say who asks the clock, who touches files, and how long a file is; the
//! configuration says what the page may do.

mod dependencies;
mod manifests;
mod shell;
mod sources;
mod versions;

use crate::process::root;
use anyhow::{Result, bail};

pub(crate) fn tidy() -> Result<()> {
    let mut complaints = manifests::complaints(root())?;
    complaints.extend(sources::complaints(root())?);
    complaints.extend(shell::complaints(root())?);
    complaints.extend(versions::complaints(root())?);
    complaints.extend(dependencies::complaints(root())?);
    if complaints.is_empty() {
        println!("tidy: the rules of the house are kept");
        return Ok(());
    }
    for complaint in &complaints {
        eprintln!("tidy: {complaint}");
    }
    bail!("{} of the house's rules are broken", complaints.len())
}
