//! The call bar, its recordings under it, and the time under both; zoomed together.

use super::track::{Plain, Touch, Track};
use crate::parts::call_bar::{CallBar, axis_marks};
use crate::parts::clock::Style;
use crate::parts::icon::{Glyph, Icon};
use crate::parts::keyboard::{floats_above, has_modifier, is_typing};
use crate::parts::measured::share_at;
use crate::parts::words::length;
use crate::state::axis::{Axis, Zoom};
use crate::state::{Office, use_office};
use crate::words::{fill, say};
use contract::calls::Span;
use contract::recordings::RecordingRow;
use leptos::html;
use leptos::prelude::*;

/// One recording has room; several are drawn thin.
const ALONE_PX: f64 = 28.0;
const AMONG_PX: f64 = 20.0;
const TALL_PX: f64 = 64.0;

/// The bar above the recordings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bar {
    pub spans: Vec<Span>,
    pub started_ms: i64,
    /// `None`: it lives.
    pub ended_ms: Option<i64>,
}

/// What can be done on the waveform beside listening.
#[derive(Clone, Copy)]
pub struct Choosing {
    pub span_ms: RwSignal<Option<(i64, i64)>>,
}

#[component]
pub fn CallAxis(
    bar: Option<Bar>,
    recordings: Vec<RecordingRow>,
    /// Given where a span of the (only) recording can be chosen.
    #[prop(optional_no_strip)]
    choosing: Option<Choosing>,
    #[prop(optional)] silenced: Vec<(i64, i64)>,
) -> impl IntoView {
    let office = use_office();
    let bar_stretch = bar.as_ref().map(|bar| (bar.started_ms, bar.ended_ms));
    let until = move || {
        bar_stretch.map(|(started_ms, ended_ms)| {
            (started_ms, ended_ms.unwrap_or_else(|| office.now_ms.get()).max(started_ms))
        })
    };
    let stretches: Vec<(i64, i64)> =
        recordings.iter().map(|row| (row.started_ms, row.started_ms + row.length_ms)).collect();
    let all = Memo::new(move |_| {
        let whole = Axis::over(until().into_iter().chain(stretches.iter().copied()));
        whole.unwrap_or(Axis { from_ms: 0, to_ms: 1 })
    });
    let near = RwSignal::new(None::<Axis>);
    let axis = Memo::new(move |_| near.get().unwrap_or_else(|| all.get()));
    let zoom = move |zoom: Zoom, share: f64| {
        let whole = all.get_untracked();
        let next = axis.get_untracked().zoomed(zoom, share, whole);
        near.set((next != whole).then_some(next));
    };
    let share_of_playhead = playhead_share(office, &recordings, axis);
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        if has_modifier(&event) || is_typing(&event) || floats_above(&event) {
            return;
        }
        match event.key().as_str() {
            "+" | "=" => zoom(Zoom::In, share_of_playhead()),
            "-" => zoom(Zoom::Out, share_of_playhead()),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || keys.remove());
    let element = NodeRef::<html::Div>::new();
    let turn = move |event: web_sys::WheelEvent| {
        let with_control = event.ctrl_key() || event.meta_key();
        let sideways = near.with_untracked(Option::is_some) && (event.shift_key() || event.delta_x() != 0.0);
        if with_control {
            let Some(element) = element.get_untracked() else { return };
            let rect = element.get_bounding_client_rect();
            let page_zoom = f64::from(office.prefs.zoom_percent.get_untracked()) / 100.0;
            let place = (rect.left(), rect.width());
            let share =
                share_at(f64::from(event.client_x()), place, f64::from(element.offset_width()), page_zoom);
            zoom(if event.delta_y() < 0.0 { Zoom::In } else { Zoom::Out }, share);
        } else if sideways {
            let by = if event.delta_x() == 0.0 { event.delta_y() } else { event.delta_x() };
            near.set(Some(axis.get_untracked().moved(by.signum() * 0.1, all.get_untracked())));
        } else {
            return;
        }
        event.prevent_default();
    };
    let height_px = match (choosing.is_some(), recordings.len()) {
        (true, _) => TALL_PX,
        (false, 0 | 1) => ALONE_PX,
        (false, _) => AMONG_PX,
    };
    let list: Vec<String> = recordings.iter().map(|row| row.id.clone()).collect();
    let has_tracks = !recordings.is_empty();
    let tracks = recordings
        .into_iter()
        .map(|row| {
            view! { <PlacedTrack row axis list=list.clone() height_px choosing silenced=silenced.clone() /> }
        })
        .collect_view();
    let bar_view = bar.map(|bar| {
        let spans = StoredValue::new(bar.spans);
        let place = move || until().map(|(from_ms, to_ms)| axis.get().place(from_ms, to_ms)).unwrap_or_default();
        view! {
            <div class="axis-row axis-bar">
                <div class="axis-placed" style:left=move || percent(place().0) style:width=move || percent(place().1)>
                    {move || until().map(|(_, until_ms)| view! { <CallBar spans=spans.get_value() until_ms /> })}
                </div>
            </div>
        }
    });
    view! {
        <div class="time-axis" node_ref=element on:wheel=turn>
            {bar_view}
            {tracks}
            {move || {
                let axis = axis.get();
                view! { <Marks axis /> }
            }}
            {has_tracks
                .then(|| {
                    view! {
                        <div class="axis-zoom" class:near=move || near.get().is_some()>
                            <button type="button" class="icon-btn" aria-label=say("Closer") title=say("Closer ( + or Ctrl and the wheel )") data-testid="zoom-in" on:click=move |_| zoom(Zoom::In, share_of_playhead())>
                                <Icon of=Glyph::Plus />
                            </button>
                            <button type="button" class="icon-btn" aria-label=say("Further away") title=say("Further away ( - )") data-testid="zoom-out" on:click=move |_| zoom(Zoom::Out, share_of_playhead())>
                                <Icon of=Glyph::Skipped />
                            </button>
                        </div>
                    }
                })}
        </div>
    }
}

