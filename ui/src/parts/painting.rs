//! What can wait until there is something to see.

use leptos::prelude::*;
use std::time::Duration;

/// Runs once the webview has painted what stands now: a frame's callback comes right before its painting, a timer set there
/// right after.
pub fn after_painting(then: impl FnOnce() + 'static) {
    request_animation_frame(move || set_timeout(then, Duration::ZERO));
}
