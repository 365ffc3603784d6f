//! What is built in from elsewhere: from where, and whether deny.toml lets it in. `cargo deny` knows more, and is not on
//! every machine; this much holds without it.

use anyhow::{Context, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use toml::{Table, Value};

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

pub(super) fn complaints(root: &Path) -> Result<Vec<String>> {
    let read = |name: &str| -> Result<Table> {
        let text = std::fs::read_to_string(root.join(name)).with_context(|| format!("{name} is missing"))?;
        text.parse().with_context(|| format!("{name} is not TOML"))
    };
    Ok(judge(&read("Cargo.lock")?, &read("deny.toml")?))
}

/// `lock` is the content of Cargo.lock, `rules` that of deny.toml.
fn judge(lock: &Table, rules: &Table) -> Vec<String> {
    let packages: Vec<&Value> = list(lock.get("package"));
    let mut complaints = Vec::new();
    for package in &packages {
        let name = text(package, "name");
        // Packages of this tree have no source.
        match package.get("source").and_then(Value::as_str) {
            None => {}
            Some(REGISTRY) if package.get("checksum").is_some() => {}
            Some(REGISTRY) => complaints.push(format!("{name} has no checksum in Cargo.lock")),
            Some(other) => complaints.push(format!("{name} comes from {other}; only crates.io is let in")),
        }
    }
    let refused = rules.get("bans").map(|bans| list(bans.get("deny"))).unwrap_or_default();
    let users = users(&packages);
    for rule in refused {
        let name = text(rule, "crate");
        let wrappers: BTreeSet<&str> =
            list(rule.get("wrappers")).into_iter().filter_map(Value::as_str).collect();
        let others = users.get(name).into_iter().flatten().filter(|user| !wrappers.contains(*user));
        complaints.extend(others.map(|user| format!("{user} brings {name}: {}", text(rule, "reason"))));
    }
    complaints
}

/// By package, who builds on it.
fn users<'l>(packages: &[&'l Value]) -> BTreeMap<&'l str, BTreeSet<&'l str>> {
    let mut users: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in packages {
        for dependency in list(package.get("dependencies")).into_iter().filter_map(Value::as_str) {
            // With its version behind, where there are several.
            let name = dependency.split(' ').next().unwrap_or(dependency);
            users.entry(name).or_default().insert(text(package, "name"));
        }
    }
    users
}

fn list(value: Option<&Value>) -> Vec<&Value> {
    value.and_then(Value::as_array).into_iter().flatten().collect()
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::judge;

    const RULES: &str = "[bans]\ndeny = [\n\
        { crate = \"openssl\", reason = \"TLS is rustls\" },\n\
        { crate = \"chrono\", wrappers = [\"russh-sftp\"], reason = \"times are jiff's\" },\n]\n";

    fn judged(lock: &str) -> Vec<String> {
        judge(&lock.parse().expect("TOML"), &RULES.parse().expect("TOML"))
    }

    fn package(name: &str, source: &str, dependency: &str) -> String {
        format!(
            "[[package]]\nname = \"{name}\"\nversion = \"1.0.0\"\nsource = \"{source}\"\nchecksum = \"00\"\n\
             dependencies = [\"{dependency}\"]\n"
        )
    }

    #[test]
    fn what_comes_from_elsewhere_than_crates_io_is_told() {
        assert_eq!(judged(&package("serde", super::REGISTRY, "a")), [""; 0], "crates.io is let in");
        for elsewhere in ["git+https://example.com/serde#0", "registry+https://example.com/index"] {
            assert_eq!(judged(&package("serde", elsewhere, "a")).len(), 1, "{elsewhere} is not");
        }
        let unproven = package("serde", super::REGISTRY, "a").replace("checksum = \"00\"\n", "");
        assert_eq!(judged(&unproven).len(), 1, "nor is what nobody can tell from something else");
        assert_eq!(
            judged("[[package]]\nname = \"desk\"\nversion = \"0.1.0\"\n"),
            [""; 0],
            "ours has no source"
        );
    }

    #[test]
    fn what_deny_toml_refuses_is_told_with_who_brings_it() {
        let brought = judged(&package("native-tls", super::REGISTRY, "openssl 0.10.1"));
        assert_eq!(brought, ["native-tls brings openssl: TLS is rustls"], "and why it is refused");
        assert_eq!(judged(&package("russh-sftp", super::REGISTRY, "chrono")), [""; 0], "it may");
        assert_eq!(judged(&package("desk", super::REGISTRY, "chrono")).len(), 1, "others may not");
    }
}
