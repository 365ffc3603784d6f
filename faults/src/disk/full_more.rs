//! There is no room left for a backup, for recordings, for changing an older library.

use super::power::{filled, restores};
use super::small::Mounted;
use super::{full::DISK_BYTES, older};
use crate::child::Task;
use crate::program::{complaints, said};
use crate::rows::must_hold;
use crate::scenario::{Scenario, Seen, Setting};
use anyhow::Context;
use std::f64::consts::TAU;
use std::path::Path;

pub(crate) const BACKUP: Scenario = Scenario {
    name: "full-backup",
    fault: "the disk that a backup is written to fills up",
    expected: "The backup ends with 1 and says so. No file is left that could be taken for a backup, the library is as it was; \
               with room the next one is good.",
    run: run_backup,
};

pub(crate) const RECORDINGS: Scenario = Scenario {
    name: "full-recordings",
    fault: "the disk of the pool has no more room than it leaves for others while recordings are taken in",
    expected: "It ends with 1 and says so, and names what it leaves free. With room, the rest is taken in by the next import; none is there twice, and every \
               stored file is what was put there.",
    run: run_recordings,
};

pub(crate) const MIGRATION: Scenario = Scenario {
    name: "full-migration",
    fault: "a library of an older form is opened on a disk without room",
    expected: "It is not opened, in words, and not changed: no copy of it could be kept first. With room it opens with all that was \
               in it.",
    run: run_migration,
};

/// What a pool leaves free on its disk unless it is set otherwise; on a disk that holds little more than that it is soon
/// full.
const LEFT_BY_POOLS_BYTES: u64 = 2_000_000_000;
const RECORDINGS_DISK_BYTES: u64 = 2_400_000_000;
/// Some of the recordings and the library's log find room.
const ROOM_FOR_SOME_BYTES: u64 = 2_000_000;

/// Left on the disk of a library of an older form.
const NO_ROOM_BYTES: [u64; 2] = [16 << 10, 96 << 10];

fn run_backup(setting: &Setting) -> anyhow::Result<Seen> {
    tokio::runtime::Runtime::new()?.block_on(backup(setting))
}

async fn backup(setting: &Setting) -> anyhow::Result<Seen> {
    const ROWS: u64 = 3_000;
    // A backup leaves 64 MB free for others.
    const BACKUP_DISK_BYTES: u64 = 160 << 20;
    let mut seen = Seen::default();
    let disk = Mounted::small(setting.path("disk"), BACKUP_DISK_BYTES)?;
    let library = setting.path("library");
    filled(&library, setting, ROWS)?;
    let file = disk.path().join("a.calldoc-backup");
    let words = ["backup", file.to_str().context("a path that is text")?];
    disk.fill(64 << 10)?;
    let full = said(&library, &words)?;
    seen.must(full.code == Some(1) && speaks_of_room(&full.err), || {
        format!("the backup ended with {:?}: {} {}", full.code, full.out, full.err)
    });
    let left: Vec<_> = std::fs::read_dir(disk.path())?.flatten().map(|entry| entry.file_name()).collect();
    seen.must(left.len() == 1, || format!("something is left beside what filled the disk: {left:?}"));
    disk.free()?;
    let again = said(&library, &words)?;
    seen.must(again.code == Some(0), || format!("with room: {}", again.err));
    let restored = restores(&file, &setting.path("restored"), ROWS, &mut seen).await?;
    for complaint in complaints(&library)? {
        seen.complain(complaint);
    }
    seen.says = format!(
        "\"{}\"; {} files of it left; with room the next one restores {restored} calls",
        full.err.trim(),
        left.len().saturating_sub(1)
    );
    Ok(seen)
}

fn speaks_of_room(text: &str) -> bool {
    ["disk is full", "no room", "No space left", "enough room", "room"]
        .iter()
        .any(|words| text.contains(words))
}

