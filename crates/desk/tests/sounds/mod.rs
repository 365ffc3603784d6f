//! Sound files for tests: speech-like bursts, made without any program.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its own part")]

use std::f32::consts::TAU;
use std::path::Path;

/// Samples a second of what is made here.
pub const RATE: u32 = 8_000;

/// So many seconds of a voice: tones in syllables, another voice for another seed.
pub fn voice(seconds: f32, seed: u32) -> Vec<i16> {
    let count = (seconds * RATE as f32) as usize;
    let pitch = 110.0 + (seed * 37 % 120) as f32;
    (0..count)
        .map(|n| {
            let at = n as f32 / RATE as f32;
            let syllable = (at * 3.1 + seed as f32 * 0.37).fract();
            let loud = if syllable < 0.7 { (syllable / 0.7 * std::f32::consts::PI).sin() } else { 0.0 };
            let tone = (at * pitch * TAU).sin() + 0.5 * (at * pitch * 4.0 * TAU).sin();
            (tone * loud * 9_000.0) as i16
        })
        .collect()
}

/// A WAV file of one channel, PCM 16 bit.
pub fn wav(samples: &[i16]) -> Vec<u8> {
    let bytes = samples.len() as u32 * 2;
    let mut file = Vec::with_capacity(44 + bytes as usize);
    file.extend_from_slice(b"RIFF");
    file.extend_from_slice(&(36 + bytes).to_le_bytes());
    file.extend_from_slice(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    file.extend_from_slice(&RATE.to_le_bytes());
    file.extend_from_slice(&(RATE * 2).to_le_bytes());
    file.extend_from_slice(&[2, 0, 16, 0]);
    file.extend_from_slice(b"data");
    file.extend_from_slice(&bytes.to_le_bytes());
    samples.iter().for_each(|sample| file.extend_from_slice(&sample.to_le_bytes()));
    file
}

/// Writes a recording of so many seconds.
pub fn write(path: &Path, seconds: f32, seed: u32) {
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(path, wav(&voice(seconds, seed))).expect("written");
}

/// Everything below a folder, by its name within it.
pub fn files_in(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).into_iter().flatten().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                let path = entry.path();
                let within = path.strip_prefix(folder).expect("within");
                found.push(within.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}
