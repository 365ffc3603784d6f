//! Colours on paper: quiet greys and one accent, those of the window's light theme.

use crate::chart::Ink;
use krilla::color::rgb;

/// Apart for colour-blind eyes, and in lightness when printed in grey.
const SERIES: [u32; 6] = [0x4f_46e5, 0xea_8a3c, 0x1f_9e89, 0xd1_495b, 0x6f_b6e6, 0x8d_6e4f];
/// A field of a heat map with nothing, and with the most.
const COLD: u32 = 0xf3_f4f8;
const HOT: u32 = 0x43_3bd0;

pub(super) fn colour(ink: Ink) -> rgb::Color {
    let rgb = match ink {
        Ink::Text => 0x15_171c,
        Ink::Mute => 0x5b_6270,
        Ink::Faint => 0x9a_a0ab,
        Ink::Rule => 0x9a_a0ab,
        Ink::Hair => 0xe7_e8ec,
        Ink::Accent => 0x4f_46e5,
        Ink::Ground => 0xff_ffff,
        Ink::Series(at) => SERIES[at % SERIES.len()],
        Ink::Shade(part) => return shade(part),
    };
    rgb::Color::new(byte(rgb, 16), byte(rgb, 8), byte(rgb, 0))
}

fn shade(part: f32) -> rgb::Color {
    let part = part.clamp(0.0, 1.0);
    let mix = |shift| {
        let (cold, hot) = (f32::from(byte(COLD, shift)), f32::from(byte(HOT, shift)));
        (cold + (hot - cold) * part).round() as u8
    };
    rgb::Color::new(mix(16), mix(8), mix(0))
}

fn byte(rgb: u32, shift: u32) -> u8 {
    (rgb >> shift & 0xff) as u8
}
