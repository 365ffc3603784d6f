//! The app with nothing to do: its window open, one SMDR link waiting for the PBX and one connected to it.

use crate::import::beside_us;
use crate::journal::{open, told};
use crate::table::Table;
use contract::sites::{SaveSite, Site, SmdrMode, SmdrSettings};
use desk::Answer;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Starting takes processor time that is not idling.
const SETTLE: Duration = Duration::from_secs(15);
const WATCH: Duration = Duration::from_secs(30);
/// Kernel's clock ticks a second on Linux.
const TICKS: f64 = 100.0;

pub(crate) fn measure(table: &mut Table) -> anyhow::Result<()> {
    let Ok(app) = beside_us("calldoc") else {
        eprintln!("the app is not built beside the bench: idling is not measured");
        return Ok(());
    };
    let folder = tempfile::tempdir()?;
    let pbx = TcpListener::bind("127.0.0.1:0")?;
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(prepare(folder.path(), pbx.local_addr()?.port()))?;
    drop(runtime);
    let empty = beside_us("examples/empty-window")?;
    let shown = Shown::on(":96", Command::new("dbus-run-session").arg("--").arg(&empty))?;
    std::thread::sleep(SETTLE);
    let empty_mb = pss_mb(process_of(&empty)?)?;
    drop(shown);
    let mut program = Command::new("dbus-run-session");
    let shown = Shown::on(":97", program.arg("--").arg(&app).arg("--library").arg(folder.path()))?;
    let (_connected, _) = pbx.accept()?;
    std::thread::sleep(SETTLE);
    let id = process_of(&app)?;
    let before = ticks(id)?;
    std::thread::sleep(WATCH);
    let share = (ticks(id)? - before) / TICKS / WATCH.as_secs_f64() * 100.0;
    let pss_mb = pss_mb(id)?;
    drop(shown);
    table.row(
        "App idle, two links open",
        format!("{share:.2} % of a core"),
        "1 %",
        "the bound",
        format!("{share:.2}"),
    );
    table.row(
        "App process, PSS",
        format!("{pss_mb:.0} MB"),
        "120 MB",
        &format!("an empty Tauri and Leptos window's process: {empty_mb:.0} MB"),
        format!("{:.2}", pss_mb / empty_mb),
    );
    Ok(())
}

async fn prepare(library: &Path, pbx_port: u16) -> anyhow::Result<()> {
    let desk = open(library).await?;
    let here = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    for (name, mode, port) in [("Waits", SmdrMode::Listen, here), ("Fetches", SmdrMode::Connect, pbx_port)] {
        let smdr = SmdrSettings { mode, host: "127.0.0.1".to_owned(), port, only_from: None };
        let time_zone = "UTC".to_owned();
        let site = Site { name: name.to_owned(), time_zone, smdr: Some(smdr), ..Site::default() };
        desk.answer(SaveSite { site, password: None, forget_fingerprint: false }).await.map_err(told)?;
    }
    desk.close().await.map_err(told)
}

fn process_of(app: &Path) -> anyhow::Result<u32> {
    for entry in std::fs::read_dir("/proc")? {
        let entry = entry?;
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
        if std::fs::read_link(entry.path().join("exe")).is_ok_and(|exe| exe == app) {
            return Ok(id);
        }
    }
    anyhow::bail!("the app is not running")
}

/// Processor time of the process so far, in ticks.
fn ticks(id: u32) -> anyhow::Result<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat"))?;
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<f64> =
        after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse().ok()).collect();
    Ok(fields.iter().sum())
}

pub(crate) fn pss_mb(id: u32) -> anyhow::Result<f64> {
    let rollup = std::fs::read_to_string(format!("/proc/{id}/smaps_rollup"))?;
    let kb = rollup
        .lines()
        .find_map(|line| line.strip_prefix("Pss:")?.split_whitespace().next()?.parse::<f64>().ok());
    Ok(kb.unwrap_or(f64::NAN) / 1024.0)
}

/// A program on a screen of its own; what it started ends with the screen.
struct Shown {
    _program: Ended,
    _screen: Ended,
}

impl Shown {
    fn on(screen: &str, program: &mut Command) -> anyhow::Result<Self> {
        let quiet = |command: &mut Command| command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let _screen = Ended(quiet(Command::new("Xvfb").args([screen, "-screen", "0", "1280x800x24"]))?);
        let _program = Ended(quiet(program.env("DISPLAY", screen))?);
        Ok(Self { _program, _screen })
    }
}

/// Ends with us.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
