//! The licences of everything that ends up in the program, with their texts, as About shows them.

use crate::process::{cargo, quiet, root, target};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Our packages that are compiled, and for what: each brings other packages.
const BUILT: [(&[&str], Option<&str>); 2] =
    [(&["calldoc", "cli"], None), (&["ui"], Some("wasm32-unknown-unknown"))];
/// How files with a licence's text are called, in capitals.
const TEXTS: [&str; 7] = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE", "OFL"];
/// A file with more is no licence.
const LONGEST_TEXT_BYTES: u64 = 256 * 1024;

/// What is part of the program without being a package of its own: name, version, licence, where its text lies.
const WITHIN: [(&str, &str, &str, Within); 2] = [
    ("libopus", "1.6.1", "BSD-3-Clause", Within::Package("opusic-sys", "opus/COPYING")),
    ("Noto Sans", "2", "OFL-1.1", Within::Ours("crates/exports/fonts/OFL.txt")),
];

enum Within {
    /// A file of another package's source.
    Package(&'static str, &'static str),
    /// A file of this tree.
    Ours(&'static str),
}

/// Writes `licences.json` into the folder and gives its place.
pub(crate) fn write(folder: &Path) -> Result<PathBuf> {
    let mut packages = BTreeMap::new();
    for (ours, built_for) in BUILT {
        let metadata = metadata(built_for)?;
        gather(&metadata, ours, &mut packages)?;
    }
    let mut texts = Texts::default();
    let mut listed = Vec::new();
    let mut without = Vec::new();
    for ((name, version), package) in &packages {
        let found = texts.of_folder(&package.folder)?;
        if found.is_empty() {
            without.push(name.as_str());
        }
        listed.push(json!({ "name": name, "version": version, "licence": package.licence, "texts": found }));
    }
    for (name, version, licence, within) in WITHIN {
        let file = match within {
            Within::Ours(path) => root().join(path),
            Within::Package(package, path) => {
                let found = packages.iter().find(|((name, _), _)| name == package);
                found.with_context(|| format!("{package} is not built in any more"))?.1.folder.join(path)
            }
        };
        let text = fs::read_to_string(&file).with_context(|| format!("{} is missing", file.display()))?;
        listed.push(
            json!({ "name": name, "version": version, "licence": licence, "texts": [texts.put(text)] }),
        );
    }
    listed.sort_by_key(|package| package["name"].as_str().unwrap_or_default().to_lowercase());
    println!("Licences:     {} packages, {} texts", listed.len(), texts.all.len());
    if !without.is_empty() {
        println!("  Their authors put no text beside: {}", without.join(", "));
    }
    let file = folder.join("licences.json");
    fs::write(&file, serde_json::to_string(&json!({ "packages": listed, "texts": texts.all }))?)?;
    Ok(file)
}

/// For who wants to look at the list alone.
pub(crate) fn licences() -> Result<()> {
    let folder = target().join("dist");
    fs::create_dir_all(&folder)?;
    println!("{}", write(&folder)?.display());
    Ok(())
}

struct Package {
    licence: String,
    folder: PathBuf,
}

type Packages = BTreeMap<(String, String), Package>;

/// Texts, each once: most packages have the same ones.
#[derive(Default)]
struct Texts {
    all: Vec<String>,
    known: BTreeMap<String, usize>,
}

impl Texts {
    fn put(&mut self, text: String) -> usize {
        let text = text.replace("\r\n", "\n").trim_end().to_owned();
        if let Some(at) = self.known.get(&text) {
            return *at;
        }
        self.all.push(text.clone());
        self.known.insert(text, self.all.len() - 1);
        self.all.len() - 1
    }

    fn of_folder(&mut self, folder: &Path) -> Result<Vec<usize>> {
        let mut files = BTreeSet::new();
        for entry in fs::read_dir(folder).with_context(|| format!("{}", folder.display()))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().to_uppercase();
            let is_text = TEXTS.iter().any(|begin| name.starts_with(begin)) && !name.ends_with(".RS");
            if is_text && entry.file_type()?.is_file() && entry.metadata()?.len() <= LONGEST_TEXT_BYTES {
                files.insert(entry.path());
            }
        }
        Ok(files.iter().filter_map(|file| fs::read_to_string(file).ok()).map(|text| self.put(text)).collect())
    }
}

