//! How high an element is, kept up while it changes.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Sets `height_px` whenever the element's height changes.
pub fn watch_height(element: NodeRef<Div>, height_px: RwSignal<f64>) {
    Effect::new(move |_| {
        let Some(element) = element.get() else { return };
        let measured = element.clone();
        let changed = Closure::<dyn FnMut()>::new(move || {
            let _ = height_px.try_set(f64::from(measured.offset_height()));
        });
        let changed = changed.into_js_value();
        let Ok(observer) = web_sys::ResizeObserver::new(changed.unchecked_ref()) else { return };
        // The browser lets go of the observer together with the element.
        observer.observe(&element);
    });
}
