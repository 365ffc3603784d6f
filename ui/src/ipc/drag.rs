//! Files that are dragged over the window. The shell takes what is dropped; the page only hears that it happens.

use super::ask::{function, internals, invoke, set};
use contract::Failure;
use js_sys::Object;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drag {
    Over,
    Left,
    Dropped,
}

const EVENTS: [(&str, Drag); 3] = [
    ("tauri://drag-enter", Drag::Over),
    ("tauri://drag-leave", Drag::Left),
    ("tauri://drag-drop", Drag::Dropped),
];

/// Hands on what happens from now on.
///
/// # Errors
/// When the shell refuses: the page then shows nothing while files are dragged, and dropping works all the same.
pub async fn listen(heard: impl Fn(Drag) + Copy + 'static) -> Result<(), Failure> {
    for (name, drag) in EVENTS {
        // The window hears of it as long as the page lives, so the callback is never given back.
        let callback = Closure::<dyn FnMut(JsValue)>::new(move |_| heard(drag)).into_js_value();
        let internals = internals()?;
        let id = function(&internals, "transformCallback")?
            .call2(&internals, callback.unchecked_ref(), &JsValue::FALSE)
            .unwrap_or(JsValue::UNDEFINED);
        let target = Object::new();
        set(&target, "kind", &JsValue::from_str("Any"))?;
        let arguments = Object::new();
        set(&arguments, "event", &JsValue::from_str(name))?;
        set(&arguments, "target", &target)?;
        set(&arguments, "handler", &id)?;
        invoke("plugin:event|listen", &arguments).await?;
    }
    Ok(())
}
