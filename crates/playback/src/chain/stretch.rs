//! Faster and slower at the same pitch: WSOLA, with windows for speech.
//!
//! Overlapping windows of the input are laid down at another distance than they were taken at, each moved a little to
//! where it continues the one before it best. Frame `t` of the output always carries the place of frame `speed * t` of
//! the input, whatever the search found, so that places run evenly.

use crate::ring::Frame;

/// Half a window, and how far apart windows are laid down: 15 ms. A window holds two periods of the lowest voice.
const HOP: usize = 720;
/// How far a window may move to fit: 8 ms either way holds a whole period of it.
const REACH: isize = 384;
/// The search looks at every eighth sample first: similarity of speech is decided below 3 kHz.
const COARSE: usize = 8;

pub(super) struct Stretch {
    speed: f64,
    /// Input from frame `first` on; negative frames are silence.
    input: Vec<Frame>,
    first: isize,
    taken: u64,
    /// Where the last window begins, moved as it was.
    window_at: isize,
    /// Hops laid down.
    hops: u64,
    rising: Vec<f32>,
}

impl Stretch {
    pub(super) fn new(speed: f32) -> Stretch {
        let rising = (0..HOP)
            .map(|i| {
                let turn = std::f32::consts::PI * (i as f32 + 0.5) / HOP as f32;
                0.5 - 0.5 * turn.cos()
            })
            .collect();
        Stretch {
            speed: f64::from(speed),
            input: Vec::new(),
            first: 0,
            taken: 0,
            window_at: -(HOP as isize),
            hops: 0,
            rising,
        }
    }

    pub(super) fn push(&mut self, frames: &[Frame], out: &mut Vec<Frame>) {
        self.input.extend_from_slice(frames);
        self.taken += frames.len() as u64;
        // The next window's furthest place, its second half included.
        while self.nominal(self.hops) + REACH + 2 * HOP as isize <= self.taken as isize {
            self.hop(HOP, out);
        }
    }

    /// What is still due when no input follows: the output is as long as the input by its speed, to the frame.
    pub(super) fn finish(&mut self, out: &mut Vec<Frame>) {
        let wanted = (self.taken as f64 / self.speed).round() as u64;
        while self.hops * (HOP as u64) < wanted {
            let left = wanted - self.hops * HOP as u64;
            self.hop(usize::try_from(left).unwrap_or(HOP).min(HOP), out);
        }
    }

    /// Where the window of a hop would begin without a search: its middle is where the hop ends.
    fn nominal(&self, hop: u64) -> isize {
        (((hop + 1) * HOP as u64) as f64 * self.speed).round() as isize - HOP as isize
    }

    /// Lays down one hop: the second half of the last window fading out over the first half of the next.
    fn hop(&mut self, frames: usize, out: &mut Vec<Frame>) {
        let continued_at = self.window_at + HOP as isize;
        let next_at = self.best(continued_at, self.nominal(self.hops));
        let start = self.hops * HOP as u64;
        for (i, rising) in self.rising.iter().enumerate().take(frames) {
            let old = self.sound(continued_at + i as isize);
            let new = self.sound(next_at + i as isize);
            let at = ((start + i as u64) as f64 * self.speed) as isize;
            out.push(Frame {
                left: old.0 * (1.0 - rising) + new.0 * rising,
                right: old.1 * (1.0 - rising) + new.1 * rising,
                place: self.place(at),
            });
        }
        self.window_at = next_at;
        self.hops += 1;
        self.forget();
    }

    /// The place within reach of `nominal` from which the sound goes on most like from `continued`.
    fn best(&self, continued: isize, nominal: isize) -> isize {
        let coarse = self.most_alike(continued, nominal, (-REACH..=REACH).step_by(COARSE), COARSE);
        let around = -(COARSE as isize)..=COARSE as isize;
        self.most_alike(continued, nominal + coarse, around, 2) + nominal + coarse
    }

    fn most_alike(
        &self,
        continued: isize,
        around: isize,
        moves: impl Iterator<Item = isize>,
        step: usize,
    ) -> isize {
        let mut best = (f32::MIN, 0isize);
        for moved in moves {
            let (mut product, mut energy) = (0.0f32, 1e-9f32);
            for i in (0..HOP as isize).step_by(step) {
                let candidate = self.mono(around + moved + i);
                product += candidate * self.mono(continued + i);
                energy += candidate * candidate;
            }
            let alike = product / energy.sqrt();
            // Of equals (silence) the least moved.
            if alike > best.0 || (alike == best.0 && moved.abs() < best.1.abs()) {
                best = (alike, moved);
            }
        }
        best.1
    }

    fn get(&self, at: isize) -> Option<&Frame> {
        usize::try_from(at - self.first).ok().and_then(|index| self.input.get(index))
    }

    fn sound(&self, at: isize) -> (f32, f32) {
        self.get(at).map_or((0.0, 0.0), |frame| (frame.left, frame.right))
    }

    fn mono(&self, at: isize) -> f32 {
        self.get(at).map_or(0.0, |frame| frame.left + frame.right)
    }

    fn place(&self, at: isize) -> crate::ring::Place {
        let frame = self.get(at).or_else(|| self.input.last());
        frame.map(|frame| frame.place).unwrap_or_default()
    }

    fn forget(&mut self) {
        let place_at = ((self.hops * HOP as u64) as f64 * self.speed) as isize;
        let needed = (self.window_at + HOP as isize).min(self.nominal(self.hops) - REACH).min(place_at);
        let unneeded = usize::try_from(needed - 1 - self.first).unwrap_or(0).min(self.input.len());
        // Moving the rest down is cheap when it is done seldom.
        if unneeded > 8 * HOP {
            self.input.drain(..unneeded);
            self.first += unneeded as isize;
        }
    }
}
