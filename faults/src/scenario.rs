//! What a scenario is.

use std::path::{Path, PathBuf};

/// One fault: what is done, what is expected, and how it is found out.
pub(crate) struct Scenario {
    /// By which it is chosen.
    pub(crate) name: &'static str,
    /// What is done.
    pub(crate) fault: &'static str,
    /// What is expected of CallDoc, written down before it is done.
    pub(crate) expected: &'static str,
    pub(crate) run: fn(&Setting) -> anyhow::Result<Seen>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Run {
    /// What every change is checked with.
    Short,
    /// What docs/reliability.md tells of.
    Full,
}

/// Where and how a scenario runs.
pub(crate) struct Setting {
    pub(crate) run: Run,
    pub(crate) seed: u64,
    folder: tempfile::TempDir,
}

impl Setting {
    pub(crate) fn new(run: Run, seed: u64) -> std::io::Result<Self> {
        Ok(Self { run, seed, folder: tempfile::Builder::new().prefix("calldoc-faults-").tempdir()? })
    }

    /// A path in a folder of the scenario's own, which goes with it.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn dice(&self) -> fastrand::Rng {
        fastrand::Rng::with_seed(self.seed)
    }

    /// `full` times, or `short` times in the fast part.
    pub(crate) fn times(&self, short: usize, full: usize) -> usize {
        match self.run {
            Run::Short => short,
            Run::Full => full,
        }
    }
}

/// What was seen, and what of it was not expected.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) says: String,
    pub(crate) complaints: Vec<String>,
}

/// Complaints of one scenario that are told.
const COMPLAINTS_MAX: usize = 20;

impl Seen {
    pub(crate) fn is_held(&self) -> bool {
        self.complaints.is_empty()
    }

    pub(crate) fn complain(&mut self, complaint: impl Into<String>) {
        if self.complaints.len() < COMPLAINTS_MAX {
            self.complaints.push(complaint.into());
        }
    }

    /// Something that must hold.
    pub(crate) fn must(&mut self, holds: bool, otherwise: impl FnOnce() -> String) {
        if !holds {
            self.complain(otherwise());
        }
    }
}
