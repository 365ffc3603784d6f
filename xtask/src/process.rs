//! Running other programs: said before it is done, and failing in words.

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a child that was asked to end may take before it is ended by force.
const GRACE: Duration = Duration::from_secs(10);

/// Folder of the workspace.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// Cargo's target folder, wherever the environment has put it.
pub(crate) fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// A built program of this profile folder ("debug", "release").
pub(crate) fn built(profile_folder: &str, name: &str) -> PathBuf {
    target().join(profile_folder).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// The cargo that runs us, so that a toolchain chosen by hand stays chosen. Quoted arguments are not needed by any caller.
pub(crate) fn cargo(words: &str) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(words.split_whitespace()).current_dir(root());
    // Set for us by `cargo run`; with them a build script would believe that it belongs to xtask.
    for name in ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_PKG_NAME", "CARGO_PKG_VERSION"] {
        command.env_remove(name);
    }
    command
}

/// Any other program, run at the root.
pub(crate) fn program(name: &str, words: &str) -> Command {
    let mut command = Command::new(name);
    command.args(words.split_whitespace()).current_dir(root());
    command
}

/// Says what is run, runs it with our own output, and fails when it fails.
pub(crate) fn must(command: &mut Command) -> Result<()> {
    let said = said(command);
    println!("$ {said}");
    let begun = Instant::now();
    let status = command.status().with_context(|| format!("`{said}` could not be started"))?;
    if !status.success() {
        bail!("`{said}` failed ({status})");
    }
    if begun.elapsed() > Duration::from_secs(5) {
        println!("  ({} s)", begun.elapsed().as_secs());
    }
    Ok(())
}

/// What a program prints, or `None` when it is not there or fails.
pub(crate) fn quiet(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program can be found on the path.
pub(crate) fn is_installed(name: &str) -> bool {
    let Some(path) = std::env::var_os("PATH") else { return false };
    let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path).any(|folder| folder.join(&name).is_file())
}

/// A child that ends with us.
pub(crate) struct Kept(Child);

impl Kept {
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        let said = said(command);
        Ok(Self(command.spawn().with_context(|| format!("`{said}` could not be started"))?))
    }

    /// Whether it has already ended by itself.
    pub(crate) fn has_ended(&mut self) -> bool {
        !matches!(self.0.try_wait(), Ok(None))
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        // TERM first: an X server that is killed leaves its lock file behind.
        if cfg!(unix) {
            quiet(&mut program("kill", &self.0.id().to_string()));
            let deadline = Instant::now() + GRACE;
            while Instant::now() < deadline && !self.has_ended() {
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        // Both fail only when it has ended already, which is what is wanted.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn said(command: &Command) -> String {
    let name = Path::new(command.get_program()).file_stem().unwrap_or(command.get_program());
    let mut said = name.to_string_lossy().into_owned();
    for word in command.get_args() {
        said.push(' ');
        said.push_str(&word.to_string_lossy());
    }
    said
}
