//! Some of many: a list to tick, with a field to find among them where they are many.

use crate::words::say;
use leptos::prelude::*;

/// Fewer than this are found by looking.
const FIND_FROM: usize = 9;
/// More lines than this nobody reads; typing finds the others.
const MOST_SHOWN: usize = 200;

#[component]
pub fn PickList<T>(
    label: &'static str,
    /// What the field to find with does.
    find: &'static str,
    testid: &'static str,
    /// What there is, with its words.
    #[prop(into)]
    options: Signal<Vec<(T, String)>>,
    #[prop(into)] chosen: Signal<Vec<T>>,
    set: Callback<Vec<T>>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let typed = RwSignal::new(String::new());
    let many = Memo::new(move |_| options.with(Vec::len) >= FIND_FROM);
    let shown = move || {
        let typed = typed.get().to_lowercase();
        let found = options.get().into_iter().filter(|(_, words)| words.to_lowercase().contains(&typed));
        let lines: Vec<AnyView> =
            found.take(MOST_SHOWN).map(|line| tick(line, testid, chosen, set)).collect();
        if lines.is_empty() {
            return view! { <p class="mute sm">{say("Nothing here has these words.")}</p> }.into_any();
        }
        lines.collect_view().into_any()
    };
    view! {
        <fieldset class="pick-list">
            <legend class="sr-only">{label}</legend>
            <Show when=move || many.get()>
                <input
                    type="text"
                    placeholder=say("Find")
                    aria-label=find
                    autocomplete="off"
                    spellcheck="false"
                    data-testid=format!("{testid}-find")
                    prop:value=typed
                    on:input=move |event| typed.set(event_target_value(&event))
                />
            </Show>
            <div class="pick-lines">{shown}</div>
        </fieldset>
    }
}

fn tick<T>(line: (T, String), testid: &'static str, chosen: Signal<Vec<T>>, set: Callback<Vec<T>>) -> AnyView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let (this, words) = line;
    let for_check = this.clone();
    let checked = move || chosen.with(|chosen| chosen.contains(&for_check));
    let turn = move |_| {
        let mut now = chosen.get_untracked();
        match now.iter().position(|known| *known == this) {
            Some(at) => {
                now.remove(at);
            }
            None => now.push(this.clone()),
        }
        set.run(now);
    };
    view! {
        <label class="tick">
            <input type="checkbox" data-testid=testid prop:checked=checked on:change=turn />
            <span>{words}</span>
        </label>
    }
    .into_any()
}
