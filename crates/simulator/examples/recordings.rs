//! Writes the recordings of a tape, with the truth about each:
//! `cargo run -p simulator --example recordings -- FOLDER [CALLS [SEED]]`.

use simulator::{Neighbours, RecordingSettings, TapeSettings, recordings, tape};
use std::io::Write;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let folder = PathBuf::from(words.next().ok_or("into which folder?")?);
    let calls = words.next().map_or(Ok(50), |word| word.parse())?;
    let seed = words.next().map_or(Ok(1), |word| word.parse())?;
    let settings = TapeSettings { seed, calls, neighbours: Neighbours::all(), ..TapeSettings::default() };
    let truth = tape(&settings)?.truth;
    let of = RecordingSettings { seed, ..RecordingSettings::default() };
    std::fs::create_dir_all(&folder)?;
    let mut told = std::fs::File::create(folder.join("truth.jsonl"))?;
    for recorded in recordings(truth.iter().map(|truth| &truth.call), &of) {
        recorded.write_to(&folder)?;
        serde_json::to_writer(&mut told, &recorded)?;
        told.write_all(b"\n")?;
    }
    Ok(())
}
