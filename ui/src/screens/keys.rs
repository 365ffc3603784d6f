//! All keys at a glance.

use crate::parts::dialog::Dialog;
use leptos::prelude::*;

const KEYS: [(&str, &str); 15] = [
    ("Ctrl K", "Search calls, numbers, people, actions"),
    ("Ctrl 1 … 5", "Today, Live, Calls, People, Settings"),
    ("↑ ↓", "Move in the call list"),
    ("Page ↑ Page ↓", "Move a screenful"),
    ("Home End", "First and last call that is loaded"),
    ("Enter", "Open or close the call"),
    ("Esc", "Close what is open, go back"),
    ("/", "Type to filter the calls or the people"),
    ("← →", "People: the day before, the day after"),
    ("← → in a day", "People: walk over what a person did; Enter shows the call"),
    ("↑ ↓ in a day", "People: the same time in the next line"),
    ("Tab", "Next button, link or field"),
    ("Space", "Press the button that has the focus"),
    ("?", "This list"),
    ("Ctrl = Cmd", "On a Mac, take Cmd instead of Ctrl"),
];

#[component]
pub fn KeysDialog(open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Dialog open label="Keys" testid="keys" class="keys">
            <h2>"Keys"</h2>
            <dl class="key-list">
                {KEYS
                    .into_iter()
                    .map(|(key, does)| view! { <dt><kbd>{key}</kbd></dt><dd>{does}</dd> })
                    .collect_view()}
            </dl>
            <button type="button" class="btn" on:click=move |_| open.set(false)>"Close"</button>
        </Dialog>
    }
}
