//! The player's keys, on every screen.

use crate::parts::keyboard::{floats_above, has_modifier, is_typing, on_a_button};
use crate::state::player_keys::{PlayerKey, meaning};
use crate::state::{Office, Screen};
use leptos::prelude::*;
use web_sys::KeyboardEvent;

/// True when the key was meant for the player.
pub fn hear_key(office: Office, event: &KeyboardEvent) -> bool {
    if has_modifier(event) || is_typing(event) || floats_above(event) || event.default_prevented() {
        return false;
    }
    let player = office.player;
    let key = event.key();
    if key == " " {
        // A button that has the focus is pressed by it.
        return !on_a_button(event) && space(office);
    }
    let Some(key) = meaning(&key).filter(|_| player.loaded.get_untracked().is_some()) else { return false };
    // A held key walks; it does not switch to and fro.
    if !event.repeat() || matches!(key, PlayerKey::By(_) | PlayerKey::Slower | PlayerKey::Faster) {
        player.press(key);
    }
    true
}

/// On a list it plays the row that one is on; elsewhere it pauses and goes on.
fn space(office: Office) -> bool {
    let player = office.player;
    match office.screen.get_untracked() {
        Screen::Recordings => {
            let recordings = office.recordings;
            if let Some(id) = recordings.selected.get_untracked() {
                player.play_or_pause(&id, &recordings.ids());
                return true;
            }
        }
        Screen::Calls => {
            let calls = office.calls;
            let has_one = calls.selected.get_untracked().filter(|id| {
                calls.list.with_untracked(|list| {
                    list.rows().iter().any(|listed| listed.row.id == *id && listed.row.recordings > 0)
                })
            });
            if let Some(id) = has_one {
                player.play_call(&id);
                return true;
            }
        }
        Screen::Today | Screen::Live | Screen::People | Screen::Settings => {}
    }
    if player.loaded.get_untracked().is_none() {
        return false;
    }
    player.press(PlayerKey::Toggle);
    true
}
