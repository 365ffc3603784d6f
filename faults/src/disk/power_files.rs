//! The power goes while the library, a backup and its reading back are on a disk with a real file system: what the
//! kernel had not written is lost, in files of every kind.
//!
//! The disk is a file of ours. It is copied at a random moment while everything on it stands still: that is what a disk
//! holds when the power goes, and what is mounted afterwards.

use super::power::{filled, restores};
use super::small::Mounted;
use crate::child::Task;
use crate::program::{cli, complaints, said};
use crate::rows::must_hold;
use crate::scenario::{Scenario, Seen, Setting};
use anyhow::Context;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

pub(crate) const SCENARIO: Scenario = Scenario {
    name: "power-cut-disk",
    fault: "the power of a whole disk (ext4) goes at a random moment of a backup",
    expected: "The library on it opens, with every row that was kept; a file with the backup's name is a good backup, or is not \
               there. The next backup works.",
    run,
};

const ROWS: u64 = 2_000;
const IMAGE_BYTES: u64 = 96 << 20;

fn run(setting: &Setting) -> anyhow::Result<Seen> {
    tokio::runtime::Runtime::new()?.block_on(cut(setting))
}

async fn cut(setting: &Setting) -> anyhow::Result<Seen> {
    let mut seen = Seen::default();
    let mut dice = setting.dice();
    let rounds = setting.times(3, 40);
    let image = setting.path("image");
    let (mut whole, mut during) = (0, 0);
    let disk = Mounted::formatted(&image, IMAGE_BYTES, setting.path("disk"))?;
    let library = disk.path().join("library");
    filled(&library, setting, ROWS)?;
    let mut kept = ROWS;
    for round in 0..rounds {
        // Something that the last sync does not cover, besides the backup.
        let took = Task::new(&library, kept..kept + 3).run()?;
        anyhow::ensure!(took.ended_well, "{took:?}");
        kept += 3;
        let name = format!("{round}.calldoc-backup");
        let mut backup = cli(&library)?
            .args(["backup", disk.path().join(&name).to_str().context("a path that is text")?])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        std::thread::sleep(Duration::from_millis(dice.u64(0..1_500)));
        signal(backup.id(), "STOP");
        let was_running = backup.try_wait()?.is_none();
        during += u64::from(was_running);
        let copy = setting.path("copy");
        std::fs::copy(&image, &copy)?;
        signal(backup.id(), "CONT");
        backup.wait()?;
        let _ = std::fs::remove_file(disk.path().join(&name));

        let after = Mounted::image(&copy, setting.path("after"))?;
        let library = after.path().join("library");
        must_hold(&library, 0..kept, &mut seen).await?;
        for complaint in complaints(&library)? {
            seen.complain(format!("round {round}: {complaint}"));
        }
        let file = after.path().join(&name);
        seen.must(was_running || file.exists(), || format!("round {round}: a good backup is gone"));
        if file.exists() {
            whole += 1;
            restores(&file, &setting.path("restored"), ROWS, &mut seen).await?;
        }
        next_backup(&library, &after.path().join("next.calldoc-backup"), &mut seen)?;
        drop(after);
        std::fs::remove_file(copy)?;
        if !seen.is_held() {
            break;
        }
    }
    seen.must(during > 0, || "no backup was under way when the power went".to_owned());
    seen.says = format!(
        "{rounds} cuts, {during} of them during the backup: {whole} files with its name, each of them good; all {kept} rows that \
         were kept are there"
    );
    Ok(seen)
}

fn next_backup(library: &Path, file: &Path, seen: &mut Seen) -> anyhow::Result<()> {
    let next = said(library, &["backup", file.to_str().context("a path that is text")?])?;
    seen.must(next.code == Some(0), || format!("the next backup: {}", next.err));
    Ok(())
}

fn signal(id: u32, name: &str) {
    // It may have ended already.
    let _ = Command::new("kill").args([format!("-{name}"), id.to_string()]).stderr(Stdio::null()).status();
}
