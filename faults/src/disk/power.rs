//! The power goes while SQLite writes: what was not synced is lost, or half of its sectors are.

use super::older;
use crate::child::{Task, When};
use crate::program::{complaints, said};
use crate::rows::{calls, must_hold};
use crate::scenario::{Scenario, Seen, Setting};
use anyhow::Context;
use faulty::disk::{Effect, Fault, POWER_CUT};
use std::path::Path;

pub(crate) const COMMITS: Scenario = Scenario {
    name: "power-cut",
    fault: "the power goes at a random read, write, sync or truncation while rows are taken in; of what was written since \
            a file's last sync all is lost, or random sectors, or nothing",
    expected: "The library opens as before. Each row that was said to be kept stands in the journal, once. check finds \
               nothing, rebuild changes nothing.",
    run: run_commits,
};

pub(crate) const MIGRATION: Scenario = Scenario {
    name: "power-cut-migration",
    fault: "the power goes at a random moment of opening a library of an older form, which changes it to the new one",
    expected: "The next opening brings it to the new form with all that was in it; a copy of the older one is kept beside \
               it. check finds nothing.",
    run: run_migration,
};

pub(crate) const BACKUP: Scenario = Scenario {
    name: "power-cut-backup",
    fault: "the power goes at a random moment of a backup, in what SQLite writes for it",
    expected: "The library is as it was. There is no file with the backup's name, or a good one. The next backup works.",
    run: run_backup,
};

/// Beyond what any of it asks of the disk, some cuts would come after the end.
fn cut(dice: &mut fastrand::Rng, within: u64) -> Option<Fault> {
    Some(power_cut_after(dice.u64(..within)))
}

fn power_cut_after(after: u64) -> Fault {
    Fault { operation: None, after, times: 1, effect: Effect::PowerCut }
}

/// What a backup asks of the disk once its file has its name, at most: its line in the library's log.
const ASKED_AFTER_NAME: u64 = 24;
/// And closing the library asks about as much.
const ASKED_BY_CLOSING: u64 = 24;
/// So many times the rounds at most, until a cut came after the name.
const LONGER: usize = 8;

fn run_commits(setting: &Setting) -> anyhow::Result<Seen> {
    tokio::runtime::Runtime::new()?.block_on(commits(setting))
}

async fn commits(setting: &Setting) -> anyhow::Result<Seen> {
    let mut seen = Seen::default();
    let mut dice = setting.dice();
    let library = setting.path("library");
    let (mut kept, mut next, mut cuts) = (Vec::new(), 0, 0);
    let rounds = setting.times(8, 200);
    for round in 0..rounds {
        let rows = next..next + 20;
        // Numbers are not used again: of what was under way when the power went, each may or may not be there.
        next = rows.end;
        let when = if dice.u8(..3) == 0 { When::Opening } else { When::Running };
        let within = if when == When::Opening { 60 } else { 400 };
        let fault = cut(&mut dice, within);
        let task = Task { fault, when, seed: dice.u64(..), ..Task::new(&library, rows.clone()) };
        let told = task.run()?;
        cuts += u64::from(told.power_cut);
        seen.must(told.power_cut || told.ended_well, || format!("round {round}: {told:?}"));
        if let Some(below) = told.kept_below {
            kept.extend(rows.start..below);
        }
        if !library.join("library.sqlite3").is_file() {
            continue;
        }
        let checked = said(&library, &["check"])?;
        // The power may have gone before the library had any form; the next opening for writing makes it.
        let unborn = kept.is_empty() && checked.err.contains("older CallDoc");
        seen.must(checked.code == Some(0) || unborn, || {
            format!("round {round}: {} {}", checked.out.trim(), checked.err.trim())
        });
        if !unborn && checked.code == Some(0) {
            for range in kept.chunk_by(|a, b| a + 1 == *b) {
                must_hold(&library, range[0]..range[range.len() - 1] + 1, &mut seen).await?;
            }
        }
        if !seen.is_held() {
            break;
        }
    }
    seen.must(cuts > 0, || "the power never went".to_owned());
    for complaint in complaints(&library)? {
        seen.complain(complaint);
    }
    let calls = calls(&library).await?;
    seen.says = format!(
        "{rounds} rounds, {cuts} power cuts: {} rows were said to be kept and are there once, {} more were under way and \
         are there too",
        kept.len(),
        calls.saturating_sub(kept.len() as u64)
    );
    Ok(seen)
}

fn run_migration(setting: &Setting) -> anyhow::Result<Seen> {
    tokio::runtime::Runtime::new()?.block_on(migration(setting))
}

async fn migration(setting: &Setting) -> anyhow::Result<Seen> {
    let mut seen = Seen::default();
    let mut dice = setting.dice();
    let (mut cuts, mut cut_twice) = (0, 0);
    let rounds = setting.times(8, 200);
    for round in 0..rounds {
        let library = setting.path(&format!("library-{round}"));
        older::library(&library)?;
        // The second opening may be cut as well.
        for again in 0..2 {
            let fault = cut(&mut dice, older::OPENING_ASKS);
            let told = Task { fault, seed: dice.u64(..), ..Task::new(&library, 0..0) }.run()?;
            seen.must(told.power_cut || told.ended_well, || format!("round {round}: {told:?}"));
            cuts += u64::from(told.power_cut);
            cut_twice += u64::from(told.power_cut && again == 1);
        }
        let opened = Task::new(&library, 0..0).run()?;
        seen.must(opened.ended_well, || format!("round {round}: it cannot be opened any more: {opened:?}"));
        let checked = said(&library, &["check"])?;
        seen.must(checked.code == Some(0), || format!("round {round}: {} {}", checked.out, checked.err));
        for complaint in older::missing(&library).await? {
            seen.complain(format!("round {round}: {complaint}"));
        }
        seen.must(older::is_kept(&library), || format!("round {round}: no copy of the older form is there"));
        std::fs::remove_dir_all(&library)?;
        if !seen.is_held() {
            break;
        }
    }
    seen.must(cuts > 0, || "the power never went".to_owned());
    seen.says = format!(
        "{rounds} libraries of an older form, {cuts} power cuts ({cut_twice} of them at the second try): each is whole and of \
         the new form, with a copy of the older one"
    );
    Ok(seen)
}

