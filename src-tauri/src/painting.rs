//! Who paints the window on Linux. Where there is no graphics processor (remote desktops, virtual machines), WebKit
//! imitates one: every surface of the page is kept twice, and a compiler for shaders is loaded. The processor
//! paints tables and text as well by itself, with a fifth less memory.

use std::path::Path;
use tauri::{Runtime, WebviewWindow};
use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};

const DEVICES: &str = "/dev";

/// As soon as the window is made: nothing of the page is painted yet.
pub(crate) fn choose<R: Runtime>(window: &WebviewWindow<R>) {
    if has_graphics_processor() {
        return;
    }
    let told = window.with_webview(|webview| {
        if let Some(settings) = webview.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    });
    if let Err(error) = told {
        tracing::warn!(%error, "the window is painted with an imitated graphics processor");
    }
}

pub(crate) fn has_graphics_processor() -> bool {
    is_among(Path::new(DEVICES))
}

/// One that can compute has a render node, or NVIDIA's own device where its driver has no part in the kernel's.
fn is_among(devices: &Path) -> bool {
    let renders = std::fs::read_dir(devices.join("dri")).is_ok_and(|nodes| {
        nodes.flatten().any(|node| node.file_name().to_string_lossy().starts_with("renderD"))
    });
    renders || devices.join("nvidiactl").exists()
}

#[cfg(test)]
mod tests {
    use super::is_among;
    use std::fs;

    #[test]
    fn a_screen_alone_is_no_graphics_processor() -> std::io::Result<()> {
        let devices = tempfile::tempdir()?;
        assert!(!is_among(devices.path()), "no device at all");
        fs::create_dir(devices.path().join("dri"))?;
        fs::write(devices.path().join("dri/card0"), "")?;
        assert!(!is_among(devices.path()), "only a screen, as virtual machines have one");
        fs::write(devices.path().join("dri/renderD128"), "")?;
        assert!(is_among(devices.path()), "a node to compute with");
        Ok(())
    }

    #[test]
    fn nvidias_own_driver_is_known() -> std::io::Result<()> {
        let devices = tempfile::tempdir()?;
        fs::write(devices.path().join("nvidiactl"), "")?;
        assert!(is_among(devices.path()));
        Ok(())
    }
}
