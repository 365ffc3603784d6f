//! Small disks and disks that cannot be written to, as mounts of their own. Mounting needs root.

use anyhow::{Context, bail};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A mounted folder; unmounted when dropped.
pub(super) struct Mounted(PathBuf);

impl Mounted {
    /// A disk in memory of so many bytes.
    pub(super) fn small(at: PathBuf, bytes: u64) -> anyhow::Result<Self> {
        mount(&["-t", "tmpfs", "-o", &format!("size={bytes}"), "tmpfs"], at)
    }

    /// The disk in `image`, with a file system that keeps a journal.
    pub(super) fn image(image: &Path, at: PathBuf) -> anyhow::Result<Self> {
        mount(&["-t", "ext4", "-o", "loop", image.to_str().context("a path that is text")?], at)
    }

    /// A disk of so many bytes with a file system that keeps a journal; its file has holes where nothing was written.
    pub(super) fn formatted(image: &Path, bytes: u64, at: PathBuf) -> anyhow::Result<Self> {
        File::create(image)?.set_len(bytes)?;
        let made = Command::new("mkfs.ext4").args(["-q", "-F", "-m", "0"]).arg(image).output();
        let made = made.context("`mkfs.ext4` cannot be run")?;
        anyhow::ensure!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        Self::image(image, at)
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// The same disk, now closed for writing, or open again.
    pub(super) fn remount(&self, how: &str) -> anyhow::Result<()> {
        let done = Command::new("mount").args(["-o", &format!("remount,{how}")]).arg(&self.0).output()?;
        anyhow::ensure!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        Ok(())
    }

    /// Takes all room but so many bytes, in a file that [`Self::free`] removes.
    pub(super) fn fill(&self, but: u64) -> anyhow::Result<()> {
        let mut filler = File::create(self.filler())?;
        let block = vec![0; 4_096];
        while filler.write_all(&block).is_ok() {}
        filler.set_len(filler.metadata()?.len().saturating_sub(but).next_multiple_of(4_096))?;
        Ok(())
    }

    /// As [`Self::fill`], without writing: for large disks.
    pub(super) fn take_all_but(&self, but: u64) -> anyhow::Result<()> {
        let told = Command::new("df").args(["-B1", "--output=avail"]).arg(&self.0).output()?;
        let told = String::from_utf8_lossy(&told.stdout).into_owned();
        let free: u64 = told.lines().last().unwrap_or_default().trim().parse().context("what `df` says")?;
        let bytes = free.saturating_sub(but).to_string();
        let taken = Command::new("fallocate").args(["-l", &bytes]).arg(self.filler()).output()?;
        anyhow::ensure!(taken.status.success(), "{}", String::from_utf8_lossy(&taken.stderr));
        Ok(())
    }

    pub(super) fn free(&self) -> anyhow::Result<()> {
        Ok(std::fs::remove_file(self.filler())?)
    }

    fn filler(&self) -> PathBuf {
        self.0.join("filler")
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        // Lazily: a program that was killed may not be gone yet.
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

fn mount(words: &[&str], at: PathBuf) -> anyhow::Result<Mounted> {
    std::fs::create_dir_all(&at)?;
    let done = Command::new("mount").args(words).arg(&at).output().context("`mount` cannot be run")?;
    if !done.status.success() {
        bail!(
            "this fault needs a disk of its own, which only root may mount: {}",
            String::from_utf8_lossy(&done.stderr).trim()
        );
    }
    Ok(Mounted(at))
}
