//! Lets the demo run for two minutes and takes a picture of every screen. Started by `cargo xtask run --demo` where
//! there is no screen.

// What it does is said to the person who waits for it.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use anyhow::{Context, Result};
use e2e::{CALLS, Driver, LIVE, Office, REPORTS, SCREENS, Started, Theme, Window};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// As long as a newcomer would look.
const RUNS: Duration = Duration::from_secs(120);
/// When the pictures begin: by then calls have rung, been answered and ended, and some are going on.
const PICTURES_AFTER: Duration = Duration::from_secs(75);
const FIRST_CALL: Duration = Duration::from_secs(60);

#[tokio::main]
async fn main() -> ExitCode {
    match look().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("The demo: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn look() -> Result<()> {
    let asked = Asked::parse()?;
    let begun = Instant::now();
    // Not the person's own settings, and the same theme and zoom each time.
    let home = asked.pictures.join("home");
    let driver = Driver::start(&home).await?;
    let started = Started { app: &asked.app, library: &asked.library, office: Office::Demo, home: &home };
    let window = driver.open(&started).await?;
    window.see("[data-testid='demo-mark']").await?;
    println!("The window is open ({} s).", begun.elapsed().as_secs());

    window.go_to(LIVE).await?;
    window.see_within("[data-testid='live-call']", FIRST_CALL).await.context("no call came")?;
    println!("The first call rings ({} s).", begun.elapsed().as_secs());

    sleep_until(begun + PICTURES_AFTER).await;
    for theme in [Theme::Light, Theme::Dark] {
        window.light(theme).await?;
        pictures(&window, theme, &asked.pictures).await?;
    }
    let complaints = window.complaints().await?;
    anyhow::ensure!(complaints.is_empty(), "the page complained: {complaints:#?}");
    sleep_until(begun + RUNS).await;
    window.close().await
}

async fn pictures(window: &Window, theme: Theme, folder: &Path) -> Result<()> {
    for screen in SCREENS {
        window.go_to(screen).await?;
        if screen == CALLS {
            open_a_call(window).await?;
        }
        if screen == REPORTS {
            window.click("[data-testid='report-item'][data-report='agent-call-summary']").await?;
            window.see("[data-testid='report-row']").await?;
        }
        let path = folder.join(format!("{}-{}.png", screen.word, theme.word()));
        let picture = window.picture().await.with_context(|| format!("the screen {}", screen.word))?;
        std::fs::write(&path, picture).with_context(|| format!("{} cannot be written", path.display()))?;
        println!("Picture: {}", path.display());
    }
    Ok(())
}

/// One that has ended; it stays open when the list is left and come back to.
async fn open_a_call(window: &Window) -> Result<()> {
    if window.count("[data-testid='call-detail']").await? == 0 {
        window.click("[data-testid='call-row']:not(.live)").await?;
    }
    window.see("[data-testid='call-detail'] [data-testid='event-line']").await
}

struct Asked {
    app: PathBuf,
    library: PathBuf,
    pictures: PathBuf,
}

impl Asked {
    fn parse() -> Result<Self> {
        let (mut app, mut library, mut pictures) = (None, None, None);
        let mut words = std::env::args_os().skip(1);
        while let Some(word) = words.next() {
            let named = match word.to_string_lossy().as_ref() {
                "--app" => &mut app,
                "--library" => &mut library,
                "--pictures" => &mut pictures,
                other => anyhow::bail!("unknown: {other}"),
            };
            *named = Some(PathBuf::from(words.next().context("a path is missing")?));
        }
        Ok(Self {
            app: app.context("--app is missing")?,
            library: library.context("--library is missing")?,
            pictures: pictures.context("--pictures is missing")?,
        })
    }
}
