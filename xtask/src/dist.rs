//! The release build: the app, the command line and, where npm has Tauri's bundler, an installer.

use crate::process::{built, cargo, is_installed, must, program, target};
use crate::setup;
use crate::ui::{Speed, ui};
use anyhow::Result;

/// The bundler that goes with the tauri of Cargo.lock; run through npx, because building it from source takes a
/// quarter of an hour.
const BUNDLER: &str = "@tauri-apps/cli@2.12.5";

pub(crate) fn dist() -> Result<()> {
    setup::setup()?;
    ui(Speed::Optimised)?;
    // One call, so that the crates both share are built once and with the same features.
    must(&mut cargo("build --release -p calldoc -p cli --bins"))?;
    println!("App:          {}", built("release", "calldoc").display());
    println!("Command line: {}", built("release", "calldoc-cli").display());
    if !is_installed("npx") {
        println!("No installer was made: that takes npm, which is not here (Debian: `apt-get install npm`).");
        return Ok(());
    }
    let kind = match std::env::consts::OS {
        "linux" => "deb",
        "macos" => "app,dmg",
        "windows" => "nsis",
        other => {
            println!("No installer was made: there is none for {other}.");
            return Ok(());
        }
    };
    must(&mut program("npx", &format!("--yes {BUNDLER} bundle --bundles {kind}")))?;
    println!("Installer:    in {}", target().join("release/bundle").display());
    Ok(())
}
