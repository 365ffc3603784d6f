//! WebKitWebDriver, and the app that it starts.

use crate::sound::Sound;
use crate::window::Window;
use anyhow::{Context, Result};
use fantoccini::ClientBuilder;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep};

/// The driver answers within a second; a machine under load takes longer.
const DRIVER_READY: Duration = Duration::from_secs(30);
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// What the app is started with.
pub struct Started<'a> {
    pub app: &'a Path,
    pub library: &'a Path,
    pub office: Office,
    /// Where the webview keeps what it keeps (theme, zoom), so that no test meets what another left.
    pub home: &'a Path,
}

/// Whose calls the app shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Office {
    Demo,
    /// The library as it is.
    Own,
    /// As a person starts it every day, without words: the library, and everything else, in its own place.
    Everyday,
}

/// A running WebKitWebDriver; the app ends with it.
pub struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    /// Needs a display and, for the app, a session bus: see `cargo xtask test`.
    pub async fn start(home: &Path) -> Result<Self> {
        Self::start_with(home, &Sound::none(home)?).await
    }

    /// With a sound device, or surely without one.
    pub async fn start_with(home: &Path, sound: &Sound) -> Result<Self> {
        let port = free_port()?;
        let child = Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            // Without it the app refuses to be driven.
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            // Where a person would say that a file goes.
            .env("CALLDOC_CHOSEN", home)
            // Would still be written while the folder is being removed, and complain.
            .env("MESA_SHADER_CACHE_DISABLE", "true")
            .envs(sound.variables())
            .stdin(Stdio::null())
            .spawn()
            .context("WebKitWebDriver is missing; Debian has it in webkit2gtk-driver")?;
        let mut driver = Self { child, port };
        driver.ready().await?;
        Ok(driver)
    }

    /// Opens the app's window.
    pub async fn open(&self, started: &Started<'_>) -> Result<Window> {
        let library = ["--library".to_owned(), started.library.to_string_lossy().into_owned()];
        let words: Vec<String> = match started.office {
            Office::Demo => library.into_iter().chain(["--demo".to_owned()]).collect(),
            Office::Own => library.into(),
            Office::Everyday => Vec::new(),
        };
        let wanted = json!({ "webkitgtk:browserOptions": { "binary": started.app, "args": words } });
        let serde_json::Value::Object(wanted) = wanted else { unreachable!("written as an object above") };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(wanted)
            .connect(&format!("http://127.0.0.1:{}", self.port))
            .await
            .context("the app did not open a window that can be driven")?;
        Ok(Window::new(client))
    }

    async fn ready(&mut self) -> Result<()> {
        let deadline = Instant::now() + DRIVER_READY;
        loop {
            if let Some(status) = self.child.try_wait()? {
                anyhow::bail!("WebKitWebDriver ended at once ({status})");
            }
            if TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).await.is_ok() {
                return Ok(());
            }
            anyhow::ensure!(
                Instant::now() < deadline,
                "WebKitWebDriver does not answer on port {}",
                self.port
            );
            sleep(LOOK_AGAIN).await;
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The driver closes the window at most; an app that is left alone would run beside all later tests.
        let driver = self.child.id();
        let apps = std::fs::read_to_string(format!("/proc/{driver}/task/{driver}/children"));
        let apps = apps.unwrap_or_default();
        if !apps.trim().is_empty() {
            let _ = Command::new("kill").args(apps.split_whitespace()).status();
        }
        // Both fail only when it has ended already, which is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}
