//! What the device calls: frames off the ring, without a click at any start, stop or change.

use crate::device::Pull;
use crate::ring::{Frame, Place};
use crate::shared::Shared;
use std::sync::Arc;
use std::time::Duration;

/// Every start and stop fades over 8 ms: short enough to feel instant, long enough to be no click.
pub(crate) const FADE: usize = 384;
/// How much of the volume's way is gone per frame: a change is through in about 20 ms.
const VOLUME_STEP: f32 = 0.005;
/// After a gapless change, up to this many frames that were heard already are passed over.
const OVERLAP: u64 = 9_600;

pub(crate) struct Outlet {
    shared: Arc<Shared>,
    nudge: Box<dyn Fn() + Send>,
    /// The generation that sounds; `None` while nothing does.
    sounding: Option<u32>,
    /// How far the fade is open, in frames.
    open: usize,
    /// What sounded last, to fade from when there is nothing left.
    last: (f32, f32),
    tail: usize,
    last_at: Option<u64>,
    volume: f32,
}

/// What the machine wants of one block.
struct Wanted {
    generation: u32,
    playing: bool,
    /// The generation that sounds is heard on for now.
    linger: bool,
    gapless: bool,
    volume: f32,
}

impl Outlet {
    /// `nudge` wakes the worker; it is called only from [`Pull::wait`].
    pub(crate) fn new(shared: Arc<Shared>, nudge: Box<dyn Fn() + Send>) -> Outlet {
        let volume = shared.volume();
        Outlet { shared, nudge, sounding: None, open: 0, last: (0.0, 0.0), tail: 0, last_at: None, volume }
    }

    fn next(&mut self, wanted: &Wanted) -> (f32, f32) {
        let stays = self.sounding.is_none_or(|sounding| sounding == wanted.generation || wanted.linger);
        let (left, right) = if wanted.playing && stays { self.go_on(wanted) } else { self.die_away(wanted) };
        self.volume += (wanted.volume - self.volume) * VOLUME_STEP;
        if (wanted.volume - self.volume).abs() < 1e-4 {
            self.volume = wanted.volume;
        }
        (left * self.volume, right * self.volume)
    }

    fn go_on(&mut self, wanted: &Wanted) -> (f32, f32) {
        let generation = self.sounding.unwrap_or(wanted.generation);
        let Some(frame) = self.frame_of(generation, wanted) else {
            if self.shared.is_finished(generation) && self.shared.ring.len() == 0 {
                self.shared.set_played_out(generation);
            } else if self.sounding.is_some() {
                self.shared.starve(1);
            }
            self.open = 0;
            return self.fade_from_last();
        };
        self.sounding = Some(generation);
        self.open = (self.open + 1).min(FADE);
        self.take(frame)
    }

    fn die_away(&mut self, wanted: &Wanted) -> (f32, f32) {
        if self.open > 0
            && let Some(frame) = self.shared.ring.peek()
            && Some(frame.place.generation) == self.sounding
        {
            self.open -= 1;
            return self.take(frame);
        }
        self.open = 0;
        if self.sounding != Some(wanted.generation) {
            self.sounding = None;
        }
        self.pass_over(wanted.generation);
        self.fade_from_last()
    }

    fn take(&mut self, frame: Frame) -> (f32, f32) {
        self.shared.ring.advance();
        self.last_at = Some(frame.place.at);
        let gain = self.open as f32 / FADE as f32;
        self.last = (frame.left * gain, frame.right * gain);
        self.tail = FADE;
        self.shared.set_heard(frame.place);
        self.last
    }

    fn frame_of(&self, generation: u32, wanted: &Wanted) -> Option<Frame> {
        // While an earlier order lingers, what stands behind its last frame is the next one's beginning: left alone.
        if generation == wanted.generation {
            self.pass_over(generation);
        }
        if self.sounding.is_none() && wanted.gapless {
            self.pass_over_heard();
        }
        self.shared.ring.peek().filter(|frame| frame.place.generation == generation)
    }

    /// Throws away what belongs to other orders.
    fn pass_over(&self, generation: u32) {
        while self.shared.ring.peek().is_some_and(|frame| frame.place.generation != generation) {
            self.shared.ring.advance();
        }
    }

    fn pass_over_heard(&self) {
        let Some(last_at) = self.last_at else { return };
        let heard = |place: Place| place.at <= last_at && last_at - place.at < OVERLAP;
        while self.shared.ring.peek().is_some_and(|frame| heard(frame.place)) {
            self.shared.ring.advance();
        }
    }

    fn fade_from_last(&mut self) -> (f32, f32) {
        if self.tail == 0 {
            return (0.0, 0.0);
        }
        self.tail -= 1;
        let gain = self.tail as f32 / FADE as f32;
        (self.last.0 * gain, self.last.1 * gain)
    }
}

impl Pull for Outlet {
    fn pull(&mut self, out: &mut [f32], latency: Option<Duration>) {
        let shared = &self.shared;
        shared.set_latency(latency.unwrap_or_default());
        let generation = shared.wanted();
        let gapless = shared.is_gapless();
        let linger = gapless && !shared.is_ready(generation);
        let playing = shared.is_playing();
        let wanted = Wanted { generation, playing, linger, gapless, volume: shared.volume() };
        for frame in out.chunks_mut(2) {
            let (left, right) = self.next(&wanted);
            match frame {
                [to_left, to_right] => (*to_left, *to_right) = (left, right),
                [alone] => *alone = left,
                _ => {}
            }
        }
    }

    fn wait(&self, frames: usize, patience: Duration) {
        (self.nudge)();
        self.shared.wait_filled(frames, patience);
    }
}

#[cfg(test)]
#[path = "outlet/tests.rs"]
mod tests;
