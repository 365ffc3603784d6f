//! How little the page may do: read from the configuration as it is shipped, so that a widening does not slip in.

use anyhow::{Context, Result};
use serde_json::Value;
use std::path::Path;

/// Everything the page's policy may say. A source that is not here is a widening, and wants a decision.
const POLICY: &[(&str, &[&str])] = &[
    ("default-src", &["'self'"]),
    // The page is compiled Rust: without this the engine refuses to run it. It does not allow `eval`.
    ("script-src", &["'self'", "'wasm-unsafe-eval'"]),
    ("style-src", &["'self'"]),
    ("img-src", &["'self'", "data:"]),
    ("font-src", &["'self'"]),
    // Tauri's own way between page and program; `http://ipc.localhost` is how Windows spells it, and leads nowhere else.
    ("connect-src", &["'self'", "ipc:", "http://ipc.localhost"]),
    ("object-src", &["'none'"]),
    ("base-uri", &["'none'"]),
    ("form-action", &["'none'"]),
    ("frame-ancestors", &["'none'"]),
];

pub(super) fn complaints(root: &Path) -> Result<Vec<String>> {
    let mut complaints = Vec::new();
    judge_configuration(&read(&root.join("tauri.conf.json"))?, &mut complaints);
    let folder = root.join("src-tauri/capabilities");
    for entry in std::fs::read_dir(&folder).with_context(|| format!("{}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        judge_capability(&name, &read(&path)?, &mut complaints);
    }
    Ok(complaints)
}

fn judge_configuration(configuration: &Value, complaints: &mut Vec<String>) {
    let mut complain = |says: String| complaints.push(format!("tauri.conf.json: {says}"));
    let app = &configuration["app"];
    let policy = app["security"]["csp"].as_object().cloned().unwrap_or_default();
    for (directive, allowed) in POLICY {
        let Some(sources) = policy.get(*directive).and_then(Value::as_str) else {
            complain(format!("the page's policy lacks {directive}"));
            continue;
        };
        for source in sources.split_whitespace().filter(|source| !allowed.contains(source)) {
            complain(format!("{directive} lets the page use {source}"));
        }
    }
    for directive in policy.keys().filter(|name| !POLICY.iter().any(|(known, _)| known == name)) {
        complain(format!("{directive} is new in the page's policy"));
    }
    if app["withGlobalTauri"] != Value::Bool(false) {
        complain("withGlobalTauri gives every script of the page a way to the program".to_owned());
    }
    for name in ["dangerousDisableAssetCspModification", "dangerousUseHttpScheme", "devCsp"] {
        if !app["security"][name].is_null() {
            complain(format!("{name} weakens the page's policy"));
        }
    }
    if !app["security"]["assetProtocol"].is_null() {
        complain("assetProtocol lets the page read files".to_owned());
    }
    if app["security"]["capabilities"] != serde_json::json!(["main", "print"]) {
        complain("capabilities other than \"main\" and \"print\" hold".to_owned());
    }
    for window in app["windows"].as_array().into_iter().flatten() {
        if window["create"] != Value::Bool(false) {
            complain("a window is made by itself, without the guard that keeps it on our page".to_owned());
        }
        if !window["url"].is_null() {
            complain("a window shows another page than ours".to_owned());
        }
    }
    if !configuration["build"]["devUrl"].is_null() {
        complain("devUrl: the page is always the one that is built in".to_owned());
    }
    let updater = &configuration["plugins"]["updater"];
    if updater["requireSignedVersion"] != Value::Bool(true) {
        complain("updates must be signed for their version".to_owned());
    }
    let dangerous =
        updater.as_object().into_iter().flatten().filter(|(name, _)| name.starts_with("dangerous"));
    for (name, _) in dangerous {
        complain(format!("{name} has no place in what is shipped"));
    }
}

/// What the page may do by itself, on which systems only.
const PERMITTED: &[(&str, &str)] = &[
    // WebKit on macOS prints no pages by itself. The system's own dialog asks the person.
    ("core:webview:allow-print", "macOS"),
];

/// The page asks through the program's own commands, which need no permission; whatever else it were given, it could do
/// without being asked.
fn judge_capability(name: &str, capability: &Value, complaints: &mut Vec<String>) {
    for permission in capability["permissions"].as_array().into_iter().flatten() {
        let only = |system: &str| capability["platforms"] == serde_json::json!([system]);
        if PERMITTED.iter().any(|(known, system)| permission == known && only(system)) {
            continue;
        }
        complaints.push(format!("{name}: the page is permitted {permission}; let a command of ours do it"));
    }
    if !capability["remote"].is_null() {
        complaints.push(format!("{name}: pages from elsewhere get permissions"));
    }
    if capability["windows"] != serde_json::json!(["main"]) {
        complaints.push(format!("{name}: it holds for other windows than \"main\""));
    }
}

fn read(path: &Path) -> Result<Value> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{} is missing", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not JSON", path.display()))
}

