//! Who may import whom, told from the manifests.

use anyhow::{Context, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use toml::Table;

/// For each of our packages: which others of ours it may build on. Tests may use more (`dev-dependencies`).
///
/// The rooms of one source or one task (devlink3 to sftp) know only the nouns; the desk alone sees more than one of them,
/// so that each can be understood, and replaced, by itself.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("contract", &["model"]),
    ("assignment", &[]),
    ("devlink3", &["model"]),
    ("smdr", &["model"]),
    ("correlate", &["model", "assignment"]),
    ("store", &["model"]),
    ("numbers", &[]),
    ("directory", &["model"]),
    ("rates", &["model"]),
    ("recordings", &["model", "assignment"]),
    ("playback", &[]),
    ("sftp", &[]),
    ("mail", &[]),
    ("reports", &["model"]),
    ("exports", &["model", "words"]),
    ("backup", &[]),
    ("portable", &["model", "contract"]),
    ("presence", &["model", "contract"]),
    (
        "desk",
        &[
            "model",
            "contract",
            "devlink3",
            "smdr",
            "correlate",
            "store",
            "numbers",
            "directory",
            "rates",
            "recordings",
            "playback",
            "sftp",
            "mail",
            "reports",
            "exports",
            "backup",
            "portable",
            "words",
        ],
    ),
    ("cli", &["model", "contract", "desk", "simulator"]),
    // Is the command line too, when it is called so.
    ("calldoc", &["model", "contract", "words", "desk", "presence", "simulator", "cli"]),
    ("words", &["model"]),
    ("ui", &["model", "contract", "words"]),
    // Speaks the PBX's side of the wire with the codec of the room that listens to it.
    ("simulator", &["model", "contract", "devlink3"]),
    // Knows the program only from outside.
    ("e2e", &[]),
    ("xtask", &[]),
    // Watches the collector from outside: its queues in the library, its figures against the truth.
    ("soak", &["model", "contract", "store", "simulator"]),
    // Holds every reader of foreign bytes to what must hold; nothing of the program is built on it.
    ("probes", &["model", "contract", "devlink3", "smdr", "recordings", "reports", "backup", "portable"]),
    // Beneath SQLite and beside sockets, for tests alone: nothing of the product may name it.
    ("faulty", &[]),
    // Makes things go wrong around the program and within it.
    (
        "faults",
        &["model", "contract", "devlink3", "store", "backup", "recordings", "desk", "simulator", "faulty"],
    ),
    // Measures every room beside something else.
    (
        "bench",
        &[
            "model",
            "contract",
            "devlink3",
            "smdr",
            "correlate",
            "store",
            "recordings",
            "playback",
            "desk",
            "simulator",
            // Starts the window as a person would.
            "e2e",
        ],
    ),
];

/// Dependencies that stand in one manifest each, because what they bring must not seep through the house.
const STANDS_IN_ONE: &[(&str, &str)] = &[
    ("tauri", "calldoc"),
    ("sqlx", "store"),
    ("phonenumber", "numbers"),
    ("rodio", "playback"),
    ("russh", "sftp"),
    ("lettre", "mail"),
    ("leptos", "ui"),
    ("keyring", "desk"),
];

/// Packages that must also build for the page, and what they therefore never know.
const NOUNS: &[&str] = &["model", "contract"];
const NOT_FOR_NOUNS: &[&str] = &["tokio", "sqlx", "tauri", "rodio", "leptos", "jiff", "tracing"];

/// Packages with a lint table of their own, each with the reason. The workspace's forbids `unsafe`; whoever needs it says so
/// here, and in ARCHITECTURE.md.
const OWN_LINTS: &[(&str, &str)] =
    &[("faulty", "SQLite's virtual file system is C; tests alone are built on it")];

pub(super) fn complaints(root: &Path) -> Result<Vec<String>> {
    let mut complaints = Vec::new();
    for manifest in read_all(root)? {
        judge(&manifest, &mut complaints);
    }
    Ok(complaints)
}

struct Manifest {
    name: String,
    /// Everything it is built with, build scripts included, tests left out.
    dependencies: BTreeSet<String>,
    /// With tests.
    all: BTreeSet<String>,
    /// Holds to the workspace's lints, and adds none.
    workspace_lints: bool,
}

