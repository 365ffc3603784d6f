//! A million SMDR rows: `calldoc-cli import smdr` beside `sqlite3 .import` of the same file into a bare table.

use crate::table::{RUNS, Table, spread};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

pub(crate) const ROWS: usize = 1_000_000;
/// How often the memory of the import is looked at.
const LOOK: Duration = Duration::from_millis(20);

pub(crate) fn measure(table: &mut Table) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let rows = folder.path().join("smdr.csv");
    write_rows(&rows, ROWS)?;
    let (mut ours, mut peers, mut most_mb) = (Vec::new(), Vec::new(), 0.0_f64);
    for run in 0..RUNS {
        let library = folder.path().join(format!("library-{run}"));
        let begun = Instant::now();
        let child = Command::new(beside_us("calldoc-cli")?)
            .args(["--json", "--library"])
            .arg(&library)
            .args(["import", "smdr", "--time-zone", "Europe/Berlin"])
            .arg(&rows)
            .stdout(Stdio::null())
            .spawn()?;
        most_mb = most_mb.max(watched(child)?);
        ours.push(begun.elapsed().as_secs_f64());
        std::fs::remove_dir_all(&library)?;
        peers.push(sqlite3_import(folder.path(), &rows)?);
    }
    let ((ours, least, most), (peer, ..)) = (spread(ours), spread(peers));
    table.row(
        "import smdr, 1,000,000 rows",
        format!("{ours:.1} s ({least:.1} to {most:.1})"),
        "3 times sqlite3",
        &format!("sqlite3 .import into a bare table: {peer:.1} s"),
        format!("{:.2}", ours / peer),
    );
    table.row(
        "its memory at most",
        format!("{most_mb:.0} MB"),
        "200 MB",
        "the bound",
        format!("{:.2}", most_mb / 200.0),
    );
    Ok(())
}

/// Rows fifteen seconds apart, ten hours a day: inbound, outbound and internal calls, with 34 fields as a live system prints them.
pub(crate) fn write_rows(path: &Path, rows: usize) -> anyhow::Result<()> {
    let mut out = BufWriter::new(std::fs::File::create(path)?);
    for row in 0..rows {
        let second = row * 15;
        let (day, of_day) = (second / 36_000, second % 36_000);
        let (month, day) = (day / 28 % 12 + 1, day % 28 + 1);
        let year = 2014 + second / 36_000 / 336;
        let (hour, minute, second) = (8 + of_day / 3_600, of_day / 60 % 60, of_day % 60);
        let (extension, number, ring, talk) = (200 + row % 60, row * 7_919 % 1_000_000, row % 23, row % 600);
        let (direction, called) =
            if row % 3 == 0 { ("O", format!("90170{number:07}")) } else { ("I", "300".to_owned()) };
        let caller = if row % 3 == 0 { extension.to_string() } else { format!("0170{number:07}") };
        writeln!(
            out,
            "{year}/{month:02}/{day:02} {hour:02}:{minute:02}:{second:02},00:{:02}:{:02},{ring},{caller},{direction},\
             {called},{called},,0,{},0,E{extension},Ann Keller,T9001,Line 1.{},0,0,,,,,,,,,,,,,,192.168.42.3,{row},\
             192.168.42.3,{}\r",
            talk / 60,
            talk % 60,
            1_000_000 + row,
            row % 30 + 1,
            row + 5_000_000,
        )?;
    }
    Ok(out.flush()?)
}

/// Waits for the end and gives the most memory it had, in MB.
fn watched(mut child: Child) -> anyhow::Result<f64> {
    let status_file = format!("/proc/{}/status", child.id());
    let mut most_kb = 0.0_f64;
    loop {
        if let Some(status) = child.try_wait()? {
            anyhow::ensure!(status.success(), "the import failed");
            return Ok(most_kb / 1024.0);
        }
        let status = std::fs::read_to_string(&status_file).unwrap_or_default();
        let peak = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse().ok());
        most_kb = most_kb.max(peak.unwrap_or(0.0));
        std::thread::sleep(LOOK);
    }
}

fn sqlite3_import(folder: &Path, rows: &Path) -> anyhow::Result<f64> {
    let database = folder.join("peer.sqlite3");
    let columns: Vec<String> = (1..=34).map(|number| format!("f{number} TEXT")).collect();
    let begun = Instant::now();
    let status = Command::new("sqlite3")
        .arg(&database)
        .arg(format!("CREATE TABLE smdr ({})", columns.join(", ")))
        .arg(".mode csv")
        .arg(format!(".import {} smdr", rows.display()))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    anyhow::ensure!(status.success(), "sqlite3 .import failed");
    let seconds = begun.elapsed().as_secs_f64();
    std::fs::remove_file(database)?;
    Ok(seconds)
}

/// A program that was built into the same folder as this one.
pub(crate) fn beside_us(name: &str) -> anyhow::Result<PathBuf> {
    let here = std::env::current_exe()?;
    let program = here.with_file_name(name);
    anyhow::ensure!(program.exists(), "{name} is not built beside the bench: run cargo xtask bench");
    Ok(program)
}
