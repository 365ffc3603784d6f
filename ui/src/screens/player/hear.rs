//! The player's keys, on every screen.

use crate::parts::keyboard::{floats_above, has_modifier, is_typing, on_a_button};
use crate::state::call_list::CallList;
use crate::state::player::Player;
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
            if play_one_of(player, office.calls.list, office.calls.selected) {
                return true;
            }
        }
        Screen::Reports => {
            let behind = office.reports.behind;
            if play_one_of(player, behind.list, behind.selected) {
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

/// False when no call is selected, or it was not recorded.
fn play_one_of(player: Player, list: RwSignal<CallList>, selected: RwSignal<Option<String>>) -> bool {
    let has_one = selected.get_untracked().filter(|id| {
        list.with_untracked(|list| {
            list.rows().iter().any(|listed| listed.row.id == *id && listed.row.recordings > 0)
        })
    });
    if let Some(id) = &has_one {
        player.play_call(id);
    }
    has_one.is_some()
}
