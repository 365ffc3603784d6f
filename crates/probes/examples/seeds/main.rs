//! Writes the first inputs of every probe, with the project's own writers and the simulated office:
//! `cargo run -p probes --example seeds -- fuzz/corpus`. What is found by fuzzing joins them in the same folders.

mod wire;

use std::path::PathBuf;

/// Name, and bytes.
pub(crate) type Seeds = Vec<(String, Vec<u8>)>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let corpus = PathBuf::from(std::env::args().nth(1).ok_or("into which folder?")?);
    let all: [(&str, Seeds); 5] = [
        ("cuts", wire::cuts()?),
        ("delta3", wire::delta3()?),
        ("frames", wire::frames()?),
        ("messages", wire::messages()?),
        ("smdr_lines", wire::smdr_lines()?),
    ];
    for (probe, seeds) in all {
        let folder = corpus.join(probe);
        std::fs::create_dir_all(&folder)?;
        for (name, bytes) in seeds {
            std::fs::write(folder.join(name), bytes)?;
        }
    }
    Ok(())
}
