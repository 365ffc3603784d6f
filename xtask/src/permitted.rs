//! Whether the licences of all packages are among those that deny.toml lets in: for machines without `cargo deny`.

use crate::dist;
use crate::process::{cargo, quiet, root};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::collections::BTreeMap;

pub(crate) fn check() -> Result<()> {
    // Packages of other systems need not be here; each system looks at its own.
    let words = format!("metadata --format-version 1 --locked --filter-platform {}", dist::host()?);
    let metadata = quiet(&mut cargo(&words));
    let metadata = metadata.context("cargo does not say what the program is built from")?;
    let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata is not JSON")?;
    let rules = std::fs::read_to_string(root().join("deny.toml")).context("deny.toml is missing")?;
    let complaints = complaints(&metadata, &Allowed::read(&rules.parse().context("deny.toml is not TOML")?));
    if complaints.is_empty() {
        println!("licences: all are among those of deny.toml");
        return Ok(());
    }
    bail!("{}", complaints.join("\n"))
}

/// What deny.toml says of licences.
#[derive(Debug, Default)]
struct Allowed {
    always: Vec<String>,
    /// For one package only.
    exceptions: BTreeMap<String, Vec<String>>,
}

impl Allowed {
    fn read(rules: &toml::Table) -> Self {
        let texts = |value: Option<&toml::Value>| -> Vec<String> {
            let texts = value.and_then(toml::Value::as_array).into_iter().flatten();
            texts.filter_map(toml::Value::as_str).map(str::to_owned).collect()
        };
        let licenses = rules.get("licenses");
        let exceptions =
            licenses.and_then(|licenses| licenses.get("exceptions")?.as_array()).into_iter().flatten();
        let exceptions = exceptions
            .filter_map(|rule| Some((rule.get("crate")?.as_str()?.to_owned(), texts(rule.get("allow")))))
            .collect();
        Self { always: texts(licenses.and_then(|licenses| licenses.get("allow"))), exceptions }
    }

    fn has(&self, package: &str, licence: &str) -> bool {
        let own = self.exceptions.get(package).into_iter().flatten();
        self.always.iter().chain(own).any(|allowed| allowed == licence)
    }
}

fn complaints(metadata: &Value, allowed: &Allowed) -> Vec<String> {
    let packages = metadata["packages"].as_array().into_iter().flatten();
    // Packages of this tree have no source; they are ours.
    let foreign = packages.filter(|package| !package["source"].is_null());
    foreign
        .filter_map(|package| {
            let name = package["name"].as_str().unwrap_or_default();
            match package["license"].as_str() {
                Some(licence) if is_permitted(licence, |one| allowed.has(name, one)) => None,
                Some(licence) => Some(format!("{name} is under {licence}, which deny.toml does not let in")),
                None => Some(format!("{name} does not say under which licence it is")),
            }
        })
        .collect()
}

/// SPDX: `OR` (once written `/`) leaves the choice, `AND` binds closer, brackets closest.
fn is_permitted(expression: &str, has: impl Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let permitted = any(&words, &mut at, &has);
    permitted && at == words.len()
}

fn any(words: &[&str], at: &mut usize, has: &impl Fn(&str) -> bool) -> bool {
    let mut permitted = all(words, at, has);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        permitted |= all(words, at, has);
    }
    permitted
}

fn all(words: &[&str], at: &mut usize, has: &impl Fn(&str) -> bool) -> bool {
    let mut permitted = one(words, at, has);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        permitted &= one(words, at, has);
    }
    permitted
}

/// A licence, with its exception if it has one, or what stands in brackets.
fn one(words: &[&str], at: &mut usize, has: &impl Fn(&str) -> bool) -> bool {
    let Some(word) = words.get(*at) else { return false };
    *at += 1;
    if *word == "(" {
        let permitted = any(words, at, has);
        let is_closed = words.get(*at) == Some(&")");
        *at += 1;
        return permitted && is_closed;
    }
    if words.get(*at) == Some(&"WITH") {
        *at += 2;
        return has(&words[*at - 3..(*at).min(words.len())].join(" "));
    }
    has(word)
}

#[cfg(test)]
mod tests {
    use super::{Allowed, complaints, is_permitted};
    use serde_json::json;

    #[test]
    fn expressions_are_read_as_spdx_means_them() {
        let has = |licence: &str| ["MIT", "Apache-2.0 WITH LLVM-exception", "Unicode-3.0"].contains(&licence);
        for good in [
            "MIT",
            "GPL-3.0 OR MIT",
            "MIT/Apache-2.0",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR Apache-2.0",
            "GPL-3.0 AND LGPL-3.0 OR MIT",
        ] {
            assert!(is_permitted(good, has), "{good}");
        }
        for bad in [
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "Apache-2.0",
            "(MIT OR GPL-3.0) AND GPL-3.0",
            "",
            "(MIT",
            "MIT)",
            "MIT WITH",
        ] {
            assert!(!is_permitted(bad, has), "{bad}");
        }
    }

    #[test]
    fn an_exception_is_for_its_package_alone() {
        let rules =
            "[licenses]\nallow = [\"MIT\"]\n[[licenses.exceptions]]\ncrate = \"roots\"\nallow = [\"CDLA\"]\n";
        let allowed = Allowed::read(&rules.parse().expect("TOML"));
        let package = |name: &str, licence: serde_json::Value| json!({ "name": name, "license": licence, "source": "r" });
        let metadata = json!({ "packages": [
            package("a", "MIT".into()), package("roots", "CDLA".into()), package("b", "CDLA".into()),
            package("c", serde_json::Value::Null), { "name": "ours", "license": null, "source": null },
        ] });
        let complaints = complaints(&metadata, &allowed);
        assert_eq!(
            complaints.len(),
            2,
            "another under the same licence, and one without any: {complaints:?}"
        );
    }
}
