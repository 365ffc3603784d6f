//! A dialog over the window. The browser's own element keeps the focus inside, closes on Esc and gives the focus back.

use leptos::html;
use leptos::prelude::*;

#[component]
pub fn Dialog(
    open: RwSignal<bool>,
    #[prop(into)] label: String,
    #[prop(into)] testid: String,
    #[prop(into)] class: String,
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            (true, false) => {
                let _ = dialog.show_modal();
            }
            (false, true) => dialog.close(),
            (true, true) | (false, false) => {}
        }
    });
    // A click on the dialog itself, not on what it shows, is one on the shade around it.
    let close_outside = move |event: web_sys::MouseEvent| {
        let on_shade = dialog.get_untracked().is_some_and(|dialog| {
            event.target().is_some_and(|target| *target == **AsRef::<web_sys::EventTarget>::as_ref(&dialog))
        });
        if on_shade {
            open.set(false);
        }
    };
    view! {
        <dialog
            class=class
            node_ref=dialog
            aria-label=label
            data-testid=testid
            on:close=move |_| open.set(false)
            on:mousedown=close_outside
        >
            <Show when=move || open.get()>
                <div class="dialog-body">{children()}</div>
            </Show>
        </dialog>
    }
}
