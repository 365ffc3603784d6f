//! What the kernel knows of a process: memory, files, threads, and the bytes that wait in its sockets. Linux only.

use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// Megabytes are of 2^20 bytes, as the kernel counts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Memory {
    pub(crate) rss_mb: f64,
    /// What it asked for itself. The rest are pages of files, its own program first, which come as they are used and go when
    /// the room is wanted.
    pub(crate) own_mb: f64,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Process(pub(crate) u32);

impl Process {
    pub(crate) fn memory(self) -> Result<Memory> {
        let text = self.read("smaps_rollup")?;
        Ok(Memory { rss_mb: kb_of(&text, "Rss:")? / 1024.0, own_mb: kb_of(&text, "Anonymous:")? / 1024.0 })
    }

    pub(crate) fn threads(self) -> Result<usize> {
        count(&self.path("task"))
    }

    /// Open files, sockets and pipes alike.
    pub(crate) fn files(self) -> Result<usize> {
        count(&self.path("fd"))
    }

    fn read(self, name: &str) -> Result<String> {
        let path = self.path(name);
        std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))
    }

    fn path(self, name: &str) -> PathBuf {
        Path::new("/proc").join(self.0.to_string()).join(name)
    }
}

/// Bytes that were sent to or by one of these ports and not read yet, whichever end they wait at.
pub(crate) fn unread_bytes(ports: &[u16]) -> Result<u64> {
    let text = std::fs::read_to_string("/proc/net/tcp").context("the kernel does not tell of sockets")?;
    Ok(text.lines().skip(1).filter_map(|line| waiting_of(line, ports)).sum())
}

/// `sl local:port remote:port state tx:rx ...`, in hexadecimal; a listening socket counts connections, not bytes.
fn waiting_of(line: &str, ports: &[u16]) -> Option<u64> {
    let mut words = line.split_whitespace().skip(1);
    let (local, remote, state) = (port(words.next()?)?, port(words.next()?)?, words.next()?);
    let (sent, received) = words.next()?.split_once(':')?;
    if state == LISTENING || !ports.iter().any(|ours| *ours == local || *ours == remote) {
        return None;
    }
    Some(u64::from_str_radix(sent, 16).ok()? + u64::from_str_radix(received, 16).ok()?)
}

const LISTENING: &str = "0A";

fn port(address: &str) -> Option<u16> {
    u16::from_str_radix(address.rsplit_once(':')?.1, 16).ok()
}

fn kb_of(text: &str, name: &str) -> Result<f64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    let kb = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    kb.with_context(|| format!("the kernel does not tell {name}"))
}

fn count(folder: &Path) -> Result<usize> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("{}", folder.display()))?;
    Ok(entries.count())
}

#[cfg(test)]
mod tests {
    use super::waiting_of;

    const LINE: &str = "   7: 0100007F:C66D 0100007F:D2F0 01 00000010:00000003 00:00000000 00000000     0";

    #[test]
    fn bytes_wait_at_either_end() {
        assert_eq!(waiting_of(LINE, &[0xc66d]), Some(19), "sent and not taken, come and not read");
        assert_eq!(waiting_of(LINE, &[0xd2f0]), Some(19), "whichever end the port is at");
        assert_eq!(waiting_of(LINE, &[80]), None, "other people's connections are not ours");
    }

    #[test]
    fn what_listens_has_no_bytes() {
        assert_eq!(waiting_of(&LINE.replace(" 01 ", " 0A "), &[0xc66d]), None, "it counts connections");
    }
}
