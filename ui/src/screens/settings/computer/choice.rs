//! One of a few: buttons beside each other, and under them what the chosen one does.

use leptos::prelude::*;

#[component]
pub fn Choice<T: Copy + PartialEq + Send + Sync + 'static>(
    label: &'static str,
    testid: &'static str,
    /// Each with its word in test hooks, its title, and what it does.
    ways: Vec<(T, &'static str, &'static str, &'static str)>,
    #[prop(into)] value: Signal<T>,
    set: Callback<T>,
) -> impl IntoView {
    let says = format!("{testid}-says");
    let buttons = ways.clone().into_iter().map(|(way, word, title, _)| {
        let is_on = move || value.get() == way;
        view! {
            <button type="button" class:on=is_on aria-pressed=move || is_on().to_string() data-testid=format!("{testid}-{word}") on:click=move |_| set.run(way)>{title}</button>
        }
    });
    let chosen = move || {
        let value = value.get();
        ways.iter().find(|(way, ..)| *way == value).map(|(.., says)| *says)
    };
    let described = says.clone();
    view! {
        <fieldset class="choice" aria-describedby=described data-testid=testid>
            <legend>{label}</legend>
            <div class="segmented">{buttons.collect_view()}</div>
            <p class="says" id=says>{chosen}</p>
        </fieldset>
    }
}
