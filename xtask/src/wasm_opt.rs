//! wasm-opt of Binaryen, for the optimised page: it puts together what the compiler leaves in thousands of small functions,
//! each of which the webview would compile by itself while the window opens. Its licence (Apache 2.0) asks nothing of what it
//! makes.

use crate::npm::Package;
use crate::process::program;
use anyhow::{Context, Result, anyhow};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Not the one of a distribution: what old ones make of current output loads as a blank page.
const BINARYEN: Package = Package {
    name: "binaryen",
    version: "132.0.0",
    digest: "sha512-4Usg7yEvwO3FMso3Oov6qkOOHSod1IEv+boKkh77kTljM+eNBouqCTbqWswGzbG+vDNO/b/v2C4gfEh1WgB9Lg==",
};
/// What Rust's wasm needs beyond the first version of it, and nothing that a webview of today may lack.
const FEATURES: [&str; 8] = [
    "bulk-memory",
    "bulk-memory-opt",
    "call-indirect-overlong",
    "multivalue",
    "mutable-globals",
    "nontrapping-float-to-int",
    "reference-types",
    "sign-ext",
];
/// Smaller ones take longer to start for than they could gain.
const WORTH_IT_BYTES: u64 = 64 * 1024;
const AT_ONCE: usize = 2;

pub(crate) struct WasmOpt {
    script: PathBuf,
}

impl WasmOpt {
    /// `None`, said, on a machine without npm: the page works without it, and starts a tenth of a second later.
    pub(crate) fn fetched() -> Result<Option<Self>> {
        let package = BINARYEN.fetched()?;
        if package.is_none() {
            println!(
                "npm is not installed: the page is left as the compiler made it, and starts a little later."
            );
        }
        Ok(package.map(|package| Self { script: package.join("bin/wasm-opt") }))
    }

    /// Every module in the folder that is large enough, in its place.
    pub(crate) fn all_in(&self, folder: &Path) -> Result<()> {
        let mut modules = Vec::new();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == "wasm")
                && path.metadata()?.len() >= WORTH_IT_BYTES
            {
                modules.push(path);
            }
        }
        println!("Optimising {} modules of the page with wasm-opt", modules.len());
        let left = Mutex::new(modules);
        let next = || left.lock().ok()?.pop();
        std::thread::scope(|scope| {
            let work = || -> Result<()> {
                while let Some(module) = next() {
                    self.one(&module)?;
                }
                Ok(())
            };
            let workers: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(work)).collect();
            workers
                .into_iter()
                .try_for_each(|worker| worker.join().map_err(|_| anyhow!("optimising the page broke off"))?)
        })
    }

    fn one(&self, module: &Path) -> Result<()> {
        let made = module.with_extension("optimised");
        let mut wasm_opt = program("node", "");
        wasm_opt.arg(&self.script).arg("-O2").args(FEATURES.map(|feature| format!("--enable-{feature}")));
        let told = wasm_opt.arg(module).arg("-o").arg(&made).output().context("node could not be started")?;
        if !told.status.success() {
            let said = String::from_utf8_lossy(&told.stderr);
            return Err(anyhow!("wasm-opt does not understand {}: {}", module.display(), said.trim()));
        }
        Ok(fs::rename(made, module)?)
    }
}
