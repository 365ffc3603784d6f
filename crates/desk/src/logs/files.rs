//! The files of the logs: one a day, the next part when it is full, the oldest removed.
//!
//! A file is opened for each line and closed again: lines are rare, and a library's folder can then be moved or swapped
//! while the program runs.

use super::Program;
use std::fs::{self, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// A day without trouble has some kilobytes; one part is still opened by any editor.
const PART_BYTES: u64 = 1 << 20;

/// All files of one program together.
const ALL_BYTES: u64 = 10 << 20;

/// Older files than this many days of logs help nobody.
const FILES_MAX: usize = 30;

const ENDING: &str = ".log";

pub(super) struct Files {
    folder: PathBuf,
    prefix: &'static str,
    day: String,
    part: u32,
}

impl Files {
    pub(super) fn new(folder: PathBuf, program: Program) -> Self {
        let prefix = match program {
            Program::App => "calldoc",
            Program::CommandLine => "calldoc-cli",
        };
        Self { folder, prefix, day: String::new(), part: 0 }
    }

    /// A line that cannot be written is let go: there is nowhere to say so.
    pub(super) fn append(&mut self, day: &str, line: &str) {
        let _ = self.try_append(day, line);
    }

    fn try_append(&mut self, day: &str, line: &str) -> io::Result<()> {
        if self.day != day {
            // It may be there before the library is.
            store::make_private(&self.folder)?;
            (self.day, self.part) = (day.to_owned(), 0);
            self.make_room()?;
        }
        let size = |path: &Path| fs::metadata(path).map_or(0, |known| known.len());
        while size(&self.path()) >= PART_BYTES {
            self.part += 1;
            self.make_room()?;
        }
        let mut file = OpenOptions::new().create(true).append(true).open(self.path())?;
        file.write_all(line.as_bytes())
    }

    /// `calldoc-2026-11-21.log`, then `calldoc-2026-11-21.01.log`: sorted by name they are in order of time.
    fn path(&self) -> PathBuf {
        self.folder.join(match self.part {
            0 => format!("{}-{}{ENDING}", self.prefix, self.day),
            part => format!("{}-{}.{part:02}{ENDING}", self.prefix, self.day),
        })
    }

    fn make_room(&self) -> io::Result<()> {
        let mut own: Vec<(PathBuf, u64)> =
            listed(&self.folder)?.into_iter().filter(|(path, _)| is_of(path, self.prefix)).collect();
        own.sort_by_cached_key(|(path, _)| order(path));
        let mut all: u64 = own.iter().map(|(_, bytes)| bytes).sum();
        let mut count = own.len();
        for (path, bytes) in own {
            // The part that is begun now has room too.
            if all + PART_BYTES <= ALL_BYTES && count < FILES_MAX {
                break;
            }
            fs::remove_file(path)?;
            (all, count) = (all - bytes, count - 1);
        }
        Ok(())
    }
}

/// Bytes of all logs in a folder; 0 where there are none.
pub(crate) fn size_bytes(folder: &Path) -> u64 {
    listed(folder).unwrap_or_default().iter().map(|(_, bytes)| bytes).sum()
}

/// The newest files with their text, in order of time, at most so many bytes in all: of the oldest only its end.
pub(crate) fn tail(folder: &Path, limit_bytes: u64) -> Vec<(String, String)> {
    let mut files = listed(folder).unwrap_or_default();
    files.sort_by_cached_key(|(path, _)| std::cmp::Reverse(order(path)));
    let mut left = limit_bytes;
    let mut found = Vec::new();
    for (path, _) in files {
        let Some(name) = path.file_name().map(|name| name.to_string_lossy().into_owned()) else { continue };
        let Ok(text) = end_of(&path, left) else { continue };
        left = left.saturating_sub(text.len() as u64);
        if !text.is_empty() {
            found.push((name, text));
        }
        if left == 0 {
            break;
        }
    }
    found.reverse();
    found
}

fn end_of(path: &Path, limit_bytes: u64) -> io::Result<String> {
    let mut file = fs::File::open(path)?;
    let length = file.metadata()?.len();
    let skipped = length.saturating_sub(limit_bytes);
    file.seek(SeekFrom::Start(skipped))?;
    let mut bytes = Vec::new();
    file.take(limit_bytes).read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    // A line that is cut says nothing.
    Ok(match (skipped, text.find('\n')) {
        (0, _) => text,
        (_, Some(end)) => text[end + 1..].to_owned(),
        (_, None) => String::new(),
    })
}

fn listed(folder: &Path) -> io::Result<Vec<(PathBuf, u64)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let known = entry.metadata()?;
        let is_log = entry.file_name().to_string_lossy().ends_with(ENDING);
        if known.is_file() && is_log {
            files.push((entry.path(), known.len()));
        }
    }
    Ok(files)
}

/// What follows the prefix is a day: `calldoc-cli-...` is no file of `calldoc`.
fn is_of(path: &Path, prefix: &str) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let day = name.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('-'));
    day.is_some_and(|day| day.starts_with(|letter: char| letter.is_ascii_digit()))
}

/// By day and part, whichever program wrote it.
fn order(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let day = name.find(|letter: char| letter.is_ascii_digit()).unwrap_or_default();
    name[day..].trim_end_matches(ENDING).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = listed(folder)
            .expect("a folder")
            .into_iter()
            .map(|(path, _)| path.file_name().expect("a name").to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn each_day_has_its_file_and_a_full_one_its_next_part() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut files = Files::new(folder.path().join("logs"), Program::App);
        files.append("2026-11-20", "yesterday\n");
        files.append("2026-11-21", &"x".repeat(PART_BYTES as usize));
        files.append("2026-11-21", "more\n");
        let expected = ["calldoc-2026-11-20.log", "calldoc-2026-11-21.01.log", "calldoc-2026-11-21.log"];
        assert_eq!(names(&folder.path().join("logs")), expected, "a file a day, and a part for the rest");
        let again = tail(&folder.path().join("logs"), 100);
        assert_eq!(again.last().map(|(_, text)| text.as_str()), Some("more\n"), "the newest comes last");
    }

    #[test]
    fn logs_never_take_more_than_their_share_of_the_disk() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut files = Files::new(folder.path().to_owned(), Program::App);
        let much = "y".repeat(600_000) + "\n";
        for day in 1..=28 {
            for _ in 0..3 {
                files.append(&format!("2026-10-{day:02}"), &much);
            }
        }
        assert!(size_bytes(folder.path()) <= ALL_BYTES + PART_BYTES, "the oldest went");
        assert!(names(folder.path()).iter().any(|name| name.contains("10-28")), "the newest stayed");
        assert!(!names(folder.path()).iter().any(|name| name.contains("10-01")), "not the oldest");
    }

    #[test]
    fn the_files_of_two_programs_do_not_remove_each_other() {
        assert!(is_of(Path::new("a/calldoc-2026-11-21.log"), "calldoc"), "its own");
        assert!(!is_of(Path::new("a/calldoc-cli-2026-11-21.log"), "calldoc"), "the command line's");
        assert!(is_of(Path::new("a/calldoc-cli-2026-11-21.log"), "calldoc-cli"), "which knows it");
    }

    #[test]
    fn a_line_that_is_cut_is_left_out() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut files = Files::new(folder.path().to_owned(), Program::App);
        files.append("2026-11-21", "first line\nsecond line\n");
        let text = tail(folder.path(), 15);
        assert_eq!(text[0].1, "second line\n", "only whole lines");
    }
}
