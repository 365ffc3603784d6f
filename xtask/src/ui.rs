//! The page: compiled to wasm, bound to JavaScript, laid out in ui/dist, from where the app embeds it.

use crate::process::{cargo, must, root, target};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use std::time::SystemTime;
use wasm_bindgen_cli_support::Bindgen;

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
        Speed::Optimised => ("build --lib -p ui --target wasm32-unknown-unknown --release", "release"),
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
    must(&mut cargo(&format!("build -p ui --example {example} --target wasm32-unknown-unknown --release")))?;
    let wasm = target().join("wasm32-unknown-unknown/release/examples").join(format!("{example}.wasm"));
    let mut bindgen = Bindgen::new();
    bindgen.input_path(wasm).out_name(example).typescript(false).omit_default_module_path(false);
    bindgen.web(true)?.generate(folder).context("the page could not be bound to JavaScript")
}

/// Not followed by wasm-opt: what old releases of it make of current output loads as a blank page.
fn bind(wasm: &Path, dist: &Path, folder: &str) -> Result<()> {
    let made_from = format!("{folder} {:?}", modified(wasm));
    let note = target().join("ui-dist-made-from");
    let bound = dist.join("ui_bg.wasm");
    if bound.exists() && fs::read_to_string(&note).is_ok_and(|known| known == made_from) {
        return Ok(());
    }
    println!("Binding {} with wasm-bindgen", wasm.file_name().unwrap_or_default().to_string_lossy());
    let mut bindgen = Bindgen::new();
    // The page says where its wasm lies by itself, so that start.js needs to know no more than its name.
    bindgen.input_path(wasm).out_name("ui").typescript(false).omit_default_module_path(false);
    // Names of functions are a sixth of it.
    bindgen.remove_name_section(folder == "release");
    bindgen.web(true)?.generate(dist).context("the page could not be bound to JavaScript")?;
    fs::write(note, made_from)?;
    Ok(())
}

fn lay_out(dist: &Path) -> Result<()> {
    let ui = root().join("ui");
    for name in ["index.html", "start.js"] {
        copy(&ui.join(name), &dist.join(name))?;
    }
    let styles = dist.join("styles");
    fs::create_dir_all(&styles)?;
    let sheets = fs::read_dir(ui.join("styles")).context("ui/styles")?;
    let mut kept = Vec::new();
    for sheet in sheets {
        let sheet = sheet?;
        copy(&sheet.path(), &styles.join(sheet.file_name()))?;
        kept.push(sheet.file_name());
    }
    for old in fs::read_dir(&styles)? {
        let old = old?;
        if !kept.contains(&old.file_name()) {
            fs::remove_file(old.path())?;
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    let new = fs::read(from).with_context(|| format!("{} is missing", from.display()))?;
    if fs::read(to).is_ok_and(|old| old == new) {
        return Ok(());
    }
    fs::write(to, new).with_context(|| format!("{} could not be written", to.display()))
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|data| data.modified()).ok()
}
