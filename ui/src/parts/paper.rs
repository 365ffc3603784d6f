//! The page on paper: laid out for it, handed to the system, laid back.

use leptos::ev::Custom;
use leptos::prelude::*;
use std::time::Duration;

/// What is drawn for paper is in the page by then.
const LAID_OUT: Duration = Duration::from_millis(120);

/// While `printing` holds, lists show all rows that are loaded, so that paper gets more than was on the screen.
pub fn print(printing: RwSignal<bool>) {
    printing.set(true);
    set_timeout(
        || {
            let _ = window().print();
        },
        LAID_OUT,
    );
}

/// Once paper has what it needs, lists keep to what can be seen again.
pub fn lay_back_after(printing: RwSignal<bool>) {
    let handle = window_event_listener(Custom::<web_sys::Event>::new("afterprint"), move |_| {
        let _ = printing.try_set(false);
    });
    on_cleanup(move || handle.remove());
}
