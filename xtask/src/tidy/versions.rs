//! wasm-bindgen writes into the wasm what only the same version of its other half can read.

use anyhow::{Context, Result};
use std::path::Path;
use toml::Table;

pub(super) fn complaints(root: &Path) -> Result<Vec<String>> {
    let lock = std::fs::read_to_string(root.join("Cargo.lock")).context("Cargo.lock cannot be read")?;
    let lock: Table = lock.parse().context("Cargo.lock is not TOML")?;
    Ok(judge(&lock))
}

fn judge(lock: &Table) -> Vec<String> {
    let page = versions(lock, "wasm-bindgen");
    let binder = versions(lock, "wasm-bindgen-cli-support");
    if page.len() == 1 && page == binder {
        return Vec::new();
    }
    vec![format!(
        "the page uses wasm-bindgen {}, xtask binds with {}: set both to one version in Cargo.toml",
        page.join(" and "),
        binder.join(" and ")
    )]
}

fn versions<'a>(lock: &'a Table, name: &str) -> Vec<&'a str> {
    let packages = lock.get("package").and_then(toml::Value::as_array).into_iter().flatten();
    packages
        .filter(|package| package.get("name").and_then(toml::Value::as_str) == Some(name))
        .filter_map(|package| package.get("version").and_then(toml::Value::as_str))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::judge;

    fn lock(page: &str, binder: &str) -> toml::Table {
        format!(
            "[[package]]\nname = \"wasm-bindgen\"\nversion = \"{page}\"\n\
             [[package]]\nname = \"wasm-bindgen-cli-support\"\nversion = \"{binder}\"\n"
        )
        .parse()
        .expect("TOML")
    }

    #[test]
    fn halves_of_different_versions_are_told() {
        assert_eq!(judge(&lock("0.2.130", "0.2.129")).len(), 1, "they would not understand one another");
        assert!(judge(&lock("0.2.130", "0.2.130")).is_empty(), "the same version on both sides is right");
    }
}
