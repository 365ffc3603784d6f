//! The search of the settings: names and what they are for, as one types; a choice leads to the field.

use crate::parts::icon::{Glyph, Icon};
use crate::state::settings_index::{Place, Setting, matching};
use crate::state::{Office, use_office};
use crate::words::say;
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::JsCast;

/// The part that was chosen is in the page by then; a form that has to be opened first is not, and the part is enough.
const DRAWN: Duration = Duration::from_millis(120);

#[component]
pub fn Finder() -> impl IntoView {
    let office = use_office();
    let typed = RwSignal::new(String::new());
    let found = Memo::new(move |_| matching(&typed.get()));
    let go = move |setting: Setting| {
        typed.set(String::new());
        show(office, &setting);
    };
    let press = move |event: web_sys::KeyboardEvent| match event.key().as_str() {
        "Escape" if typed.with_untracked(|typed| !typed.is_empty()) => {
            event.stop_propagation();
            typed.set(String::new());
        }
        "Enter" => {
            if let Some(first) = found.with_untracked(|found| found.first().copied()) {
                go(first);
            }
        }
        _ => {}
    };
    let lines = move || {
        found
            .get()
            .into_iter()
            .map(|setting| {
                view! {
                    <li>
                        <button type="button" class="menu-item" data-testid="setting-found" on:click=move |_| go(setting)>
                            <span class="b">{setting.name}</span>
                            <span class="sm faint">{setting.place.words()}</span>
                            <span class="sm mute">{setting.help}</span>
                        </button>
                    </li>
                }
            })
            .collect_view()
    };
    let is_typed = move || typed.with(|typed| !typed.trim().is_empty());
    view! {
        <div class="finder" role="search">
            <label class="finder-box">
                <Icon of=Glyph::Search />
                <input
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    aria-label=say("Search the settings")
                    placeholder=say("Search the settings")
                    data-testid="settings-search"
                    prop:value=typed
                    on:input=move |event| typed.set(event_target_value(&event))
                    on:keydown=press
                />
            </label>
            <Show when=is_typed>
                <div class="pop finder-found">
                    <ul>{lines}</ul>
                    <p class="sm mute" role="status">
                        {move || if found.with(Vec::is_empty) { say("No setting has these words.") } else { "" }}
                    </p>
                </div>
            </Show>
        </div>
    }
}

/// Goes to a setting, and to its field when it is there.
pub fn show(office: Office, setting: &Setting) {
    match setting.place {
        Place::Tab(tab) => office.show_settings(tab),
        Place::Recordings(part) => office.show_recordings_part(part),
    }
    let css = format!("[data-testid='{}']", setting.hook);
    set_timeout(
        move || {
            let found = document().query_selector(&css).ok().flatten();
            if let Some(field) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
                let _ = field.focus();
                let options = web_sys::ScrollIntoViewOptions::new();
                options.set_block(web_sys::ScrollLogicalPosition::Center);
                field.scroll_into_view_with_scroll_into_view_options(&options);
            }
        },
        DRAWN,
    );
}
