//! What a key does to the player, on whatever screen one is.

use contract::player::{Channels, PlayerSettings};

pub const SPEEDS_PERCENT: [u16; 7] = [50, 75, 100, 125, 150, 175, 200];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlayerKey {
    Toggle,
    /// So many seconds; back, if negative.
    By(i64),
    ToStart,
    Slower,
    Faster,
    SkipSilence,
    Channels,
    Loudness,
    LoopFrom,
    LoopTo,
    NoLoop,
    Previous,
    Next,
    Note,
}

/// `None`: the key means nothing to the player. Space is not here: who has the focus decides about it.
pub fn meaning(key: &str) -> Option<PlayerKey> {
    Some(match key {
        "k" | "K" => PlayerKey::Toggle,
        "j" | "J" => PlayerKey::By(-10),
        "l" | "L" => PlayerKey::By(10),
        "," => PlayerKey::By(-2),
        "." => PlayerKey::By(2),
        "0" => PlayerKey::ToStart,
        "[" => PlayerKey::Slower,
        "]" => PlayerKey::Faster,
        "s" | "S" => PlayerKey::SkipSilence,
        "c" | "C" => PlayerKey::Channels,
        "e" | "E" => PlayerKey::Loudness,
        "a" | "A" => PlayerKey::LoopFrom,
        "b" | "B" => PlayerKey::LoopTo,
        "o" | "O" => PlayerKey::NoLoop,
        "p" | "P" => PlayerKey::Previous,
        "n" | "N" => PlayerKey::Next,
        "m" | "M" => PlayerKey::Note,
        _ => return None,
    })
}

/// The settings after a key that changes them; `None` for the other keys.
pub fn changed(settings: PlayerSettings, key: PlayerKey) -> Option<PlayerSettings> {
    let next = match key {
        PlayerKey::Slower => PlayerSettings { speed_percent: slower(settings.speed_percent), ..settings },
        PlayerKey::Faster => PlayerSettings { speed_percent: faster(settings.speed_percent), ..settings },
        PlayerKey::SkipSilence => PlayerSettings { skip_silence: !settings.skip_silence, ..settings },
        PlayerKey::Channels => PlayerSettings { channels: after(settings.channels), ..settings },
        PlayerKey::Loudness => PlayerSettings { even_loudness: !settings.even_loudness, ..settings },
        PlayerKey::Toggle
        | PlayerKey::By(_)
        | PlayerKey::ToStart
        | PlayerKey::LoopFrom
        | PlayerKey::LoopTo
        | PlayerKey::NoLoop
        | PlayerKey::Previous
        | PlayerKey::Next
        | PlayerKey::Note => return None,
    };
    Some(next)
}

fn slower(percent: u16) -> u16 {
    SPEEDS_PERCENT.into_iter().rev().find(|speed| *speed < percent).unwrap_or(SPEEDS_PERCENT[0])
}

fn faster(percent: u16) -> u16 {
    SPEEDS_PERCENT.into_iter().find(|speed| *speed > percent).unwrap_or(SPEEDS_PERCENT[6])
}

fn after(channels: Channels) -> Channels {
    match channels {
        Channels::Both => Channels::Left,
        Channels::Left => Channels::Right,
        Channels::Right => Channels::Both,
    }
}

/// `1.25×`
pub fn speed(percent: u16) -> String {
    let (whole, rest) = (percent / 100, percent % 100);
    let rest = format!("{rest:02}");
    let rest = rest.trim_end_matches('0');
    if rest.is_empty() { format!("{whole}×") } else { format!("{whole}.{rest}×") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_move_in_lists_mean_nothing_to_the_player() {
        for key in ["ArrowLeft", "ArrowRight", "ArrowUp", "Home", "Enter", "Escape", "/", "?", "Tab", "1"] {
            assert_eq!(meaning(key), None, "{key} belongs to the screen");
        }
        assert_eq!(meaning("j"), Some(PlayerKey::By(-10)), "ten seconds back, as players do");
        assert_eq!(meaning("L"), meaning("l"), "with the shift lock on as well");
    }

    #[test]
    fn speed_walks_over_its_steps_and_ends_at_the_last() {
        let at = |speed_percent| PlayerSettings { speed_percent, ..PlayerSettings::default() };
        let faster = |percent| changed(at(percent), PlayerKey::Faster).map(|settings| settings.speed_percent);
        let slower = |percent| changed(at(percent), PlayerKey::Slower).map(|settings| settings.speed_percent);
        assert_eq!(faster(100), Some(125), "a step up");
        assert_eq!(faster(200), Some(200), "no further");
        assert_eq!(slower(110), Some(100), "from between two steps to the next one");
        assert_eq!(slower(50), Some(50), "no further");
    }

    #[test]
    fn channels_go_round() {
        let mut settings = PlayerSettings::default();
        let mut heard = Vec::new();
        for _ in 0..3 {
            settings = changed(settings, PlayerKey::Channels).expect("a setting");
            heard.push(settings.channels);
        }
        assert_eq!(heard, [Channels::Left, Channels::Right, Channels::Both], "each once, then as before");
        assert_eq!(changed(settings, PlayerKey::Toggle), None, "pausing is no setting");
    }

    #[test]
    fn speeds_are_written_short() {
        for (percent, text) in [(50, "0.5×"), (75, "0.75×"), (100, "1×"), (125, "1.25×"), (200, "2×")] {
            assert_eq!(speed(percent), text, "{percent} percent");
        }
    }
}
