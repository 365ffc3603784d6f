//! Whether bytes look like the output of a cipher.

/// Fewer say nothing.
const ENOUGH: usize = 1_024;

/// Tells evenly spread bytes: no sound file begins so, coded or not, as its head repeats and has zeros.
pub(super) fn looks_random(bytes: &[u8]) -> bool {
    if bytes.len() < ENOUGH {
        return false;
    }
    let mut counts = [0u32; 256];
    for &byte in bytes {
        counts[usize::from(byte)] += 1;
    }
    let even = bytes.len() as f64 / 256.0;
    let distance: f64 = counts.iter().map(|&count| (f64::from(count) - even).powi(2) / even).sum();
    // Chi-squared with 255 degrees of freedom: random bytes stay below 400 but once in 100 million files.
    distance < 400.0
}
