//! A person's day as it is painted: column by column, so that what is short is seen and what is shorter than a column
//! costs nothing. What the pointer meets is read from the same columns, so that it tells what is drawn.

use super::day_scale::Scale;
use contract::people::Stretch;
use model::AgentState;

/// Two neighbours of the same state are drawn as one when either is narrower than this.
const TELLS_APART_PX: usize = 3;

/// Which stretch each pixel column shows, by its index; `None` where nothing is known to come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns(Vec<Option<u32>>);

/// A box to draw. Lengths are pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayBox {
    pub state: AgentState,
    pub x: usize,
    pub width: usize,
}

impl Columns {
    /// Paints the stretches that stand in the scale, the weightiest last and none thinner than one can see.
    pub fn paint(stretches: &[Stretch], scale: Scale, width_px: usize) -> Self {
        let mut columns = vec![None; width_px];
        // What is widened must not reach into the time that is still to come.
        let last_ms = stretches.iter().map(|stretch| stretch.to_ms).max().unwrap_or_default();
        let known_px = column_of(last_ms, scale, width_px);
        let mut painted: Vec<(u8, u32)> = (0..).zip(stretches).map(|(i, s)| (weight(s.state), i)).collect();
        painted.sort_unstable();
        for (_, index) in painted {
            let stretch = stretches[index as usize];
            if stretch.to_ms <= scale.from_ms || stretch.from_ms >= scale.to_ms {
                continue;
            }
            let (start, end) = columns_of(stretch, scale, width_px, known_px);
            columns[start..end].fill(Some(index));
        }
        Self(columns)
    }

    /// The stretch that a column shows.
    pub fn at(&self, column: usize) -> Option<usize> {
        self.0.get(column).copied().flatten().map(|index| index as usize)
    }

    /// From the first column that shows a stretch to the last; `None` when it is not seen.
    pub fn place_of(&self, index: usize) -> Option<(usize, usize)> {
        let shows = |column: &Option<u32>| column.is_some_and(|shown| shown as usize == index);
        let first = self.0.iter().position(shows)?;
        let last = self.0.iter().rposition(shows)?;
        Some((first, last + 1 - first))
    }

    /// The stretches that are seen, from left to right.
    pub fn seen(&self) -> Vec<usize> {
        let mut seen: Vec<usize> = self.0.iter().flatten().map(|index| *index as usize).collect();
        seen.dedup();
        seen
    }

    /// What to draw: runs of columns, tiny neighbours of one state taken together.
    pub fn boxes(&self, stretches: &[Stretch]) -> Vec<DayBox> {
        let mut boxes: Vec<DayBox> = Vec::new();
        let mut x = 0;
        for run in self.0.chunk_by(|left, right| left == right) {
            let state = run[0].and_then(|index| stretches.get(index as usize)).map(|stretch| stretch.state);
            if let Some(state) = state {
                put(&mut boxes, DayBox { state, x, width: run.len() });
            }
            x += run.len();
        }
        boxes
    }
}

fn put(boxes: &mut Vec<DayBox>, next: DayBox) {
    if let Some(last) = boxes.last_mut() {
        let touches = last.x + last.width == next.x && last.state == next.state;
        if touches && (last.width < TELLS_APART_PX || next.width < TELLS_APART_PX) {
            last.width += next.width;
            return;
        }
    }
    boxes.push(next);
}

