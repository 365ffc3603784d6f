//! Where the page begins: `start.js` loads the module, and the module mounts the app.

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
pub fn start() {
    if crate::ipc::locked::is_shown() {
        leptos::mount::mount_to_body(crate::screens::lock_screen::LockScreen);
    } else {
        leptos::mount::mount_to_body(crate::app::App);
    }
}
