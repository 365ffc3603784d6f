//! From the start of the app to a screen that can be used, with a million calls in its library, beside the least window
//! that Tauri and Leptos make; and the memory of both with all their processes.

use crate::idle::pss_mb;
use crate::import::{ROWS, beside_us, write_rows};
use crate::journal::{open, told};
use crate::table::{RUNS, Table, spread};
use e2e::{Driver, Office, Started, TODAY};
use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const EMPTY: &str = "[data-testid='empty']";
const LOOK_AGAIN: Duration = Duration::from_millis(5);
const LONGEST: Duration = Duration::from_secs(60);
/// What a window takes by itself is taken by then.
const SETTLE: Duration = Duration::from_secs(5);

/// What one start told.
struct Told {
    usable_s: f64,
    pss_mb: f64,
}

pub(crate) async fn measure(table: &mut Table) -> anyhow::Result<()> {
    let app = beside_us("calldoc")?;
    let empty = beside_us("examples/empty-window")?;
    let folder = tempfile::tempdir()?;
    let library = folder.path().join("library");
    fill(&library, folder.path()).await?;
    let (mut ours, mut peers) = (Vec::new(), Vec::new());
    for run in 0..RUNS {
        let home = folder.path().join(format!("home-{run}"));
        peers.push(start(&empty, &library, Office::Everyday, EMPTY, &home).await?);
        ours.push(start(&app, &library, Office::Own, TODAY.shows, &home).await?);
    }
    let seconds = |told: &[Told]| spread(told.iter().map(|told| told.usable_s).collect());
    let ((our_s, least, most), (peer_s, ..)) = (seconds(&ours), seconds(&peers));
    table.row(
        "Window usable, 1,000,000 calls",
        format!("{our_s:.2} s ({least:.2} to {most:.2})"),
        "1.3 times an empty window",
        &format!("an empty Tauri and Leptos window: {peer_s:.2} s"),
        format!("{:.2}", our_s / peer_s),
    );
    let memory = |told: &[Told]| spread(told.iter().map(|told| told.pss_mb).collect());
    let ((our_mb, least, most), (peer_mb, ..)) = (memory(&ours), memory(&peers));
    table.row(
        "All its processes, PSS",
        format!("{our_mb:.0} MB ({least:.0} to {most:.0})"),
        "60 MB above an empty window",
        &format!("an empty Tauri and Leptos window: {peer_mb:.0} MB"),
        format!("{:.2}", our_mb / peer_mb),
    );
    Ok(())
}

async fn fill(library: &Path, folder: &Path) -> anyhow::Result<()> {
    let rows = folder.join("smdr.csv");
    write_rows(&rows, ROWS)?;
    let status = Command::new(beside_us("calldoc-cli")?)
        .arg("--library")
        .arg(library)
        .args(["import", "smdr", "--time-zone", "Europe/Berlin"])
        .arg(&rows)
        .stdout(Stdio::null())
        .status()?;
    anyhow::ensure!(status.success(), "the library could not be filled");
    // Leaves of the days that are over are made once, in the background of the first hours.
    let desk = open(library).await?;
    desk.make_leaves().await.map_err(told)?;
    desk.close().await.map_err(told)?;
    Ok(std::fs::remove_file(rows)?)
}

/// Starts it with a fresh home, waits until `shows` is painted, and ends it.
async fn start(app: &Path, library: &Path, office: Office, shows: &str, home: &Path) -> anyhow::Result<Told> {
    std::fs::create_dir_all(home)?;
    let driver = Driver::start(home).await?;
    let begun = Instant::now();
    let window = driver.open(&Started { app, library, office, home }).await?;
    let painted =
        "const it = document.querySelector(arguments[0]); return !!it && it.getClientRects().length > 0;";
    while window.run(painted, vec![shows.into()]).await? != Value::Bool(true) {
        anyhow::ensure!(begun.elapsed() < LONGEST, "nothing is painted");
        tokio::time::sleep(LOOK_AGAIN).await;
    }
    let usable_s = begun.elapsed().as_secs_f64();
    tokio::time::sleep(SETTLE).await;
    let pss_mb = with_children(app)?.into_iter().map(pss_mb).sum::<anyhow::Result<f64>>()?;
    window.close().await?;
    Ok(Told { usable_s, pss_mb })
}

/// The app's process and all that it started.
fn with_children(app: &Path) -> anyhow::Result<Vec<u32>> {
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    let mut family = Vec::new();
    for entry in std::fs::read_dir("/proc")? {
        let entry = entry?;
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
        let Ok(stat) = std::fs::read_to_string(entry.path().join("stat")) else { continue };
        let after_name = stat.rsplit(')').next().unwrap_or_default();
        if let Some(parent) = after_name.split_whitespace().nth(1).and_then(|word| word.parse().ok()) {
            children.entry(parent).or_default().push(id);
        }
        if std::fs::read_link(entry.path().join("exe")).is_ok_and(|exe| exe == app) {
            family.push(id);
        }
    }
    anyhow::ensure!(!family.is_empty(), "the app is not running");
    let mut at = 0;
    while let Some(id) = family.get(at) {
        let of = children.remove(id).unwrap_or_default();
        family.extend(of.into_iter().filter(|child| !family.contains(child)).collect::<Vec<_>>());
        at += 1;
    }
    Ok(family)
}
