//! How the window looks on this computer.

use crate::state::look::{Contrast, Motion, Rows, Theme, Tongue, ZOOM_PERCENT, zoom_from};
use crate::state::use_office;
use crate::words::{fill, say};
use leptos::prelude::*;

#[component]
pub fn Appearance() -> impl IntoView {
    let office = use_office();
    let prefs = office.prefs;
    let themes = vec![
        (Theme::System, say("As the system"), "theme-system".to_owned()),
        (Theme::Light, say("Light"), "theme-light".to_owned()),
        (Theme::Dark, say("Dark"), "theme-dark".to_owned()),
    ];
    let contrasts = vec![
        (Contrast::System, say("As the system"), format!("contrast-{}", Contrast::System.word())),
        (Contrast::More, say("High"), format!("contrast-{}", Contrast::More.word())),
        (Contrast::Usual, say("Usual"), format!("contrast-{}", Contrast::Usual.word())),
    ];
    let motions = vec![
        (Motion::System, say("As the system"), format!("motion-{}", Motion::System.word())),
        (Motion::Still, say("Still"), format!("motion-{}", Motion::Still.word())),
    ];
    let tongues = vec![
        (Tongue::System, say("As the system"), format!("language-{}", Tongue::System.word())),
        (Tongue::English, "English", format!("language-{}", Tongue::English.word())),
        (Tongue::German, "Deutsch", format!("language-{}", Tongue::German.word())),
    ];
    let rows = vec![
        (Rows::Roomy, say("Roomy"), format!("rows-{}", Rows::Roomy.word())),
        (Rows::Compact, say("Compact"), format!("rows-{}", Rows::Compact.word())),
    ];
    let speak = Callback::new(move |tongue| prefs.choose_tongue(tongue));
    view! {
        <section class="card appearance" data-testid="appearance">
            <Choice legend=say("Theme") help=say("Light, dark, or as the system is.") choices=themes value=prefs.theme />
            <Choice legend=say("Contrast") help=say("Stronger lines and words, for eyes or screens that need it.") choices=contrasts value=prefs.contrast />
            <Choice legend=say("Motion") help=say("Still: nothing moves by itself.") choices=motions value=prefs.motion />
            <Choice legend=say("Language") help=say("Times and numbers stay as the system writes them.") choices=tongues value=prefs.tongue chosen=speak />
            <Choice legend=say("Rows of lists") help=say("Compact shows more at once.") choices=rows value=prefs.rows />
            <label class="field">
                <span>{move || fill("Zoom: {percent} %", &[("percent", &prefs.zoom_percent.get().to_string())])}</span>
                <input
                    type="range"
                    min=ZOOM_PERCENT.start().to_string()
                    max=ZOOM_PERCENT.end().to_string()
                    step="10"
                    data-testid="zoom"
                    aria-describedby="zoom-says"
                    prop:value=move || prefs.zoom_percent.get().to_string()
                    on:change=move |event| prefs.zoom_percent.set(zoom_from(&event_target_value(&event)))
                />
                <span class="says" id="zoom-says">{say("Also with the keys Ctrl + and Ctrl −; Ctrl 0 goes back to 100 %.")}</span>
            </label>
        </section>
    }
}

/// A few ways, one of which holds.
#[component]
fn Choice<T>(
    legend: &'static str,
    help: &'static str,
    choices: Vec<(T, &'static str, String)>,
    value: RwSignal<T>,
    /// Instead of setting it, where more is to be done.
    #[prop(optional)]
    chosen: Option<Callback<T>>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let buttons = choices.into_iter().map(|(this, words, testid)| {
        let choose = move |_| match chosen {
            Some(chosen) => chosen.run(this),
            None => value.set(this),
        };
        view! {
            <button
                type="button"
                class:on=move || value.get() == this
                aria-pressed=move || (value.get() == this).to_string()
                data-testid=testid
                on:click=choose
            >
                {words}
            </button>
        }
    });
    view! {
        <fieldset>
            <legend>{legend}</legend>
            <div class="segmented">{buttons.collect_view()}</div>
            <span class="says">{help}</span>
        </fieldset>
    }
}
