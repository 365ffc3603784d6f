//! Measures. What is measured, and against what, is the business of the `bench` program in benches/.

use crate::process::{cargo, must};
use anyhow::Result;

#[derive(clap::Args)]
pub(crate) struct BenchOptions {
    /// Handed on to the program, for instance the name of one measurement
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    words: Vec<String>,
}

pub(crate) fn bench(options: &BenchOptions) -> Result<()> {
    // The bench starts the command line and the app that it finds beside itself.
    must(&mut cargo("build --profile bench -p bench -p cli -p calldoc"))?;
    let mut program = cargo("run --quiet --profile bench -p bench --");
    program.args(&options.words);
    must(&mut program)
}
