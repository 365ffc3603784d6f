//! Answers to what `start.js` asked while this module was still being compiled.

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};

const ASKED: &str = "askedEarly";

/// The answer to the question of this name, for the first who asks it.
pub(super) fn take(name: &str) -> Option<Promise> {
    let asked = Reflect::get(&js_sys::global(), &JsValue::from_str(ASKED)).ok().filter(JsValue::is_object)?;
    let name = JsValue::from_str(name);
    let answer = Reflect::get(&asked, &name).ok()?.dyn_into().ok()?;
    Reflect::delete_property(asked.unchecked_ref::<Object>(), &name).ok()?;
    Some(answer)
}

/// From now on everything is asked anew: an answer that nobody took yet would be old.
pub fn forget() {
    // A page without them has none to lose.
    let _ = Reflect::set(&js_sys::global(), &JsValue::from_str(ASKED), &JsValue::UNDEFINED);
}
