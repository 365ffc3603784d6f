//! The diagnostics bundle: shown file by file, as it will be saved, before it is.

use crate::ipc::Asking;
use crate::parts::dialog::Dialog;
use crate::parts::notice::{Failed, Skeleton};
use crate::parts::recording_words::bytes;
use crate::words::{fill, heard, say};
use contract::health::{DiagnosticsFile, DiagnosticsPreview, PrepareDiagnostics, SaveDiagnostics, SavedFile};
use leptos::prelude::*;

#[component]
pub fn Diagnostics(
    /// What is in it.
    says: &'static str,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let told = RwSignal::new(None::<String>);
    let prepare = Asking::<PrepareDiagnostics>::new();
    let save = Asking::<SaveDiagnostics>::new().on_answer(move |(_, saved): (SaveDiagnostics, SavedFile)| {
        if let Some(file) = saved.file {
            told.set(Some(fill("Saved as {file}.", &[("file", &file)])));
            open.set(false);
        }
    });
    let show = move |_| {
        told.set(None);
        prepare.forget();
        save.forget();
        prepare.ask(PrepareDiagnostics {});
        open.set(true);
    };
    view! {
        <section class="card keeping-card" data-testid="diagnostics">
            <h2>{say("For whoever helps")}</h2>
            <p class="mute">{says}</p>
            <div class="buttons"><button type="button" class="btn" data-testid="diagnostics-show" on:click=show>{say("Put a bundle together …")}</button></div>
            {move || told.get().map(|says| view! { <p class="saved" role="status">{says}</p> })}
        </section>
        <Dialog open label=say("Diagnostics bundle") testid="diagnostics-dialog" class="confirm bundle">
            <h2>{say("What is in the bundle")}</h2>
            {move || prepare.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| prepare.again()) /> })}
            {move || match prepare.answer.get() {
                None => view! { <Show when=move || prepare.slow.get()><Skeleton rows=5 /></Show> }.into_any(),
                Some(preview) => view! { <Preview preview save open /> }.into_any(),
            }}
        </Dialog>
    }
}

#[component]
fn Preview(
    preview: DiagnosticsPreview,
    save: Asking<SaveDiagnostics>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let at = RwSignal::new(0_usize);
    let bundle = preview.bundle;
    let files = StoredValue::new(preview.files);
    let names = files.with_value(|files| {
        files
            .iter()
            .enumerate()
            .map(|(place, file)| {
                let size = bytes(file.text.len() as u64);
                view! {
                    <button type="button" class="menu-item" class:on=move || at.get() == place aria-current=move || (at.get() == place).then_some("true") data-testid="bundle-file" on:click=move |_| at.set(place)>
                        {file.name.clone()}<span class="mute sm">{size}</span>
                    </button>
                }
            })
            .collect_view()
    });
    let shown = move || files.with_value(|files| files.get(at.get()).cloned());
    let text = move || {
        shown().map(|file: DiagnosticsFile| {
            view! { <p class="mute">{heard(file.says)}</p><pre class="bundle-text" tabindex="0" data-testid="bundle-text" aria-label=file.name>{file.text}</pre> }
        })
    };
    view! {
        <div class="bundle-parts">
            <nav aria-label=say("Files of the bundle")>{names}</nav>
            <div class="bundle-part">{text}</div>
        </div>
        {move || save.failure.get().map(|failure| view! { <Failed failure again=Callback::new(move |()| save.again()) /> })}
        <div class="buttons">
            <button type="button" class="btn primary" data-testid="bundle-save" disabled=save.busy on:click=move |_| save.ask(SaveDiagnostics { bundle })>{say("Save the bundle …")}</button>
            <button type="button" class="btn" on:click=move |_| open.set(false)>{say("Close")}</button>
        </div>
    }
}
