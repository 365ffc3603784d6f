//! The two versions as packages, and the keys that sign them.

use crate::dist::{npx, overlay};
use crate::process::{built, cargo, must, target};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// Nothing is protected by it: the key lives as long as the run.
const PASSWORD: &str = "prove-update";

/// Made for this run.
pub(super) struct Keys {
    private: String,
    public: String,
}

/// A version as the bundler made it.
pub(super) struct Made {
    pub(super) version: String,
    pub(super) package: PathBuf,
    /// As it stands in a list of releases.
    pub(super) signature: String,
}

impl Keys {
    pub(super) fn make(folder: &Path, name: &str) -> Result<Self> {
        let file = folder.join(name);
        let words =
            format!("signer generate --ci --force --password {PASSWORD} --write-keys {}", file.display());
        let made = npx(&words).output().context("npx could not be started")?;
        ensure!(made.status.success(), "no key could be made: {}", String::from_utf8_lossy(&made.stderr));
        let read = |path: PathBuf| fs::read_to_string(&path).with_context(|| format!("{}", path.display()));
        let keys = Self { private: read(file.clone())?, public: read(folder.join(format!("{name}.pub")))? };
        fs::remove_file(file)?;
        Ok(keys)
    }

    /// The signature of a file, for a version.
    pub(super) fn sign(&self, file: &Path, version: &str) -> Result<String> {
        let copy = file.with_extension("signed-by-a-stranger");
        fs::copy(file, &copy)?;
        let words = format!("signer sign --app-version {version} {}", copy.display());
        let signed = self.lend(npx(&words)).output().context("npx could not be started")?;
        ensure!(signed.status.success(), "not signed: {}", String::from_utf8_lossy(&signed.stderr));
        let mut signature = copy.into_os_string();
        signature.push(".sig");
        fs::read_to_string(signature).context("the signature is missing")
    }

    fn lend(&self, mut to: std::process::Command) -> std::process::Command {
        to.env("TAURI_SIGNING_PRIVATE_KEY", &self.private);
        to.env("TAURI_SIGNING_PRIVATE_KEY_PASSWORD", PASSWORD);
        to
    }
}

/// The version of this tree.
pub(super) fn now() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// The one after it.
pub(super) fn next() -> String {
    let (front, patch) = now().rsplit_once('.').unwrap_or(("0.0", "0"));
    format!("{front}.{}", patch.parse::<u32>().unwrap_or(0) + 1)
}

/// Builds a version whose app knows our key and this run's server, and packs it.
pub(super) fn make(
    folder: &Path,
    profile: &str,
    version: impl Into<String>,
    keys: &Keys,
    port: u16,
) -> Result<Made> {
    let version = version.into();
    let compiled = configuration(&version, &keys.public, port);
    let words = format!("build -p calldoc --bins {}", flag(profile, "--release", ""));
    must(cargo(&words).env("TAURI_CONFIG", compiled.to_string()))?;
    let mut overlay_of = compiled;
    overlay_of["bundle"] = json!({});
    let file = overlay(&built(profile, "calldoc-cli"), &crate::dist::host()?, overlay_of)?;
    // Signed in any case here; the overlay says so only where a key is in the environment.
    let mut said: Value = serde_json::from_str(&fs::read_to_string(&file)?)?;
    said["bundle"]["createUpdaterArtifacts"] = json!(true);
    fs::write(&file, said.to_string())?;
    let words = format!("bundle --bundles deb --config {} {}", file.display(), flag(profile, "", "--debug"));
    must(&mut keys.lend(npx(&words)))?;
    let made =
        target().join(profile).join("bundle/deb").join(format!("CallDoc_{version}_{}.deb", processor()));
    let package = folder.join(made.file_name().context("a package without a name")?);
    fs::copy(&made, &package).with_context(|| format!("{} was not made", made.display()))?;
    let mut signature = made.into_os_string();
    signature.push(".sig");
    let signature = fs::read_to_string(signature).context("the package was not signed")?;
    Ok(Made { version, package, signature })
}

/// Only here may the app ask a server without TLS.
fn configuration(version: &str, public_key: &str, port: u16) -> Value {
    json!({
        "version": version,
        "plugins": { "updater": {
            "pubkey": public_key.trim(),
            "endpoints": [format!("http://127.0.0.1:{port}/{{{{channel}}}}.json")],
            "requireSignedVersion": true,
            "dangerousInsecureTransportProtocol": true,
        } },
    })
}

fn flag(profile: &str, release: &'static str, debug: &'static str) -> &'static str {
    if profile == "release" { release } else { debug }
}

/// As Debian calls it.
fn processor() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    }
}