fn run_recordings(setting: &Setting) -> anyhow::Result<Seen> {
    const FILES: usize = 60;
    let mut seen = Seen::default();
    let image = setting.path("image");
    let disk = Mounted::formatted(&image, RECORDINGS_DISK_BYTES, setting.path("disk"))?;
    let library = disk.path().join("library");
    filled(&library, setting, 100)?;
    let folder = setting.path("recordings");
    std::fs::create_dir_all(&folder)?;
    for number in 0..FILES {
        std::fs::write(folder.join(format!("call-{number}.wav")), wav(number))?;
    }
    let words = ["import", "recordings", folder.to_str().context("a path that is text")?, "--json"];
    disk.take_all_but(LEFT_BY_POOLS_BYTES + ROOM_FOR_SOME_BYTES)?;
    let full = said(&library, &words)?;
    seen.must(full.code == Some(1) && speaks_of_room(&full.err), || {
        format!("it ended with {:?}: {} {}", full.code, full.out, full.err)
    });
    disk.free()?;
    let before = stored(&library)?;
    seen.must((1..FILES).contains(&before), || {
        format!("{before} of {FILES} were taken in before it was full")
    });
    let again = said(&library, &words)?;
    seen.must(again.code == Some(0), || format!("with room: {} {}", again.out, again.err));
    let all = stored(&library)?;
    seen.must(all == FILES, || format!("{all} recordings of {FILES} files: {}", again.out.trim()));
    let verified = said(&library, &["recordings", "verify", "--json"])?;
    seen.must(verified.code == Some(0), || format!("verify: {}", verified.out));
    for complaint in complaints(&library)? {
        seen.complain(complaint);
    }
    seen.says = format!(
        "\"{}\"; {before} of {FILES} taken in until then, {all} after the next import, all of them good",
        full.err.trim()
    );
    Ok(seen)
}

fn stored(library: &Path) -> anyhow::Result<usize> {
    let listed = said(library, &["recordings", "list", "--all", "--json"])?;
    anyhow::ensure!(listed.code == Some(0), "recordings list: {}", listed.err);
    Ok(listed.out.lines().count())
}

/// Twenty seconds of a tone of its own, as a recorder writes them: 8 kHz, 16 bits, mono.
fn wav(number: usize) -> Vec<u8> {
    const RATE: u32 = 8_000;
    let samples: Vec<u8> = (0..RATE * 20)
        .flat_map(|place| {
            let turn = f64::from(place) / f64::from(RATE) * (200.0 + 10.0 * number as f64);
            // Loud and soft in turns, as speech is.
            let loud = (f64::from(place) / f64::from(RATE) * 3.0).sin().abs();
            (((turn * TAU).sin() * loud * 12_000.0) as i16).to_le_bytes()
        })
        .collect();
    let bytes = samples.len() as u32;
    let mut file = Vec::with_capacity(samples.len() + 44);
    file.extend_from_slice(b"RIFF");
    file.extend_from_slice(&(bytes + 36).to_le_bytes());
    file.extend_from_slice(b"WAVEfmt ");
    file.extend_from_slice(&16_u32.to_le_bytes());
    for half in [1_u16, 1] {
        file.extend_from_slice(&half.to_le_bytes());
    }
    for whole in [RATE, RATE * 2] {
        file.extend_from_slice(&whole.to_le_bytes());
    }
    for half in [2_u16, 16] {
        file.extend_from_slice(&half.to_le_bytes());
    }
    file.extend_from_slice(b"data");
    file.extend_from_slice(&bytes.to_le_bytes());
    file.extend_from_slice(&samples);
    file
}

fn run_migration(setting: &Setting) -> anyhow::Result<Seen> {
    tokio::runtime::Runtime::new()?.block_on(migration(setting))
}

async fn migration(setting: &Setting) -> anyhow::Result<Seen> {
    let mut seen = Seen::default();
    let disk = Mounted::small(setting.path("disk"), DISK_BYTES)?;
    let library = disk.path().join("library");
    older::library(&library)?;
    let file = library.join("library.sqlite3");
    let before = std::fs::read(&file)?;
    let mut told = Vec::new();
    // No room to open it at all, and room for that but none for a copy.
    for left in NO_ROOM_BYTES {
        disk.fill(left)?;
        let full = Task::new(&library, 0..0).run()?;
        let said = full.refused.join(" ");
        seen.must(
            !full.ended_well && (said.contains("Nothing was changed") || said.contains("The disk is full")),
            || format!("{left} bytes left: {full:?}"),
        );
        seen.must(std::fs::read(&file)? == before, || format!("{left} bytes left: the library was changed"));
        told.push(format!("\"{said}\""));
        disk.free()?;
    }
    seen.must(told.iter().any(|said| said.contains("Nothing was changed")), || {
        format!("nothing was said of the copy: {told:?}")
    });
    let opened = Task::new(&library, 0..0).run()?;
    seen.must(opened.ended_well, || format!("with room: {opened:?}"));
    for complaint in older::missing(&library).await? {
        seen.complain(complaint);
    }
    seen.must(older::is_kept(&library), || "no copy of the older form is kept".to_owned());
    must_hold(&library, 0..0, &mut seen).await?;
    for complaint in complaints(&library)? {
        seen.complain(complaint);
    }
    seen.says = format!(
        "{}; with room it opened with all 200 rows, and a copy of the older form beside it",
        told.join(", ")
    );
    Ok(seen)
}
