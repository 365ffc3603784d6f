//! Numbers on the clipboard: as the world dials them, however they are shown.

use super::icon::{Glyph, Icon};
use crate::words::say;
use js_sys::Reflect;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlTextAreaElement;

/// How long the button says what it did.
const SAYS_FOR: Duration = Duration::from_secs(2);

#[component]
pub fn CopyButton(#[prop(into)] text: String, #[prop(into)] label: String) -> impl IntoView {
    let done = RwSignal::new(false);
    let copy = move |event: web_sys::MouseEvent| {
        event.stop_propagation();
        put(text.clone());
        done.set(true);
        set_timeout(
            move || {
                let _ = done.try_set(false);
            },
            SAYS_FOR,
        );
    };
    view! {
        <button type="button" class="copy" data-testid="copy-number" aria-label=label.clone() title=label on:click=copy>
            <Icon of=Glyph::Copy />
            <span role="status">{move || if done.get() { say("copied") } else { "" }}</span>
        </button>
    }
}

/// What is marked in the page.
pub fn marked() -> Option<String> {
    let selection = window().get_selection().ok().flatten()?;
    let text = String::from(selection.to_string());
    (!text.trim().is_empty()).then(|| text.trim().to_owned())
}

fn put(text: String) {
    spawn_local(async move {
        if !put_by_clipboard(&text).await {
            put_by_marking(&text);
        }
    });
}

/// False where the webview has no clipboard, or does not let the page at it.
async fn put_by_clipboard(text: &str) -> bool {
    let clipboard = Reflect::get(&window().navigator(), &JsValue::from_str("clipboard"));
    let Some(clipboard) = clipboard.ok().filter(JsValue::is_object) else { return false };
    let clipboard: web_sys::Clipboard = clipboard.unchecked_into();
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// The older way: a field that nobody sees, marked and copied.
fn put_by_marking(text: &str) {
    let document = document();
    let Ok(field) = document.create_element("textarea") else { return };
    let field: HtmlTextAreaElement = field.unchecked_into();
    field.set_value(text);
    field.set_class_name("sr-only");
    let Some(body) = document.body() else { return };
    let _ = body.append_child(&field);
    field.select();
    let copy = Reflect::get(&document, &JsValue::from_str("execCommand"));
    if let Some(copy) = copy.ok().and_then(|found| found.dyn_into::<js_sys::Function>().ok()) {
        let _ = copy.call1(&document, &JsValue::from_str("copy"));
    }
    field.remove();
}
