//! A collector as a program of its own, with what it says.

use crate::program::{Said, cli, port_to_keep};
use anyhow::{Context, bail};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Longer than any back-off or time-out of the product.
const PATIENCE: Duration = Duration::from_secs(120);
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);

/// Ended by force when dropped.
pub(crate) struct Collector {
    child: Mutex<Child>,
    smdr: Option<SocketAddr>,
    said: Arc<Mutex<String>>,
    listeners: Vec<JoinHandle<()>>,
}

impl Collector {
    /// Waits for SMDR rows.
    pub(crate) fn of_rows(library: &Path) -> anyhow::Result<Self> {
        let smdr = port_to_keep()?;
        let mut command = cli(library)?;
        command.args([
            "collect",
            "--site",
            "Office",
            "--time-zone",
            "UTC",
            "--smdr-listen",
            &smdr.to_string(),
        ]);
        Self::start(command, Some(smdr))
    }

    /// Of both kinds, with events as JSON among what it says.
    pub(crate) fn of_both(library: &Path, devlink3: &str) -> anyhow::Result<Self> {
        let smdr = port_to_keep()?;
        let mut command = cli(library)?;
        command.args(words_of_both(devlink3, smdr));
        Self::start(command, Some(smdr))
    }

    /// Any command that collects; its password goes in by stdin.
    pub(crate) fn start(mut command: Command, smdr: Option<SocketAddr>) -> anyhow::Result<Self> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        // A collector without DevLink3 reads no password.
        let _ = child.stdin.take().context("stdin was asked for")?.write_all(b"password\n");
        let said = Arc::new(Mutex::new(String::new()));
        let out = child.stdout.take().context("stdout was asked for")?;
        let err = child.stderr.take().context("stderr was asked for")?;
        let listeners = vec![listen(out, Arc::clone(&said)), listen(err, Arc::clone(&said))];
        Ok(Self { child: Mutex::new(child), smdr, said, listeners })
    }

    pub(crate) fn smdr(&self) -> anyhow::Result<SocketAddr> {
        self.smdr.context("it waits for no rows")
    }

    /// A connection as the PBX makes it for rows.
    pub(crate) fn pbx(&self) -> anyhow::Result<TcpStream> {
        let smdr = self.smdr()?;
        let mut pbx = None;
        self.until(|| {
            pbx = TcpStream::connect(smdr).ok();
            Ok(pbx.is_some())
        })?;
        pbx.context("nobody listens")
    }

    /// Everything it said so far, both ways out.
    pub(crate) fn said(&self) -> String {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.lock().unwrap_or_else(PoisonError::into_inner).id()
    }

    pub(crate) fn is_running(&self) -> bool {
        matches!(self.child.lock().unwrap_or_else(PoisonError::into_inner).try_wait(), Ok(None))
    }

    /// Waits until something is so.
    pub(crate) fn until(&self, mut is_so: impl FnMut() -> anyhow::Result<bool>) -> anyhow::Result<()> {
        let deadline = Instant::now() + PATIENCE;
        while !is_so()? {
            if Instant::now() > deadline {
                bail!("it did not come about within {} s", PATIENCE.as_secs());
            }
            std::thread::sleep(BETWEEN_LOOKS);
        }
        Ok(())
    }

    /// A signal by its name.
    pub(crate) fn signal(&self, name: &str) -> anyhow::Result<()> {
        let done = Command::new("kill").arg(format!("-{name}")).arg(self.id().to_string()).status()?;
        anyhow::ensure!(done.success(), "the collector is gone");
        Ok(())
    }

    /// Asks it to end, and waits until it has.
    pub(crate) fn end(mut self) -> anyhow::Result<Said> {
        self.signal("TERM")?;
        let deadline = Instant::now() + PATIENCE;
        let status = loop {
            let ended = self.child.lock().unwrap_or_else(PoisonError::into_inner).try_wait()?;
            if let Some(status) = ended {
                break status;
            }
            if Instant::now() > deadline {
                bail!("the collector does not end");
            }
            std::thread::sleep(BETWEEN_LOOKS);
        };
        for listener in self.listeners.drain(..) {
            // What it read before a panic stands there.
            let _ = listener.join();
        }
        Ok(Said { code: status.code(), out: String::new(), err: self.said() })
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        // It may have ended by itself.
        let _ = child.kill();
        let _ = child.wait();
    }
}

pub(crate) fn words_of_both(devlink3: &str, smdr: SocketAddr) -> Vec<String> {
    let words = "collect --events --site Office --time-zone Europe/Berlin --user cti --password-stdin";
    let mut words: Vec<String> = words.split(' ').map(str::to_owned).collect();
    words.extend(["--devlink3".to_owned(), devlink3.to_owned()]);
    words.extend(["--smdr-listen".to_owned(), smdr.to_string()]);
    words
}

fn listen(from: impl Read + Send + 'static, said: Arc<Mutex<String>>) -> JoinHandle<()> {
    std::thread::spawn(move || {
        let mut lines = BufReader::new(from);
        let mut line = String::new();
        while let Ok(1..) = lines.read_line(&mut line) {
            said.lock().unwrap_or_else(PoisonError::into_inner).push_str(&line);
            line.clear();
        }
    })
}

/// Memory that is in use by a process alone, and its open files.
pub(crate) fn memory_mb_and_files(id: u32) -> anyhow::Result<(f64, usize)> {
    let rollup = std::fs::read_to_string(format!("/proc/{id}/smaps_rollup"))?;
    let kb: f64 = ["Private_Clean:", "Private_Dirty:"]
        .iter()
        .filter_map(|name| {
            rollup
                .lines()
                .find_map(|line| line.strip_prefix(name)?.split_whitespace().next()?.parse::<f64>().ok())
        })
        .sum();
    Ok((kb / 1024.0, std::fs::read_dir(format!("/proc/{id}/fd"))?.count()))
}
