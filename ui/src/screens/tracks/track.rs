//! The waveform of one recording: asks for its peaks, shows where the player is, and hears pointer and keys.

use crate::ipc::Asking;
use crate::parts::measured::{share_at, watch_width};
use crate::parts::waveform::{Waveform, columns};
use crate::parts::words::length;
use crate::state::axis::Axis;
use crate::state::use_office;
use crate::words::fill;
use contract::recordings::{AskPeaks, Peaks};
use leptos::html;
use leptos::prelude::*;
use std::time::Duration;

/// A width or a zoom that changes again within this is not asked for.
const SETTLES_AFTER: Duration = Duration::from_millis(120);

/// A hand that moves less than this has clicked.
const CLICK_PX: i32 = 4;

const ARROW_MS: i64 = 5_000;
const PAGE_MS: i64 = 30_000;

/// What someone wants, in milliseconds from the recording's beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touch {
    /// Still dragging.
    Seeking(i64),
    Seek(i64),
    Loop(i64, i64),
    Choose(i64, i64),
}

/// What dragging without Shift is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plain {
    Seeks,
    Chooses,
}

#[derive(Clone, Copy)]
struct Held {
    from_ms: i64,
    from_px: i32,
    with_shift: bool,
    moved: bool,
}

#[component]
pub fn Track(
    id: String,
    length_ms: i64,
    /// The part that is drawn.
    #[prop(into)]
    seen: Signal<(i64, i64)>,
    height_px: f64,
    label: String,
    testid: &'static str,
    plain: Plain,
    touch: Callback<Touch>,
    /// A span that stands chosen.
    #[prop(optional, into)]
    chosen: Signal<Option<(i64, i64)>>,
    /// Silenced for good.
    #[prop(optional)]
    silenced: Vec<(i64, i64)>,
) -> impl IntoView {
    let office = use_office();
    let player = office.player;
    let element = NodeRef::<html::Div>::new();
    let width_px = RwSignal::new(0.0);
    watch_width(element, width_px);
    let id = StoredValue::new(id);
    let axis = Memo::new(move |_| {
        let (from_ms, to_ms) = seen.get();
        Axis { from_ms, to_ms }
    });
    let peaks = peaks_of(id, axis, width_px);
    let is_loaded = Memo::new(move |_| id.with_value(|id| player.is_loaded(id)));
    let position_ms = move || if is_loaded.get() { player.position_ms.get() } else { 0 };
    let heard = Signal::derive(move || is_loaded.get().then(|| axis.get().share(player.position_ms.get())));
    let held = RwSignal::new(None::<Held>);
    let drawn = RwSignal::new(None::<(i64, i64)>);
    let at = move |event: &web_sys::PointerEvent| -> Option<i64> {
        let element = element.get_untracked()?;
        let rect = element.get_bounding_client_rect();
        let zoom = f64::from(office.prefs.zoom_percent.get_untracked()) / 100.0;
        let place = (rect.left(), rect.width());
        let share = share_at(f64::from(event.client_x()), place, f64::from(element.offset_width()), zoom);
        Some(axis.get_untracked().at(share).clamp(0, length_ms))
    };
    let down = move |event: web_sys::PointerEvent| {
        let Some(at_ms) = at(&event).filter(|_| event.button() == 0) else { return };
        event.stop_propagation();
        if let Some(element) = element.get_untracked() {
            let _ = element.set_pointer_capture(event.pointer_id());
        }
        let with_shift = event.shift_key();
        held.set(Some(Held { from_ms: at_ms, from_px: event.client_x(), with_shift, moved: false }));
        if plain == Plain::Seeks && !with_shift {
            touch.run(Touch::Seeking(at_ms));
        }
    };
    let drag = move |event: web_sys::PointerEvent| {
        let Some((mut now, at_ms)) = held.get_untracked().zip(at(&event)) else { return };
        now.moved |= (event.client_x() - now.from_px).abs() >= CLICK_PX;
        held.set(Some(now));
        if !now.moved {
            return;
        }
        if now.with_shift || plain == Plain::Chooses {
            drawn.set(Some((now.from_ms.min(at_ms), now.from_ms.max(at_ms))));
        } else {
            touch.run(Touch::Seeking(at_ms));
        }
    };
    let up = move |event: web_sys::PointerEvent| {
        let Some((was, at_ms)) = held.get_untracked().zip(at(&event)) else { return };
        held.set(None);
        drawn.set(None);
        let (from_ms, to_ms) = (was.from_ms.min(at_ms), was.from_ms.max(at_ms));
        touch.run(match (was.moved && from_ms < to_ms, was.with_shift, plain) {
            (true, true, _) => Touch::Loop(from_ms, to_ms),
            (true, false, Plain::Chooses) => Touch::Choose(from_ms, to_ms),
            (_, _, _) => Touch::Seek(at_ms),
        });
    };
    let let_go = move |_| {
        held.set(None);
        drawn.set(None);
    };
    let press = move |event: web_sys::KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let now_ms = untrack(position_ms);
        let to_ms = match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => now_ms - ARROW_MS,
            "ArrowRight" | "ArrowUp" => now_ms + ARROW_MS,
            "PageDown" => now_ms - PAGE_MS,
            "PageUp" => now_ms + PAGE_MS,
            "Home" => 0,
            "End" => length_ms,
            "Enter" => now_ms,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        touch.run(Touch::Seek(to_ms.clamp(0, length_ms)));
    };
    let looped = Memo::new(move |_| player.view.with(|view| view.loop_ms).filter(|_| is_loaded.get()));
    let span = move |class: &'static str, span: Signal<Option<(i64, i64)>>| {
        move || {
            let (from_ms, to_ms) = span.get()?;
            let axis = axis.get();
            let (from_ms, to_ms) = axis.seen(from_ms, to_ms)?;
            let (left, width) = axis.place(from_ms, to_ms);
            Some(view! { <i class=class style:left=format!("{left}%") style:width=format!("{width}%")></i> })
        }
    };
    let silent =
        silenced.into_iter().map(|this| span("track-silenced", Signal::stored(Some(this)))).collect_view();
    let playhead = move || {
        let axis = axis.get();
        let now_ms = player.position_ms.get();
        let shows = is_loaded.get() && (axis.from_ms..=axis.to_ms).contains(&now_ms);
        shows.then(|| format!("{:.3}%", axis.share(now_ms) * 100.0))
    };
    view! {
        <div
            class="track"
            node_ref=element
            role="slider"
            tabindex="0"
            aria-label=label
            aria-valuemin="0"
            aria-valuemax=length_ms.to_string()
            aria-valuenow=move || position_ms().to_string()
            aria-valuetext=move || {
                let at = length(position_ms() / 1_000 * 1_000);
                fill("{at} of {length}", &[("at", &at), ("length", &length(length_ms))])
            }
            data-testid=testid
            data-recording-id=id.get_value()
            style:height=format!("{height_px}px")
            on:pointerdown=down
            on:pointermove=drag
            on:pointerup=up
            on:pointercancel=let_go
            on:click=|event| event.stop_propagation()
            on:keydown=press
        >
            {silent}
            {span("track-loop", looped.into())}
            {span("track-chosen", chosen)}
            {span("track-drawn", drawn.into())}
            <Waveform peaks height_px heard />
            <i class="playhead" class:gone=move || playhead().is_none() style:left=move || playhead().unwrap_or_default()></i>
        </div>
    }
}

