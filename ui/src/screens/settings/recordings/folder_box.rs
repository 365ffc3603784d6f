//! A folder as a field: typed, or chosen in the system's own window.

use crate::ipc::Asking;
use crate::parts::text_box::TextBox;
use crate::words::{heard, say};
use contract::choosing::{ChooseFolder, Chosen};
use leptos::prelude::*;

#[component]
pub fn FolderBox(
    testid: &'static str,
    /// Title of the window in which it is chosen.
    title: &'static str,
    #[prop(into)] value: Signal<String>,
    set: Callback<String>,
    #[prop(optional, into)] wrong: Signal<Option<String>>,
    hint: &'static str,
    placeholder: &'static str,
) -> impl IntoView {
    let choose = Asking::<ChooseFolder>::new().on_answer(move |(_, chosen): (ChooseFolder, Chosen)| {
        if let Some(folder) = chosen.folder {
            set.run(folder);
        }
    });
    let says = Signal::derive(move || {
        wrong.get().or_else(|| choose.failure.get().map(|failure| heard(failure.message)))
    });
    view! {
        <div class="folder-box field wide">
            <TextBox label=say("Folder") testid placeholder value set wrong=says hint />
            <button type="button" class="btn" data-testid=format!("{testid}-choose") disabled=choose.busy on:click=move |_| choose.ask(ChooseFolder { title: title.to_owned() })>
                {say("Choose…")}
            </button>
        </div>
    }
}
