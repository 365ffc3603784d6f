//! What is shown while files are dragged over the window.

use crate::ipc::drag::{Drag, listen};
use crate::words::say;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn DropTarget() -> impl IntoView {
    let over = RwSignal::new(false);
    spawn_local(async move {
        // Without these events dropping works all the same, and nothing is to be said about it.
        let _ = listen(move |drag| over.set(drag == Drag::Over)).await;
    });
    view! {
        <Show when=move || over.get()>
            <div class="drop-target" role="status" data-testid="drop-target">
                <p class="b">{say("Drop recordings here")}</p>
                <p class="mute">{say("CallDoc copies them into the library and finds the call each belongs to. The files stay where they are.")}</p>
            </div>
        </Show>
    }
}