#[cfg(test)]
mod tests {
    use super::{complaints, judge_capability, judge_configuration};
    use serde_json::{Value, json};

    fn shipped() -> Value {
        let path = crate::process::root().join("tauri.conf.json");
        serde_json::from_str(&std::fs::read_to_string(path).expect("it is there")).expect("JSON")
    }

    fn widened(path: &str, with: Value) -> Vec<String> {
        let mut configuration = shipped();
        let (parent, name) = path.rsplit_once('/').expect("a path");
        configuration.pointer_mut(parent).expect("it is there")[name] = with;
        let mut complaints = Vec::new();
        judge_configuration(&configuration, &mut complaints);
        complaints
    }

    #[test]
    fn the_page_may_do_as_little_as_was_decided() {
        let complaints = complaints(crate::process::root()).expect("the configuration can be read");
        assert!(complaints.is_empty(), "nothing was widened: {complaints:#?}");
    }

    #[test]
    fn each_widening_is_told() {
        let policy = "/app/security/csp";
        let widenings = [
            (format!("{policy}/script-src"), json!("'self' 'wasm-unsafe-eval' 'unsafe-eval'")),
            (format!("{policy}/style-src"), json!("'self' 'unsafe-inline'")),
            (format!("{policy}/connect-src"), json!("'self' ipc: http://ipc.localhost https://example.com")),
            (format!("{policy}/default-src"), json!("*")),
            (format!("{policy}/object-src"), Value::Null),
            (format!("{policy}/worker-src"), json!("blob:")),
            ("/app/withGlobalTauri".to_owned(), json!(true)),
            ("/app/security/assetProtocol".to_owned(), json!({ "enable": true })),
            ("/app/security/capabilities".to_owned(), json!(["main", "print", "more"])),
            ("/app/windows/0/create".to_owned(), json!(true)),
            ("/app/windows/0/url".to_owned(), json!("https://example.com")),
            ("/build/devUrl".to_owned(), json!("http://localhost:8080")),
            ("/plugins/updater/requireSignedVersion".to_owned(), json!(false)),
            ("/plugins/updater/dangerousInsecureTransportProtocol".to_owned(), json!(true)),
        ];
        for (path, with) in widenings {
            assert_eq!(widened(&path, with.clone()).len(), 1, "{path} as {with} is a widening");
        }
    }

    #[test]
    fn a_permission_for_the_page_is_told() {
        for permission in ["fs:default", "shell:allow-open", "opener:default", "core:default"] {
            let mut complaints = Vec::new();
            let capability = json!({ "windows": ["main"], "permissions": [permission] });
            judge_capability("main.json", &capability, &mut complaints);
            assert_eq!(complaints.len(), 1, "{permission} lets the page do something by itself");
        }
        let mut complaints = Vec::new();
        let everywhere = json!({ "windows": ["main"], "permissions": ["core:webview:allow-print"] });
        judge_capability("print.json", &everywhere, &mut complaints);
        assert_eq!(
            complaints.len(),
            1,
            "printing is permitted where the page cannot do it itself: {complaints:?}"
        );
        let mut complaints = Vec::new();
        let capability = json!({ "windows": ["*"], "permissions": [], "remote": { "urls": ["https://*"] } });
        judge_capability("main.json", &capability, &mut complaints);
        assert_eq!(complaints.len(), 2, "neither other windows nor other pages: {complaints:?}");
    }
}
