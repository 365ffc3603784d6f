//! Frames on their way from the worker to the device: one writes, one reads, nobody waits.
//!
//! Slots are plain atomics, so that the reader, which runs where sound is due, meets no lock. A slot may only be written
//! while it lies outside what `read..written` names; the two counters hand slots over.

use std::sync::atomic::{AtomicU64, Ordering};

/// One moment of sound, with where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Frame {
    pub(crate) left: f32,
    pub(crate) right: f32,
    pub(crate) place: Place,
}

/// A frame of the recording, under the order that asked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Place {
    pub(crate) generation: u32,
    pub(crate) at: u64,
}

/// Bits for the frame number: 265 days of sound. The rest holds the generation, which may wrap: only neighbours meet.
const AT_BITS: u32 = 40;
pub(crate) const GENERATIONS: u32 = 1 << (64 - AT_BITS);

impl Place {
    pub(crate) fn packed(self) -> u64 {
        (u64::from(self.generation % GENERATIONS) << AT_BITS) | (self.at & ((1 << AT_BITS) - 1))
    }

    pub(crate) fn unpacked(word: u64) -> Place {
        Place { generation: (word >> AT_BITS) as u32, at: word & ((1 << AT_BITS) - 1) }
    }
}

pub(crate) struct Ring {
    slots: Box<[Slot]>,
    written: AtomicU64,
    read: AtomicU64,
}

#[derive(Default)]
struct Slot {
    sound: AtomicU64,
    place: AtomicU64,
}

impl Ring {
    pub(crate) fn new(frames: usize) -> Ring {
        let slots = (0..frames).map(|_| Slot::default()).collect();
        Ring { slots, written: AtomicU64::new(0), read: AtomicU64::new(0) }
    }

    /// Frames written and not read yet.
    pub(crate) fn len(&self) -> usize {
        let read = self.read.load(Ordering::Acquire);
        let written = self.written.load(Ordering::Acquire);
        usize::try_from(written.saturating_sub(read)).unwrap_or(usize::MAX)
    }

    pub(crate) fn room(&self) -> usize {
        self.slots.len().saturating_sub(self.len())
    }

    /// The writer's: as many as there is room for.
    pub(crate) fn push(&self, frames: &[Frame]) -> usize {
        let count = frames.len().min(self.room());
        let mut written = self.written.load(Ordering::Relaxed);
        for frame in frames.iter().take(count) {
            if let Some(slot) = self.slot(written) {
                let sound = (u64::from(frame.left.to_bits()) << 32) | u64::from(frame.right.to_bits());
                slot.sound.store(sound, Ordering::Relaxed);
                slot.place.store(frame.place.packed(), Ordering::Relaxed);
            }
            written += 1;
        }
        self.written.store(written, Ordering::Release);
        count
    }

    /// The reader's: the frame that comes next, left where it is.
    pub(crate) fn peek(&self) -> Option<Frame> {
        let read = self.read.load(Ordering::Relaxed);
        if read == self.written.load(Ordering::Acquire) {
            return None;
        }
        let slot = self.slot(read)?;
        let sound = slot.sound.load(Ordering::Relaxed);
        Some(Frame {
            left: f32::from_bits((sound >> 32) as u32),
            right: f32::from_bits(sound as u32),
            place: Place::unpacked(slot.place.load(Ordering::Relaxed)),
        })
    }

    /// The reader's: gives up the frame that `peek` showed.
    pub(crate) fn advance(&self) {
        self.read.fetch_add(1, Ordering::Release);
    }

    /// The reader's: gives up everything.
    pub(crate) fn clear(&self) {
        self.read.store(self.written.load(Ordering::Acquire), Ordering::Release);
    }

    fn slot(&self, counter: u64) -> Option<&Slot> {
        let length = u64::try_from(self.slots.len()).unwrap_or(u64::MAX).max(1);
        self.slots.get(usize::try_from(counter % length).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::{Frame, Place, Ring};

    fn frame(at: u64) -> Frame {
        Frame { left: at as f32, right: -(at as f32), place: Place { generation: 3, at } }
    }

    #[test]
    fn frames_come_out_as_they_went_in_over_many_rounds() {
        let ring = Ring::new(8);
        for at in 0..100 {
            assert_eq!(ring.push(&[frame(at), frame(at)]), 2, "there is room for two");
            for _ in 0..2 {
                assert_eq!(ring.peek(), Some(frame(at)), "sound and place stay together");
                ring.advance();
            }
        }
        assert_eq!(ring.peek(), None, "all was read");
    }

    #[test]
    fn a_full_ring_takes_no_more_than_it_has_room_for() {
        let ring = Ring::new(4);
        let frames: Vec<Frame> = (0..6).map(frame).collect();
        assert_eq!(ring.push(&frames), 4, "nothing that is unread is overwritten");
        assert_eq!(ring.push(&frames), 0, "it is full");
        ring.advance();
        assert_eq!(ring.push(&frames), 1, "one was read");
    }

    #[test]
    fn clearing_leaves_room_for_everything() {
        let ring = Ring::new(4);
        ring.push(&[frame(1), frame(2), frame(3)]);
        ring.clear();
        assert_eq!((ring.peek(), ring.room()), (None, 4), "what was unread is gone");
    }

    #[test]
    fn a_frame_is_whole_while_another_thread_writes() {
        let ring = Ring::new(64);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let mut at = 0;
                while at < 20_000 {
                    at += u64::try_from(ring.push(&[frame(at)])).expect("0 or 1");
                    if ring.room() == 0 {
                        std::thread::yield_now();
                    }
                }
            });
            let mut wanted = 0;
            while wanted < 20_000 {
                let Some(found) = ring.peek() else {
                    std::thread::yield_now();
                    continue;
                };
                assert_eq!(found, frame(wanted), "in order, with its own place");
                ring.advance();
                wanted += 1;
            }
        });
    }
}