fn metadata(built_for: Option<&str>) -> Result<Value> {
    let triple = match built_for {
        Some(triple) => triple.to_owned(),
        None => crate::dist::host()?,
    };
    let words = format!("metadata --format-version 1 --locked --filter-platform {triple}");
    let text = quiet(&mut cargo(&words)).context("cargo does not say what the program is built from")?;
    serde_json::from_str(&text).context("cargo metadata is not JSON")
}

/// Follows what is linked in; build scripts, macros and tests stay on the machine that builds.
fn gather(metadata: &Value, ours: &[&str], into: &mut Packages) -> Result<()> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let packages: BTreeMap<String, Value> =
        list(&metadata["packages"]).into_iter().map(|package| (text(&package["id"]), package)).collect();
    let nodes: BTreeMap<String, Value> =
        list(&metadata["resolve"]["nodes"]).into_iter().map(|node| (text(&node["id"]), node)).collect();
    let is_ours = |package: &Value| ours.contains(&package["name"].as_str().unwrap_or_default());
    let mut waiting: Vec<String> =
        packages.iter().filter(|(_, package)| is_ours(package)).map(|(id, _)| id.clone()).collect();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if !seen.insert(id.clone()) {
            continue;
        }
        let package = packages.get(&id).with_context(|| format!("cargo does not describe {id}"))?;
        if is_macro(package) {
            continue;
        }
        // Packages of this tree have no source; they are ours.
        if !package["source"].is_null() {
            let folder = Path::new(package["manifest_path"].as_str().unwrap_or_default()).parent();
            let folder = folder.context("a package without a folder")?.to_owned();
            let licence = package["license"].as_str().unwrap_or("see the text").to_owned();
            into.insert((text(&package["name"]), text(&package["version"])), Package { licence, folder });
        }
        for dependency in list(&nodes.get(&id).cloned().unwrap_or_default()["deps"]) {
            let is_linked = list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"].is_null());
            if is_linked {
                waiting.push(text(&dependency["pkg"]));
            }
        }
    }
    Ok(())
}

fn is_macro(package: &Value) -> bool {
    let targets = package["targets"].as_array().into_iter().flatten();
    targets
        .flat_map(|target| target["kind"].as_array().into_iter().flatten())
        .any(|kind| kind == "proc-macro")
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Packages, Texts, gather};
    use serde_json::json;

    #[test]
    fn what_is_linked_in_is_listed_and_what_only_builds_is_not() {
        let package = |name: &str, source: Option<&str>, kind: &str| {
            json!({ "id": name, "name": name, "version": "1.0.0", "license": "MIT", "source": source,
                    "manifest_path": format!("/{name}/Cargo.toml"), "targets": [{ "kind": [kind] }] })
        };
        let needs = |name: &str, kind: Option<&str>| json!({ "pkg": name, "dep_kinds": [{ "kind": kind }] });
        let metadata = json!({
            "packages": [
                package("calldoc", None, "bin"), package("linked", Some("registry"), "lib"),
                package("macros", Some("registry"), "proc-macro"), package("builds", Some("registry"), "lib"),
            ],
            "resolve": { "nodes": [
                { "id": "calldoc", "deps": [needs("linked", None), needs("builds", Some("build"))] },
                { "id": "linked", "deps": [needs("macros", None)] },
            ] },
        });
        let mut packages = Packages::new();
        gather(&metadata, &["calldoc"], &mut packages).expect("everything is described");
        let names: Vec<&str> = packages.keys().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["linked"], "not our own, not macros, not what a build script needs");
    }

    #[test]
    fn a_text_that_many_have_is_kept_once() {
        let mut texts = Texts::default();
        let (first, second) = (texts.put("MIT\r\nfor all\n".into()), texts.put("MIT\nfor all".into()));
        assert_eq!(first, second, "line ends make no other licence");
        assert_eq!(texts.all.len(), 1, "it stands there once");
    }
}
