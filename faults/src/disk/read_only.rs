//! The library may not be written to: its folder, its file, its disk.

use super::power::filled;
use super::small::Mounted;
use crate::program::{Said, cli_program};
use crate::scenario::{Scenario, Seen, Setting};
use anyhow::Context;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub(crate) const SCENARIO: Scenario = Scenario {
    name: "read-only",
    fault: "the library's folder with all that is in it, its database file, or the disk it is on may not be written to",
    expected: "What writes (collect, import, rebuild) ends with 1 and says that it may not write there; what reads (calls, check) \
               works. Nothing is changed.",
    run,
};

const ROWS: u64 = 50;
/// Root may write everywhere: an account that may not is the one that is nobody's.
const NOBODY: &str = "65534";

fn run(setting: &Setting) -> anyhow::Result<Seen> {
    let mut seen = Seen::default();
    let program = setting.path("calldoc-cli");
    std::fs::copy(cli_program()?, &program)?;
    std::fs::set_permissions(setting.folder(), PermissionsExt::from_mode(0o755))?;
    let disk = Mounted::small(setting.path("disk"), 32 << 20)?;
    let cases = [("folder", setting.path("a")), ("file", setting.path("b")), ("disk", disk.path().join("c"))];
    let mut told = Vec::new();
    for (what, library) in cases {
        filled(&library, setting, ROWS)?;
        own(&library)?;
        match what {
            "folder" => {
                for entry in std::fs::read_dir(&library)? {
                    let entry = entry?;
                    let mode = if entry.file_type()?.is_dir() { 0o555 } else { 0o444 };
                    std::fs::set_permissions(entry.path(), PermissionsExt::from_mode(mode))?;
                }
                std::fs::set_permissions(&library, PermissionsExt::from_mode(0o555))?;
            }
            "file" => {
                let file = library.join("library.sqlite3");
                std::fs::set_permissions(file, PermissionsExt::from_mode(0o444))?;
            }
            _ => disk.remount("ro")?,
        }
        let before = std::fs::read(library.join("library.sqlite3"))?;
        let log = setting.path("rows.csv");
        let log = log.to_str().context("a path that is text")?;
        let smdr = crate::program::port_to_keep()?.to_string();
        for words in [
            vec!["collect", "--smdr-listen", &smdr, "--for", "2"],
            vec!["import", "smdr", log],
            vec!["rebuild"],
        ] {
            let said = as_nobody(&program, &library, &words)?;
            seen.must(said.code == Some(1) && said.err.contains("may not write"), || {
                format!("{what}, {}: {:?} {}", words[0], said.code, said.err.trim())
            });
            if words[0] == "collect" {
                told.push(format!("{what}: \"{}\"", said.err.lines().next().unwrap_or_default()));
            }
        }
        let listed = as_nobody(&program, &library, &["calls", "--json", "--all"])?;
        seen.must(listed.code == Some(0) && listed.out.lines().count() as u64 == ROWS, || {
            format!(
                "{what}, calls: {:?} {} lines, {}",
                listed.code,
                listed.out.lines().count(),
                listed.err.trim()
            )
        });
        let checked = as_nobody(&program, &library, &["check"])?;
        seen.must(checked.code == Some(0), || {
            format!("{what}, check: {} {}", checked.out, checked.err.trim())
        });
        let after = std::fs::read(library.join("library.sqlite3"))?;
        seen.must(before == after, || format!("{what}: the database was changed"));
    }
    seen.says =
        format!("{}; calls and check read all {ROWS} calls each time; nothing changed", told.join(", "));
    Ok(seen)
}

fn own(folder: &Path) -> anyhow::Result<()> {
    let owner = format!("{NOBODY}:{NOBODY}");
    let done = Command::new("chown").args(["-R", &owner]).arg(folder).output()?;
    anyhow::ensure!(
        done.status.success(),
        "only root may give a folder to another account: {}",
        String::from_utf8_lossy(&done.stderr)
    );
    Ok(())
}

fn as_nobody(program: &PathBuf, library: &Path, words: &[&str]) -> anyhow::Result<Said> {
    let output = Command::new("setpriv")
        .args(["--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "--"])
        .arg(program)
        .arg("--library")
        .arg(library)
        .args(words)
        .stdin(Stdio::null())
        .output()
        .context("`setpriv` cannot be run")?;
    Ok(Said::of(output))
}
