//! Runs the fuzz targets, two at a time. What they hold the product to is the business of `crates/probes`.

use crate::process::{is_installed, must, program, quiet, root, target};
use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// As many as leave an ordinary computer usable.
const AT_ONCE: usize = 2;
/// Longest input: what is found with it is found with small ones, which are tried more often.
const INPUT_BYTES_MAX: u32 = 4_096;
const MEMORY_MB_MAX: u32 = 1_024;
/// For one input.
const SECONDS_MAX: u32 = 10;

#[derive(clap::Args)]
pub(crate) struct FuzzOptions {
    /// Names of targets; none: all of them
    targets: Vec<String>,
    /// How long each of them runs
    #[arg(long, default_value_t = 30)]
    minutes: u64,
}

pub(crate) fn fuzz(options: &FuzzOptions) -> Result<()> {
    let targets = chosen(&options.targets, &all()?)?;
    if !is_installed("rustup") || quiet(&mut program("rustup", "run nightly rustc --version")).is_none() {
        bail!("the nightly toolchain is missing: run `rustup toolchain install nightly`, then this again");
    }
    if !is_installed("cargo-fuzz") {
        bail!("cargo-fuzz is missing: run `cargo install cargo-fuzz --locked`, then this again");
    }
    let folder = target().join("fuzz");
    fs::create_dir_all(&folder)?;
    must(&mut cargo_fuzz("build", &folder, ""))?;
    let waiting = Mutex::new(targets.into_iter().rev().collect::<Vec<String>>());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let found = std::thread::scope(|scope| {
        let worker = || -> Result<Vec<String>> {
            let mut found = Vec::new();
            while let Some(name) = next() {
                if !is_clean(&name, options.minutes, &folder)? {
                    found.push(name);
                }
            }
            Ok(found)
        };
        let workers: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(worker)).collect();
        let ended =
            workers.into_iter().map(|worker| worker.join().unwrap_or_else(|_| bail!("a run broke off")));
        ended.collect::<Result<Vec<_>>>()
    })?;
    let found = found.concat();
    if !found.is_empty() {
        bail!("something was found by {}: the inputs are in fuzz/artifacts", found.join(", "));
    }
    Ok(())
}

/// Runs one target for its time; what it found new and small stays in its corpus. False when an input was refused.
fn is_clean(name: &str, minutes: u64, folder: &Path) -> Result<bool> {
    let place = folder.join(format!("{name}.log"));
    let log = File::create(&place).with_context(|| format!("{} cannot be written", place.display()))?;
    println!("{name}: {minutes} minutes; its log is {}", place.display());
    let seconds = minutes * 60;
    let limits = format!(
        "{name} -- -max_total_time={seconds} -max_len={INPUT_BYTES_MAX} -rss_limit_mb={MEMORY_MB_MAX} \
         -timeout={SECONDS_MAX} -print_final_stats=1"
    );
    let mut run = cargo_fuzz("run", folder, &limits);
    let status = run.stdout(log.try_clone()?).stderr(log).status().context("rustup could not be started")?;
    let said = fs::read_to_string(&place).unwrap_or_default();
    let executions = said.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    println!("{name}: {} inputs tried", executions.map_or("no", str::trim));
    if !status.success() {
        return Ok(false);
    }
    must(&mut cargo_fuzz("cmin", folder, &format!("{name} -- -max_len={INPUT_BYTES_MAX}")))?;
    Ok(true)
}

/// Without a sanitizer: `unsafe` is forbidden in the rooms, and what C there is would not be instrumented.
fn cargo_fuzz(what: &str, folder: &Path, words: &str) -> std::process::Command {
    let mut command = program("rustup", &format!("run nightly cargo fuzz {what} -s none --target-dir"));
    command.arg(folder).args(words.split_whitespace());
    command
}

/// Every file in `fuzz/fuzz_targets` is a target.
fn all() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root().join("fuzz/fuzz_targets")).context("fuzz/fuzz_targets is missing")? {
        names.extend(entry?.path().file_stem().map(|stem| stem.to_string_lossy().into_owned()));
    }
    names.sort();
    Ok(names)
}

fn chosen(asked: &[String], all: &[String]) -> Result<Vec<String>> {
    if let Some(unknown) = asked.iter().find(|name| !all.contains(name)) {
        bail!("there is no target {unknown}; there are {}", all.join(", "));
    }
    Ok(if asked.is_empty() { all.to_vec() } else { asked.to_vec() })
}

#[cfg(test)]
mod tests {
    use super::{all, chosen};

    #[test]
    fn without_names_every_target_runs() {
        let all = all().expect("targets");
        assert_eq!(chosen(&[], &all).expect("all of them"), all, "{all:?}");
        assert!(all.contains(&"frames".to_owned()), "{all:?}");
    }

    #[test]
    fn a_target_that_is_not_there_is_told() {
        let refused = chosen(&["frame".to_owned()], &["frames".to_owned()]).expect_err("a slip");
        assert_eq!(refused.to_string(), "there is no target frame; there are frames");
    }
}
