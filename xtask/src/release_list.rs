//! The lists by which installed versions learn of a release: one per channel, in the form that Tauri's updater reads.

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Map, Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// What an installer's name ends with, and the installations that it updates.
const KINDS: [(&str, &[&str]); 5] = [
    (".deb", &["linux-x86_64-deb"]),
    (".rpm", &["linux-x86_64-rpm"]),
    (".AppImage", &["linux-x86_64-appimage"]),
    ("-setup.exe", &["windows-x86_64-nsis"]),
    (".app.tar.gz", &["darwin-aarch64-app", "darwin-x86_64-app"]),
];

#[derive(clap::Args)]
pub(crate) struct ReleaseList {
    /// Where the installers lie, each with its signature beside it
    #[arg(long, value_name = "DIR")]
    folder: PathBuf,
    /// What is new, as plain text
    #[arg(long, value_name = "FILE")]
    notes: PathBuf,
    #[arg(long)]
    version: String,
    /// Where the installers can be fetched from
    #[arg(long, value_name = "URL")]
    address: String,
    /// Where the lists go
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

pub(crate) fn write(asked: &ReleaseList) -> Result<()> {
    let notes = fs::read_to_string(&asked.notes).context("what is new cannot be read")?;
    let signed = signed(&asked.folder)?;
    let list = list(&asked.version, notes.trim(), &asked.address, &signed)?;
    fs::create_dir_all(&asked.out)?;
    for channel in channels(&asked.version) {
        let file = asked.out.join(format!("{channel}.json"));
        fs::write(&file, serde_json::to_string_pretty(&list)?)?;
        println!("{}", file.display());
    }
    Ok(())
}

/// A released version is also the newest one for those who take part in the beta.
fn channels(version: &str) -> &'static [&'static str] {
    if version.contains('-') { &["beta"] } else { &["stable", "beta"] }
}

/// Installers and the text of their signatures.
fn signed(folder: &Path) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(installer) = name.strip_suffix(".sig") else { continue };
        ensure!(folder.join(installer).exists(), "{name} signs a file that is not there");
        found.push((installer.to_owned(), fs::read_to_string(&path)?));
    }
    found.sort();
    Ok(found)
}

fn list(version: &str, notes: &str, address: &str, signed: &[(String, String)]) -> Result<Value> {
    let mut platforms = Map::new();
    for (installer, signature) in signed {
        let kind = KINDS.iter().find(|(ending, _)| installer.ends_with(ending));
        let Some((_, updated)) = kind else { bail!("nobody knows what {installer} installs") };
        // As a release names files: blanks become dots.
        let url = format!("{}/{}", address.trim_end_matches('/'), installer.replace(' ', "."));
        for platform in *updated {
            let entry = json!({ "signature": signature.trim(), "url": url });
            ensure!(
                platforms.insert((*platform).to_owned(), entry).is_none(),
                "{platform} has two installers"
            );
        }
    }
    for (ending, updated) in KINDS {
        let missing = updated.iter().find(|platform| !platforms.contains_key(**platform));
        ensure!(missing.is_none(), "no signed *{ending} is there: its installations would find no update");
    }
    Ok(json!({ "version": version, "notes": notes, "platforms": platforms }))
}

#[cfg(test)]
mod tests {
    use super::{channels, list};

    fn all() -> Vec<(String, String)> {
        [
            "CallDoc_1.2.3_amd64.deb",
            "CallDoc-1.2.3-1.x86_64.rpm",
            "CallDoc_1.2.3_amd64.AppImage",
            "CallDoc_1.2.3_x64-setup.exe",
            "CallDoc.app.tar.gz",
        ]
        .map(|name| (name.to_owned(), format!("signature of {name}\n")))
        .into()
    }

    #[test]
    fn each_installation_finds_its_own_installer() {
        let list = list("1.2.3", "Quicker.", "https://example.com/v1.2.3/", &all()).expect("all are there");
        let deb = &list["platforms"]["linux-x86_64-deb"];
        assert_eq!(deb["url"], "https://example.com/v1.2.3/CallDoc_1.2.3_amd64.deb", "where it lies");
        assert_eq!(deb["signature"], "signature of CallDoc_1.2.3_amd64.deb", "what it is known by");
        let mac = &list["platforms"];
        assert_eq!(mac["darwin-aarch64-app"], mac["darwin-x86_64-app"], "one program for both processors");
    }

    #[test]
    fn a_release_that_leaves_an_installation_behind_is_refused() {
        let mut some = all();
        some.remove(3);
        let error = list("1.2.3", "", "https://example.com", &some).expect_err("Windows is missing");
        assert!(error.to_string().contains("-setup.exe"), "it says which: {error}");
    }

    #[test]
    fn a_beta_is_only_for_those_who_want_it() {
        assert_eq!(channels("1.3.0-beta.1"), ["beta"], "before its release");
        assert_eq!(channels("1.3.0"), ["stable", "beta"], "nobody in the beta is left behind");
    }
}