fn judge(manifest: &Manifest, complaints: &mut Vec<String>) {
    let rules: BTreeMap<_, _> = MAY_IMPORT.iter().copied().collect();
    let name = manifest.name.as_str();
    let Some(allowed) = rules.get(name) else {
        complaints.push(format!("{name} is new here: say in xtask/src/tidy/manifests.rs what it may import"));
        return;
    };
    if !manifest.workspace_lints && OWN_LINTS.iter().all(|(known, _)| *known != name) {
        complaints.push(format!("{name} does not hold to the workspace's lints, which forbid unsafe code"));
    }
    for dependency in &manifest.dependencies {
        let is_ours = rules.contains_key(dependency.as_str());
        if is_ours && !allowed.contains(&dependency.as_str()) {
            complaints.push(format!("{name} imports {dependency}, which ARCHITECTURE.md rules out"));
        }
    }
    for (dependency, home) in STANDS_IN_ONE {
        if name != *home && manifest.all.contains(*dependency) {
            complaints
                .push(format!("{name} knows {dependency}, which stands in the manifest of {home} alone"));
        }
    }
    if !NOUNS.contains(&name) {
        return;
    }
    for dependency in NOT_FOR_NOUNS {
        if manifest.dependencies.contains(*dependency) {
            complaints.push(format!("{name} knows {dependency}; it holds nouns and must build for the page"));
        }
    }
}

fn read_all(root: &Path) -> Result<Vec<Manifest>> {
    let workspace = read(&root.join("Cargo.toml"))?;
    let members = workspace["workspace"]["members"].as_array().context("workspace.members")?;
    let mut manifests = vec![manifest(&workspace)?];
    for member in members.iter().filter_map(toml::Value::as_str) {
        for folder in folders(root, member)? {
            manifests.push(manifest(&read(&folder.join("Cargo.toml"))?)?);
        }
    }
    Ok(manifests)
}

/// A member is a folder, or all folders below one (`crates/*`).
fn folders(root: &Path, member: &str) -> Result<Vec<std::path::PathBuf>> {
    let Some(parent) = member.strip_suffix("/*") else {
        return Ok(vec![root.join(member)]);
    };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root.join(parent))? {
        let path = entry?.path();
        if path.join("Cargo.toml").exists() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn manifest(table: &Table) -> Result<Manifest> {
    let name = table["package"]["name"].as_str().context("package.name")?.to_owned();
    let mut dependencies = names(table, "dependencies");
    dependencies.extend(names(table, "build-dependencies"));
    // `[target.'cfg(windows)'.dependencies]` counts like the plain one.
    for platform in table.get("target").and_then(toml::Value::as_table).into_iter().flat_map(Table::values) {
        if let Some(platform) = platform.as_table() {
            dependencies.extend(names(platform, "dependencies"));
        }
    }
    let mut all = dependencies.clone();
    all.extend(names(table, "dev-dependencies"));
    let lints = toml::Table::from_iter([("workspace".to_owned(), toml::Value::Boolean(true))]);
    let workspace_lints = table.get("lints").and_then(toml::Value::as_table) == Some(&lints);
    Ok(Manifest { name, dependencies, all, workspace_lints })
}

fn names(table: &Table, section: &str) -> BTreeSet<String> {
    let section = table.get(section).and_then(toml::Value::as_table);
    section.into_iter().flat_map(Table::keys).cloned().collect()
}

fn read(path: &Path) -> Result<Table> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    text.parse().with_context(|| format!("{} is not TOML", path.display()))
}

#[cfg(test)]
mod tests {
    use super::{judge, manifest};

    fn judged(text: &str) -> Vec<String> {
        judged_as_it_is(&format!("{text}[lints]\nworkspace = true\n"))
    }

    fn judged_as_it_is(text: &str) -> Vec<String> {
        let mut complaints = Vec::new();
        judge(&manifest(&text.parse().expect("TOML")).expect("a package"), &mut complaints);
        complaints
    }

    #[test]
    fn a_room_that_imports_another_is_told() {
        let complaints = judged("[package]\nname = \"smdr\"\n[dependencies]\ncorrelate.workspace = true\n");
        assert_eq!(complaints.len(), 1, "smdr and correlate only meet in the desk: {complaints:?}");
    }

    #[test]
    fn tests_of_a_room_may_use_another() {
        let complaints =
            judged("[package]\nname = \"correlate\"\n[dev-dependencies]\nsmdr.workspace = true\n");
        assert!(complaints.is_empty(), "what only tests need is not in the product: {complaints:?}");
    }

    #[test]
    fn sql_outside_the_store_is_told_even_in_tests() {
        let complaints = judged("[package]\nname = \"desk\"\n[dev-dependencies]\nsqlx.workspace = true\n");
        assert_eq!(complaints.len(), 1, "the store is the only user of SQL: {complaints:?}");
    }

    #[test]
    fn a_package_that_could_allow_itself_unsafe_code_is_told() {
        let package = "[package]\nname = \"smdr\"\n";
        for lints in ["", "[lints.rust]\nunsafe_code = \"allow\"\n", "[lints]\nworkspace = false\n"] {
            let complaints = judged_as_it_is(&format!("{package}{lints}"));
            assert_eq!(
                complaints.len(),
                1,
                "the workspace's lints forbid it, {lints:?} does not: {complaints:?}"
            );
        }
    }

    #[test]
    fn a_package_without_a_rule_is_told() {
        let complaints = judged("[package]\nname = \"utils\"\n");
        assert_eq!(complaints.len(), 1, "a new room says first what it may import: {complaints:?}");
    }
}
