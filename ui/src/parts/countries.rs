//! Names of countries in the window's language. The webview knows them in all languages, by their codes.

use crate::words::spoken;
use js_sys::{Array, Function, JsString, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Pairs of a code and a name, put in the order of this language; what the webview does not know keeps its name.
pub fn in_this_language(countries: &mut [(String, String)]) {
    let Some(name) = names() else { return };
    for (code, known) in &mut *countries {
        if let Some(here) = name(code) {
            *known = here;
        }
    }
    let (locales, options) = (Array::of1(&JsValue::from_str(spoken().tag())), Object::new());
    countries.sort_by(|(_, one), (_, other)| {
        JsString::from(one.as_str()).locale_compare(other, &locales, &options).cmp(&0)
    });
}

fn names() -> Option<impl Fn(&str) -> Option<String>> {
    let options = Object::new();
    for (name, value) in [("type", "region"), ("fallback", "none")] {
        Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value)).ok()?;
    }
    let intl = Reflect::get(&js_sys::global(), &JsValue::from_str("Intl")).ok()?;
    let maker = Reflect::get(&intl, &JsValue::from_str("DisplayNames")).ok()?.dyn_into::<Function>().ok()?;
    let language = JsValue::from_str(spoken().tag());
    let made = Reflect::construct(&maker, &Array::of2(&language, &options)).ok()?;
    let of = Reflect::get(&made, &JsValue::from_str("of")).ok()?.dyn_into::<Function>().ok()?;
    Some(move |code: &str| of.call1(&made, &JsValue::from_str(code)).ok()?.as_string())
}
