//! Prepares what Tauri's macros read: configuration, permissions, the built page.

use std::path::Path;
use std::{fs, io};

/// Shown when the program was compiled before the page was; without any page nothing would compile, not even to check.
const NO_PAGE: &str = "<!doctype html><meta charset=\"utf-8\"><title>CallDoc</title>\
    <p>The page of this window has not been built. Run <code>cargo xtask ui</code>, then build again.</p>\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    leave_a_page()?;
    for watched in ["src-tauri/build.rs", "src-tauri/capabilities", "ui/dist", "icons"] {
        println!("cargo:rerun-if-changed={watched}");
    }
    let attributes =
        tauri_build::Attributes::new().capabilities_path_pattern("./src-tauri/capabilities/**/*");
    tauri_build::try_build(attributes)?;
    Ok(())
}

fn leave_a_page() -> io::Result<()> {
    let dist = Path::new("ui/dist");
    if dist.join("index.html").exists() {
        return Ok(());
    }
    fs::create_dir_all(dist)?;
    fs::write(dist.join("index.html"), NO_PAGE)
}
