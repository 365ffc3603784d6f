//! The release build: the app, the command line and the installers that this system can make.

use crate::licences;
use crate::process::{built, cargo, is_installed, must, program, target};
use crate::setup;
use crate::ui::{Speed, ui};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// The bundler that goes with the tauri of Cargo.lock; run through npx, because building it from source takes a
/// quarter of an hour.
pub(crate) const BUNDLER: &str = "@tauri-apps/cli@2.12.5";
/// What a person downloads is at most so large.
const LARGEST_INSTALLER_MB: u64 = 20;
/// Named variables of the release workflow: the key updates are known by, and where they are announced. `{{channel}}`
/// in the address becomes `stable` or `beta`.
const PUBLIC_KEY: &str = "CALLDOC_UPDATE_PUBLIC_KEY";
const ENDPOINT: &str = "CALLDOC_UPDATE_ENDPOINT";
/// The bundler reads it; what it signs, the updater takes.
const PRIVATE_KEY: &str = "TAURI_SIGNING_PRIVATE_KEY";

/// Which certificate of this Windows signs, when one is to.
const WINDOWS_CERTIFICATE: &str = "CALLDOC_WINDOWS_CERTIFICATE_THUMBPRINT";
/// A signature with a witness of its time holds longer than its certificate.
const TIMESTAMPS: &str = "http://timestamp.digicert.com";

const UNIVERSAL: &str = "universal-apple-darwin";
const MAC_TARGETS: [&str; 2] = ["aarch64-apple-darwin", "x86_64-apple-darwin"];

#[derive(clap::Args)]
pub(crate) struct DistOptions {
    /// Kinds of installers, instead of all that can be made here: deb,rpm,appimage,nsis,app,dmg
    #[arg(long, value_name = "KINDS")]
    bundles: Option<String>,
    /// One macOS program for both kinds of processors
    #[arg(long)]
    universal: bool,
}

pub(crate) fn dist(options: &DistOptions) -> Result<()> {
    setup::setup()?;
    ui(Speed::Optimised)?;
    let compiled = compiled_in()?;
    let folder = if options.universal { universal(&compiled)? } else { native(&compiled)? };
    println!("App:          {}", folder.join(name("calldoc")).display());
    if !is_installed("npx") {
        println!("No installer was made: that takes npm, which is not here (Debian: `apt-get install npm`).");
        return Ok(());
    }
    let Some(kinds) = options.bundles.as_deref().or(kinds_here()) else {
        println!("No installer was made: there is none for {}.", std::env::consts::OS);
        return Ok(());
    };
    let triple = if options.universal { UNIVERSAL.to_owned() } else { host()? };
    let overlay = overlay(&folder.join(name("calldoc-cli")), &triple, compiled)?;
    let mut words = format!("bundle --bundles {kinds} --config {}", overlay.display());
    if options.universal {
        words.push_str(&format!(" --target {UNIVERSAL}"));
    }
    bundle(&words)?;
    pack_tighter(&folder.join("bundle/deb"))?;
    installers(&folder.join("bundle"))
}

/// Runs Tauri's bundler.
pub(crate) fn bundle(words: &str) -> Result<()> {
    must(&mut npx(words))
}

pub(crate) fn npx(words: &str) -> std::process::Command {
    // On Windows npx is a script, which is only found by its whole name.
    let npx = if cfg!(windows) { "npx.cmd" } else { "npx" };
    program(npx, &format!("--yes {BUNDLER} {words}"))
}

/// What is laid over tauri.conf.json for the bundler only: files that are there once everything is built. Written into
/// the target folder, because it names places on this machine.
pub(crate) fn overlay(command_line: &Path, triple: &str, compiled: Value) -> Result<PathBuf> {
    let dist = target().join("dist");
    fs::create_dir_all(&dist).with_context(|| format!("{} cannot be made", dist.display()))?;
    let licences = licences::write(&dist)?;
    let mut overlay = compiled;
    overlay["bundle"] = json!({
        "createUpdaterArtifacts": is_signed(),
        "resources": { licences.to_string_lossy(): "licences.json" },
    });
    // On Linux the app is both, and a script in the package calls it so.
    if !triple.contains("linux") {
        // Tauri puts a program beside the app's own under its name without the triple.
        let suffix = if triple.contains("windows") { ".exe" } else { "" };
        fs::copy(command_line, dist.join(format!("calldoc-cli-{triple}{suffix}")))
            .with_context(|| format!("{} is missing", command_line.display()))?;
        overlay["bundle"]["externalBin"] = json!([dist.join("calldoc-cli")]);
    }
    if let Ok(thumbprint) = std::env::var(WINDOWS_CERTIFICATE) {
        overlay["bundle"]["windows"] = json!({
            "certificateThumbprint": thumbprint,
            "digestAlgorithm": "sha256",
            "timestampUrl": TIMESTAMPS,
        });
    }
    let file = dist.join("bundle.conf.json");
    fs::write(&file, serde_json::to_string_pretty(&overlay)?)?;
    Ok(file)
}

