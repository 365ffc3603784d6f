//! Who a pressed key is meant for.

use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

/// Keys belong to a field while one types into it.
pub fn is_typing(event: &KeyboardEvent) -> bool {
    let target = target(event);
    target.is_some_and(|target| matches!(target.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA"))
}

/// Keys that are pressed in a dialog or a popover belong to it.
pub fn floats_above(event: &KeyboardEvent) -> bool {
    target(event).is_some_and(|target| matches!(target.closest("dialog, .pop"), Ok(Some(_))))
}

pub fn on_a_button(event: &KeyboardEvent) -> bool {
    target(event).is_some_and(|target| matches!(target.closest("button, a, summary"), Ok(Some(_))))
}

/// Keys with these belong to the window or the system.
pub fn has_modifier(event: &KeyboardEvent) -> bool {
    event.ctrl_key() || event.meta_key() || event.alt_key()
}

fn target(event: &KeyboardEvent) -> Option<web_sys::Element> {
    event.target()?.dyn_into().ok()
}
