//! Files of peaks.

use crate::sound::levels;
use recordings::peaks::Peaks;

/// Any file is answered or refused; nothing that it claims of itself takes more memory than it has bytes.
pub fn peaks(data: &[u8]) {
    let (ask, file) = data.split_at(data.len().min(3));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.peaks");
    std::fs::write(&path, file).expect("written");
    let Ok(mut peaks) = Peaks::open(&path, None) else { return };
    assert!((1..=2).contains(&peaks.channels()), "{} channels", peaks.channels());
    assert!(16 * peaks.silences().len() <= file.len(), "each silence stands in the file");
    assert!(peaks.loudness().is_none_or(f32::is_finite), "a loudness is a number");
    let number = |at: usize| u64::from(ask.get(at).copied().unwrap_or(0));
    levels(&mut peaks, number(0) << 8 | number(1), number(2) as usize);
}
