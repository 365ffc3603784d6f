//! The project's own commands: `cargo xtask run`, `test`, `bench`, `soak`, `faults`, `fuzz`, `tidy`, `ui`, `dist`,
//! `licences`, `release-list`, `prove-update`, `windows`, `setup`.
//!
//! Each sets up by itself what it needs. Deliberately absent: knowledge of the product; what is measured and looked at
//! lives in `benches/`, `soak/` and `e2e/`.

// A command line talks to the person in front of it.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod axe;
mod bench;
mod demo;
mod display;
mod dist;
mod faults;
mod fuzz;
mod licences;
mod npm;
mod permitted;
mod pictures;
mod process;
mod prove_update;
mod release_list;
mod run;
mod setup;
mod soak;
mod test;
mod tidy;
mod ui;
mod wasm;
mod wasm_opt;
mod windows;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "CallDoc's own commands", disable_help_subcommand = true)]
struct Asked {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds the app and opens it
    Run(run::RunOptions),
    /// Everything that must hold before a change is taken in
    Test(test::TestOptions),
    /// Measures, and prints the table of docs/benchmarks.md
    Bench(bench::BenchOptions),
    /// A day of 200 people at 50 times real speed: memory, files, queues, and the figures against the truth
    Soak(soak::SoakOptions),
    /// Kills, full disks, power cuts, broken links: what docs/reliability.md tells of
    Faults(faults::FaultsOptions),
    /// Checks the rules of the house: who may import whom, who may ask the clock, how long a file may be
    Tidy,
    /// Builds the page that the window shows, into ui/dist
    Ui(ui::UiOptions),
    /// Takes a picture of every screen: light, dark, high contrast and at the smallest size
    Pictures,
    /// Builds the release: app, calldoc-cli and the installers that this system can make
    Dist(dist::DistOptions),
    /// Lists the licences of everything that is built in, as About shows them
    Licences,
    /// Writes the lists by which installed versions learn of a release
    ReleaseList(release_list::ReleaseList),
    /// Shows that an installed version updates itself to the next one, and refuses what is not genuine
    ProveUpdate(prove_update::ProofOptions),
    /// Gives made-up bytes to every reader of foreign ones (docs/fuzzing.md)
    Fuzz(fuzz::FuzzOptions),
    /// Builds calldoc-cli for Windows, and runs the pure rooms' tests as a Windows would
    Windows,
    /// Installs what building needs
    Setup,
}

fn main() -> ExitCode {
    match act(Asked::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The chain of reasons as one sentence; a backtrace through xtask would help nobody.
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn act(command: Command) -> Result<()> {
    match command {
        Command::Run(options) => run::run(&options),
        Command::Test(options) => test::test(&options),
        Command::Bench(options) => bench::bench(&options),
        Command::Soak(options) => soak::soak(&options),
        Command::Faults(options) => faults::faults(&options),
        Command::Tidy => tidy::tidy(),
        Command::Ui(options) => ui::ui(options.speed()),
        Command::Pictures => pictures::pictures(),
        Command::Dist(options) => dist::dist(&options),
        Command::Licences => licences::licences(),
        Command::ReleaseList(asked) => release_list::write(&asked),
        Command::ProveUpdate(options) => prove_update::prove(&options),
        Command::Fuzz(options) => fuzz::fuzz(&options),
        Command::Windows => windows::windows(),
        Command::Setup => setup::setup(),
    }
}
