//! What a scenario is.

use std::collections::BTreeMap;
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

    /// Leaves the folder where it is, and tells where that is.
    pub(crate) fn keep(self) -> PathBuf {
        self.folder.keep()
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
    complaints: BTreeMap<String, Complaints>,
}

/// Complaints of one kind.
#[derive(Debug, Default)]
struct Complaints {
    times: u64,
    examples: Vec<String>,
}

/// Of each kind; how often it was seen is told beside them.
const EXAMPLES_MAX: usize = 3;

impl Seen {
    pub(crate) fn is_held(&self) -> bool {
        self.complaints.is_empty()
    }

    pub(crate) fn complain(&mut self, complaint: impl Into<String>) {
        let complaint = complaint.into();
        let kind = self.complaints.entry(kind(&complaint)).or_default();
        kind.times += 1;
        if kind.examples.len() < EXAMPLES_MAX {
            kind.examples.push(complaint);
        }
    }

    /// Something that must hold.
    pub(crate) fn must(&mut self, holds: bool, otherwise: impl FnOnce() -> String) {
        if !holds {
            self.complain(otherwise());
        }
    }

    /// Each kind of complaint: how often it was seen, and a few of them.
    pub(crate) fn complaints(&self) -> impl Iterator<Item = String> + '_ {
        self.complaints.values().map(|kind| {
            let of = if kind.times > kind.examples.len() as u64 { ", for instance" } else { "" };
            format!("{} times{of}: {}", kind.times, kind.examples.join(" | "))
        })
    }
}

/// Words by which complaints are told apart.
const WORDS_OF_KIND: usize = 8;

/// What a complaint complains of, whichever round, call or row it is about: its first words, those with digits left out.
fn kind(complaint: &str) -> String {
    let words = complaint.split_whitespace().filter(|word| !word.contains(|c: char| c.is_ascii_digit()));
    words.take(WORDS_OF_KIND).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complaints_are_counted_by_what_they_complain_of() {
        let mut seen = Seen::default();
        for call in 0..40 {
            seen.complain(format!("call 1a{call} is not there: no such call"));
        }
        seen.complain("check: a page is damaged");
        let told: Vec<String> = seen.complaints().collect();
        assert_eq!(told.len(), 2, "two kinds: {told:?}");
        assert!(told[0].starts_with("40 times, for instance: call 1a0 "), "however many there are: {told:?}");
        assert_eq!(told[1], "1 times: check: a page is damaged", "and none hides another");
    }
}
