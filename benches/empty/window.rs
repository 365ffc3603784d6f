//! The least window that Tauri and Leptos make: what CallDoc's is measured beside.

fn main() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!("benches/empty/tauri.conf.json"))
}
