// Compiled while what binds it to the page is still being read. A preload in the page's head would be a second fetch:
// WebKit does not give it to this one.
const compiled = WebAssembly.compileStreaming(fetch('/ui_bg.wasm'));

// What nothing can be drawn without is asked for meanwhile. The page takes these answers for its first questions of the
// name (ui/src/ipc/early.rs).
const shell = window.__TAURI_INTERNALS__;
const asked = {};
for (const name of shell ? ['preferences', 'about', 'today'] : []) {
  asked[name] = shell.invoke(name, { ask: {} });
  // Who takes it hears of it; the webview need not complain that nobody has yet.
  asked[name].catch(() => {});
}
window.askedEarly = asked;

const { default: init } = await import('/ui.js');

init({ module_or_path: compiled });
