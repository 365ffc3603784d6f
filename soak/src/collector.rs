//! `calldoc-cli` in processes of its own.

use crate::kernel::Process;
use anyhow::{Context, Result, bail};
use contract::published::Call;
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

pub(crate) const ZONE: &str = "Europe/Berlin";
/// What the simulated office's people dial before an outside number.
const ACCESS_DIGITS: &str = "9";

/// The program, and the library that it works on.
#[derive(Clone, Debug)]
pub(crate) struct Cli {
    pub(crate) program: PathBuf,
    pub(crate) library: PathBuf,
    /// What the collector says on its way is written there.
    pub(crate) says: PathBuf,
}

/// `calldoc-cli collect`, until it is told to stop. Ends with us.
pub(crate) struct Collector {
    child: Child,
    says: PathBuf,
}

impl Cli {
    pub(crate) fn collect(&self, devlink3: SocketAddr, smdr: SocketAddr) -> Result<Collector> {
        let mut child = self
            .command("collect")
            .args(["--devlink3", &devlink3.to_string(), "--user", "cti", "--password-stdin"])
            .args(["--smdr-listen", &smdr.to_string(), "--time-zone", ZONE, "--access-digits", ACCESS_DIGITS])
            .stdin(Stdio::piped())
            .stderr(std::fs::File::create(&self.says)?)
            .spawn()
            .with_context(|| format!("{} could not be started", self.program.display()))?;
        let mut password = child.stdin.take().context("the collector has no way in")?;
        // Without --user, the simulated office takes any password.
        password.write_all(b"soak\n")?;
        Ok(Collector { child, says: self.says.clone() })
    }

    pub(crate) fn calls(&self) -> Result<Vec<Call>> {
        let mut child = self.command("calls").args(["--all", "--json"]).stdout(Stdio::piped()).spawn()?;
        let calls = calls_in(BufReader::new(child.stdout.take().context("calldoc-cli calls says nothing")?))?;
        if !child.wait()?.success() {
            bail!("calldoc-cli calls failed");
        }
        Ok(calls)
    }

    /// A report over everything, as the JSON that scripts get.
    pub(crate) fn report(&self, words: &[&str]) -> Result<serde_json::Value> {
        let since = ["--from", "2000-01-01", "--format", "json"];
        let output = self.command("report").args(words).args(since).output()?;
        if !output.status.success() {
            bail!("calldoc-cli report {words:?} failed: {}", String::from_utf8_lossy(&output.stderr));
        }
        serde_json::from_slice(&output.stdout).context("a report is not JSON")
    }

    fn command(&self, word: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.arg(word).arg("--library").arg(&self.library);
        command
    }
}

/// JSON Lines.
pub(crate) fn calls_in(lines: impl BufRead) -> Result<Vec<Call>> {
    lines.lines().map(|line| Ok(serde_json::from_str(&line?)?)).collect()
}

pub(crate) fn calls_of_file(path: &Path) -> Result<Vec<Call>> {
    let file = std::fs::File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
    calls_in(BufReader::new(file))
}

impl Collector {
    pub(crate) fn process(&self) -> Process {
        Process(self.child.id())
    }

    pub(crate) fn must_run(&mut self) -> Result<()> {
        match self.child.try_wait()? {
            None => Ok(()),
            Some(status) => bail!("the collector has ended by itself ({status}): {}", self.last_words()),
        }
    }

    /// As a service manager ends it: it commits everything first.
    pub(crate) fn stop(mut self) -> Result<()> {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status()?;
        let status = self.child.wait()?;
        if !told.success() || !status.success() {
            bail!("the collector did not end well ({status}): {}", self.last_words());
        }
        Ok(())
    }

    fn last_words(&self) -> String {
        let said = std::fs::read_to_string(&self.says).unwrap_or_default();
        said.lines().next_back().unwrap_or_default().to_owned()
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        // Both fail only when it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