/// What is laid over tauri.conf.json when the app is compiled: how it knows updates, where the release says so.
fn compiled_in() -> Result<Value> {
    let named = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    match (named(PUBLIC_KEY), named(ENDPOINT)) {
        (Some(key), Some(endpoint)) => {
            if !endpoint.starts_with("https://") {
                bail!("{ENDPOINT} must begin with https://");
            }
            Ok(json!({ "plugins": { "updater": { "pubkey": key, "endpoints": [endpoint] } } }))
        }
        (None, None) => {
            println!(
                "Updates are not set up in this build: {PUBLIC_KEY} and {ENDPOINT} are not set. The app says so."
            );
            Ok(json!({}))
        }
        (Some(_), None) => bail!("{PUBLIC_KEY} is set and {ENDPOINT} is not: set both or none"),
        (None, Some(_)) => bail!("{ENDPOINT} is set and {PUBLIC_KEY} is not: set both or none"),
    }
}

/// The folder with what is packed.
fn native(compiled: &Value) -> Result<PathBuf> {
    // One call, so that the crates both share are built once and with the same features.
    let words = if cfg!(target_os = "linux") { "-p calldoc" } else { "-p calldoc -p cli" };
    let words = format!("build --release {words} --bins");
    must(cargo(&words).env("TAURI_CONFIG", compiled.to_string()))?;
    Ok(target().join("release"))
}

fn universal(compiled: &Value) -> Result<PathBuf> {
    for triple in MAC_TARGETS {
        let words = format!("build --release -p calldoc -p cli --bins --target {triple}");
        must(cargo(&words).env("TAURI_CONFIG", compiled.to_string()))?;
    }
    let folder = target().join(UNIVERSAL).join("release");
    fs::create_dir_all(&folder)?;
    for name in ["calldoc", "calldoc-cli"] {
        let mut join = program("lipo", "-create -output");
        join.arg(folder.join(name));
        join.args(MAC_TARGETS.map(|triple| target().join(triple).join("release").join(name)));
        must(&mut join)?;
    }
    Ok(folder)
}

/// AppImages are left to the release workflow: the bundler downloads their parts.
fn kinds_here() -> Option<&'static str> {
    match std::env::consts::OS {
        "linux" => Some("deb,rpm"),
        "macos" => Some("app,dmg"),
        "windows" => Some("nsis"),
        _ => None,
    }
}

/// The bundler packs a .deb with gzip; with xz it is a third smaller. Where there is no dpkg, as on Fedora, it stays.
fn pack_tighter(folder: &Path) -> Result<()> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    for entry in entries {
        let package = entry?.path();
        if package.extension().is_none_or(|ending| ending != "deb") || !is_installed("dpkg-deb") {
            continue;
        }
        let unpacked = target().join("dist/unpacked");
        if unpacked.exists() {
            fs::remove_dir_all(&unpacked)?;
        }
        must(program("dpkg-deb", "--raw-extract").args([&package, &unpacked]))?;
        must(program("dpkg-deb", "--root-owner-group -Zxz --build").args([&unpacked, &package]))?;
        fs::remove_dir_all(unpacked)?;
        // What the bundler signed is another file.
        if is_signed() {
            let words =
                format!("signer sign --app-version {} {}", env!("CARGO_PKG_VERSION"), package.display());
            must(&mut npx(&words))?;
        }
    }
    Ok(())
}

fn is_signed() -> bool {
    std::env::var_os(PRIVATE_KEY).is_some_and(|key| !key.is_empty())
}

/// Says what was made and how large it is; larger than promised is a failure.
fn installers(folder: &Path) -> Result<()> {
    let mut too_large = Vec::new();
    for kind in fs::read_dir(folder).with_context(|| format!("{}", folder.display()))? {
        for file in fs::read_dir(kind?.path())? {
            let (file, data) =
                (file.as_ref().map(fs::DirEntry::path), file.as_ref().map(fs::DirEntry::metadata));
            let (Ok(path), Ok(Ok(data))) = (file, data) else { continue };
            let is_installer = path.extension().is_some_and(|ending| {
                ["deb", "rpm", "exe", "dmg"].iter().any(|kind| ending.eq_ignore_ascii_case(kind))
            });
            if !is_installer {
                continue;
            }
            #[allow(clippy::cast_precision_loss)]
            let megabytes = data.len() as f64 / 1e6;
            println!("Installer:    {} ({megabytes:.1} MB)", path.display());
            if data.len() > LARGEST_INSTALLER_MB * 1_000_000 {
                too_large.push(path.display().to_string());
            }
        }
    }
    if too_large.is_empty() {
        return Ok(());
    }
    bail!("larger than {LARGEST_INSTALLER_MB} MB: {}", too_large.join(", "))
}

pub(crate) fn host() -> Result<String> {
    let version =
        crate::process::quiet(&mut program("rustc", "-vV")).context("rustc does not say its host")?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc does not say its host")?.to_owned())
}

fn name(program: &str) -> PathBuf {
    PathBuf::from(built("release", program).file_name().unwrap_or_default())
}
