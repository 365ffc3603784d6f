//! The page while the window is locked: loaded anew with nothing in it but the lock, so that nothing stays in its memory.

/// What the page's address ends with while it is locked. It opens nothing: the desk decides.
#[cfg(target_arch = "wasm32")]
const LOCKED: &str = "#locked";

/// Whether this page was loaded to show the lock.
#[cfg(target_arch = "wasm32")]
pub fn is_shown() -> bool {
    leptos::prelude::window().location().hash().is_ok_and(|hash| hash == LOCKED)
}

/// The desk said that it is locked.
#[cfg(target_arch = "wasm32")]
pub fn enter() {
    if !is_shown() {
        go(LOCKED);
    }
}

/// It is open again.
#[cfg(target_arch = "wasm32")]
pub fn leave() {
    go("");
}

/// The library was opened after all: everything is asked anew.
#[cfg(target_arch = "wasm32")]
pub fn load_anew() {
    go("");
}

#[cfg(target_arch = "wasm32")]
fn go(hash: &str) {
    let location = leptos::prelude::window().location();
    // A page that cannot be loaded anew shows failures, and nothing of the office: the desk answers nothing.
    let _ = location.set_hash(hash);
    let _ = location.reload();
}

/// There is no page on the host.
#[cfg(not(target_arch = "wasm32"))]
pub fn enter() {}

#[cfg(not(target_arch = "wasm32"))]
pub fn leave() {}

#[cfg(not(target_arch = "wasm32"))]
pub fn load_anew() {}
