//! The window: made so that nothing but the program's own page is ever shown in it; hidden, shown, brought to the front.

use crate::arguments::{Launch, Office};
use presence::FirstLook;
use tauri::webview::NewWindowResponse;
use tauri::{App, AppHandle, Manager, Runtime, Url, WebviewWindow, WebviewWindowBuilder};

pub(crate) const MAIN: &str = "main";

/// Made by hand, because only so can it be refused where the page may lead to.
pub(crate) fn open<R: Runtime>(app: &App<R>, launch: &Launch, look: FirstLook) -> tauri::Result<()> {
    let config = app.config().app.windows.iter().find(|window| window.label == MAIN);
    let config = config.ok_or(tauri::Error::WindowNotFound)?;
    let mut builder = WebviewWindowBuilder::from_config(app, config)?
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .visible(look == FirstLook::Shown);
    if launch.office == Office::Demo {
        builder = builder.title("CallDoc \u{2013} demo");
    }
    #[cfg_attr(not(target_os = "linux"), expect(unused_variables, reason = "only Linux has a choice"))]
    let window = builder.build()?;
    #[cfg(target_os = "linux")]
    crate::painting::choose(&window);
    Ok(())
}

pub(crate) fn main<R: Runtime>(app: &AppHandle<R>) -> Option<WebviewWindow<R>> {
    app.get_webview_window(MAIN)
}

pub(crate) fn to_the_front<R: Runtime>(app: &AppHandle<R>) {
    let Some(window) = main(app) else { return };
    // A window that cannot be moved (some Wayland desktops) stays where it is.
    let _ = window.show();
    let _ = window.unminimize();
    let _ = window.set_focus();
}

pub(crate) fn hide<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = main(app)
        && let Err(error) = window.hide()
    {
        tracing::warn!(%error, "the window could not be hidden");
    }
}

/// In the task bar, where a person finds it.
pub(crate) fn minimise<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = main(app) {
        let _ = window.minimize();
        let _ = window.show();
        let _ = window.minimize();
    }
}

/// The page lives at one place, which is called differently on Windows. Everything else is refused, whoever asks.
fn is_ours(url: &Url) -> bool {
    match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) => true,
        ("http" | "https", Some("tauri.localhost")) => cfg!(windows) && url.port().is_none(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_ours;

    #[test]
    fn only_the_programs_own_page_is_shown() {
        let outside = [
            "https://example.com/",
            "http://localhost/",
            "http://127.0.0.1:8080/",
            "https://tauri.localhost.example.com/",
            "tauri://example.com/",
            "file:///etc/passwd",
            "data:text/html,hello",
            "javascript:alert(1)",
            "about:blank",
        ];
        for url in outside {
            assert!(!is_ours(&url.parse().expect("a URL")), "{url} must not be shown");
        }
        let own = if cfg!(windows) { "http://tauri.localhost/" } else { "tauri://localhost/" };
        assert!(is_ours(&own.parse().expect("a URL")), "the page itself is");
    }
}
