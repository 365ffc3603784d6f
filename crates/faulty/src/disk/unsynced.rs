//! What a disk may still lose: for each file the sectors that were changed since its last sync, as they were at that
//! sync.

use std::collections::{BTreeMap, HashMap};
use std::fs::OpenOptions;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The least that a disk writes as a whole.
pub(super) const SECTOR_BYTES: u64 = 512;

#[derive(Default)]
pub(super) struct Unsynced {
    files: HashMap<PathBuf, Before>,
}

/// A file at its last sync.
struct Before {
    size: u64,
    /// Those that were changed since; shorter where the file ended, empty behind its end.
    sectors: BTreeMap<u64, Vec<u8>>,
}

/// How much of what was not synced is lost.
#[derive(Clone, Copy)]
enum Loss {
    All,
    Sectors,
    Nothing,
}

impl Unsynced {
    /// Sectors `from..to` of a file of `size` bytes are about to change. `read` gives a sector as it is.
    pub(super) fn will_change(
        &mut self,
        file: &Path,
        size: u64,
        sectors: std::ops::Range<u64>,
        mut read: impl FnMut(u64) -> Vec<u8>,
    ) {
        let before =
            self.files.entry(file.to_owned()).or_insert_with(|| Before { size, sectors: BTreeMap::new() });
        for sector in sectors {
            before.sectors.entry(sector).or_insert_with(|| read(sector));
        }
    }

    pub(super) fn synced(&mut self, file: &Path) {
        self.files.remove(file);
    }

    /// What the disk has not written yet goes, all or in part.
    pub(super) fn lose(&mut self, dice: &mut fastrand::Rng) {
        let loss = match dice.u8(..4) {
            0 => Loss::All,
            1 => Loss::Nothing,
            _ => Loss::Sectors,
        };
        for (path, before) in self.files.drain() {
            // A file that is gone has nothing to lose; a test disk that cannot be written to ends the test.
            let Ok(mut file) = OpenOptions::new().write(true).open(&path) else { continue };
            let mut is_lost = || match loss {
                Loss::All => true,
                Loss::Sectors => dice.bool(),
                Loss::Nothing => false,
            };
            for (sector, bytes) in before.sectors {
                if is_lost() {
                    let mut whole = bytes;
                    whole.resize(SECTOR_BYTES as usize, 0);
                    put_back(&mut file, sector * SECTOR_BYTES, &whole);
                }
            }
            let now = file.metadata().map(|told| told.len()).unwrap_or(before.size);
            if now < before.size || is_lost() {
                // A file that was cut, or had grown, as it was.
                let _ = file.set_len(before.size);
            }
        }
    }
}

fn put_back(file: &mut std::fs::File, at: u64, bytes: &[u8]) {
    // What cannot be put back counts as not lost.
    let _ = file.seek(SeekFrom::Start(at)).and_then(|_| file.write_all(bytes));
}

#[cfg(test)]
mod tests {
    use super::{SECTOR_BYTES, Unsynced};

    const OLD: u8 = b'o';
    const NEW: u8 = b'n';

    /// Four sectors, of which three are written anew and one behind them is added; then the power goes.
    fn after_a_cut(seed: u64) -> Vec<u8> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        let sector = SECTOR_BYTES as usize;
        std::fs::write(&path, vec![OLD; 4 * sector]).expect("written");
        let mut unsynced = Unsynced::default();
        unsynced.will_change(&path, 4 * SECTOR_BYTES, 1..5, |number| {
            if number < 4 { vec![OLD; sector] } else { Vec::new() }
        });
        let mut bytes = vec![NEW; 5 * sector];
        bytes[..sector].fill(OLD);
        std::fs::write(&path, bytes).expect("written");
        unsynced.lose(&mut fastrand::Rng::with_seed(seed));
        std::fs::read(&path).expect("read")
    }

    #[test]
    fn each_sector_is_old_or_new_and_every_loss_happens() {
        let (mut all, mut nothing, mut some) = (0, 0, 0);
        for seed in 0..200 {
            let bytes = after_a_cut(seed);
            let sectors: Vec<&[u8]> = bytes.chunks(SECTOR_BYTES as usize).collect();
            assert!(sectors.len() == 4 || sectors.len() == 5, "its size of before or of after");
            for sector in &sectors {
                let whole = [OLD, NEW, 0].iter().any(|byte| sector.iter().all(|other| other == byte));
                assert!(whole, "no sector is torn within");
            }
            assert_eq!(sectors[0][0], OLD, "what was not written stays");
            match sectors[1..4].iter().filter(|sector| sector[0] == NEW).count() {
                0 => all += 1,
                3 => nothing += 1,
                _ => some += 1,
            }
        }
        assert!(all > 20 && nothing > 20 && some > 20, "{all} lost all, {some} some, {nothing} nothing");
    }

    #[test]
    fn what_was_synced_is_not_lost() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        std::fs::write(&path, [NEW; 512]).expect("written");
        let mut unsynced = Unsynced::default();
        unsynced.will_change(&path, 0, 0..1, |_| Vec::new());
        unsynced.synced(&path);
        for seed in 0..20 {
            unsynced.lose(&mut fastrand::Rng::with_seed(seed));
        }
        assert_eq!(std::fs::read(&path).expect("read"), [NEW; 512], "it was on the disk");
    }
}
