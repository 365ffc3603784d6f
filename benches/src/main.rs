//! Measures CallDoc beside peers in the same run and prints one table. `cargo xtask bench` runs it; words after it choose
//! what is measured (`delta3 scale journal latency import audio playback recordings reports list growth idle window`).
//!
//! Machines are noisy, so each figure is the median of several runs, with a ratio to a peer that ran beside it. The
//! peers are not competitors but floors: the same bytes through the simplest thing that could be done with them.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench prints its table")]

mod audio;
mod delta3;
mod growth;
mod idle;
mod import;
mod journal;
mod latency;
mod office;
mod playback;
mod recordings;
mod reports;
mod scale;
mod table;
mod window;

use table::Table;

fn main() -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let mut table = Table::default();
    let chosen: Vec<String> = std::env::args().skip(1).collect();
    let wanted = |name: &str| chosen.is_empty() || chosen.iter().any(|chosen| chosen == name);
    if wanted("delta3") {
        delta3::measure(&mut table);
    }
    if wanted("scale") {
        scale::measure(&mut table);
    }
    if wanted("journal") {
        runtime.block_on(journal::measure(&mut table))?;
    }
    if wanted("latency") {
        runtime.block_on(latency::measure(&mut table))?;
    }
    if wanted("import") {
        import::measure(&mut table)?;
    }
    if wanted("audio") {
        audio::measure(&mut table)?;
    }
    if wanted("playback") {
        playback::measure(&mut table)?;
    }
    if wanted("recordings") {
        runtime.block_on(recordings::measure(&mut table))?;
    }
    if wanted("reports") {
        runtime.block_on(reports::measure(&mut table))?;
    }
    if wanted("list") {
        runtime.block_on(reports::measure_list(&mut table))?;
    }
    // Only where it is asked for by name: ten million calls are put in, and all of them made anew.
    if chosen.iter().any(|chosen| chosen == "growth") {
        runtime.block_on(growth::measure(&mut table))?;
    }
    if wanted("idle") {
        idle::measure(&mut table)?;
    }
    if wanted("window") {
        runtime.block_on(window::measure(&mut table))?;
    }
    println!("{table}");
    Ok(())
}
