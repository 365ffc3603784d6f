//! Asks before something is done: what will happen, in words, and the two ways out.

use super::dialog::Dialog;
use super::notice::Failed;
use contract::Failure;
use leptos::prelude::*;

/// What the buttons are for.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    /// Of the one that does it.
    pub words: &'static str,
    /// Of the one that does not.
    pub otherwise: &'static str,
    pub testid: &'static str,
    pub danger: Danger,
}

/// Whether what is done can be had back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Danger {
    CanBeTakenBack,
    IsGone,
}

#[component]
pub fn Confirm(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    /// Paragraphs.
    #[prop(into)]
    says: Signal<Vec<String>>,
    testid: &'static str,
    way: Way,
    #[prop(into)] busy: Signal<bool>,
    #[prop(into)] failure: Signal<Option<Failure>>,
    run: Callback<()>,
) -> impl IntoView {
    let class = match way.danger {
        Danger::CanBeTakenBack => "btn primary",
        Danger::IsGone => "btn danger",
    };
    view! {
        <Dialog open label=title.get_untracked() testid class="confirm">
            <h2>{title}</h2>
            {move || says.get().into_iter().map(|says| view! { <p class="mute">{says}</p> }).collect_view()}
            {move || failure.get().map(|failure| view! { <Failed failure again=run /> })}
            <div class="buttons">
                <button type="button" class=class data-testid=way.testid disabled=busy on:click=move |_| run.run(())>
                    {way.words}
                </button>
                <button type="button" class="btn" on:click=move |_| open.set(false)>{way.otherwise}</button>
            </div>
        </Dialog>
    }
}
