//! A day of a large office at many times its speed. What is watched is the business of the `soak` program in soak/.

use crate::process::{built, cargo, must, program};
use anyhow::Result;

#[derive(clap::Args)]
pub(crate) struct SoakOptions {
    /// Handed on to the program: --hours, --speed, --people, --from-hour, --seed
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    words: Vec<String>,
}

pub(crate) fn soak(options: &SoakOptions) -> Result<()> {
    // The collector as it is installed, but for link-time optimisation.
    must(&mut cargo("build --profile bench -p soak -p cli --bins"))?;
    let soak = built("release", "soak");
    must(program(&soak.to_string_lossy(), "").args(&options.words))
}
