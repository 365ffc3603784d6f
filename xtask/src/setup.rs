//! What building needs, installed where that can be done without asking, named where it cannot.

use crate::process::{is_installed, must, program, quiet};
use anyhow::{Context, Result, bail};
use std::path::Path;

/// To build the window.
const BUILD_PACKAGES: &[&str] = &[
    "build-essential",
    "pkg-config",
    "libwebkit2gtk-4.1-dev",
    "libgtk-3-dev",
    "libsoup-3.0-dev",
    "libayatana-appindicator3-dev",
    "librsvg2-dev",
    "libxdo-dev",
    "libssl-dev",
    "libdbus-1-dev",
    "libasound2-dev",
    "cmake",
    "file",
    "fonts-dejavu-core",
];

/// To open it without a screen and to drive it.
const WINDOW_TEST_PACKAGES: &[&str] = &["xvfb", "xauth", "webkit2gtk-driver", "dbus", "dbus-x11"];

/// To make speech in every format, to look at what was stored with other programs, and to hear what is played.
const SOUND_TEST_PACKAGES: &[&str] = &[
    "espeak-ng",
    "sox",
    "libsox-fmt-all",
    "ffmpeg",
    "opus-tools",
    "pulseaudio",
    "pulseaudio-utils",
    "libasound2-plugins",
];

const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Installs what is missing; does and prints nothing when all is there.
pub(crate) fn setup() -> Result<()> {
    match std::env::consts::OS {
        "linux" => linux_packages()?,
        "macos" => macos_tools()?,
        "windows" => windows_tools(),
        other => println!("CallDoc has not been built on {other} yet; what Tauri 2 needs must be there."),
    }
    wasm_target()
}

fn linux_packages() -> Result<()> {
    let wanted: Vec<&str> = [BUILD_PACKAGES, WINDOW_TEST_PACKAGES, SOUND_TEST_PACKAGES].concat();
    if !Path::new("/etc/debian_version").exists() {
        return other_linux();
    }
    let missing: Vec<&str> = wanted.into_iter().filter(|package| !is_package_installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("Installing Debian packages: {}", missing.join(" "));
    apt("update -q").context("the package lists could not be fetched")?;
    apt(&format!("install -q -y --no-install-recommends {}", missing.join(" ")))
        .with_context(|| format!("these packages must be installed by hand first: {}", missing.join(" ")))
}

fn is_package_installed(package: &str) -> bool {
    // Without the status, a package that was removed again would count as there.
    let asked = quiet(&mut program("dpkg-query", &format!("-W -f=${{db:Status-Status}} {package}")));
    asked.is_some_and(|status| status.trim() == "installed")
}

fn apt(words: &str) -> Result<()> {
    let is_root = quiet(&mut program("id", "-u")).is_some_and(|id| id.trim() == "0");
    if is_root {
        return must(program("apt-get", words).env("DEBIAN_FRONTEND", "noninteractive"));
    }
    if !is_installed("sudo") {
        bail!("this needs root and there is no sudo: run `apt-get {words}` as root");
    }
    must(&mut program("sudo", &format!("env DEBIAN_FRONTEND=noninteractive apt-get {words}")))
}

/// Their package names differ; what pkg-config finds decides.
fn other_linux() -> Result<()> {
    let found = |library: &str| quiet(&mut program("pkg-config", &format!("--exists {library}"))).is_some();
    let missing: Vec<&str> =
        ["webkit2gtk-4.1", "gtk+-3.0", "libsoup-3.0", "librsvg-2.0", "dbus-1", "openssl", "alsa"]
            .into_iter()
            .filter(|library| !found(library))
            .collect();
    if missing.is_empty() {
        return Ok(());
    }
    bail!(
        "pkg-config does not find {}. Install with your package manager what Debian calls: {}",
        missing.join(", "),
        [BUILD_PACKAGES, WINDOW_TEST_PACKAGES, SOUND_TEST_PACKAGES].concat().join(" "),
    )
}

fn macos_tools() -> Result<()> {
    if quiet(&mut program("xcode-select", "-p")).is_none() {
        bail!("the compiler is missing: run `xcode-select --install`, then this again");
    }
    Ok(())
}

fn windows_tools() {
    println!(
        "Needed on Windows: the Visual Studio Build Tools with \"Desktop development with C++\", and the"
    );
    println!("WebView2 runtime (part of Windows 11 and of current Windows 10).");
}

fn wasm_target() -> Result<()> {
    if !is_installed("rustup") {
        println!("There is no rustup here: the Rust target {WASM_TARGET} must be installed another way.");
        return Ok(());
    }
    let installed = quiet(&mut program("rustup", "target list --installed"))
        .is_some_and(|list| list.lines().any(|line| line.trim() == WASM_TARGET));
    if installed {
        return Ok(());
    }
    let add = || must(&mut program("rustup", &format!("target add {WASM_TARGET}")));
    // A download that broke off once usually works the second time.
    add().or_else(|_| add()).context("the wasm target could not be added")
}
