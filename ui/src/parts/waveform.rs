//! The outline of a sound: one path for each channel, and over it the part that was heard already.

use contract::recordings::Peaks;
use leptos::prelude::*;
use std::fmt::Write;

/// Pixels for each column: a bar and the gap beside it.
pub const COLUMN_PX: f64 = 4.0;

/// The most columns that can be asked for.
const MOST_COLUMNS: u32 = 4_000;

/// Which half of the height a channel is drawn in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// Only one channel: on both sides of the middle.
    Both,
    Upper,
    Lower,
}

/// How many columns there is room for.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub fn columns(width_px: f64) -> u32 {
    ((width_px / COLUMN_PX).floor().max(1.0) as u32).min(MOST_COLUMNS)
}

/// Bars as one path, to be stroked: as wide as `COLUMN_PX` for each peak, and `height_px` high. Silence is a dot.
#[allow(clippy::cast_precision_loss)]
pub fn path(peaks: &[u8], half: Half, height_px: f64) -> String {
    // The stroke's round ends reach beyond the bar.
    const END_PX: f64 = 1.2;
    let middle = height_px / 2.0;
    let room = (middle - END_PX).max(0.0);
    let mut path = String::with_capacity(peaks.len() * 16);
    for (index, peak) in peaks.iter().enumerate() {
        let x = index as f64 * COLUMN_PX + COLUMN_PX / 2.0;
        let reach = f64::from(*peak) / 255.0 * room;
        let (top, bottom) = match half {
            Half::Both => (middle - reach, middle + reach + 0.1),
            Half::Upper => (middle - END_PX - reach.min(room - END_PX), middle - END_PX + 0.1),
            Half::Lower => (middle + END_PX, middle + END_PX + 0.1 + reach.min(room - END_PX)),
        };
        // Writing into a string cannot fail.
        let _ = write!(path, "M{x:.0} {top:.1}V{bottom:.1}");
    }
    path
}

/// One path for each channel.
pub fn paths(peaks: &Peaks, height_px: f64) -> Vec<String> {
    match peaks.channels.as_slice() {
        [left, right] => vec![path(left, Half::Upper, height_px), path(right, Half::Lower, height_px)],
        channels => channels.iter().take(1).map(|only| path(only, Half::Both, height_px)).collect(),
    }
}

/// `heard` is how much of the width lies behind the playhead, 0 to 1; `None` when it is not the one that is loaded.
#[component]
pub fn Waveform(
    #[prop(into)] peaks: Signal<Option<Peaks>>,
    height_px: f64,
    #[prop(into)] heard: Signal<Option<f64>>,
) -> impl IntoView {
    let drawn = Memo::new(move |_| {
        peaks.with(|peaks| {
            let peaks = peaks.as_ref()?;
            let columns = peaks.channels.first().map_or(0, Vec::len);
            (columns > 0).then(|| (columns, paths(peaks, height_px)))
        })
    });
    let layer = move |class: &'static str| {
        #[allow(clippy::cast_precision_loss)]
        let width = move || {
            drawn.with(|drawn| drawn.as_ref().map_or(1.0, |(columns, _)| *columns as f64 * COLUMN_PX))
        };
        let lines = move || {
            let paths =
                drawn.with(|drawn| drawn.as_ref().map(|(_, paths)| paths.clone()).unwrap_or_default());
            paths.into_iter().map(|path| view! { <path d=path /> }).collect_view()
        };
        view! {
            <svg class=class viewBox=move || format!("0 0 {} {height_px}", width()) preserveAspectRatio="none" aria-hidden="true">
                {lines}
            </svg>
        }
    };
    let hidden = move || match heard.get() {
        Some(share) => format!("inset(0 {:.3}% 0 0)", (1.0 - share) * 100.0),
        None => "inset(0 100% 0 0)".to_owned(),
    };
    view! {
        {layer("wave rest")}
        <div class="wave-heard" style:clip-path=hidden>{layer("wave heard")}</div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_stands_for_each_peak_as_high_as_it_is_loud() {
        let drawn = path(&[0, 255], Half::Both, 40.0);
        assert_eq!(drawn, "M2 20.0V20.1M6 1.2V38.9", "silence is a dot, full loudness the whole height");
    }

    #[test]
    fn two_channels_keep_to_their_halves() {
        let peaks = Peaks { channels: vec![vec![255], vec![255]], ..Peaks::default() };
        let drawn = paths(&peaks, 40.0);
        assert_eq!(drawn, ["M2 1.2V18.9", "M2 21.2V38.9"], "one above the middle, one below");
    }

    #[test]
    fn there_are_as_many_columns_as_there_is_room_for() {
        assert_eq!(columns(500.0), 125, "a bar and its gap are four pixels");
        assert_eq!(columns(0.0), 1, "never none");
        assert_eq!(columns(100_000.0), 4_000, "never more than the desk gives");
    }
}
