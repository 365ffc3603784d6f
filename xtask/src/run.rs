//! Builds the app and opens it, or, on a machine without a screen, lets its demo be looked at in pictures.

use crate::process::{built, cargo, must};
use crate::ui::{Speed, ui};
use crate::{demo, display, setup};
use anyhow::{Result, bail};
use std::process::Command;

#[derive(clap::Args)]
pub(crate) struct RunOptions {
    /// With an invented office that makes calls, and a library of its own
    #[arg(long)]
    demo: bool,
    /// The app optimised as in an installer (takes several times as long to build)
    #[arg(long)]
    release: bool,
    /// Folder of the library, instead of the app's own
    #[arg(long, value_name = "DIR")]
    library: Option<std::path::PathBuf>,
}

pub(crate) fn run(options: &RunOptions) -> Result<()> {
    setup::setup()?;
    // The page is optimised either way: unoptimised wasm is what a person would feel.
    ui(Speed::Optimised)?;
    let (words, folder) = if options.release { ("--release", "release") } else { ("", "debug") };
    if display::has_screen() {
        must(&mut cargo(&format!("build --bin calldoc {words}")))?;
        return open(options, folder);
    }
    if !options.demo {
        bail!("there is no screen to open the window on; `cargo xtask run --demo` works without one");
    }
    // One build, so that what the three share is built once and with the same features.
    must(&mut cargo(&format!("build -p calldoc -p cli -p e2e --bins {words}")))?;
    demo::pictures(folder, options.library.as_deref())
}

fn open(options: &RunOptions, folder: &str) -> Result<()> {
    let mut app = Command::new(built(folder, "calldoc"));
    if options.demo {
        app.arg("--demo");
    }
    if let Some(library) = &options.library {
        app.arg("--library").arg(library);
    }
    must(&mut app)
}
