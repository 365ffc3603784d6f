//! What the machine's thread, the worker and the device tell one another without waiting.

use crate::ring::{Place, Ring};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Frames the worker decodes ahead: 250 ms. Enough to outlast a slow disk, little enough to throw away at a seek.
pub(crate) const AHEAD: usize = 12_000;
/// Room for several seeks' worth of frames, so that new ones never wait for old ones to be thrown away.
const RING: usize = 4 * AHEAD;

pub(crate) struct Shared {
    pub(crate) ring: Ring,
    /// The last frame that the device took, with its generation.
    heard: AtomicU64,
    /// Delay of the device in microseconds.
    latency_us: AtomicU64,
    playing: AtomicBool,
    volume: AtomicU32,
    /// The generation that shall be heard.
    wanted: AtomicU32,
    /// Whether the one before it is heard on until frames of the wanted one are there.
    gapless: AtomicBool,
    /// The generation of which enough frames are in the ring to begin.
    ready: AtomicU32,
    /// The generation whose last frame is in the ring.
    finished: AtomicU32,
    /// The generation whose last frame the device took.
    played_out: AtomicU32,
    /// Frames that were due and not there.
    starved: AtomicU64,
    filled: Condvar,
    fillings: Mutex<()>,
}

/// What the ear has got so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Heard {
    /// The order these frames belong to.
    pub(crate) generation: u32,
    /// The frame of the recording that the device took last.
    pub(crate) at: u64,
    /// Frames that the device holds and has not made sound of yet.
    pub(crate) latency_frames: u64,
    /// There is nothing after it.
    pub(crate) ended: bool,
}

impl Default for Shared {
    fn default() -> Self {
        Shared {
            ring: Ring::new(RING),
            heard: AtomicU64::new(0),
            latency_us: AtomicU64::new(0),
            playing: AtomicBool::new(false),
            volume: AtomicU32::new(1f32.to_bits()),
            wanted: AtomicU32::new(0),
            gapless: AtomicBool::new(false),
            ready: AtomicU32::new(0),
            finished: AtomicU32::new(0),
            played_out: AtomicU32::new(0),
            starved: AtomicU64::new(0),
            filled: Condvar::new(),
            fillings: Mutex::new(()),
        }
    }
}

impl Shared {
    pub(crate) fn heard(&self) -> Heard {
        let Place { generation, at } = Place::unpacked(self.heard.load(Ordering::Acquire));
        let latency_us = self.latency_us.load(Ordering::Relaxed);
        let ended = self.played_out.load(Ordering::Acquire) == self.wanted() && self.wanted() != 0;
        Heard { generation, at, latency_frames: latency_us * 48 / 1000, ended }
    }

    pub(crate) fn want(&self, generation: u32, gapless: bool) {
        self.gapless.store(gapless, Ordering::Relaxed);
        self.wanted.store(generation, Ordering::Release);
    }

    pub(crate) fn wanted(&self) -> u32 {
        self.wanted.load(Ordering::Acquire)
    }

    pub(crate) fn is_gapless(&self) -> bool {
        self.gapless.load(Ordering::Relaxed)
    }

    pub(crate) fn set_playing(&self, playing: bool) {
        self.playing.store(playing, Ordering::Release);
    }

    pub(crate) fn is_playing(&self) -> bool {
        self.playing.load(Ordering::Acquire)
    }

    pub(crate) fn set_volume(&self, volume: f32) {
        self.volume.store(volume.to_bits(), Ordering::Relaxed);
    }

    pub(crate) fn volume(&self) -> f32 {
        f32::from_bits(self.volume.load(Ordering::Relaxed))
    }

    /// The worker's: `generation` can be heard from now on.
    pub(crate) fn set_ready(&self, generation: u32) {
        self.ready.store(generation, Ordering::Release);
        self.tell_filled();
    }

    pub(crate) fn is_ready(&self, generation: u32) -> bool {
        self.ready.load(Ordering::Acquire) == generation
    }

    /// The worker's: no frame of `generation` follows.
    pub(crate) fn set_finished(&self, generation: u32) {
        self.finished.store(generation, Ordering::Release);
        self.tell_filled();
    }

    pub(crate) fn is_finished(&self, generation: u32) -> bool {
        self.finished.load(Ordering::Acquire) == generation
    }

    /// The device's: it took this frame.
    pub(crate) fn set_heard(&self, place: Place) {
        self.heard.store(place.packed(), Ordering::Release);
    }

    pub(crate) fn set_latency(&self, latency: Duration) {
        self.latency_us.store(u64::try_from(latency.as_micros()).unwrap_or(0), Ordering::Relaxed);
    }

    pub(crate) fn set_played_out(&self, generation: u32) {
        self.played_out.store(generation, Ordering::Release);
    }

    pub(crate) fn starve(&self, frames: u64) {
        self.starved.fetch_add(frames, Ordering::Relaxed);
    }

    /// The worker's, after each piece.
    pub(crate) fn tell_filled(&self) {
        // The lock orders this after a waiter's last look; it is never held for longer than that.
        drop(self.fillings.lock().unwrap_or_else(PoisonError::into_inner));
        self.filled.notify_all();
    }

    /// Returns when so many frames stand in the ring, or no more will come.
    pub(crate) fn wait_filled(&self, frames: usize, patience: Duration) {
        let guard = self.fillings.lock().unwrap_or_else(PoisonError::into_inner);
        let empty = |_: &mut ()| {
            let wanted = self.wanted();
            let enough = self.is_ready(wanted) && self.ring.len() >= frames;
            !enough && !self.is_finished(wanted)
        };
        drop(self.filled.wait_timeout_while(guard, patience, empty));
    }
}
