//! Faults. What is made to go wrong, and what is expected then, is the business of the `faults` program in faults/.

use crate::process::{built, cargo, must};
use anyhow::Result;
use std::process::Command;

#[derive(clap::Args)]
pub(crate) struct FaultsOptions {
    /// Handed on to the program: --short, --seed N, --list, or names of faults
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    words: Vec<String>,
}

pub(crate) fn faults(options: &FaultsOptions) -> Result<()> {
    // The program kills the command line that it finds beside itself.
    must(&mut cargo("build -p faults -p cli"))?;
    must(Command::new(built("debug", "faults")).args(&options.words))
}
