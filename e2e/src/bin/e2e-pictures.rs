//! Takes a picture of every screen: light, dark, high contrast, at the smallest size, and zoomed. Started by `cargo
//! xtask pictures`.

// What it does is said to the person who waits for it.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use anyhow::{Context, Result};
use e2e::{
    CALLS, Driver, LIVE, Office, RECORDINGS, REPORTS, SCREENS, SETTINGS, SETTINGS_TABS, Started, Window,
    library_with_a_backup,
};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

const FIRST_CALL: Duration = Duration::from_secs(90);
/// A window obeys within a moment; a busy machine takes longer.
const RESIZED: Duration = Duration::from_secs(10);
const PAINTED: Duration = Duration::from_secs(10);
const USUAL: (u32, u32) = (1280, 800);
/// As `tauri.conf.json` has it.
const SMALLEST: (u32, u32) = (1024, 640);

/// How a screen is lit, how large the window is, and how large things are in it.
struct Look {
    word: &'static str,
    theme: &'static str,
    contrast: &'static str,
    size: (u32, u32),
    zoom: &'static str,
}

const LIGHT: Look = Look { word: "light", theme: "light", contrast: "usual", size: USUAL, zoom: "100%" };

const LOOKS: [Look; 6] = [
    LIGHT,
    Look { word: "dark", theme: "dark", ..LIGHT },
    Look { word: "contrast", contrast: "more", ..LIGHT },
    Look { word: "smallest", size: SMALLEST, ..LIGHT },
    Look { word: "zoom-80", zoom: "80%", ..LIGHT },
    Look { word: "zoom-150", zoom: "150%", ..LIGHT },
];

#[tokio::main]
async fn main() -> ExitCode {
    match take().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("The pictures: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn take() -> Result<()> {
    let mut words = std::env::args_os().skip(1).map(PathBuf::from);
    let (app, folder) = (words.next(), words.next());
    let app = app.context("first the app, then the folder for the pictures")?;
    let folder = folder.context("the folder for the pictures is missing")?;
    let work = folder.join("work");
    first_run(&app, &work.join("own"), &folder).await?;
    rescue(&app, &work.join("damaged"), &folder).await?;
    demo(&app, &work.join("demo"), &folder).await
}

/// Each step of a new library, up to the phone system that is awaited.
async fn first_run(app: &Path, home: &Path, folder: &Path) -> Result<()> {
    let driver = Driver::start(home).await?;
    let library = home.join("library");
    let window = driver.open(&Started { app, library: &library, office: Office::Own, home }).await?;
    step(&window, "welcome", folder).await?;
    window.click("[data-testid='setup-connect']").await?;
    step(&window, "address", folder).await?;
    window.type_into("[data-testid='setup-host']", "127.0.0.1").await?;
    window.click("[data-testid='setup-next']").await?;
    window.see("[data-testid='manager-steps'] li").await?;
    step(&window, "devlink", folder).await?;
    window.click("[data-testid='setup-devlink-on']").await?;
    window.click("[data-testid='setup-next']").await?;
    step(&window, "smdr", folder).await?;
    window.click("[data-testid='setup-next']").await?;
    step(&window, "recordings", folder).await?;
    window.click("[data-testid='setup-next']").await?;
    step(&window, "place", folder).await?;
    window.type_into("[data-testid='site-name']", "Main office").await?;
    window.click("[data-testid='setup-next']").await?;
    step(&window, "done", folder).await?;
    window.click("[data-testid='setup-open']").await?;
    window.see("[data-testid='checklist']").await?;
    shoot(&window, "first-run-open", folder).await?;
    window.close().await
}

async fn step(window: &Window, word: &str, folder: &Path) -> Result<()> {
    window.see(&format!("[data-testid='setup'][data-step='{word}']")).await?;
    shoot(window, &format!("first-run-{word}"), folder).await
}

/// A library that cannot be read, up to its restored backup.
async fn rescue(app: &Path, home: &Path, folder: &Path) -> Result<()> {
    let database = library_with_a_backup(app, home, "2026/11/20 10:42:18")?;
    std::fs::write(&database, "Dear Sirs, ".repeat(10_000))?;
    let library = home.join("library");
    let driver = Driver::start(home).await?;
    let window = driver.open(&Started { app, library: &library, office: Office::Own, home }).await?;
    window.see("[data-testid='rescue-line']").await?;
    shoot(&window, "rescue", folder).await?;
    window.click("[data-testid='rescue-restore']").await?;
    window.see("[data-testid='rescue-asked']").await?;
    shoot(&window, "rescue-asked", folder).await?;
    window.click("[data-testid='rescue-begin']").await?;
    window.see("[data-testid='rescue-done']").await?;
    shoot(&window, "rescue-done", folder).await?;
    window.close().await
}

async fn demo(app: &Path, home: &Path, folder: &Path) -> Result<()> {
    let driver = Driver::start(home).await?;
    let library = home.join("library");
    let window = driver.open(&Started { app, library: &library, office: Office::Demo, home }).await?;
    window.go_to(LIVE).await?;
    window.see_within("[data-testid='live-call']", FIRST_CALL).await.context("no call came")?;
    for screen in SCREENS.into_iter().filter(|screen| *screen != SETTINGS) {
        window.go_to(screen).await?;
        shoot(&window, screen.word, folder).await?;
        let opens = match screen {
            CALLS => Some(("[data-testid='call-row']:not(.live)", "[data-testid='event-line']")),
            RECORDINGS => Some(("[data-testid='recording-row']", "[data-testid='recording-detail']")),
            REPORTS => Some((
                "[data-testid='report-item'][data-report='agent-call-summary']",
                "[data-testid='report-row']",
            )),
            _ => None,
        };
        if let Some((one, opened)) = opens {
            window.click(one).await?;
            window.see(opened).await?;
            shoot(&window, &format!("{}-opened", screen.word), folder).await?;
        }
    }
    window.go_to(SETTINGS).await?;
    for tab in SETTINGS_TABS {
        window.click(&format!("[data-testid='tab-{tab}']")).await?;
        shoot(&window, &format!("settings-{tab}"), folder).await?;
    }
    window.go_to(CALLS).await?;
    window.press("?").await?;
    window.see("[data-testid='keys'] dl").await?;
    shoot(&window, "keys", folder).await?;
    window.close().await
}

/// What is painted now, in every look; the window is left as it was.
async fn shoot(window: &Window, name: &str, folder: &Path) -> Result<()> {
    for look in LOOKS.iter().chain(&LOOKS[..1]) {
        window.resize(look.size, RESIZED).await?;
        let script = "const root = document.documentElement; root.dataset.theme = arguments[0]; \
             root.dataset.contrast = arguments[1]; \
             document.querySelector('.zoomed').style.zoom = arguments[2]; \
             document.getAnimations().forEach(one => one.finish()); window.__painted = false; \
             const next = then => requestAnimationFrame(then); \
             next(() => next(() => next(() => { window.__painted = true; })));";
        window.run(script, vec![look.theme.into(), look.contrast.into(), look.zoom.into()]).await?;
        window
            .until("it to be painted anew", PAINTED, "return window.__painted;", "", |painted| {
                painted == true
            })
            .await?;
        let folder = folder.join(look.word);
        std::fs::create_dir_all(&folder)?;
        let path = folder.join(format!("{name}.png"));
        let picture = window.picture().await.with_context(|| format!("{name}, {}", look.word))?;
        std::fs::write(&path, picture).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    println!("{name}");
    Ok(())
}
