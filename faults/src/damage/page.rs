//! A page of the database is not what was written: a bad sector, a program that wrote where it should not.

use crate::disk::power::{filled, restores};
use crate::program::{complaints, said};
use crate::rows::{calls, must_hold};
use crate::scenario::{Scenario, Seen, Setting};
use anyhow::{Context, anyhow};
use faulty::sql::Connection;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

pub(crate) const PROJECTION: Scenario = Scenario {
    name: "damaged-calls",
    fault: "a page of the tables or indexes that are made of the journal is overwritten with noise",
    expected: "check ends with 1 and says in words that the library is damaged. rebuild makes the calls anew from the journal: all \
               are there, check finds nothing.",
    run: run_projection,
};

pub(crate) const JOURNAL: Scenario = Scenario {
    name: "damaged-journal",
    fault: "a page of the journal is overwritten with noise",
    expected: "check ends with 1 and says that the library is damaged; no rebuild takes away calls that the journal cannot give \
               again. The last backup restores all it held; the damaged library is kept beside it.",
    run: run_journal,
};

const ROWS: u64 = 3_000;
/// Made of the journal alone.
const PROJECTED: [&str; 5] = ["calls", "events", "records", "calls_by_number", "calls_by_length"];

fn run_projection(setting: &Setting) -> anyhow::Result<Seen> {
    tokio::runtime::Runtime::new()?.block_on(projection(setting))
}

async fn projection(setting: &Setting) -> anyhow::Result<Seen> {
    let mut seen = Seen::default();
    let mut dice = setting.dice();
    let library = setting.path("library");
    filled(&library, setting, ROWS)?;
    let file = library.join("library.sqlite3");
    let whole = std::fs::read(&file)?;
    let rounds = setting.times(1, 6);
    let mut told = Vec::new();
    for table in PROJECTED {
        for _ in 0..rounds {
            std::fs::write(&file, &whole)?;
            let page = damage(&file, table, &mut dice)?;
            let said = complains(&library, &format!("{table}, page {page}"), &mut seen)?;
            if told.len() < 2 {
                told.push(said);
            }
            let rebuilt = crate::program::said(&library, &["rebuild"])?;
            seen.must(rebuilt.code == Some(0), || {
                format!("{table}, page {page}: rebuild ended with {:?}: {}", rebuilt.code, rebuilt.err.trim())
            });
            if rebuilt.code != Some(0) {
                continue;
            }
            for complaint in complaints(&library)? {
                seen.complain(format!("{table}, page {page}: {complaint}"));
            }
            must_hold(&library, 0..ROWS, &mut seen).await?;
            let calls = calls(&library).await?;
            seen.must(calls == ROWS, || format!("{table}, page {page}: {calls} calls of {ROWS}"));
        }
    }
    seen.says = format!(
        "{} damaged pages of {}, each found (\"{}\") and mended by rebuild: all {ROWS} calls",
        rounds * PROJECTED.len(),
        PROJECTED.join(", "),
        told.join("\", \"")
    );
    Ok(seen)
}

fn run_journal(setting: &Setting) -> anyhow::Result<Seen> {
    tokio::runtime::Runtime::new()?.block_on(journal(setting))
}

async fn journal(setting: &Setting) -> anyhow::Result<Seen> {
    let mut seen = Seen::default();
    let mut dice = setting.dice();
    let library = setting.path("library");
    filled(&library, setting, ROWS)?;
    let backup = setting.path("a.calldoc-backup");
    let backup_name = backup.to_str().context("a path that is text")?;
    let made = said(&library, &["backup", backup_name])?;
    anyhow::ensure!(made.code == Some(0), "the backup: {}", made.err);
    let file = library.join("library.sqlite3");
    let whole = std::fs::read(&file)?;
    let mut told = String::new();
    let rounds = setting.times(1, 6);
    for _ in 0..rounds {
        std::fs::write(&file, &whole)?;
        let page = damage(&file, "journal", &mut dice)?;
        told = complains(&library, &format!("journal, page {page}"), &mut seen)?;
        let rebuilt = said(&library, &["rebuild"])?;
        let left = calls(&library).await?;
        seen.must(left == ROWS, || {
            format!(
                "a rebuild over a damaged journal left {left} calls of {ROWS}: {} {}",
                rebuilt.out, rebuilt.err
            )
        });
        let restored = said(&library, &["restore", backup_name, "--json"])?;
        seen.must(restored.code == Some(0), || format!("restore: {}", restored.err));
        must_hold(&library, 0..ROWS, &mut seen).await?;
        for complaint in complaints(&library)? {
            seen.complain(format!("restored: {complaint}"));
        }
        let aside = restored.json()?["aside"].as_str().map(str::to_owned);
        let kept = aside.is_some_and(|aside| Path::new(&aside).join("library.sqlite3").is_file());
        seen.must(kept, || "the damaged library is not kept".to_owned());
    }
    restores(&backup, &setting.path("restored"), ROWS, &mut seen).await?;
    seen.says =
        format!("{rounds} damaged pages, each found (\"{told}\"); the backup brought all {ROWS} calls back");
    Ok(seen)
}

/// Overwrites a page of a table or index, while nobody has the library open. Gives its number.
fn damage(file: &Path, table: &str, dice: &mut fastrand::Rng) -> anyhow::Result<u64> {
    let connection = Connection::open(file).map_err(|error| anyhow!(error))?;
    let asked =
        format!("PRAGMA page_size; SELECT pageno FROM dbstat WHERE name = '{table}' AND pagetype = 'leaf'");
    let rows = connection.run(&asked).map_err(|error| anyhow!(error))?;
    drop(connection);
    let mut numbers = rows.iter().filter_map(|row| row.first()?.parse::<u64>().ok());
    let page_bytes = numbers.next().context("the size of a page")?;
    let pages: Vec<u64> = numbers.collect();
    anyhow::ensure!(!pages.is_empty(), "{table} has no page");
    let page = pages[dice.usize(..pages.len())];
    let mut file = std::fs::File::options().write(true).open(file)?;
    file.seek(SeekFrom::Start((page - 1) * page_bytes))?;
    let noise: Vec<u8> = std::iter::repeat_with(|| dice.u8(..)).take(usize::try_from(page_bytes)?).collect();
    file.write_all(&noise)?;
    Ok(page)
}

/// What `check` says, in one line.
fn complains(library: &Path, what: &str, seen: &mut Seen) -> anyhow::Result<String> {
    let checked = said(library, &["check"])?;
    let text = format!("{} {}", checked.out, checked.err);
    seen.must(checked.code == Some(1) && text.contains("damaged"), || {
        format!("{what}: check ended with {:?}: {}", checked.code, text.trim())
    });
    let line = text
        .lines()
        .map(str::trim)
        .find(|line| line.contains("damaged") || line.contains("The database file"));
    Ok(line.unwrap_or_default().chars().take(120).collect())
}
