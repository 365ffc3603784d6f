//! A text file that a person chooses, read in the page. Spreadsheets save CSV in UTF-8 or in the encoding of Windows.

use crate::words::fill;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, TextDecoder, TextDecoderOptions};

/// A directory or a rate table has a few hundred lines; a file larger than this is another one.
const LARGEST_BYTES: f64 = 4_000_000.0;

/// Hands the text on, or says why it could not be read.
#[component]
pub fn FileButton(
    words: &'static str,
    testid: &'static str,
    read: Callback<Result<String, String>>,
    /// Which files the system's window offers.
    #[prop(default = ".csv,.txt,text/csv,text/plain")]
    accept: &'static str,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else { return };
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        // The same file can be chosen again after it was mended.
        input.set_value("");
        spawn_local(async move { read.run(text_of(&file).await) });
    };
    view! {
        <label class="btn file">
            {words}
            <input type="file" accept=accept class="sr-only" data-testid=testid node_ref=input on:change=chosen />
        </label>
    }
}

async fn text_of(file: &File) -> Result<String, String> {
    if file.size() > LARGEST_BYTES {
        return Err(fill(
            "{file} is larger than such a list can be. Choose another file.",
            &[("file", &file.name())],
        ));
    }
    let unread =
        || fill("{file} could not be read. Try again, or paste its text.", &[("file", &file.name())]);
    let bytes = JsFuture::from(file.array_buffer()).await.map_err(|_| unread())?;
    let bytes = js_sys::Uint8Array::new(&bytes);
    let strict = TextDecoderOptions::new();
    strict.set_fatal(true);
    let as_utf8 = TextDecoder::new_with_label_and_options("utf-8", &strict)
        .and_then(|decoder| decoder.decode_with_buffer_source(bytes.unchecked_ref::<js_sys::Object>()));
    let as_windows = || {
        TextDecoder::new_with_label("windows-1252")
            .and_then(|decoder| decoder.decode_with_buffer_source(bytes.unchecked_ref::<js_sys::Object>()))
    };
    as_utf8.or_else(|_| as_windows()).map_err(|_| unread())
}
