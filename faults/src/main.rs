//! Makes everything go wrong that can, and says whether CallDoc took it as it should. `cargo xtask faults` runs it; words
//! after it choose which faults.
//!
//! Each scenario is a file. It says in words what is expected before anything is done; a check compares what was seen
//! with it. The table that is printed stands in docs/reliability.md.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that prints its table")]

mod child;
mod collector;
mod damage;
mod disk;
mod kill;
mod links;
mod program;
mod rows;
mod scenario;

use anyhow::{Context, bail};
use clap::Parser;
use scenario::{Run, Scenario, Seen, Setting};
use std::process::ExitCode;

/// In the order of the table.
const ALL: &[Scenario] = &[
    kill::SCENARIO,
    disk::full::COLLECT,
    disk::full::IMPORT,
    disk::full_more::BACKUP,
    disk::full_more::RECORDINGS,
    disk::full_more::MIGRATION,
    disk::read_only::SCENARIO,
    disk::errors::SCENARIO,
    disk::power::COMMITS,
    disk::power::MIGRATION,
    disk::power::BACKUP,
    disk::power_files::SCENARIO,
    damage::page::PROJECTION,
    damage::page::JOURNAL,
    damage::locked::HELD,
    damage::locked::BUSY,
    links::clock::SCENARIO,
    links::sleep::SCENARIO,
    links::restart::SCENARIO,
    links::flap::SCENARIO,
    links::names::SCENARIO,
    links::slow::SCENARIO,
    links::flood::SCENARIO,
];

#[derive(Parser)]
#[command(name = "faults", about = "Makes everything go wrong that can")]
struct Asked {
    /// Which faults; all without a name
    names: Vec<String>,
    /// The fast part: fewer kills, fewer flaps
    #[arg(long)]
    short: bool,
    /// The same seed makes the same choices
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Keeps the folder of a fault that did not hold, to look at
    #[arg(long)]
    keep: bool,
    /// What there is
    #[arg(long)]
    list: bool,
    /// One of the scenarios' own processes, in which something fails
    #[arg(long, hide = true, num_args = 1.., value_name = "WORDS")]
    child: Vec<String>,
}

fn main() -> anyhow::Result<ExitCode> {
    let asked = Asked::parse();
    if let Some((name, words)) = asked.child.split_first() {
        return child::act(name, words);
    }
    if asked.list {
        for scenario in ALL {
            println!("{}: {}\n    expected: {}", scenario.name, scenario.fault, scenario.expected);
        }
        return Ok(ExitCode::SUCCESS);
    }
    let unknown = asked.names.iter().find(|name| !ALL.iter().any(|scenario| scenario.name == *name));
    if let Some(unknown) = unknown {
        bail!("there is no fault \"{unknown}\"; `--list` tells what there is");
    }
    let run = if asked.short { Run::Short } else { Run::Full };
    let seed = asked.seed.unwrap_or_else(|| fastrand::u64(..1 << 32));
    println!("seed {seed}");
    let mut lines = Vec::new();
    let mut all_held = true;
    for scenario in ALL {
        if !asked.names.is_empty() && !asked.names.iter().any(|name| name == scenario.name) {
            continue;
        }
        eprintln!("\n{}: {}\n  expected: {}", scenario.name, scenario.fault, scenario.expected);
        let setting = Setting::new(run, seed).context("a place to work in")?;
        let seen = (scenario.run)(&setting).unwrap_or_else(|error| {
            let mut seen = Seen::default();
            seen.says = format!("could not be run to its end: {error:#}");
            seen.complain(format!("{error:#}"));
            seen
        });
        eprintln!("  seen: {}", seen.says);
        for complaint in seen.complaints() {
            eprintln!("  NOT HELD: {complaint}");
        }
        if asked.keep && !seen.is_held() {
            eprintln!("  kept: {}", setting.keep().display());
        }
        all_held &= seen.is_held();
        lines.push(format!(
            "| {}: {} | {} | {} | {} |",
            scenario.name,
            scenario.fault,
            scenario.expected,
            seen.says,
            if seen.is_held() { "held" } else { "NOT HELD" }
        ));
    }
    println!("| fault | expected | seen | |\n|---|---|---|---|\n{}", lines.join("\n"));
    Ok(if all_held { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
