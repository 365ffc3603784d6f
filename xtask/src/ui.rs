//! The page: compiled to wasm, bound to JavaScript, laid out in ui/dist, from where the app embeds it.

use crate::process::{cargo, must, root, target};
use crate::wasm;
use crate::wasm_opt::WasmOpt;
use anyhow::{Context, Result, anyhow, ensure};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::time::SystemTime;
use wasm_bindgen_cli_support::Bindgen;

/// What the page has beside what it is compiled to.
const LAID_OUT: [&str; 3] = ["index.html", "ui.css", "start.js"];

#[derive(clap::Args)]
pub(crate) struct UiOptions {
    /// Optimised: slower to build, quick in the window
    #[arg(long)]
    release: bool,
}

impl UiOptions {
    pub(crate) fn speed(&self) -> Speed {
        if self.release { Speed::Optimised } else { Speed::QuickToBuild }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Speed {
    QuickToBuild,
    Optimised,
}

/// Builds the page into ui/dist. What has not changed is left alone there, so that the app is not linked again for nothing.
pub(crate) fn ui(speed: Speed) -> Result<()> {
    let (words, folder) = match speed {
        Speed::QuickToBuild => ("build --lib -p ui --target wasm32-unknown-unknown", "debug"),
        Speed::Optimised => ("build --lib -p ui --target wasm32-unknown-unknown --profile page", "page"),
    };
    must(&mut cargo(words))?;
    let wasm = target().join("wasm32-unknown-unknown").join(folder).join("ui.wasm");
    let dist = root().join("ui/dist");
    fs::create_dir_all(&dist)?;
    bind(&wasm, &dist, folder)?;
    lay_out(&dist)
}

/// A page of the examples, put beside the HTML that loads it.
pub(crate) fn bind_page(example: &str, folder: &Path) -> Result<()> {
    let words = format!("build -p ui --example {example} --target wasm32-unknown-unknown --profile page");
    must(&mut cargo(&words))?;
    let wasm = target().join("wasm32-unknown-unknown/page/examples").join(format!("{example}.wasm"));
    let mut bindgen = Bindgen::new();
    bindgen.input_path(wasm).out_name(example).typescript(false).omit_default_module_path(false);
    bindgen.remove_name_section(true);
    bindgen.web(true)?.generate(folder).context("the page could not be bound to JavaScript")
}

/// Takes the page apart into what all screens share and what each has for itself (`ui/src/screens/apart.rs`), and binds the
/// first to JavaScript.
fn bind(wasm: &Path, dist: &Path, folder: &str) -> Result<()> {
    let is_optimised = folder == "page";
    let wasm_opt = if is_optimised { WasmOpt::fetched()? } else { None };
    let made_from = format!("{folder} {:?}, wasm-opt: {}", modified(wasm), wasm_opt.is_some());
    let note = target().join("ui-dist-made-from");
    if dist.join("ui_bg.wasm").exists() && fs::read_to_string(&note).is_ok_and(|known| known == made_from) {
        return Ok(());
    }
    println!("Binding {} with wasm-bindgen", wasm.file_name().unwrap_or_default().to_string_lossy());
    // Beside it first: the app may be compiled meanwhile, and embeds what it finds there.
    let bound = target().join("ui-bound");
    if bound.exists() {
        fs::remove_dir_all(&bound)?;
    }
    let whole = fs::read(wasm).with_context(|| format!("{} is missing", wasm.display()))?;
    let shared = target().join("ui-shared.wasm");
    let mut apart = wasm_split_cli_support::Options::new(&whole);
    apart.output_dir = &bound;
    apart.main_out_path = &shared;
    apart.main_module = "./ui.js";
    let parts = wasm_split_cli_support::transform(apart)
        .map_err(|error| anyhow!("{error:#}"))
        .context("the page could not be taken apart into its screens")?;
    let mut bindgen = Bindgen::new();
    // The page says where its wasm lies by itself, so that start.js needs to know no more than its name.
    bindgen.input_path(shared).out_name("ui").typescript(false).omit_default_module_path(false);
    // The screens are linked to what is exported here.
    bindgen.keep_lld_exports(true);
    // Names of functions are a sixth of it.
    bindgen.remove_name_section(is_optimised);
    bindgen.web(true)?.generate(&bound).context("the page could not be bound to JavaScript")?;
    if is_optimised {
        for part in parts.split_modules {
            let named = fs::read(&part)?;
            fs::write(&part, wasm::without_custom_sections(&named).context("a screen's wasm is not whole")?)?;
        }
    }
    if let Some(wasm_opt) = wasm_opt {
        wasm_opt.all_in(&bound)?;
    }
    take_over(&bound, dist)?;
    fs::write(note, made_from)?;
    Ok(())
}

/// What an earlier build took apart may have had other names; those go.
fn take_over(bound: &Path, dist: &Path) -> Result<()> {
    let mut names = LAID_OUT.map(OsString::from).to_vec();
    for entry in fs::read_dir(bound)? {
        let entry = entry?;
        fs::copy(entry.path(), dist.join(entry.file_name()))?;
        names.push(entry.file_name());
    }
    for entry in fs::read_dir(dist)? {
        let entry = entry?;
        match (names.contains(&entry.file_name()), entry.file_type()?.is_dir()) {
            (true, _) => {}
            (false, true) => fs::remove_dir_all(entry.path())?,
            (false, false) => fs::remove_file(entry.path())?,
        }
    }
    Ok(())
}

fn lay_out(dist: &Path) -> Result<()> {
    let ui = root().join("ui");
    let (html, names) = with_one_sheet(&read(&ui.join("index.html"))?);
    let mut unnamed = BTreeSet::new();
    for sheet in fs::read_dir(ui.join("styles")).context("ui/styles")? {
        unnamed.insert(sheet?.file_name().to_string_lossy().into_owned());
    }
    let mut styles = String::new();
    for name in names {
        styles.push_str(&read(&ui.join("styles").join(&name))?);
        unnamed.remove(&name);
    }
    ensure!(unnamed.is_empty(), "ui/index.html names no {unnamed:?}");
    write(&dist.join("index.html"), &html)?;
    write(&dist.join("ui.css"), &styles)?;
    write(&dist.join("start.js"), &read(&ui.join("start.js"))?)
}

/// The page with one style sheet in the place of all that it names, and their names in its order: each file of its own would
/// be one more question to the program before anything is painted.
fn with_one_sheet(html: &str) -> (String, Vec<String>) {
    let mut names = Vec::new();
    let mut lines = Vec::new();
    for line in html.lines() {
        let named = line.trim().strip_prefix(r#"<link rel="stylesheet" href="/styles/"#);
        match named.and_then(|rest| rest.strip_suffix(r#"">"#)) {
            Some(name) => {
                if names.is_empty() {
                    lines.push(r#"    <link rel="stylesheet" href="/ui.css">"#);
                }
                names.push(name.to_owned());
            }
            None => lines.push(line),
        }
    }
    (lines.join("\n") + "\n", names)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} is missing", path.display()))
}

fn write(path: &Path, new: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == new) {
        return Ok(());
    }
    fs::write(path, new).with_context(|| format!("{} could not be written", path.display()))
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|data| data.modified()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_sheets_of_the_page_become_one_in_its_order() {
        let html = "<head>\n    <link rel=\"stylesheet\" href=\"/styles/b.css\">\n    <link rel=\"stylesheet\" \
                    href=\"/styles/a.css\">\n</head>\n";
        let (one, names) = with_one_sheet(html);
        assert_eq!(one, "<head>\n    <link rel=\"stylesheet\" href=\"/ui.css\">\n</head>\n");
        assert_eq!(names, ["b.css", "a.css"]);
    }
}
