//! The call bar: main events left to right in proportion to their length, none thinner than one can see.

use super::kind::{Sign, class, word};
use super::words::{length, named};
use contract::calls::Span;
use leptos::prelude::*;
use model::EventKind;

/// Under this share of the bar a name does not fit and a sign stands instead.
const ROOM_FOR_A_NAME: f64 = 0.14;

/// One stretch as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    pub kind: EventKind,
    pub length_ms: i64,
    /// Its share of the whole bar, 0 to 1.
    pub share: f64,
    /// Written into it, where it has room.
    pub label: Option<String>,
    /// In full, for the pointer and for screen readers.
    pub says: String,
}

/// What the bar draws of spans that run until `until_ms` where they have no end.
#[allow(clippy::cast_precision_loss)]
pub fn stretches(spans: &[Span], until_ms: i64) -> Vec<Stretch> {
    let lengths: Vec<i64> =
        spans.iter().map(|span| (span.ended_ms.unwrap_or(until_ms) - span.started_ms).max(0)).collect();
    let total = lengths.iter().sum::<i64>().max(1) as f64;
    spans
        .iter()
        .zip(lengths)
        .map(|(span, length_ms)| {
            let share = length_ms as f64 / total;
            let who = span.agent.as_ref().or(span.group.as_ref()).map(named);
            let talks = matches!(span.kind, EventKind::Talking | EventKind::Conference);
            let label = who.filter(|_| talks && share >= ROOM_FOR_A_NAME);
            Stretch {
                kind: span.kind,
                length_ms,
                share,
                label: label.map(|who| format!("{who} {}", length(length_ms))),
                says: match who {
                    Some(who) => format!("{} {}, {who}", word(span.kind), length(length_ms)),
                    None => format!("{} {}", word(span.kind), length(length_ms)),
                },
            }
        })
        .collect()
}

/// The whole bar in words.
pub fn spoken(stretches: &[Stretch]) -> String {
    stretches.iter().map(|stretch| stretch.says.as_str()).collect::<Vec<_>>().join("; ")
}

/// Instants to write under the bar: its beginning, its end, and round steps between that do not run into the end.
pub fn axis_marks(from_ms: i64, to_ms: i64) -> Vec<i64> {
    const STEPS_SECONDS: [i64; 12] = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600];
    /// As many steps as can be told apart at the narrowest window.
    const MOST: i64 = 4;
    let length_ms = (to_ms - from_ms).max(0);
    let step_ms = STEPS_SECONDS
        .into_iter()
        .map(|seconds| seconds * 1_000)
        .find(|step_ms| length_ms / step_ms <= MOST)
        .unwrap_or(length_ms / MOST)
        .max(1);
    let mut marks: Vec<i64> = (0..MOST)
        .map(|step| from_ms + step * step_ms)
        .take_while(|mark| to_ms - mark > length_ms / 8)
        .collect();
    marks.push(to_ms);
    marks
}

/// The length that a running bar is drawn against, so that it grows without its scale moving every second.
pub fn scale_ms(length_ms: i64) -> i64 {
    const STEPS_SECONDS: [i64; 10] = [30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400];
    STEPS_SECONDS
        .into_iter()
        .map(|seconds| seconds * 1_000)
        .find(|step| *step > length_ms)
        .unwrap_or(length_ms)
}

/// The bar of an opened call.
#[component]
pub fn CallBar(spans: Vec<Span>, until_ms: i64) -> impl IntoView {
    let drawn = stretches(&spans, until_ms);
    let spoken = spoken(&drawn);
    view! {
        <div class="bar" role="img" aria-label=spoken data-testid="call-bar">
            {drawn
                .into_iter()
                .map(|stretch| {
                    let inside = match stretch.label {
                        Some(label) => view! { <span class="bar-label">{label}</span> }.into_any(),
                        None => view! { <Sign kind=stretch.kind /> }.into_any(),
                    };
                    view! {
                        <div
                            class=format!("seg {}", class(stretch.kind))
                            title=stretch.says
                            style:flex-grow=stretch.length_ms.max(1).to_string()
                        >
                            {inside}
                        </div>
                    }
                })
                .collect_view()}
        </div>
    }
}

/// The thin bar of a call in progress, with room left for what comes.
#[component]
pub fn RunningBar(
    #[prop(into)] spans: Signal<Vec<Span>>,
    #[prop(into)] now_ms: Signal<i64>,
) -> impl IntoView {
    let drawn = Memo::new(move |_| spans.with(|spans| stretches(spans, now_ms.get())));
    let rest_ms = move || {
        let length_ms: i64 = drawn.with(|drawn| drawn.iter().map(|stretch| stretch.length_ms).sum());
        scale_ms(length_ms) - length_ms
    };
    view! {
        <div class="bar thin" role="img" aria-label=move || drawn.with(|drawn| spoken(drawn))>
            {move || {
                drawn
                    .get()
                    .into_iter()
                    .map(|stretch| {
                        view! {
                            <div
                                class=format!("seg {}", class(stretch.kind))
                                title=stretch.says
                                style:flex-grow=stretch.length_ms.max(1).to_string()
                            ></div>
                        }
                    })
                    .collect_view()
            }}
            <div class="seg rest" style:flex-grow=move || rest_ms().max(0).to_string()></div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::calls::Named;

    fn span(kind: EventKind, from_s: i64, to_s: Option<i64>, agent: Option<&str>) -> Span {
        Span {
            kind,
            started_ms: from_s * 1_000,
            ended_ms: to_s.map(|seconds| seconds * 1_000),
            agent: agent.map(|name| Named { number: "204".into(), name: Some(name.into()) }),
            group: None,
        }
    }

    #[test]
    fn stretches_stand_in_proportion_and_the_last_one_runs() {
        let spans =
            [span(EventKind::Ringing, 0, Some(10), None), span(EventKind::Talking, 10, None, Some("Ann"))];
        let drawn = stretches(&spans, 100_000);
        assert!((drawn[0].share - 0.1).abs() < 1e-9, "ten of a hundred seconds");
        assert_eq!(drawn[1].label.as_deref(), Some("Ann 1:30"), "who talks stands in the bar");
        assert_eq!(drawn[0].label, None, "ringing has a sign, not a name");
        assert_eq!(spoken(&drawn), "Ringing 0:10; Talking 1:30, Ann", "the bar can be read out");
    }

    #[test]
    fn a_call_without_length_does_not_divide_by_nothing() {
        let drawn = stretches(&[span(EventKind::Ringing, 5, Some(5), None)], 5_000);
        assert!(drawn[0].share.abs() < f64::EPSILON, "no length, no share");
    }

    #[test]
    fn the_axis_has_round_steps_that_keep_clear_of_the_end() {
        let marks: Vec<i64> = axis_marks(0, 221_000).into_iter().map(|mark| mark / 1_000).collect();
        assert_eq!(marks, [0, 60, 120, 180, 221], "3:41 in minutes");
        let close: Vec<i64> = axis_marks(0, 62_000).into_iter().map(|mark| mark / 1_000).collect();
        assert_eq!(close, [0, 15, 30, 45, 62], "no mark at 60, it would run into 62");
        assert_eq!(axis_marks(7, 7), [7], "a call without length has one instant");
    }

    #[test]
    fn a_running_bar_always_has_room_left() {
        for (length_s, scale_s) in [(0, 30), (29, 30), (30, 60), (252, 300), (20_000, 20_000)] {
            assert_eq!(scale_ms(length_s * 1_000), scale_s * 1_000, "{length_s} s");
        }
    }
}