fn run_backup(setting: &Setting) -> anyhow::Result<Seen> {
    tokio::runtime::Runtime::new()?.block_on(backup(setting))
}

async fn backup(setting: &Setting) -> anyhow::Result<Seen> {
    let mut seen = Seen::default();
    let mut dice = setting.dice();
    let library = setting.path("library");
    const ROWS: u64 = 2_000;
    filled(&library, setting, ROWS)?;
    let asks = asked_by_backup(setting, &library)?;
    let (mut cuts, mut whole, mut cut_after_name) = (0, 0, 0);
    let rounds = setting.times(6, 100);
    let mut round = 0;
    // The few of a short run may all miss what is left after the name.
    while round < rounds || (cut_after_name == 0 && round < LONGER * rounds) {
        let file = setting.path(&format!("{round}.calldoc-backup"));
        // Its name comes with nearly everything done: every second cut falls into what is left.
        let from = if round % 2 == 0 { 0 } else { asks.saturating_sub(ASKED_AFTER_NAME) };
        let task = Task {
            fault: Some(power_cut_after(dice.u64(from..asks + ASKED_BY_CLOSING))),
            when: When::BackingUp,
            seed: dice.u64(..),
            backup: Some(file.clone()),
            ..Task::new(&library, 0..0)
        };
        let told = task.run()?;
        cuts += u64::from(told.power_cut);
        seen.must(told.power_cut || (told.ended_well && told.backed_up), || {
            format!("round {round}: {told:?}")
        });
        if file.exists() {
            whole += 1;
            cut_after_name += u64::from(told.power_cut);
            restores(&file, &setting.path("restored"), ROWS, &mut seen).await?;
            std::fs::remove_file(&file)?;
        } else {
            seen.must(!told.backed_up, || format!("round {round}: said to be good, and not there: {told:?}"));
        }
        must_hold(&library, 0..ROWS, &mut seen).await?;
        if !seen.is_held() {
            break;
        }
        round += 1;
    }
    seen.must(cuts > cut_after_name, || "no cut came before a backup had its name".to_owned());
    seen.must(cut_after_name > 0, || "no cut came after a backup had its name".to_owned());
    let file = setting.path("last.calldoc-backup");
    let last = said(&library, &["backup", file.to_str().context("a path")?])?;
    seen.must(last.code == Some(0), || format!("the next backup: {}", last.err));
    restores(&file, &setting.path("restored"), ROWS, &mut seen).await?;
    for complaint in complaints(&library)? {
        seen.complain(complaint);
    }
    seen.says = format!(
        "{round} backups of about {asks} turns of the disk, {cuts} power cuts, {cut_after_name} of them after the file had its \
         name: {whole} files, each of them good (code {POWER_CUT} is the cut); the library whole, the next backup good"
    );
    Ok(seen)
}

/// How often a whole backup asks the disk.
fn asked_by_backup(setting: &Setting, library: &Path) -> anyhow::Result<u64> {
    let file = setting.path("whole.calldoc-backup");
    let (fault, backup) = (Some(power_cut_after(u64::MAX)), Some(file.clone()));
    let told = Task { fault, when: When::BackingUp, backup, ..Task::new(library, 0..0) }.run()?;
    anyhow::ensure!(told.ended_well && told.backed_up && told.asked_for_backup > 0, "{told:?}");
    std::fs::remove_file(file)?;
    Ok(told.asked_for_backup)
}

/// A library made of rows that were imported.
pub(crate) fn filled(library: &Path, setting: &Setting, rows: u64) -> anyhow::Result<()> {
    let log = setting.path("rows.csv");
    std::fs::write(&log, crate::rows::log(0..rows))?;
    let log = log.to_str().context("a path that is text")?;
    let imported = said(library, &["import", "smdr", "--time-zone", "UTC", log])?;
    anyhow::ensure!(imported.code == Some(0), "the import failed: {}", imported.err);
    Ok(())
}

/// A backup gives a library with all its rows. Tells how many calls came back.
pub(crate) async fn restores(file: &Path, to: &Path, rows: u64, seen: &mut Seen) -> anyhow::Result<u64> {
    let mut came_back = 0;
    let restored = said(to, &["restore", file.to_str().context("a path that is text")?])?;
    seen.must(restored.code == Some(0), || format!("a backup that cannot be restored: {}", restored.err));
    if restored.code == Some(0) {
        must_hold(to, 0..rows, seen).await?;
        for complaint in complaints(to)? {
            seen.complain(format!("restored: {complaint}"));
        }
        came_back = calls(to).await?;
        seen.must(came_back >= rows, || format!("a backup restores {came_back} calls of {rows}"));
    }
    remove_with_asides(to)?;
    Ok(came_back)
}

/// With what a restore has put aside.
fn remove_with_asides(library: &Path) -> anyhow::Result<()> {
    let parent = library.parent().context("a folder in a folder")?;
    let name = library.file_name().context("a folder with a name")?.to_string_lossy().into_owned();
    for entry in std::fs::read_dir(parent)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(&name) && entry.file_type()?.is_dir() {
            std::fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}
