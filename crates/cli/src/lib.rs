//! calldoc-cli: the desk without a window, for IT people, scripts and tests. A library, because the installed app can
//! be it as well.
//!
//! Results go to stdout, progress and logs to stderr. Exit: 0 done, 1 failed (the reason as a sentence on stderr),
//! 2 wrong usage.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "printing is what a command line does")]

mod args;
mod backup;
mod calls;
mod collect;
mod doctor;
mod import;
mod keeping;
mod library;
mod lock;
mod recordings;
mod report;
mod simulate;
mod table;

use args::{Args, Command, Import};
use clap::Parser;
use desk::logs::{Logs, Program};
use std::ffi::OsString;
use std::process::ExitCode;
use std::sync::Arc;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

/// `words` are those of the process, its own name first.
pub fn run(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args = Args::parse_from(words);
    let logs = note(&args);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("CallDoc could not start: {error}.");
            return ExitCode::FAILURE;
        }
    };
    let code = match runtime.block_on(act(args)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error}");
            for cause in error.chain().skip(1) {
                eprintln!("  because: {cause}");
            }
            ExitCode::FAILURE
        }
    };
    if let Some(logs) = logs {
        logs.flush();
    }
    code
}

/// On stderr as RUST_LOG asks. What runs for days is noted in the library's logs too.
fn note(args: &Args) -> Option<Logs> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    let seen = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_filter(filter);
    let library = args.library.clone().unwrap_or_else(desk::default_library);
    let logs = match &args.command {
        Command::Collect(_) => Logs::begin(&library, Program::CommandLine, Arc::default()).ok(),
        _ => None,
    };
    tracing_subscriber::registry().with(logs.as_ref().map(Logs::layer)).with(seen).init();
    logs
}

async fn act(args: Args) -> anyhow::Result<ExitCode> {
    let place =
        library::Place { folder: args.library.unwrap_or_else(desk::default_library), json: args.json };
    match args.command {
        Command::Collect(collect) => collect::collect(&place, collect).await,
        Command::Import(Import::Smdr(import)) => import::import_smdr(&place, import).await,
        Command::Import(Import::Recordings(import)) => import::import_recordings(&place, import).await,
        Command::Recordings(what) => recordings::recordings(&place, what).await,
        Command::Calls(calls) => calls::calls(&place, calls).await,
        Command::Call { id } => calls::call(&place, &id).await,
        Command::Report(args) => report::report(&place, args).await,
        Command::Rebuild => library::rebuild(&place).await,
        Command::Backup(args) => backup::backup(&place, args).await,
        Command::Restore(args) => backup::restore(&place, args).await,
        Command::Check => library::check(&place).await,
        Command::Simulate(simulate) => simulate::simulate(&place, simulate).await,
        Command::Lock(what) => lock::lock(&place, &what).await,
        Command::Doctor => doctor::doctor(&place).await,
    }
}
