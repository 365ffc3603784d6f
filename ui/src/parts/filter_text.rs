//! The field one types into to filter a list. It acts while one types, but not at every letter.

use leptos::html;
use leptos::prelude::*;
use std::time::Duration;

const TYPING_PAUSE: Duration = Duration::from_millis(200);

#[component]
pub fn FilterText(
    input: NodeRef<html::Input>,
    /// What the list is filtered by.
    text: Signal<String>,
    apply: Callback<Option<String>>,
    hint: &'static str,
    /// The hint as what the field does.
    label: &'static str,
) -> impl IntoView {
    let typed = RwSignal::new(0_u32);
    let type_on = move |event| {
        let value = event_target_value(&event).trim().to_owned();
        typed.update(|count| *count += 1);
        let now_typed = typed.get_untracked();
        set_timeout(
            move || {
                if typed.try_get_untracked() == Some(now_typed) {
                    apply.run((!value.is_empty()).then_some(value));
                }
            },
            TYPING_PAUSE,
        );
    };
    let leave = move |event: web_sys::KeyboardEvent| {
        if matches!(event.key().as_str(), "Escape" | "Enter") {
            event.stop_propagation();
            if let Some(input) = input.get_untracked() {
                let _ = input.blur();
            }
        }
    };
    view! {
        <input
            class="filter-text"
            type="text"
            placeholder=hint
            aria-label=label
            aria-keyshortcuts="/"
            title=format!("{label} ( / )")
            autocomplete="off"
            spellcheck="false"
            data-testid="filter-text"
            node_ref=input
            prop:value=text
            on:input=type_on
            on:keydown=leave
        />
    }
}
