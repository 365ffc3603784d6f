#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| probes::smdr_lines(data));