/// Zooming by keys keeps the playhead where it is, or else the middle.
fn playhead_share(
    office: Office,
    recordings: &[RecordingRow],
    axis: Memo<Axis>,
) -> impl Fn() -> f64 + Copy + use<> {
    let starts =
        StoredValue::new(recordings.iter().map(|row| (row.id.clone(), row.started_ms)).collect::<Vec<_>>());
    move || {
        let loaded = office.player.loaded.get_untracked();
        let started_ms = starts.with_value(|starts| {
            starts.iter().find(|(id, _)| Some(id) == loaded.as_ref()).map(|(_, started_ms)| *started_ms)
        });
        let axis = axis.get_untracked();
        let at_ms = started_ms.map(|started_ms| started_ms + office.player.position_ms.get_untracked());
        at_ms
            .filter(|at_ms| (axis.from_ms..=axis.to_ms).contains(at_ms))
            .map_or(0.5, |at_ms| axis.share(at_ms))
    }
}

#[component]
fn PlacedTrack(
    row: RecordingRow,
    axis: Memo<Axis>,
    list: Vec<String>,
    height_px: f64,
    choosing: Option<Choosing>,
    silenced: Vec<(i64, i64)>,
) -> impl IntoView {
    let office = use_office();
    let player = office.player;
    let (started_ms, ended_ms) = (row.started_ms, row.started_ms + row.length_ms);
    let seen = Memo::new(move |_| axis.get().seen(started_ms, ended_ms));
    let place = move || {
        let (from_ms, to_ms) = seen.get().unwrap_or((started_ms, started_ms));
        axis.get().place(from_ms, to_ms)
    };
    let from_beginning = Signal::derive(move || {
        let (from_ms, to_ms) = seen.get().unwrap_or((started_ms, ended_ms));
        (from_ms - started_ms, to_ms - started_ms)
    });
    let id = row.id.clone();
    let touch = Callback::new(move |touch: Touch| match touch {
        Touch::Seeking(_) => {}
        Touch::Seek(at_ms) => player.play_from(&id, at_ms, &list),
        Touch::Loop(from_ms, to_ms) => {
            player.play_from(&id, from_ms, &list);
            player.loop_over(Some((from_ms, to_ms)));
        }
        Touch::Choose(from_ms, to_ms) => {
            if let Some(choosing) = choosing {
                choosing.span_ms.set(Some((from_ms, to_ms)));
            }
        }
    });
    let when = office.clock(Style::Second, started_ms);
    let label = fill("Recording of {when}, {length}", &[("when", &when), ("length", &length(row.length_ms))]);
    let chosen = Signal::derive(move || choosing.and_then(|choosing| choosing.span_ms.get()));
    view! {
        <div class="axis-row" class:gone=move || seen.get().is_none() style:height=format!("{height_px}px")>
            <div class="axis-placed" style:left=move || percent(place().0) style:width=move || percent(place().1)>
                <Track
                    id=row.id
                    length_ms=row.length_ms
                    seen=from_beginning
                    height_px
                    label
                    testid="waveform"
                    plain=Plain::Chooses
                    touch
                    chosen
                    silenced
                />
            </div>
        </div>
    }
}

#[component]
fn Marks(axis: Axis) -> impl IntoView {
    let office = use_office();
    view! {
        <div class="axis-marks" aria-hidden="true">
            {axis_marks(axis.from_ms, axis.to_ms)
                .into_iter()
                .map(|at_ms| {
                    let class = match at_ms {
                        at_ms if at_ms == axis.from_ms => "first",
                        at_ms if at_ms == axis.to_ms => "last",
                        _ => "",
                    };
                    view! {
                        <span class=class style:left=percent(axis.share(at_ms) * 100.0)>
                            {office.clock(Style::Second, at_ms)}
                        </span>
                    }
                })
                .collect_view()}
        </div>
    }
}

fn percent(of: f64) -> String {
    format!("{of:.4}%")
}
