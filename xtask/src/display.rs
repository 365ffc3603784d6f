//! A screen to open windows on where the machine has none (Linux without a desktop).

use crate::process::{Kept, is_installed, root};
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

/// The window's first size, so that the pictures show what a person sees.
const SCREEN: &str = "1280x800x24";

/// Whether a window that is opened now would be seen.
pub(crate) fn has_screen() -> bool {
    if std::env::consts::OS != "linux" {
        return true;
    }
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// A virtual screen, gone when dropped.
pub(crate) struct VirtualScreen {
    _server: Kept,
    display: String,
}

impl VirtualScreen {
    pub(crate) fn start() -> Result<Self> {
        for name in ["Xvfb", "dbus-run-session"] {
            if !is_installed(name) {
                bail!(
                    "{name} is needed to open a window without a screen; `cargo xtask setup` installs it on Debian"
                );
            }
        }
        // The server picks a free number itself and says it once it can be used: nothing to guess, nothing to wait for.
        let (said, says) = std::io::pipe()?;
        let server = Kept::start(
            Command::new("Xvfb")
                .args(["-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp"])
                .stdout(says)
                .stderr(Stdio::null()),
        )?;
        let mut number = String::new();
        BufReader::new(said).read_line(&mut number).context("the virtual screen did not say its number")?;
        if number.trim().is_empty() {
            bail!("the virtual screen (Xvfb) ended at once");
        }
        Ok(Self { _server: server, display: format!(":{}", number.trim()) })
    }

    /// A program with this screen, on a message bus of its own so that it does not meet another instance of the app.
    pub(crate) fn command(&self, name: &std::ffi::OsStr) -> Command {
        let mut command = Command::new("dbus-run-session");
        command.arg("--").arg(name).current_dir(root());
        command.env("DISPLAY", &self.display).env_remove("WAYLAND_DISPLAY").env("GDK_BACKEND", "x11");
        // Compositing by a graphics card that is not there costs a warning and a blank first second.
        command.env("LIBGL_ALWAYS_SOFTWARE", "1");
        command
    }
}
