//! Writes the first inputs of every probe, with the project's own writers and the simulated office:
//! `cargo run -p probes --example seeds -- fuzz/corpus`. What is found by fuzzing joins them.

mod files;
mod sound;
mod wire;

use std::error::Error;
use std::path::PathBuf;

/// Name, and bytes.
pub(crate) type Seeds = Vec<(String, Vec<u8>)>;

fn main() -> Result<(), Box<dyn Error>> {
    let corpus = PathBuf::from(std::env::args().nth(1).ok_or("into which folder?")?);
    let (ogg, peaks) = sound::stored()?;
    let all: [(&str, Seeds); 13] = [
        ("backups", files::backups()),
        ("cuts", wire::cuts()?),
        ("delta3", wire::delta3()?),
        ("file_names", files::file_names()),
        ("frames", wire::frames()?),
        ("messages", wire::messages()?),
        ("ogg", ogg),
        ("peaks", peaks),
        ("report_definitions", files::report_definitions()),
        ("settings", files::settings()),
        ("side_files", files::side_files()),
        ("smdr_lines", wire::smdr_lines()?),
        ("wav", sound::wav()),
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
