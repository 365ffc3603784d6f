#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| probes::delta3(data));
