//! One axis of time for a call's bar and the recordings under it: what stands where, and zooming in.

/// A stretch of time that is drawn across a width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axis {
    pub from_ms: i64,
    pub to_ms: i64,
}

/// Nobody reads a waveform closer than this.
const SHORTEST_MS: i64 = 2_000;

impl Axis {
    /// As much as the call and its recordings cover; a recording may begin before its call and end after it.
    pub fn over(stretches: impl IntoIterator<Item = (i64, i64)>) -> Option<Self> {
        stretches.into_iter().fold(None, |axis, (from_ms, to_ms)| {
            let to_ms = to_ms.max(from_ms);
            Some(match axis {
                None => Axis { from_ms, to_ms },
                Some(axis) => Axis { from_ms: axis.from_ms.min(from_ms), to_ms: axis.to_ms.max(to_ms) },
            })
        })
    }

    pub fn length_ms(self) -> i64 {
        (self.to_ms - self.from_ms).max(1)
    }

    /// Left edge and width of a stretch in percent of the axis; what lies outside is beyond 0 and 100.
    #[allow(clippy::cast_precision_loss)]
    pub fn place(self, from_ms: i64, to_ms: i64) -> (f64, f64) {
        let length = self.length_ms() as f64;
        ((from_ms - self.from_ms) as f64 * 100.0 / length, (to_ms - from_ms) as f64 * 100.0 / length)
    }

    /// The part of a stretch that the axis shows; `None` when it shows nothing of it.
    pub fn seen(self, from_ms: i64, to_ms: i64) -> Option<(i64, i64)> {
        let (from_ms, to_ms) = (from_ms.max(self.from_ms), to_ms.min(self.to_ms));
        (from_ms < to_ms).then_some((from_ms, to_ms))
    }

    /// The instant at a share of the width, 0 to 1.
    #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
    pub fn at(self, share: f64) -> i64 {
        self.from_ms + (self.length_ms() as f64 * share.clamp(0.0, 1.0)).round() as i64
    }

    /// Where an instant stands, 0 to 1.
    #[allow(clippy::cast_precision_loss)]
    pub fn share(self, at_ms: i64) -> f64 {
        ((at_ms - self.from_ms) as f64 / self.length_ms() as f64).clamp(0.0, 1.0)
    }

    /// Half as long, or twice as long, keeping what stands at `share` where it is, and never beyond `all`.
    pub fn zoomed(self, zoom: Zoom, share: f64, all: Axis) -> Self {
        let length_ms = match zoom {
            Zoom::In => (self.length_ms() / 2).max(SHORTEST_MS),
            Zoom::Out => self.length_ms() * 2,
        };
        let length_ms = length_ms.min(all.length_ms());
        let kept_ms = self.at(share);
        let before_ms = Axis { from_ms: 0, to_ms: length_ms }.at(share);
        let from_ms = (kept_ms - before_ms).clamp(all.from_ms, (all.to_ms - length_ms).max(all.from_ms));
        Axis { from_ms, to_ms: from_ms + length_ms }
    }

    /// The same length elsewhere, by `share` of it to the right, or left if negative.
    #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
    pub fn moved(self, share: f64, all: Axis) -> Self {
        let by_ms = (self.length_ms() as f64 * share) as i64;
        let from_ms =
            (self.from_ms + by_ms).clamp(all.from_ms, (all.to_ms - self.length_ms()).max(all.from_ms));
        Axis { from_ms, to_ms: from_ms + self.length_ms() }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zoom {
    In,
    Out,
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Axis = Axis { from_ms: 0, to_ms: 60_000 };

    #[test]
    fn a_recording_that_outlasts_its_call_makes_the_axis_longer() {
        let axis = Axis::over([(10_000, 50_000), (8_000, 52_000)]);
        assert_eq!(axis, Some(Axis { from_ms: 8_000, to_ms: 52_000 }), "both fit");
        assert_eq!(Axis::over([]), None, "nothing has no axis");
    }

    #[test]
    fn time_and_place_are_each_others_inverse() {
        let (left, width) = MINUTE.place(15_000, 45_000);
        assert!((left - 25.0).abs() < 1e-9 && (width - 50.0).abs() < 1e-9, "a quarter in, half wide");
        assert_eq!(MINUTE.at(0.25), 15_000, "the same place as an instant");
        assert!((MINUTE.share(15_000) - 0.25).abs() < 1e-9, "and back");
        assert_eq!(MINUTE.at(7.0), 60_000, "nothing stands beyond the end");
    }

    #[test]
    fn only_what_is_in_sight_is_asked_for() {
        assert_eq!(MINUTE.seen(-5_000, 20_000), Some((0, 20_000)), "cut at the edge");
        assert_eq!(MINUTE.seen(60_000, 90_000), None, "beyond the edge");
    }

    #[test]
    fn zooming_keeps_what_is_pointed_at_and_stays_within_the_whole() {
        let near = MINUTE.zoomed(Zoom::In, 0.5, MINUTE);
        assert_eq!(near, Axis { from_ms: 15_000, to_ms: 45_000 }, "the middle stays the middle");
        let edge = near.zoomed(Zoom::Out, 0.0, MINUTE);
        assert_eq!(edge, MINUTE, "not further out than all of it");
        let mut closest = MINUTE;
        for _ in 0..20 {
            closest = closest.zoomed(Zoom::In, 1.0, MINUTE);
        }
        assert_eq!(closest, Axis { from_ms: 58_000, to_ms: 60_000 }, "not closer than one can read");
        let right = near.moved(0.9, MINUTE);
        assert_eq!(right, Axis { from_ms: 30_000, to_ms: 60_000 }, "walking ends at the end");
    }

    #[test]
    fn an_axis_without_length_does_not_divide_by_nothing() {
        let point = Axis { from_ms: 5, to_ms: 5 };
        assert!(point.share(5).abs() < f64::EPSILON, "it has one place");
        assert_eq!(point.zoomed(Zoom::In, 0.5, point).from_ms, 5, "and stays there");
    }
}
