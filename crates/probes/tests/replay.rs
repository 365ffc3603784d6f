//! Every input that fuzzing ever found, given to its probe again. A corpus that is empty or missing is a failure: then
//! nothing would be tested.

use probes::PROBES;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Where cargo-fuzz works.
fn fuzz() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fuzz")
}

#[allow(clippy::print_stdout, reason = "the input that a probe fails on is the last one printed")]
fn replay(name: &str) {
    let (_, probe) = PROBES.iter().find(|(known, _)| *known == name).expect("a probe of this name");
    let folder = fuzz().join("corpus").join(name);
    let mut inputs: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("the corpus of {name} is missing: {error}"))
        .map(|entry| entry.expect("an entry").path())
        .collect();
    inputs.sort();
    assert!(!inputs.is_empty(), "the corpus of {name} is empty");
    for input in inputs {
        println!("{}", input.file_name().unwrap_or_default().display());
        probe(&std::fs::read(&input).expect("an input"));
    }
}

macro_rules! replayed {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            replay(stringify!($name));
        })*

        /// Of the tests here.
        const REPLAYED: &[&str] = &[$(stringify!($name)),*];
    };
}

replayed! {
    backups
    cuts
    delta3
    file_names
    frames
    messages
    ogg
    peaks
    report_definitions
    settings
    side_files
    smdr_lines
    wav
}

fn names(folder: &str) -> BTreeSet<String> {
    let entries = std::fs::read_dir(fuzz().join(folder)).expect("a folder of fuzz/");
    entries
        .map(|entry| entry.expect("an entry").path())
        .map(|path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned())
        .collect()
}

#[test]
fn every_probe_has_its_target_its_corpus_and_its_test() {
    let probes: BTreeSet<String> = PROBES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names("fuzz_targets"), probes, "a target for each probe");
    assert_eq!(names("corpus"), probes, "a corpus for each probe");
    assert_eq!(
        REPLAYED.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>(),
        probes,
        "a test for each"
    );
}
