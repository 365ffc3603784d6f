//! From the player's frames to what a device wants: its rate, its channels.

use crate::SAMPLE_RATE;
use crate::device::Pull;
use std::time::Duration;

pub(super) struct Feed {
    pull: Box<dyn Pull>,
    channels: usize,
    /// Our frames per frame of the device.
    step: f64,
    /// Between `before` and `after`, where the device's next frame lies.
    phase: f64,
    before: (f32, f32),
    after: (f32, f32),
    stereo: Vec<f32>,
}

impl Feed {
    pub(super) fn new(pull: Box<dyn Pull>, channels: u16, rate: u32) -> Feed {
        let step = f64::from(SAMPLE_RATE) / f64::from(rate.max(1));
        let channels = usize::from(channels.max(1));
        // The first frame asked for is the first there is.
        Feed { pull, channels, step, phase: 2.0, before: (0.0, 0.0), after: (0.0, 0.0), stereo: Vec::new() }
    }

    /// Fills whole frames of the device.
    pub(super) fn fill(&mut self, out: &mut [f32], latency: Option<Duration>) {
        let frames = out.len() / self.channels;
        if self.step == 1.0 {
            self.stereo.resize(frames * 2, 0.0);
            self.pull.pull(&mut self.stereo, latency);
            for (to, from) in out.chunks_mut(self.channels).zip(self.stereo.chunks(2)) {
                spread((from.first().copied().unwrap_or(0.0), from.get(1).copied().unwrap_or(0.0)), to);
            }
            return;
        }
        let needed = (self.phase + self.step * frames.saturating_sub(1) as f64).floor().max(0.0) as usize;
        let needed = if frames == 0 { 0 } else { needed };
        self.stereo.resize(needed * 2, 0.0);
        self.pull.pull(&mut self.stereo, latency);
        let mut pulled = self.stereo.chunks(2).map(|frame| match frame {
            [left, right] => (*left, *right),
            _ => (0.0, 0.0),
        });
        for to in out.chunks_mut(self.channels) {
            while self.phase >= 1.0 {
                self.before = self.after;
                self.after = pulled.next().unwrap_or(self.after);
                self.phase -= 1.0;
            }
            let between = self.phase as f32;
            let mix = |before: f32, after: f32| before + (after - before) * between;
            spread((mix(self.before.0, self.after.0), mix(self.before.1, self.after.1)), to);
            self.phase += self.step;
        }
    }
}

/// One loudspeaker gets both sides; what there is beyond two stays silent.
fn spread((left, right): (f32, f32), to: &mut [f32]) {
    match to {
        [] => {}
        [alone] => *alone = 0.5 * (left + right),
        [to_left, to_right, others @ ..] => {
            (*to_left, *to_right) = (left, right);
            others.fill(0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Feed;
    use crate::device::Pull;
    use std::time::Duration;

    /// 0, 1, 2 ... on the left, the negative of it on the right.
    struct Counting(f32);

    impl Pull for Counting {
        fn pull(&mut self, out: &mut [f32], _latency: Option<Duration>) {
            for frame in out.chunks_mut(2) {
                frame.copy_from_slice(&[self.0, -self.0]);
                self.0 += 1.0;
            }
        }

        fn wait(&self, _frames: usize, _patience: Duration) {}
    }

    fn filled(channels: u16, rate: u32, blocks: &[usize]) -> Vec<f32> {
        let mut feed = Feed::new(Box::new(Counting(0.0)), channels, rate);
        let mut all = Vec::new();
        for frames in blocks {
            let mut out = vec![9.0; frames * usize::from(channels)];
            feed.fill(&mut out, None);
            all.extend(out);
        }
        all
    }

    #[test]
    fn at_our_rate_every_frame_comes_through_as_it_is() {
        assert_eq!(filled(2, 48_000, &[2, 1]), [0.0, -0.0, 1.0, -1.0, 2.0, -2.0], "nothing to convert");
    }

    #[test]
    fn another_rate_takes_as_many_frames_as_time_passes() {
        for rate in [16_000u32, 44_100, 96_000] {
            let blocks = [441, 100, 3, 1, 999, 1600];
            let left: Vec<f32> = filled(2, rate, &blocks).chunks(2).map(|frame| frame[0]).collect();
            let step = 48_000.0 / rate as f32;
            for (index, sample) in left.iter().enumerate() {
                let wanted = index as f32 * step;
                assert!((sample - wanted).abs() < 0.1, "frame {index} at {rate} is {sample}, not {wanted}");
            }
        }
    }

    #[test]
    fn one_loudspeaker_plays_both_parties() {
        assert_eq!(
            filled(1, 48_000, &[3]),
            [0.0; 3],
            "left and right are opposite here: their sum is nothing"
        );
    }

    #[test]
    fn more_than_two_loudspeakers_leave_the_others_silent() {
        assert_eq!(filled(4, 48_000, &[2]), [0.0, -0.0, 0.0, 0.0, 1.0, -1.0, 0.0, 0.0], "two sides only");
    }
}
