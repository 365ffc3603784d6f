//! A person, number or group as a link to its own history.

use leptos::prelude::*;

#[component]
pub fn HistoryLink(
    #[prop(into)] text: String,
    #[prop(into)] label: String,
    go: Callback<()>,
    /// How it is set, where it is not a link among words.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=format!("link {class}")
            aria-label=label.clone()
            title=label
            on:click=move |event| {
                event.stop_propagation();
                go.run(());
            }
        >
            {text}
        </button>
    }
}
