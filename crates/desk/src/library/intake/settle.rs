//! When a file is whole: it may still be growing when it is first seen. It is read once two looks some seconds apart found
//! the same size and time of change.

use crate::library::intake::look::Found;
use model::At;
use std::collections::HashMap;

/// A recorder writes at least once in so long.
pub(crate) const STEADY_MS: i64 = 4_000;
/// A side file may come this much later than its recording.
pub(crate) const SIDE_FILE_MS: i64 = 15_000;

/// What the looks at one source have found so far.
#[derive(Debug, Default)]
pub(crate) struct Settling {
    waiting: HashMap<String, Waiting>,
    /// Files that were given on, as they were then.
    given: HashMap<String, (u64, At)>,
    /// Recordings of this source come with side files.
    with_sides: bool,
}

#[derive(Debug)]
struct Waiting {
    bytes: u64,
    changed_at: At,
    /// Since when it is as it is.
    since: At,
}

impl Settling {
    /// Takes what a look at `now` found; gives the files that are whole and were not given before.
    pub(crate) fn look(&mut self, now: At, found: Vec<Found>) -> Vec<Found> {
        self.with_sides |= found.iter().any(|found| found.side);
        let names: std::collections::HashSet<&str> = found.iter().map(|found| found.file.as_str()).collect();
        self.waiting.retain(|file, _| names.contains(file.as_str()));
        self.given.retain(|file, _| names.contains(file.as_str()));
        let mut whole = Vec::new();
        for found in found {
            if self.given.get(&found.file) == Some(&(found.bytes, found.changed_at)) {
                continue;
            }
            let new = Waiting { bytes: found.bytes, changed_at: found.changed_at, since: now };
            let waiting = self.waiting.entry(found.file.clone()).or_insert(new);
            if (waiting.bytes, waiting.changed_at) != (found.bytes, found.changed_at) {
                *waiting = Waiting { bytes: found.bytes, changed_at: found.changed_at, since: now };
            }
            let wait = if self.with_sides && !found.side { SIDE_FILE_MS } else { STEADY_MS };
            // A clock that was set back begins the wait anew.
            waiting.since = waiting.since.min(now);
            // An empty file has not been written yet.
            if found.bytes > 0 && now - waiting.since >= wait || now - waiting.since >= SIDE_FILE_MS {
                self.waiting.remove(&found.file);
                self.given.insert(found.file.clone(), (found.bytes, found.changed_at));
                whole.push(found);
            }
        }
        whole.sort_by(|a, b| (a.changed_at, &a.file).cmp(&(b.changed_at, &b.file)));
        whole
    }

    /// Files that are not known to be whole yet.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// To be given once more, if it is still there.
    pub(crate) fn forget(&mut self, file: &str) {
        self.given.remove(file);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(file: &str, bytes: u64, changed: i64) -> Found {
        Found { file: file.into(), bytes, changed_at: At(changed), side: false }
    }

    #[test]
    fn a_file_that_grows_is_given_once_it_has_stood_still() {
        let mut settling = Settling::default();
        assert!(settling.look(At(0), vec![found("a.wav", 10, 0)]).is_empty(), "seen for the first time");
        assert!(settling.look(At(5_000), vec![found("a.wav", 20, 5_000)]).is_empty(), "it grew");
        assert!(settling.look(At(6_000), vec![found("a.wav", 20, 5_000)]).is_empty(), "too soon to tell");
        let whole = settling.look(At(9_000), vec![found("a.wav", 20, 5_000)]);
        assert_eq!(whole.len(), 1, "four seconds as it is");
        assert!(settling.look(At(20_000), vec![found("a.wav", 20, 5_000)]).is_empty(), "given once");
        settling.look(At(21_000), vec![found("a.wav", 30, 21_000)]);
        let again = settling.look(At(26_000), vec![found("a.wav", 30, 21_000)]);
        assert_eq!(again.len(), 1, "another file under the same name");
    }

    #[test]
    fn where_side_files_come_a_recording_waits_for_its_own() {
        let mut settling = Settling::default();
        let with_side = Found { side: true, ..found("a.wav", 10, 0) };
        settling.look(At(0), vec![with_side.clone(), found("b.wav", 10, 0)]);
        let whole = settling.look(At(5_000), vec![with_side, found("b.wav", 10, 0)]);
        assert_eq!(whole.len(), 1, "the one whose side file is there");
        assert_eq!(
            settling.look(At(15_000), vec![found("b.wav", 10, 0)]).len(),
            1,
            "it is not waited for ever"
        );
    }

    #[test]
    fn an_empty_file_is_waited_for_and_given_in_the_end() {
        let mut settling = Settling::default();
        settling.look(At(0), vec![found("a.wav", 0, 0)]);
        assert!(
            settling.look(At(5_000), vec![found("a.wav", 0, 0)]).is_empty(),
            "a call may have just begun"
        );
        assert_eq!(
            settling.look(At(16_000), vec![found("a.wav", 0, 0)]).len(),
            1,
            "so that it is listed, and why"
        );
    }
}
