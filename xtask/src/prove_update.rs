//! Proves updates on this machine: version N is installed from its package, is driven in its window as a person would,
//! refuses everything that is not genuine and goes on working, and then becomes N+1 by itself.
//!
//! The keys are made for the run and thrown away; the server is on loopback, and only the configuration of this run
//! lets the app use it. Installs and removes the package on this machine, so it wants root.

mod packages;
mod scenes;
mod server;

use crate::display::VirtualScreen;
use crate::process::{built, cargo, is_installed, must, program, quiet, root, target};
use crate::setup;
use crate::ui::{Speed, ui};
use anyhow::{Context, Result, bail, ensure};
use packages::{Keys, Made};
use scenes::Scenes;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// As Debian calls the package, and where it puts the app.
const PACKAGE: &str = "call-doc";
const APP: &str = "/usr/bin/calldoc";
const COMMAND_LINE: &str = "/usr/bin/calldoc-cli";
/// Installing and starting again takes seconds; a busy machine longer.
const BECOMES_NEW: Duration = Duration::from_secs(120);
/// Room for a library and not much more: what is left of it can be filled.
const DATA_MB: u32 = 64;

#[derive(clap::Args)]
pub(crate) struct ProofOptions {
    /// Optimised, as in an installer (takes several times as long to build)
    #[arg(long)]
    release: bool,
}

pub(crate) fn prove(options: &ProofOptions) -> Result<()> {
    prepare()?;
    let folder = target().join("prove-update");
    if folder.exists() {
        fs::remove_dir_all(&folder).context("what an earlier run left could not be removed")?;
    }
    fs::create_dir_all(&folder)?;
    ui(Speed::Optimised)?;
    let server = server::Server::listen(folder.join("scene"))?;
    let (ours, stranger) = (Keys::make(&folder, "ours")?, Keys::make(&folder, "stranger")?);
    let profile = if options.release { "release" } else { "debug" };
    let old = packages::make(&folder, profile, packages::now(), &ours, server.port())?;
    let new = packages::make(&folder, profile, packages::next(), &ours, server.port())?;
    let foreign = stranger.sign(&new.package, &new.version)?;
    server.serve(Scenes::new(&old, &new, &foreign, server.port())?);
    must(&mut cargo("build -p e2e --bin e2e-update"))?;
    must(&mut program("dpkg", &format!("-i {}", old.package.display())))?;
    let outcome = run(&folder, &old, &new);
    // Whatever came of it, the machine is left as it was.
    let removed = must(&mut program("dpkg", &format!("-r {PACKAGE}")));
    outcome.and(removed)
}

fn prepare() -> Result<()> {
    if std::env::consts::OS != "linux" || !is_installed("dpkg") {
        bail!("this proof installs a Debian package, and so needs a system with dpkg");
    }
    let is_root = quiet(&mut program("id", "-u")).is_some_and(|id| id.trim() == "0");
    ensure!(is_root, "this proof installs a package and mounts a small disk: run it as root");
    setup::setup()?;
    if !is_installed("sudo") && !is_installed("pkexec") {
        // As on every desktop: the updater asks through one of them.
        must(&mut program("apt-get", "install -q -y --no-install-recommends sudo"))?;
    }
    ensure!(is_installed("npx"), "Tauri's bundler is run through npx, which is not here");
    let installed = quiet(&mut program("dpkg-query", &format!("-W -f=${{db:Status-Status}} {PACKAGE}")));
    ensure!(
        installed.is_none_or(|status| status.trim() != "installed"),
        "CallDoc is installed on this machine; the proof would take it away"
    );
    Ok(())
}

