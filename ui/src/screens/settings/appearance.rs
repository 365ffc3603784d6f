//! How the window looks on this computer.

use crate::state::prefs::{Rows, Theme, ZOOM_PERCENT, zoom_from};
use crate::state::use_office;
use leptos::prelude::*;

#[component]
pub fn Appearance() -> impl IntoView {
    let office = use_office();
    let prefs = office.prefs;
    let themes = [(Theme::System, "As the system"), (Theme::Light, "Light"), (Theme::Dark, "Dark")];
    let themes = themes.map(|(theme, words)| {
        view! {
            <button
                type="button"
                class:on=move || prefs.theme.get() == theme
                aria-pressed=move || (prefs.theme.get() == theme).to_string()
                data-testid=format!("theme-{}", theme.word())
                on:click=move |_| prefs.theme.set(theme)
            >
                {words}
            </button>
        }
    });
    let rows = [(Rows::Roomy, "Roomy"), (Rows::Compact, "Compact")];
    let rows = rows.map(|(height, words)| {
        view! {
            <button
                type="button"
                class:on=move || prefs.rows.get() == height
                aria-pressed=move || (prefs.rows.get() == height).to_string()
                on:click=move |_| prefs.rows.set(height)
            >
                {words}
            </button>
        }
    });
    view! {
        <section class="card appearance" data-testid="appearance">
            <fieldset>
                <legend>"Theme"</legend>
                <div class="segmented">{themes.into_iter().collect_view()}</div>
            </fieldset>
            <fieldset>
                <legend>"Rows of the call list"</legend>
                <div class="segmented">{rows.into_iter().collect_view()}</div>
            </fieldset>
            <label class="field">
                <span>{move || format!("Zoom: {} %", prefs.zoom_percent.get())}</span>
                <input
                    type="range"
                    min=ZOOM_PERCENT.start().to_string()
                    max=ZOOM_PERCENT.end().to_string()
                    step="10"
                    data-testid="zoom"
                    prop:value=move || prefs.zoom_percent.get().to_string()
                    on:change=move |event| prefs.zoom_percent.set(zoom_from(&event_target_value(&event)))
                />
            </label>
            <p class="sm mute">
                {move || {
                    office.about.answer.with(|about| about.as_ref().map(|about| format!("CallDoc {}", about.version)))
                }}
            </p>
        </section>
    }
}
