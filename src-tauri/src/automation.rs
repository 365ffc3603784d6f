//! For a window that is driven by tests: the page's complaints are kept where the driver can read them, because
//! WebKit's driver has no way to ask for the console.

use tauri::Wry;
use tauri::plugin::{Builder, TauriPlugin};

/// Read by Tauri as well: a window that may be driven.
const AUTOMATION: &str = "TAURI_WEBVIEW_AUTOMATION";

const KEEP_COMPLAINTS: &str = r"
(() => {
  const complaints = [];
  Object.defineProperty(window, '__complaints', { value: complaints });
  const keep = (what) => complaints.length < 100 && complaints.push(String(what));
  window.addEventListener('error', (event) => keep(event.message || `not loaded: ${event.target?.src || event.target?.href}`), true);
  window.addEventListener('unhandledrejection', (event) => keep(event.reason));
  document.addEventListener('securitypolicyviolation', (event) => keep(`${event.violatedDirective} refuses ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`));
  const said = console.error;
  console.error = (...words) => { keep(words.join(' ')); said.apply(console, words); };
})();
";

pub(crate) fn is_driven() -> bool {
    std::env::var(AUTOMATION).is_ok_and(|value| value == "true")
}

pub(crate) fn plugin() -> TauriPlugin<Wry> {
    Builder::new("complaints").js_init_script(KEEP_COMPLAINTS.to_owned()).build()
}
