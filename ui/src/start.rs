//! Where the page begins: `start.js` loads the module, and the module mounts the app once it knows how the window is to look.

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
pub fn start() {
    use crate::{app::App, ipc, screens::lock_screen::LockScreen};
    wasm_bindgen_futures::spawn_local(async {
        // Without an answer it looks as it does for everybody at first.
        let kept = ipc::ask(&contract::portable::AskPreferences {}).await.ok();
        if ipc::locked::is_shown() {
            leptos::mount::mount_to_body(|| leptos::view! { <LockScreen kept /> });
        } else {
            leptos::mount::mount_to_body(|| leptos::view! { <App kept /> });
        }
    });
}
