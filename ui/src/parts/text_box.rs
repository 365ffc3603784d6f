//! A field of a form by itself: its name, what may be typed, what it is for or what is wrong with it.

use leptos::prelude::*;

#[component]
pub fn TextBox(
    #[prop(into)] label: Signal<String>,
    testid: &'static str,
    #[prop(into)] value: Signal<String>,
    set: Callback<String>,
    #[prop(optional, into)] wrong: Signal<Option<String>>,
    #[prop(optional)] hint: &'static str,
    #[prop(optional, into)] placeholder: Signal<String>,
    #[prop(optional)] class: &'static str,
    #[prop(optional)] kind: Kind,
) -> impl IntoView {
    let says = format!("{testid}-says");
    let kind = match kind {
        Kind::Text => "text",
        Kind::Secret => "password",
    };
    view! {
        <label class=format!("field {class}") class:wrong=move || wrong.with(Option::is_some)>
            <span>{label}</span>
            <input
                type=kind
                autocomplete=if kind == "password" { "new-password" } else { "off" }
                spellcheck="false"
                placeholder=placeholder
                data-testid=testid
                aria-invalid=move || wrong.with(Option::is_some).to_string()
                aria-describedby=says.clone()
                prop:value=value
                on:input=move |event| set.run(event_target_value(&event))
            />
            <span class="says" id=says class:complaint=move || wrong.with(Option::is_some)>
                {move || wrong.get().unwrap_or_else(|| hint.to_owned())}
            </span>
        </label>
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Text,
    /// Not shown while it is typed.
    Secret,
}

#[component]
pub fn TickBox(
    label: &'static str,
    testid: &'static str,
    #[prop(into)] value: Signal<bool>,
    set: Callback<bool>,
    #[prop(optional)] hint: &'static str,
    #[prop(optional)] class: &'static str,
) -> impl IntoView {
    view! {
        <label class=format!("tick {class}")>
            <input type="checkbox" data-testid=testid prop:checked=value on:change=move |event| set.run(event_target_checked(&event)) />
            <span>{label}{(!hint.is_empty()).then(|| view! { <span class="says">{hint}</span> })}</span>
        </label>
    }
}
