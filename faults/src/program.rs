//! calldoc-cli as a program of its own: started, killed, asked.

use anyhow::{Context, bail};
use serde_json::Value;
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A command of the calldoc-cli that was built beside us, on a library.
pub(crate) fn cli(library: &Path) -> anyhow::Result<Command> {
    let mut command = Command::new(cli_program()?);
    command.arg("--library").arg(library);
    Ok(command)
}

pub(crate) fn cli_program() -> anyhow::Result<PathBuf> {
    let name = format!("calldoc-cli{}", std::env::consts::EXE_SUFFIX);
    let program = std::env::current_exe()?.with_file_name(name);
    if !program.is_file() {
        bail!("calldoc-cli is not built beside this program; `cargo xtask faults` builds both");
    }
    Ok(program)
}

/// A loopback address that stays free for programs that come and go: beneath the ports that systems hand out.
pub(crate) fn port_to_keep() -> anyhow::Result<SocketAddr> {
    let free =
        std::iter::repeat_with(|| SocketAddr::from((Ipv4Addr::LOCALHOST, fastrand::u16(12_000..30_000))));
    free.take(100).find(|addr| TcpListener::bind(addr).is_ok()).context("no port is free")
}

/// What a command said, whatever its end.
pub(crate) fn said(library: &Path, words: &[&str]) -> anyhow::Result<Said> {
    let output =
        cli(library)?.args(words).stdin(Stdio::null()).output().context("calldoc-cli cannot be run")?;
    Ok(Said::of(output))
}

pub(crate) struct Said {
    /// 0 done, 1 failed, 2 wrong usage; none after a signal.
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    pub(crate) fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    pub(crate) fn json(&self) -> anyhow::Result<Value> {
        serde_json::from_str(&self.out).with_context(|| format!("no JSON: {} {}", self.out, self.err))
    }
}

/// What is not whole about a library, by `check` and by a `rebuild` that must change nothing.
pub(crate) fn complaints(library: &Path) -> anyhow::Result<Vec<String>> {
    let mut complaints = Vec::new();
    let checked = said(library, &["check", "--json"])?;
    if checked.code != Some(0) {
        complaints.push(format!("check: {} {}", checked.out.trim(), checked.err.trim()));
        return Ok(complaints);
    }
    let before = listed(library)?;
    let rebuilt = said(library, &["rebuild", "--json"])?;
    let changed = match rebuilt.json() {
        Ok(told) => ["added", "removed", "changed"].iter().any(|what| told[what] != 0),
        Err(_) => true,
    };
    if changed {
        let after = listed(library)?;
        let differ = before.iter().filter(|(id, call)| after.get(*id) != Some(*call)).take(3);
        let differ: Vec<String> = differ
            .map(|(id, call)| format!("{call} is now {}", after.get(id).map_or("not there", String::as_str)))
            .collect();
        complaints.push(format!(
            "rebuild changed something: {} {}: {}",
            rebuilt.out.trim(),
            rebuilt.err.trim(),
            differ.join("; ")
        ));
    }
    Ok(complaints)
}

/// All calls by their ids, as they are printed.
fn listed(library: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let listed = said(library, &["calls", "--json", "--all"])?;
    let calls = listed.out.lines().map(|line| {
        let call: Value = serde_json::from_str(line)?;
        Ok((call["id"].as_str().unwrap_or_default().to_owned(), line.to_owned()))
    });
    calls.collect()
}
