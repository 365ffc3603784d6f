// Compiled while what binds it to the page is still being read.
const compiled = WebAssembly.compileStreaming(fetch('/ui_bg.wasm'));
const { default: init } = await import('/ui.js');

init({ module_or_path: compiled });
