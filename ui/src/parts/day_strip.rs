//! A person's day drawn as one small picture: a path for each state, so that fifty days cost a few hundred elements and
//! not tens of thousands.

use super::agent_look::class;
use crate::state::day_columns::DayBox;
use leptos::prelude::*;
use model::AgentState;
use std::fmt::Write;

/// How high a row is and the bar in its middle, in pixels of the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StripSize {
    pub row_px: usize,
    pub bar_px: usize,
}

/// From this width on a box leaves a hair of air before the next one.
const AIR_FROM_PX: usize = 5;
/// A state without a bar of its own: a line in its middle.
const LINE_PX: usize = 2;

/// The inside of an SVG: one path for each state. It is made of numbers and fixed words only.
///
/// Bars are thick lines, for which half as much is written and read as for boxes. What is not known has an outline, so
/// that it is a box.
pub fn drawing(boxes: &[DayBox], size: StripSize) -> String {
    let mut paths: Vec<(AgentState, String)> = Vec::new();
    for (index, drawn) in boxes.iter().enumerate() {
        let touches_next = boxes.get(index + 1).is_some_and(|next| next.x == drawn.x + drawn.width);
        let air = usize::from(touches_next && drawn.width >= AIR_FROM_PX);
        let at = paths.iter().position(|(state, _)| *state == drawn.state).unwrap_or_else(|| {
            paths.push((drawn.state, String::new()));
            paths.len() - 1
        });
        put(&mut paths[at].1, drawn, drawn.width - air, size);
    }
    let mut svg = String::new();
    for (state, path) in paths {
        let class = class(state);
        let _ = match thickness(state, size) {
            Some(px) => write!(svg, r#"<path class="{class}" stroke-width="{px}" d="{path}"/>"#),
            None => write!(svg, r#"<path class="{class}" d="{path}"/>"#),
        };
    }
    svg
}

/// What the paths of a page are filled with where a colour alone would not do. It stands in the page once.
#[component]
pub fn StripPatterns() -> impl IntoView {
    view! {
        <svg class="strip-patterns" aria-hidden="true">
            <defs>
                <pattern id="strip-hold" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                    <rect class="k-hold ground" width="6" height="6" />
                    <rect class="light" width="2.5" height="6" />
                </pattern>
                <pattern id="strip-park" width="4" height="4" patternUnits="userSpaceOnUse">
                    <rect class="k-park ground" width="4" height="4" />
                    <rect class="light" width="4" height="1" y="1.5" />
                </pattern>
                <pattern id="strip-after-call" width="5" height="5" patternUnits="userSpaceOnUse">
                    <rect class="after-call ground" width="5" height="5" />
                    <circle class="light" cx="2.5" cy="2.5" r="1.1" />
                </pattern>
                <pattern id="strip-do-not-disturb" width="5" height="5" patternUnits="userSpaceOnUse">
                    <rect class="do-not-disturb ground" width="5" height="5" />
                    <path class="light-line" d="M0 0l5 5M5 0L0 5" />
                </pattern>
                <pattern id="strip-unknown" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                    <rect class="unknown ground" width="6" height="6" />
                    <rect class="dark" width="1.6" height="6" />
                </pattern>
            </defs>
        </svg>
    }
}

fn put(path: &mut String, drawn: &DayBox, width: usize, size: StripSize) {
    let (x, middle) = (drawn.x, size.row_px / 2);
    let _ = match drawn.state {
        // The dashes stand on the edge and must not be cut in half.
        AgentState::Unknown if width > 1 => {
            let (top, inside, height) = ((size.row_px - size.bar_px) / 2, width - 1, size.bar_px - 1);
            write!(path, "M{x}.5 {top}.5h{inside}v{height}h-{inside}z")
        }
        AgentState::Unknown => write!(path, "M{x}.5 {}v{}", (size.row_px - size.bar_px) / 2, size.bar_px),
        AgentState::Idle
        | AgentState::Dialing
        | AgentState::Ringing
        | AgentState::Talking
        | AgentState::Hold
        | AgentState::Parked
        | AgentState::AfterCallWork
        | AgentState::DoNotDisturb
        | AgentState::LoggedOut => write!(path, "M{x} {middle}h{width}"),
    };
}

/// How thick the line of a state is; `None` for boxes.
fn thickness(state: AgentState, size: StripSize) -> Option<usize> {
    match state {
        AgentState::Unknown => None,
        AgentState::LoggedOut => Some(LINE_PX),
        AgentState::Idle
        | AgentState::Dialing
        | AgentState::Ringing
        | AgentState::Talking
        | AgentState::Hold
        | AgentState::Parked
        | AgentState::AfterCallWork
        | AgentState::DoNotDisturb => Some(size.bar_px),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: StripSize = StripSize { row_px: 44, bar_px: 20 };

    fn drawn(state: AgentState, x: usize, width: usize) -> DayBox {
        DayBox { state, x, width }
    }

    #[test]
    fn a_day_has_one_path_for_each_state() {
        let boxes: Vec<DayBox> = (0..300)
            .map(|i| drawn(if i % 2 == 0 { AgentState::Talking } else { AgentState::Idle }, i * 2, 2))
            .collect();
        let svg = drawing(&boxes, SIZE);
        assert_eq!(svg.matches("<path").count(), 2, "three hundred stretches, two elements");
        assert_eq!(svg.matches('M').count(), 300, "each has its box");
    }

    #[test]
    fn boxes_that_touch_leave_a_hair_of_air_unless_they_are_tiny() {
        let boxes = [
            drawn(AgentState::Idle, 0, 20),
            drawn(AgentState::Ringing, 20, 2),
            drawn(AgentState::Talking, 22, 10),
        ];
        let svg = drawing(&boxes, SIZE);
        assert!(svg.contains("M0 22h19"), "one pixel before the ringing stays free: {svg}");
        assert!(svg.contains("M20 22h2"), "the ringing has none to give: {svg}");
        assert!(svg.contains("M22 22h10"), "nothing follows the talk: {svg}");
    }

    #[test]
    fn what_is_not_known_is_a_box_with_its_outline_inside() {
        let svg = drawing(&[drawn(AgentState::Unknown, 10, 40), drawn(AgentState::Unknown, 60, 1)], SIZE);
        assert!(svg.contains("M10.5 12.5h39v19h-39z"), "half a pixel in from each edge: {svg}");
        assert!(svg.contains("M60.5 12v20"), "a moment is a line: {svg}");
    }

    #[test]
    fn logged_out_is_a_line_and_no_bar() {
        let svg = drawing(&[drawn(AgentState::LoggedOut, 0, 9)], SIZE);
        assert!(svg.contains(r#"stroke-width="2" d="M0 22h9""#), "two pixels high, in the middle: {svg}");
    }
}