/// The peaks for as many columns as there is room for, asked once for each width and stretch.
fn peaks_of(id: StoredValue<String>, axis: Memo<Axis>, width_px: RwSignal<f64>) -> Signal<Option<Peaks>> {
    let player = use_office().player;
    let shown = RwSignal::new(None::<Peaks>);
    let asking = Asking::<AskPeaks>::new().on_answer(move |(asked, peaks): (AskPeaks, Peaks)| {
        player.keep_peaks(asked, peaks.clone());
        shown.set(Some(peaks));
    });
    let room = Memo::new(move |_| (width_px.get() > 0.0).then(|| columns(width_px.get())));
    let wanted = Memo::new(move |_| {
        let columns = room.get()?;
        let axis = axis.get();
        Some((
            player.redrawn.get(),
            AskPeaks { id: id.get_value(), from_ms: axis.from_ms, to_ms: Some(axis.to_ms), columns },
        ))
    });
    Effect::new(move |_| {
        let Some((redrawn, request)) = wanted.get() else { return };
        if let Some(known) = player.known_peaks(&request) {
            shown.set(Some(known));
            return;
        }
        if shown.with_untracked(Option::is_none) {
            asking.ask(request);
            return;
        }
        set_timeout(
            move || {
                let still = wanted.try_get_untracked().flatten();
                if still.is_some_and(|still| still == (redrawn, request.clone())) {
                    asking.ask(request);
                }
            },
            SETTLES_AFTER,
        );
    });
    shown.into()
}