/// First column and the one after the last, moved to the left where the least width would stick out.
fn columns_of(stretch: Stretch, scale: Scale, width_px: usize, known_px: usize) -> (usize, usize) {
    let least = least_px(stretch.state).min(known_px);
    let start = column_of(stretch.from_ms, scale, width_px);
    let end = column_of(stretch.to_ms, scale, width_px).max(start + least).min(known_px);
    (start.min(end.saturating_sub(least)), end)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
fn column_of(at_ms: i64, scale: Scale, width_px: usize) -> usize {
    scale.x(at_ms, width_px as f64).round().clamp(0.0, width_px as f64) as usize
}

/// Talking is what one looks for, so it is never a hair.
fn least_px(state: AgentState) -> usize {
    match state {
        AgentState::Talking => 4,
        AgentState::Unknown
        | AgentState::Idle
        | AgentState::Dialing
        | AgentState::Ringing
        | AgentState::Hold
        | AgentState::Parked
        | AgentState::AfterCallWork
        | AgentState::DoNotDisturb
        | AgentState::LoggedOut => 1,
    }
}

/// Who is painted over whom where two want the same column. A moment of which nothing is known is not hidden by being
/// free before and after it.
fn weight(state: AgentState) -> u8 {
    match state {
        AgentState::LoggedOut => 0,
        AgentState::Idle => 1,
        AgentState::Unknown => 2,
        AgentState::DoNotDisturb => 3,
        AgentState::AfterCallWork => 4,
        AgentState::Parked => 5,
        AgentState::Ringing => 6,
        AgentState::Dialing => 7,
        AgentState::Hold => 8,
        AgentState::Talking => 9,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCALE: Scale = Scale { from_ms: 0, to_ms: 100_000 };

    fn day(parts: &[(AgentState, i64, i64)]) -> Vec<Stretch> {
        parts
            .iter()
            .map(|(state, from_ms, to_ms)| Stretch { state: *state, from_ms: *from_ms, to_ms: *to_ms })
            .collect()
    }

    fn drawn(stretches: &[Stretch], width_px: usize) -> Vec<(AgentState, usize, usize)> {
        let boxes = Columns::paint(stretches, SCALE, width_px).boxes(stretches);
        boxes.into_iter().map(|drawn| (drawn.state, drawn.x, drawn.width)).collect()
    }

    #[test]
    fn stretches_stand_in_proportion() {
        let stretches = day(&[(AgentState::Idle, 0, 40_000), (AgentState::Talking, 40_000, 100_000)]);
        assert_eq!(
            drawn(&stretches, 100),
            [(AgentState::Idle, 0, 40), (AgentState::Talking, 40, 60)],
            "a second is a pixel"
        );
    }

    #[test]
    fn a_short_talk_is_four_pixels_wide_and_a_short_ring_one() {
        let stretches = day(&[
            (AgentState::Idle, 0, 20_000),
            (AgentState::Ringing, 20_000, 20_010),
            (AgentState::Idle, 20_010, 50_000),
            (AgentState::Talking, 50_000, 50_300),
            (AgentState::Idle, 50_300, 100_000),
        ]);
        assert_eq!(
            drawn(&stretches, 100),
            [
                (AgentState::Idle, 0, 20),
                (AgentState::Ringing, 20, 1),
                (AgentState::Idle, 21, 29),
                (AgentState::Talking, 50, 4),
                (AgentState::Idle, 54, 46),
            ],
            "nothing that happened is lost, and nothing overlaps"
        );
    }

    #[test]
    fn a_short_talk_at_the_end_stays_inside() {
        let stretches = day(&[(AgentState::Idle, 0, 99_900), (AgentState::Talking, 99_900, 100_000)]);
        assert_eq!(drawn(&stretches, 100).last(), Some(&(AgentState::Talking, 96, 4)), "moved to the left");
    }

    #[test]
    fn a_talk_that_has_just_begun_does_not_reach_into_the_future() {
        let stretches = day(&[(AgentState::Idle, 0, 60_000), (AgentState::Talking, 60_000, 60_200)]);
        assert_eq!(
            drawn(&stretches, 100).last(),
            Some(&(AgentState::Talking, 56, 4)),
            "it ends where now is"
        );
    }

    #[test]
    fn tiny_neighbours_of_one_state_are_drawn_as_one() {
        let mut parts = Vec::new();
        for i in 0..50 {
            parts.push((AgentState::Ringing, i * 2_000, i * 2_000 + 1_000));
            parts.push((AgentState::Idle, i * 2_000 + 1_000, i * 2_000 + 2_000));
        }
        let stretches = day(&parts);
        assert_eq!(drawn(&stretches, 50), [(AgentState::Ringing, 0, 50)], "fifty rings in fifty pixels");
        let wide = day(&[(AgentState::Talking, 0, 50_000), (AgentState::Talking, 50_000, 100_000)]);
        assert_eq!(drawn(&wide, 100).len(), 2, "two talks that can be told apart stay two");
    }

    #[test]
    fn a_moment_that_is_not_known_is_not_drawn_as_free() {
        let stretches = day(&[
            (AgentState::Idle, 0, 50_000),
            (AgentState::Unknown, 50_000, 50_010),
            (AgentState::Idle, 50_010, 100_000),
        ]);
        assert!(drawn(&stretches, 100).contains(&(AgentState::Unknown, 50, 1)), "one pixel of it is seen");
    }

    #[test]
    fn what_is_outside_the_scale_and_what_is_to_come_stay_blank() {
        let stretches = day(&[
            (AgentState::Unknown, -50_000, -10_000),
            (AgentState::Idle, -10_000, 30_000),
            (AgentState::Talking, 30_000, 60_000),
        ]);
        let columns = Columns::paint(&stretches, SCALE, 100);
        assert_eq!(columns.at(0), Some(1), "a stretch that began before is cut at the edge");
        assert_eq!(columns.at(60), None, "after now nothing is drawn");
        assert_eq!(columns.seen(), [1, 2], "the keys walk over what is seen");
        assert_eq!(
            (columns.place_of(2), columns.place_of(0)),
            (Some((30, 30)), None),
            "and know where it is"
        );
    }

    #[test]
    fn the_pointer_tells_what_is_drawn() {
        let stretches = day(&[
            (AgentState::Idle, 0, 10_000),
            (AgentState::Talking, 10_000, 10_100),
            (AgentState::Idle, 10_100, 100_000),
        ]);
        let columns = Columns::paint(&stretches, SCALE, 100);
        assert_eq!(columns.at(12), Some(1), "the talk is widened, and is met where it is drawn");
    }
}
