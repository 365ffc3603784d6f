//! Drives an installed CallDoc through its updates: what is not genuine must be refused in words, and what is genuine
//! must be installed. Started by `cargo xtask prove-update`, whose server plays the scene that is named in a file.

// What it does is said to the person who waits for it.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use anyhow::{Context, Result, bail, ensure};
use e2e::{Driver, Office, SETTINGS, Started, Window};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// Fetching, verifying and backing up take seconds.
const SETTLES: Duration = Duration::from_secs(90);
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// A scene, whether something is offered in it, and what the window must say in the end.
const REFUSED: [(&str, Offers, &str); 7] = [
    ("newest", Offers::Nothing, "This is the newest version."),
    ("no-list", Offers::Nothing, "no list of versions"),
    ("tampered", Offers::AVersion, "not signed by CallDoc’s makers"),
    ("stranger", Offers::AVersion, "not signed by CallDoc’s makers"),
    ("cut", Offers::AVersion, "The download broke off"),
    ("replayed", Offers::AVersion, "an older version under a newer number"),
    ("full", Offers::AVersion, "The disk is full"),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Offers {
    Nothing,
    AVersion,
}

#[tokio::main]
async fn main() -> ExitCode {
    match drive().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("The update: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn drive() -> Result<()> {
    let asked = Asked::parse()?;
    let driver = Driver::start(&asked.home).await?;
    let started =
        Started { app: &asked.app, library: &asked.home, office: Office::Everyday, home: &asked.home };
    let window = driver.open(&started).await?;
    window.click(&format!("[data-testid='nav-{}']", SETTINGS.word)).await?;
    window.click("[data-testid='tab-this-computer']").await?;
    window.see("[data-testid='running-version']").await?;
    match asked.doing.as_str() {
        "refuse" => {
            runs(&window, &asked.version).await?;
            for (scene, offers, says) in REFUSED {
                refused(&window, &asked, scene, offers, says).await?;
            }
            runs(&window, &asked.version).await?;
            window.close().await
        }
        "update" => update(window, &asked).await,
        "look" => {
            runs(&window, &asked.version).await?;
            keep_picture(&window, &asked, "after").await?;
            window.close().await
        }
        other => bail!("nobody knows how to {other}"),
    }
}

async fn refused(window: &Window, asked: &Asked, scene: &str, offers: Offers, says: &str) -> Result<()> {
    std::fs::write(&asked.scene, scene)?;
    let ballast = asked.home.join("ballast");
    if scene == "full" {
        fill(&ballast)?;
    }
    window.click("[data-testid='look-for-update']:not([disabled])").await?;
    if offers == Offers::AVersion {
        window
            .click("[data-testid='install-update']")
            .await
            .with_context(|| format!("{scene}: nothing is offered"))?;
    }
    let state = "[data-testid='update-state']";
    let script = "const it = document.querySelector(arguments[0]); return it ? it.innerText : '';";
    let told = window
        .until(&format!("{scene} to be told"), SETTLES, script, state, |text| {
            text.as_str().is_some_and(|text| text.replace('\'', "’").contains(says))
        })
        .await?;
    let told = told.as_str().unwrap_or_default().lines().next().unwrap_or_default().to_owned();
    println!("{scene:<10} {told}");
    keep_picture(window, asked, scene).await?;
    if scene == "full" {
        std::fs::remove_file(ballast)?;
    }
    Ok(())
}

/// Presses the button; the window goes away with the old version.
async fn update(window: Window, asked: &Asked) -> Result<()> {
    std::fs::write(&asked.scene, "genuine")?;
    window.click("[data-testid='look-for-update']:not([disabled])").await?;
    window.see("[data-testid='update-found']").await?;
    keep_picture(&window, asked, "found").await?;
    window.click("[data-testid='install-update']").await?;
    let deadline = Instant::now() + SETTLES;
    loop {
        let trouble = window.text("[data-testid='update-trouble']").await;
        match trouble {
            // The old version is gone, and with it who could answer.
            Err(_) => return Ok(()),
            Ok(trouble) if trouble.is_empty() => {}
            Ok(trouble) => bail!("the genuine update was refused: {trouble}"),
        }
        ensure!(Instant::now() < deadline, "the old version still runs");
        sleep(LOOK_AGAIN).await;
    }
}

async fn runs(window: &Window, version: &str) -> Result<()> {
    let says = window.text("[data-testid='running-version']").await?;
    ensure!(
        says.contains(&format!("CallDoc {version} runs")),
        "{version} should run, but the window says: {says}"
    );
    Ok(())
}

async fn keep_picture(window: &Window, asked: &Asked, name: &str) -> Result<()> {
    let script =
        "document.querySelector(\"[data-testid='computer-updates']\").scrollIntoView(); return true;";
    window.run(script, Vec::new()).await?;
    std::fs::write(asked.pictures.join(format!("{name}.png")), window.picture().await?)?;
    Ok(())
}

/// Takes all room that is left on the disk of the library.
fn fill(ballast: &Path) -> Result<()> {
    use std::io::Write;
    let mut file = std::fs::File::create(ballast)?;
    let some = vec![0; 64 * 1024];
    while file.write_all(&some).is_ok() {}
    Ok(())
}

struct Asked {
    app: PathBuf,
    home: PathBuf,
    scene: PathBuf,
    pictures: PathBuf,
    doing: String,
    version: String,
}

impl Asked {
    fn parse() -> Result<Self> {
        let words: Vec<String> = std::env::args().skip(1).collect();
        let word = |name: &str| -> Result<String> {
            let at =
                words.iter().position(|word| word == name).with_context(|| format!("{name} is missing"))?;
            words.get(at + 1).cloned().with_context(|| format!("{name} says nothing"))
        };
        Ok(Self {
            app: word("--app")?.into(),
            home: word("--home")?.into(),
            scene: word("--scene")?.into(),
            pictures: word("--pictures")?.into(),
            doing: word("--doing")?,
            version: word("--version")?,
        })
    }
}
