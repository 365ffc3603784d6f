//! Measures. What is measured, and against what, is the business of the `bench` program in benches/.

use crate::display::VirtualScreen;
use crate::process::{built, cargo, must, root};
use crate::ui::{Speed, bind_page, ui};
use anyhow::Result;

/// The measurements that need a window to compare with.
const WITH_WINDOW: [&str; 2] = ["idle", "window"];

#[derive(clap::Args)]
pub(crate) struct BenchOptions {
    /// Handed on to the program, for instance the name of one measurement
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    words: Vec<String>,
}

pub(crate) fn bench(options: &BenchOptions) -> Result<()> {
    ui(Speed::Optimised)?;
    let with_window =
        options.words.is_empty() || options.words.iter().any(|word| WITH_WINDOW.contains(&word.as_str()));
    // The bench starts the command line, the app and the window that it finds beside itself.
    let mut build = cargo("build --release -p bench -p cli -p calldoc --bins");
    if with_window {
        bind_page("empty", &root().join("benches/empty/page/gen"))?;
        build.args(["--example", "empty-window", "--features", "calldoc/empty-window"]);
    }
    must(&mut build)?;
    let screen = VirtualScreen::start()?;
    let mut program = screen.command(built("release", "bench").as_os_str());
    program.args(&options.words);
    must(&mut program)
}
