#![no_main]

// A decoder's own panic is caught and told as damage: only one that nobody catches is a finding.
libfuzzer_sys::fuzz_target!(init: drop(std::panic::take_hook()), |data: &[u8]| probes::wav(data));
