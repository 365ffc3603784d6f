//! `cargo xtask soak` runs it: prints a table and verdicts, and fails when one of them is bad.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it tells the person in front of it")]

use anyhow::{Context, Result};
use clap::Parser;
use soak::{Bounds, Compared, Length, Options, compare_kept, soak};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

#[derive(Parser)]
#[command(about = "A day of a large office at many times its speed")]
struct Asked {
    /// How long, in the office's own time
    #[arg(long, default_value_t = 24.0)]
    hours: f64,
    /// How much faster than life
    #[arg(long, default_value_t = 50.0)]
    speed: f64,
    /// How many people work there
    #[arg(long, default_value_t = 200)]
    people: usize,
    /// In a day. What the collector keeps for late records is full after 4,096 calls, and only then can memory be flat: by
    /// noon, with these
    #[arg(long, default_value_t = 40.0)]
    calls_a_person: f64,
    /// The hour at which it begins
    #[arg(long, default_value_t = 0)]
    from_hour: u8,
    /// The same seed makes the same calls
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The collector [default: the calldoc-cli beside this program]
    #[arg(long)]
    program: Option<PathBuf>,
    /// Keeps the library and the truth in this new folder
    #[arg(long)]
    keep: Option<PathBuf>,
    /// Compares once more what an earlier run kept there, and runs nothing
    #[arg(long)]
    compare: Option<PathBuf>,
}

fn main() -> Result<ExitCode> {
    let asked = Asked::parse();
    let options = Options {
        program: asked.program.map_or_else(beside_us, Ok)?,
        hours: asked.hours,
        speed: asked.speed,
        people: asked.people,
        calls_a_person: asked.calls_a_person,
        from_hour: asked.from_hour,
        seed: asked.seed,
        sample_every: Duration::from_secs(15 * 60),
        bounds: Bounds::default(),
        keep: asked.keep,
    };
    if let Some(kept) = asked.compare {
        let compared = compare_kept(&options.program, &kept)?;
        tell(&compared);
        return Ok(if compared.is_true(&options.bounds) { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    println!(
        "{} hours of {} people at {} times their speed, seed {}",
        options.hours, options.people, options.speed, options.seed
    );
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let outcome = runtime.block_on(soak(&options, &mut |row| eprintln!("{row}")))?;
    println!("{}", outcome.table);
    tell(&outcome.compared);
    let all_well = outcome.verdicts.iter().all(|verdict| verdict.is_well);
    Ok(if all_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What differs most.
fn tell(compared: &Compared) {
    println!(
        "{} calls in truth: {} differ; {} counts: {} differ",
        compared.true_calls,
        compared.calls.len(),
        compared.counted,
        compared.counts.len()
    );
    for difference in compared.calls.iter().chain(&compared.counts).take(20) {
        println!("{difference}");
    }
    let mut lengths: Vec<&Length> = compared.lengths.iter().collect();
    lengths.sort_by(|a, b| b.off_s().total_cmp(&a.off_s()));
    for length in lengths.iter().take(5) {
        println!(
            "{}: {:.3} s, {:.3} s in truth, of {} calls",
            length.of, length.made_s, length.true_s, length.calls
        );
    }
}

fn beside_us() -> Result<PathBuf> {
    let us = std::env::current_exe()?;
    let name = format!("calldoc-cli{}", std::env::consts::EXE_SUFFIX);
    Ok(us.parent().context("this program is in no folder")?.join(name))
}
