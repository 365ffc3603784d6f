//! Everything that must hold before a change is taken in, the quick checks first.

use crate::display::VirtualScreen;
use crate::process::{built, cargo, is_installed, must, root};
use crate::ui::{Speed, ui};
use crate::{axe, permitted, setup, tidy};
use anyhow::{Context, Result, anyhow, bail};
use std::fs;
use std::time::Instant;

#[derive(clap::Args)]
pub(crate) struct TestOptions {
    /// Leaves out the tests that open the window
    #[arg(long)]
    fast: bool,
}

pub(crate) fn test(options: &TestOptions) -> Result<()> {
    let begun = Instant::now();
    setup::setup()?;
    must(&mut cargo("fmt --all --check"))?;
    tidy::tidy()?;
    licences()?;
    page_and_clippy()?;
    rooms()?;
    if options.fast {
        println!("The window was left out (--fast).");
    } else {
        window()?;
    }
    println!("All of it passed, in {} minutes.", begun.elapsed().as_secs().div_ceil(60));
    Ok(())
}

/// Side by side: the page keeps one processor busy for minutes, and clippy does not care what is in it.
fn page_and_clippy() -> Result<()> {
    // The app is not even checked without the folder of the page that it embeds.
    fs::create_dir_all(root().join("ui/dist")).context("ui/dist")?;
    let page = std::thread::spawn(|| ui(Speed::Optimised));
    let host = must(&mut cargo("clippy --workspace --all-targets -- -D warnings"));
    page.join().map_err(|_| anyhow!("building the page broke off"))??;
    host?;
    must(&mut cargo("clippy -p ui --target wasm32-unknown-unknown -- -D warnings"))
}

fn licences() -> Result<()> {
    if !is_installed("cargo-deny") {
        println!(
            "cargo-deny is not installed: only licences and sources of the dependencies are checked here."
        );
        return permitted::check();
    }
    must(&mut cargo("deny --all-features check bans licenses sources"))
}

/// Programs and tests in one build: apart, the features that tests switch on would have every dependency built twice.
fn rooms() -> Result<()> {
    must(&mut cargo("build --workspace --bins --tests"))?;
    if is_installed("cargo-nextest") {
        return must(cargo("nextest run --workspace").args(["-E", "not package(e2e)"]));
    }
    println!("cargo-nextest is not installed: the tests run with cargo's own runner.");
    must(&mut cargo("test --workspace --quiet"))
}

/// The real window, on a screen and a message bus of its own even where there is a desktop: nobody's clicks get in.
fn window() -> Result<()> {
    if std::env::consts::OS != "linux" {
        println!("The window is only driven on Linux: WebKitWebDriver exists nowhere else.");
        return Ok(());
    }
    let app = built("debug", "calldoc");
    if !app.exists() {
        bail!("the app was built, but is not at {}", app.display());
    }
    let screen = VirtualScreen::start()?;
    // One after the other: WebKitWebDriver drives one window at a time.
    let tests = if is_installed("cargo-nextest") {
        let mut tests = cargo("nextest run --workspace --no-capture -E");
        tests.arg("package(e2e)");
        tests
    } else {
        cargo("test --workspace --test window -- --nocapture --test-threads=1")
    };
    let mut driven = screen.command(tests.get_program());
    driven.args(tests.get_args()).env("CALLDOC_APP", app);
    if let Some(script) = axe::script()? {
        driven.env("CALLDOC_AXE", script);
    }
    must(&mut driven)
}