fn run(folder: &Path, old: &Made, new: &Made) -> Result<()> {
    let screen = VirtualScreen::start()?;
    let disk = SmallDisk::mount(folder.join("home"))?;
    seed(&disk.folder)?;
    let drive = |doing: &str, version: &str| {
        let mut drive = screen.command(built("debug", "e2e-update").as_os_str());
        drive.args(["--app", APP, "--doing", doing, "--version", version]);
        drive.arg("--home").arg(&disk.folder).arg("--scene").arg(folder.join("scene"));
        drive.arg("--pictures").arg(folder);
        drive.env("XDG_DATA_HOME", disk.folder.join("data")).env("TMPDIR", folder);
        must(&mut drive)
    };
    drive("refuse", &old.version)?;
    ensure!(installed_version()? == old.version, "a refused update changed what is installed");
    let calls = calls(&disk.folder)?;
    drive("update", &new.version)?;
    let app = becomes(&new.version)?;
    println!("CallDoc {} started by itself (process {app}).", new.version);
    end(app);
    drive("look", &new.version)?;
    ensure!(calls == self::calls(&disk.folder)?, "the library has other calls than before the update");
    println!(
        "Proved: {} became {}, its library came along, and all else was refused.",
        old.version, new.version
    );
    println!("Pictures of each step: {}", folder.display());
    Ok(())
}

/// Calls to come along: rows of the collector's own tests.
fn seed(home: &Path) -> Result<()> {
    let mut import = program(COMMAND_LINE, "import smdr --time-zone Europe/Berlin");
    for row in fs::read_dir(root().join("crates/smdr/tests/fixtures"))? {
        let row = row?.path();
        if row.extension().is_some_and(|ending| ending == "csv") {
            import.arg(row);
        }
    }
    must(import.env("XDG_DATA_HOME", home.join("data")))?;
    ensure!(!calls(home)?.is_empty(), "the library has no calls to begin with");
    Ok(())
}

/// What the library holds, as the installed command line tells it.
fn calls(home: &Path) -> Result<String> {
    let mut asked = program(COMMAND_LINE, "calls --json --all");
    let told =
        asked.env("XDG_DATA_HOME", home.join("data")).output().context("calldoc-cli is not installed")?;
    ensure!(told.status.success(), "the library cannot be read: {}", String::from_utf8_lossy(&told.stderr));
    Ok(String::from_utf8_lossy(&told.stdout).into_owned())
}

fn installed_version() -> Result<String> {
    let said = quiet(&mut program("dpkg-query", &format!("-W -f=${{Version}} {PACKAGE}")));
    Ok(said.context("the package is not installed")?.trim().to_owned())
}

/// Waits until the new version is installed and runs, and gives its process.
fn becomes(version: &str) -> Result<u32> {
    let deadline = Instant::now() + BECOMES_NEW;
    loop {
        let is_new = installed_version().is_ok_and(|installed| installed == version);
        if let Some(app) = running().filter(|_| is_new) {
            return Ok(app);
        }
        ensure!(Instant::now() < deadline, "{version} did not start by itself");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// The process of the installed app. The old one's program file is gone by then, which Linux says in its name.
fn running() -> Option<u32> {
    let processes = fs::read_dir("/proc").ok()?.flatten();
    processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok()).find(|process| {
        fs::read_link(format!("/proc/{process}/exe")).is_ok_and(|program| program == Path::new(APP))
    })
}

/// Asks it to end, and waits until it has: its library is then closed in order.
fn end(app: u32) {
    let deadline = Instant::now() + BECOMES_NEW;
    quiet(&mut program("kill", &app.to_string()));
    while Path::new(&format!("/proc/{app}")).exists() && Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A disk of its own for the library, so that filling it harms nobody; gone when dropped.
struct SmallDisk {
    folder: PathBuf,
}

impl SmallDisk {
    fn mount(folder: PathBuf) -> Result<Self> {
        fs::create_dir_all(&folder)?;
        let words = format!("-t tmpfs -o size={DATA_MB}M tmpfs {}", folder.display());
        must(&mut program("mount", &words)).context("a small disk could not be mounted")?;
        Ok(Self { folder })
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        quiet(&mut program("umount", &format!("--lazy {}", self.folder.display())));
    }
}
