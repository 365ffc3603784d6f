//! A button that shows something small below it. Esc or a click elsewhere closes it.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// `face` is what the button shows; what the children show stands in the page only while it is open.
#[component]
pub fn Popover(
    open: RwSignal<bool>,
    #[prop(into)] label: Signal<String>,
    #[prop(into)] testid: String,
    #[prop(into)] class: String,
    #[prop(optional)] align: Align,
    #[prop(into)] face: ViewFn,
    children: ChildrenFn,
) -> impl IntoView {
    let anchor = NodeRef::<html::Span>::new();
    let button = NodeRef::<html::Button>::new();
    let pop = NodeRef::<html::Div>::new();
    // What would stand out of the window at its right keeps to the button's other edge.
    let turned = RwSignal::new(false);
    Effect::new(move |_| {
        let Some(pop) = pop.get() else { return turned.set(false) };
        let room = window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(f64::MAX);
        if pop.get_bounding_client_rect().right() > room {
            turned.set(true);
        }
    });
    let close_elsewhere = window_event_listener(leptos::ev::mousedown, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let inside = anchor.get_untracked().is_some_and(|anchor| anchor.contains(target.as_ref()));
        if !inside && open.try_get_untracked() == Some(true) {
            open.set(false);
        }
    });
    on_cleanup(move || close_elsewhere.remove());
    let close_by_key = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            event.stop_propagation();
            open.set(false);
            if let Some(button) = button.get_untracked() {
                let _ = button.focus();
            }
        }
    };
    view! {
        <span class="pop-anchor" node_ref=anchor on:keydown=close_by_key>
            <button
                type="button"
                class=class
                node_ref=button
                data-testid=testid
                aria-label=move || label.get()
                aria-haspopup="dialog"
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {face.run()}
            </button>
            <Show when=move || open.get()>
                <div class=move || format!("pop {}", if align == Align::Start && turned.get() { Align::End.class() } else { align.class() }) node_ref=pop role="dialog" aria-label=move || label.get()>
                    {children()}
                </div>
            </Show>
        </span>
    }
}

/// Which edge of the button the popover keeps to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    #[default]
    Start,
    End,
    /// The right edge, and above the button: at the bottom of the window there is no room below.
    Up,
}

impl Align {
    fn class(self) -> &'static str {
        match self {
            Align::Start => "start",
            Align::End => "end",
            Align::Up => "end up",
        }
    }
}
