//! How large an element is, kept up while it changes.

use leptos::html::ElementType;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::HtmlElement;

/// Sets `height_px` whenever the element's height changes.
pub fn watch_height<E>(element: NodeRef<E>, height_px: RwSignal<f64>)
where
    E: ElementType,
    E::Output: JsCast + Clone + 'static,
{
    watch(element, height_px, HtmlElement::offset_height);
}

/// Sets `width_px` whenever the element's width changes.
pub fn watch_width<E>(element: NodeRef<E>, width_px: RwSignal<f64>)
where
    E: ElementType,
    E::Output: JsCast + Clone + 'static,
{
    watch(element, width_px, HtmlElement::offset_width);
}

/// Where in an element a pointer is, from 0 at its left edge to 1. Browsers do not agree whether an element's place is
/// told in pixels of the window or of the zoomed page: which of the two, its own width shows. `place` is its left edge
/// and its width as they are told, `own_px` its width within the page, `zoom` how far the page is zoomed.
pub fn share_at(pointer_px: f64, place: (f64, f64), own_px: f64, zoom: f64) -> f64 {
    let (left, width) = place;
    let told_zoom = if own_px > 0.0 { width / own_px } else { 1.0 };
    let pointer_px = pointer_px * told_zoom / zoom;
    if width > 0.0 { ((pointer_px - left) / width).clamp(0.0, 1.0) } else { 0.0 }
}

fn watch<E>(element: NodeRef<E>, px: RwSignal<f64>, of: fn(&HtmlElement) -> i32)
where
    E: ElementType,
    E::Output: JsCast + Clone + 'static,
{
    Effect::new(move |_| {
        let Some(element) = element.get() else { return };
        let element: HtmlElement = element.unchecked_into();
        let measured = element.clone();
        let changed = Closure::<dyn FnMut()>::new(move || {
            let _ = px.try_set(f64::from(of(&measured)));
        });
        let changed = changed.into_js_value();
        let Ok(observer) = web_sys::ResizeObserver::new(changed.unchecked_ref()) else { return };
        // The browser lets go of the observer together with the element.
        observer.observe(&element);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pointer_is_met_where_it_is_seen_whatever_the_browser_tells() {
        let close = |share: f64| (share - 0.5).abs() < 1e-9;
        assert!(close(share_at(400.0, (100.0, 600.0), 600.0, 1.0)), "not zoomed");
        assert!(close(share_at(600.0, (150.0, 900.0), 600.0, 1.5)), "the place is told in window pixels");
        assert!(close(share_at(600.0, (100.0, 600.0), 600.0, 1.5)), "the place is told in page pixels");
    }

    #[test]
    fn an_element_without_width_has_one_place() {
        assert!(share_at(5.0, (0.0, 0.0), 0.0, 1.0).abs() < f64::EPSILON, "nothing is divided by nothing");
    }
}
